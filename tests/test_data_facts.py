from __future__ import annotations

from dataclasses import replace

import pytest

from stance.data.labelled import LabelledStatement
from stance.reports.data_facts import DataFacts, data_facts
from stance.stances import LABELS

WORDS = "one two three four five six seven eight nine ten".split()


def statements(each: int = 30) -> list[LabelledStatement]:
    """As many of every label, no two alike, each of its own group."""
    return [
        LabelledStatement(
            f"{label} {WORDS[i % 10]} {WORDS[i // 10]} w{i} x{i}{label}",
            label,
            (label,) if label != "other" else (),
            f"{label}{i}",
            f"{label}{i}",
            natural=False,
            slices={},
        )
        for label in LABELS
        for i in range(each)
    ]


def warned(facts: DataFacts, words: str) -> bool:
    return any(words in warning for warning in facts.warnings)


def test_sound_data_gives_no_warning() -> None:
    assert data_facts(statements(), trained_on=statements()[:0]).warnings == ()


def test_labels_are_counted() -> None:
    assert data_facts(statements(3)).counts == dict.fromkeys(LABELS, 3)


def test_stances_with_few_statements_are_named() -> None:
    facts = data_facts([s for s in statements() if s.id not in ("threat0", "hedge0", "hedge1")])
    assert facts.warnings[0].startswith("Fewer than 30 statements of threat (29), hedge (28):")


def test_few_in_the_natural_part_are_named() -> None:
    some = [replace(s, natural=s.id.endswith("1")) for s in statements()]
    assert warned(
        data_facts(some), "The natural part has fewer than 30 statements of accusation (3)"
    )


def test_repetitions_are_counted_by_their_words() -> None:
    some = statements()
    some.append(replace(some[0], id="again", group="again", text=some[0].text.upper() + "."))
    facts = data_facts(some)
    assert facts.duplicates == 1
    assert warned(facts, "1 statement repeats an earlier one")


def test_texts_without_words_are_no_repetitions() -> None:
    some = [replace(s, text="...") for s in statements()]
    facts = data_facts(some)
    assert (facts.wordless, facts.duplicates) == (150, 0)


def test_what_stands_in_the_training_data_is_found() -> None:
    some = statements()
    seen = [replace(s, group="elsewhere", id=f"t{s.id}") for s in some[4:6]]
    facts = data_facts(some, trained_on=seen)
    assert (facts.n_training, facts.near_duplicates, facts.shared_groups) == (2, (4, 5), 0)
    assert warned(facts, "2 statements stand, almost word for word, in the training data")


def test_groups_of_the_training_data_are_found() -> None:
    some = statements()
    facts = data_facts(some, trained_on=[replace(some[7], text="quite something else")])
    assert (facts.near_duplicates, facts.shared_groups) == ((), 1)
    assert warned(facts, "1 statement is of a group")


def test_labels_beyond_what_is_expected_are_named() -> None:
    expected = {"accusation": 0.2, "denial": 0.05, "threat": 0.2, "hedge": 0.2, "other": 0.35}
    assert warned(data_facts(statements(), expected=expected), "denial 20.0% (expected 5.0%).")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"group": "one"}, "come from 1 group"),
        ({"soft": (0.2,) * 5}, "150 statements have a teacher's label"),
    ],
)
def test_groups_and_teachers_are_warned_of(change: dict[str, object], words: str) -> None:
    assert warned(data_facts([replace(s, **change) for s in statements()]), words)  # type: ignore[arg-type]
