"""Any text: finite probabilities that sum to 1, an explanation that adds up, inert HTML."""

from __future__ import annotations

import re
from typing import Final

import stance
import stance.bundled  # names of stance itself resolve too late to be seen by the fuzzer

from .texts import MARKS, SEEDS, bytes_of, text_of

SEED_DATA: Final = [bytes_of(text) for text in SEEDS]
WORDS: Final = [mark.encode() for mark in MARKS]
_TAG: Final = re.compile(
    r'<div style="line-height:1\.9;max-width:50em">|</div>|<b>|</b>|<br>'
    r'|<span style="background:rgba\([\d,.]+\)">|</span>'
)


def check(data: bytes) -> None:
    """Predict and explain one text."""
    text = text_of(data)
    prediction = stance.predict(text)
    values = prediction.probabilities.values()
    assert all(0 <= value <= 1 for value in values), values
    assert abs(sum(values) - 1) < 1e-6, values
    assert prediction.label == max(prediction.probabilities, key=prediction.probabilities.get)  # type: ignore[arg-type]
    assert stance.predict([text, text])[1] == prediction
    explanation = prediction.explain()
    total = explanation.intercept + sum(c.weight for c in explanation.contributions)
    assert abs(total - explanation.score) < 1e-9, (total, explanation.score)
    assert all(
        0 <= start < end <= len(text) for c in explanation.contributions for start, end in c.spans
    )
    assert str(explanation)
    page = explanation._repr_html_()
    assert "<" not in _TAG.sub("", page)
    page.encode()
