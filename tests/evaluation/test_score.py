"""Means, intervals, the worst rows, and scoring old output again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import EvaluationError
from assistant.evaluation import load_outcomes, save_outcomes, score
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.rows import Row
from assistant.evaluation.score import by_tag, ci95

Make = Callable[..., Outcome]
MakeRow = Callable[..., Row]


def test_means_are_over_the_rows_a_metric_applies_to(
    row: MakeRow, decline_row: MakeRow, outcome: Make
) -> None:
    results = score(
        [
            outcome(row(id="a"), text="甲", ranked=("d",)),
            outcome(row(id="b"), text="乙", ranked=("x", "d")),
            outcome(decline_row(), status="declined_no_source"),
        ]
    )
    assert results.metrics["key_points"].mean == 0.5
    assert results.metrics["key_points"].rows == 2
    assert results.metrics["recall@1"].mean == 0.5
    assert results.metrics["declined"].mean == 1.0
    assert results.metrics["decline_accuracy"].rows == 3
    assert "section_accuracy" not in results.metrics
    assert results.seconds == 1.5


def test_worst_rows_come_first_and_errors_before_all(row: MakeRow, outcome: Make) -> None:
    perfect = outcome(
        row(id="good"),
        text="甲",
        claims=(("甲", "supported", (1,)),),
        citations=((1, "d", "甲"),),
        ranked=("d",),
    )
    weak = outcome(row(id="weak"), text="乙", ranked=("d",))
    broken = outcome(row(id="broken"), status="error_internal", error="断了")
    results = score([perfect, weak, broken])
    assert [o.row.id for o, _ in results.worst(5)] == ["broken", "weak"]
    assert [o.row.id for o in results.errors] == ["broken"]


def test_answer_length_leaves_out_enumerations_and_refusals(
    row: MakeRow, decline_row: MakeRow, outcome: Make
) -> None:
    results = score(
        [
            outcome(row(id="a"), text="甲" * 10),
            outcome(row(id="b", tags=["enumeration"]), text="甲" * 900),
            outcome(decline_row(), status="declined_no_source", text="乙" * 500),
        ]
    )
    assert results.answer_length == 10


def test_interval_is_seeded_and_around_the_mean() -> None:
    values = [0.0, 1.0] * 50
    low, high = ci95(values)
    assert (low, high) == ci95(values)
    assert low < 0.5 < high
    # A mean of 100 coin flips has a standard error of 0.05.
    assert 0.15 < high - low < 0.25
    assert ci95([1.0, 1.0]) == (1.0, 1.0)


def test_old_output_scores_the_same_again(row: MakeRow, outcome: Make, tmp_path: Path) -> None:
    seen = [
        outcome(
            row(as_of="2025-04-01"),
            text="甲",
            claims=(("甲", "supported", (1,)),),
            citations=((1, "d", "甲"),),
        )
    ]
    save_outcomes(seen, tmp_path / "runs" / "old.jsonl")
    again = load_outcomes(tmp_path / "runs" / "old.jsonl")
    assert again == seen
    assert score(again).metrics == score(seen).metrics


def test_unusable_old_output_is_named_by_line(tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="第1行"):
        load_outcomes(tmp_path / "old.jsonl")
    with pytest.raises(EvaluationError, match="无法读取"):
        load_outcomes(tmp_path / "none.jsonl")


def test_tags_show_which_kind_is_weak(row: MakeRow, outcome: Make) -> None:
    seen = [outcome(row(id=f"good{n}", tags=["plain", "all"]), text="甲") for n in range(2)]
    seen += [outcome(row(id=f"bad{n}", tags=["odd", "all"]), text="乙") for n in range(2)]
    found = by_tag(score([*seen, outcome(row(id="one", tags=["rare"]))]), least=2)
    assert found["plain"]["key_points"] == 1.0
    assert found["odd"]["key_points"] == 0.0
    assert found["all"]["key_points"] == 0.5
    assert "rare" not in found
