"""The gate passes what is good enough and says in a sentence what is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import EvaluationError
from assistant.evaluation import check_gate, score, write_baseline
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.rows import Row
from assistant.evaluation.score import Results


@pytest.fixture
def results(row: Callable[..., Row], outcome: Callable[..., Outcome]) -> Results:
    """Four rows: recall@1 0.75, key points 0.5, answers of 10 characters."""
    seen = [
        outcome(row(id="a"), text="甲" * 10, ranked=("d",)),
        outcome(row(id="b"), text="甲" * 10, ranked=("d",)),
        outcome(row(id="c"), text="乙" * 10, ranked=("d",)),
        outcome(row(id="e"), text="乙" * 10, ranked=("x", "d")),
    ]
    return score(seen)


def files(tmp_path: Path, gates: str, **baseline: float) -> tuple[Path, Path]:
    (tmp_path / "gates.yaml").write_text(gates, encoding="utf-8")
    (tmp_path / "baseline.json").write_text(json.dumps({"rows": 4, "metrics": baseline}), encoding="utf-8")
    return tmp_path / "gates.yaml", tmp_path / "baseline.json"


def test_reaching_the_limits_passes(results: Results, tmp_path: Path) -> None:
    gates = "metrics:\n  recall@1: {minimum: 0.75, allowed_drop: 0.05}\nanswer_length: 10\n"
    assert check_gate(results, *files(tmp_path, gates, **{"recall@1": 0.8})) == []


def test_below_the_minimum_fails_with_both_figures(results: Results, tmp_path: Path) -> None:
    gates = "metrics:\n  recall@1: {minimum: 0.8, allowed_drop: 1}\n"
    (failure,) = check_gate(results, *files(tmp_path, gates))
    assert "recall@1" in failure
    assert "0.750" in failure
    assert "0.800" in failure


def test_a_drop_fails_even_above_the_minimum(results: Results, tmp_path: Path) -> None:
    gates = "metrics:\n  key_points: {minimum: 0.1, allowed_drop: 0.02}\n"
    (failure,) = check_gate(results, *files(tmp_path, gates, key_points=0.9))
    assert "基线 0.900" in failure


def test_errors_long_answers_and_unscored_metrics_fail(
    results: Results, row: Callable[..., Row], outcome: Callable[..., Outcome], tmp_path: Path
) -> None:
    broken = score([*results.outcomes, outcome(row(id="bad"), status="error_model", error="断了")])
    gates = "metrics:\n  section_accuracy: {minimum: 0, allowed_drop: 1}\nanswer_length: 5\n"
    failures = check_gate(broken, *files(tmp_path, gates))
    assert any("section_accuracy" in f for f in failures)
    assert any("bad" in f for f in failures)
    assert any("10 字" in f for f in failures)
    assert len(failures) == 3


def test_a_run_passes_against_the_baseline_it_wrote(results: Results, tmp_path: Path) -> None:
    gates, baseline = files(tmp_path, "metrics:\n  key_points: {minimum: 0, allowed_drop: 0}\n")
    write_baseline(results, baseline)
    assert json.loads(baseline.read_text(encoding="utf-8"))["metrics"]["key_points"] == 0.5
    assert check_gate(results, gates, baseline) == []


@pytest.mark.parametrize(
    ("gates", "says"),
    [
        ("metrics:\n  colour: {minimum: 0, allowed_drop: 0}\n", "colour"),
        ("metrics:\n  recall@1: {minimum: 2, allowed_drop: 0}\n", "minimum"),
        ("metrics: [\n", "YAML"),
        ("", "不可用"),
    ],
)
def test_wrong_gates_are_said_in_words(results: Results, tmp_path: Path, gates: str, says: str) -> None:
    with pytest.raises(EvaluationError, match=says):
        check_gate(results, *files(tmp_path, gates))


def test_missing_files_are_said_in_words(results: Results, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="门槛文件"):
        check_gate(results, tmp_path / "gates.yaml", tmp_path / "baseline.json")
    gates, baseline = files(tmp_path, "metrics: {}\n")
    baseline.unlink()
    with pytest.raises(EvaluationError, match="基线文件"):
        check_gate(results, gates, baseline)
