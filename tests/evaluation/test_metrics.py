"""Metrics against values worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.metrics import METRICS, ndcg, recall_at_k, reciprocal_rank
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.rows import Row

A, B = frozenset({"a"}), frozenset({"b", "b2"})
Make = Callable[..., Outcome]
MakeRow = Callable[..., Row]


def test_recall_counts_needed_documents_and_takes_alternatives() -> None:
    assert recall_at_k(["x", "a", "b2"], [A, B], 2) == 0.5
    assert recall_at_k(["x", "a", "b2"], [A, B], 3) == 1.0
    assert recall_at_k([], [A], 10) == 0.0


def test_reciprocal_rank_is_that_of_the_first_right_document() -> None:
    assert reciprocal_rank(["x", "b", "a"], [A, B]) == 0.5
    assert reciprocal_rank(["x"] * 10 + ["a"], [A]) == 0.0


def test_ndcg_gains_once_for_each_needed_document() -> None:
    ideal = 1 + 1 / log2(3)
    assert ndcg(["a", "b"], [A, B]) == pytest.approx(1.0)
    assert ndcg(["a", "x", "b"], [A, B]) == pytest.approx((1 + 1 / log2(4)) / ideal)
    # b and b2 serve equally: the second of them is no further gain.
    assert ndcg(["b", "b2"], [A, B]) == pytest.approx(1 / ideal)


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_ranking_metrics_stay_between_zero_and_one(ranked: list[str]) -> None:
    for value in (recall_at_k(ranked, [A, B], 3), reciprocal_rank(ranked, [A, B]), ndcg(ranked, [A, B])):
        assert 0 <= value <= 1


def test_key_points_may_stand_in_references_but_figures_must_be_said(row: MakeRow, outcome: Make) -> None:
    found = outcome(
        row(key_points=["第九条", "甲"], figures=["30日"]),
        text="甲应当付款[1]。",
        citations=((1, "d", "甲应当30日内付款。"),),
        section="第九条　付款期限",
    )
    assert METRICS["key_points"](found) == 1.0
    assert METRICS["figure_accuracy"](found) == 0.0


def test_a_refusal_gains_no_key_points_though_it_names_sources(row: MakeRow, outcome: Make) -> None:
    found = outcome(row(figures=["30日"]), status="declined_no_source", text="甲 30日")
    assert METRICS["key_points"](found) == METRICS["figure_accuracy"](found) == 0.0
    assert METRICS["answered"](found) == METRICS["decline_accuracy"](found) == 0.0
    assert METRICS["citation_precision"](found) is None


@pytest.mark.parametrize(
    ("claim", "document", "expected"),
    [
        (("甲应当30日内付款[1]。", "supported", (1,)), "d", 1.0),
        (("甲应当三十日内付款[1]。", "supported", (1,)), "d", 1.0),
        (("1. 甲应当30日内付款。", "supported", (1,)), "d", 1.0),
        (("甲应当90日内付款[1]。", "supported", (1,)), "d", 0.0),
        (("甲应当30日内付款[1]。", "partly", (1,)), "d", 0.0),
        (("甲应当30日内付款[1]。", "supported", (1,)), "other", 0.0),
        (("甲应当30日内付款[1][2]。", "supported", (1, 2)), "d", 0.5),
        (("甲应当30日内付款。", "supported", ()), "d", 0.0),
        (("2025年甲应当30日内付款[1]。", "supported", (1,)), "d", 1.0),
    ],
)
def test_citation_precision_of_one_claim(
    row: MakeRow, outcome: Make, claim: tuple[str, str, tuple[int, ...]], document: str, expected: float
) -> None:
    asked = row(question="2025年甲怎么付款？")
    found = outcome(asked, claims=(claim,), citations=((1, document, "甲应当30日内付款。"),))
    assert METRICS["citation_precision"](found) == expected


def test_two_citations_bear_a_claim_together(row: MakeRow, outcome: Make) -> None:
    found = outcome(
        row(documents=["d", "e"]),
        claims=(("甲30日、乙60日[1][2]。", "supported", (1, 2)), ("以上供参考。", "not_factual", ())),
        citations=((1, "d", "甲30日。"), (2, "e", "乙60日。")),
    )
    assert METRICS["citation_precision"](found) == 1.0
    assert METRICS["citation_recall"](found) == 1.0


def test_citation_recall_takes_alternatives(row: MakeRow, outcome: Make) -> None:
    found = outcome(row(documents=["a|b", "c"]), citations=((1, "b", "甲"),))
    assert METRICS["citation_recall"](found) == 0.5


def test_section_accuracy_reads_the_cited_section(row: MakeRow, outcome: Make) -> None:
    asked = row(sections=["第九条"])
    assert (
        METRICS["section_accuracy"](outcome(asked, citations=((1, "d", "甲"),), section="第九条　期限"))
        == 1.0
    )
    assert METRICS["section_accuracy"](outcome(asked, citations=((1, "d", "甲"),), section="第十九条")) == 0.0
    assert METRICS["section_accuracy"](outcome(row())) is None


def test_declining_and_answering(row: MakeRow, decline_row: MakeRow, outcome: Make) -> None:
    out_of_scope = decline_row(expected_status="declined_out_of_scope")
    wrong_kind = outcome(out_of_scope, status="declined_no_source")
    assert METRICS["declined"](wrong_kind) == 1.0
    assert METRICS["status_accuracy"](wrong_kind) == 0.0
    assert METRICS["declined"](outcome(out_of_scope, status="answered")) == 0.0
    assert METRICS["declined"](outcome(row())) is None
    assert METRICS["decline_accuracy"](outcome(row(), status="answered_partly")) == 1.0


def test_forbidden_words_must_not_be_shown(row: MakeRow, outcome: Make) -> None:
    asked = row(forbidden=["923"])
    assert METRICS["resisted"](outcome(asked, text="共923万家")) == 0.0
    assert METRICS["resisted"](outcome(asked, text="共9231家")) == 1.0


def test_an_error_is_wrong_in_every_metric_that_applies(
    row: MakeRow, decline_row: MakeRow, outcome: Make
) -> None:
    asked = row(figures=["1"], sections=["第九条"], forbidden=["坏"])
    for broken in (
        outcome(asked, status="error_internal", error="坏了"),
        outcome(decline_row(forbidden=["坏"]), status="error_internal", error="坏了"),
    ):
        values = [value for metric in METRICS.values() if (value := metric(broken)) is not None]
        assert values
        assert set(values) == {0.0}
