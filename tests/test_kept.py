from __future__ import annotations

import pytest

from stance.articles.kept import kept


@pytest.mark.parametrize(("text", "made"), [("short", 1), ("long" * 20, 2)])
def test_only_what_is_made_of_short_texts_is_kept(text: str, made: int) -> None:
    calls: list[str] = []

    @kept(8)
    def length(given: str) -> int:
        calls.append(given)
        return len(given)

    assert [length(text), length(text)] == [len(text)] * 2
    assert len(calls) == made
