from __future__ import annotations

import pytest

from stance.articles.annotated import AnnotatedArticle, AnnotatedAttribution
from stance.articles.evaluation import evaluate_attribution, match_attributions
from stance.articles.sentences import Span
from stance.articles.speech import Attribution

TEXT = "“We did not go,” Obi said. Silva said that it was late."
QUOTE = AnnotatedAttribution(((17, 20),), ((21, 25),), ((0, 16),))
CLAUSE = AnnotatedAttribution(((27, 32),), ((33, 37),), ((38, 54),))
ARTICLE = AnnotatedArticle("a", TEXT, (QUOTE, CLAUSE))


def found(content: Span, source: Span | None) -> Attribution:
    kind = "direct" if content[0] < 16 else "indirect"
    return Attribution((content,), kind, source, None, (0, 26))


def test_finding_all_is_perfect() -> None:
    whole = evaluate_attribution(
        [ARTICLE], lambda _: [found((1, 14), (17, 20)), found((38, 54), (27, 32))]
    ).kinds["all"]
    assert whole.exact == whole.overlap == whole.end_to_end == (1.0, 1.0, 1.0)
    assert whole.speaker_accuracy == 1.0


def test_words_that_overlap_count_by_number() -> None:
    # "it was late" without "that": three of four words.
    clause = evaluate_attribution([ARTICLE], lambda _: [found((43, 54), (27, 32))])
    assert clause.kinds["indirect"].overlap == pytest.approx((1.0, 0.75, 6 / 7))
    assert clause.kinds["indirect"].exact == (0.0, 0.0, 0.0)


def test_marks_do_not_count() -> None:
    assert evaluate_attribution([ARTICLE], lambda _: [found((1, 14), None)]).kinds[
        "direct"
    ].exact == (1.0, 1.0, 1.0)


def test_a_wrong_speaker_costs_accuracy_and_end_to_end() -> None:
    direct = evaluate_attribution([ARTICLE], lambda _: [found((1, 14), (27, 32))]).kinds["direct"]
    assert direct.speaker_accuracy == 0.0
    assert direct.end_to_end == (0.0, 0.0, 0.0)


def test_nothing_found_is_zero() -> None:
    nothing = evaluate_attribution([ARTICLE], lambda _: []).kinds["all"]
    assert nothing.overlap == nothing.exact == (0.0, 0.0, 0.0)


def test_the_table_has_a_row_for_each_kind() -> None:
    shown = str(evaluate_attribution([ARTICLE], lambda _: []))
    assert [line.split()[0] for line in shown.splitlines()[3:]] == [
        "direct",
        "mixed",
        "indirect",
        "direct",
        "all",
    ]


def test_matches_share_most_words() -> None:
    near, far = found((43, 54), None), found((49, 54), None)
    assert [other for _, other in match_attributions(ARTICLE, [far, near])] == [None, near]
