"""The statements that everything is measured on: the project's own, and their words shuffled."""

from __future__ import annotations

import random
from pathlib import Path

from stance.data.datasets import load_statements

OWN = Path(__file__).parent.parent / "datasets" / "statements.csv"
WORDS = 25


def own() -> tuple[list[str], list[str]]:
    """The project's statements and their labels: what peers learn from."""
    statements = load_statements(OWN)
    return [s.text for s in statements], [s.primary for s in statements]


def shuffled(count: int, seed: int = 0) -> list[str]:
    """Statements of 25 words on average, 13 to 37, drawn from those of the project as they stand there."""
    draw = random.Random(seed)
    words = [word for text in own()[0] for word in text.split()]
    return [
        " ".join(draw.choices(words, k=draw.randint(WORDS - 12, WORDS + 12))) for _ in range(count)
    ]


def of_length(characters: int, seed: int = 0) -> str:
    """A text of so many characters, all of them ASCII."""
    draw = random.Random(seed)
    words = [word for text in own()[0] for word in text.split() if word.isascii()]
    return " ".join(draw.choices(words, k=characters // 4 + 2))[:characters]
