"""A run through the real service, and the command around it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.evaluation import evaluate, load_outcomes
from assistant.evaluation.command import LAST_RUN, run_evaluation
from assistant.evaluation.rows import Row
from assistant.service import Service
from assistant.settings import load_settings

FACT = {
    "id": "fact",
    "question": "中华人民共和国数据安全法自哪一天起施行？",
    "documents": ["p29-sjaq"],
    "key_points": ["2021年9月1日"],
    "figures": ["2021年9月1日"],
    "must_decline": False,
}
WEATHER = {
    "id": "weather",
    "question": "明天上海会下雨吗？",
    "must_decline": True,
    "expected_status": "declined_out_of_scope",
}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The real service over the shipped corpus, without a chat model, with sets of this test's own."""
    folder = tmp_path_factory.mktemp("evaluation")
    with pytest.MonkeyPatch.context() as environment:
        for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "ASSISTANT_MODEL", "ASSISTANT_EMBEDDING"):
            environment.delenv(name, raising=False)
        evals = folder / "evals"
        evals.mkdir()
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (FACT, WEATHER))
        (evals / "both.jsonl").write_text(lines, encoding="utf-8")
        yield Service.open(load_settings(home=folder / "home", evals=evals))


def gate(service: Service, minimum: float) -> None:
    evals = service.settings.evals
    text = f"metrics:\n  recall@1: {{minimum: {minimum}, allowed_drop: 0.1}}\n"
    (evals / "gates.yaml").write_text(text, encoding="utf-8")


def test_rows_are_searched_answered_and_scored(shipped: Service) -> None:
    seen: list[tuple[str, int, int]] = []
    rows = [Row.model_validate(FACT), Row.model_validate(WEATHER)]
    results = evaluate(shipped, rows, lambda *step: seen.append(step))
    fact, weather = results.outcomes
    assert fact.ranked[0] == "p29-sjaq"
    assert fact.answer.status == "answered"
    assert fact.answer.citations
    # Which kind of refusal is the product's quality (status_accuracy in the gate), not this floor's.
    assert weather.answer.status.startswith("declined")
    assert results.metrics["decline_accuracy"].mean == 1.0
    assert results.metrics["figure_accuracy"].mean == 1.0
    assert seen == [("evaluate", 1, 2), ("evaluate", 2, 2)]


def test_a_row_the_service_refuses_counts_as_wrong_and_the_rest_goes_on(shipped: Service) -> None:
    rows = [Row.model_validate(FACT | {"question": "？" * 5000}), Row.model_validate(WEATHER)]
    results = evaluate(shipped, rows)
    assert [o.row.id for o in results.errors] == ["fact"]
    assert "太长" in (results.outcomes[0].error or "")
    assert results.metrics["answered"].mean == 0.0
    assert results.metrics["declined"].mean == 1.0


def test_a_defect_shows_as_the_rows_error(shipped: Service) -> None:
    broken = copy.copy(shipped)
    del broken._desk
    (outcome,) = evaluate(broken, [Row.model_validate(FACT)]).outcomes
    assert outcome.failed
    assert "AttributeError" in (outcome.error or "")


def test_command_reports_keeps_and_gates(shipped: Service) -> None:
    printed: list[str] = []
    gate(shipped, 0.9)
    assert run_evaluation(shipped, as_json=True, save_baseline=True, gate=True, out=printed.append) == 0
    report = json.loads(printed[0])
    assert report["rows"] == 2
    assert report["gate"]["passed"] is True
    assert len(load_outcomes(shipped.settings.home / LAST_RUN)) == 2


def test_command_scores_an_old_run_again_and_fails_the_gate(shipped: Service, tmp_path: Path) -> None:
    printed: list[str] = []
    gate(shipped, 0.9)
    run_evaluation(shipped, save_baseline=True, out=printed.append)
    old = (shipped.settings.home / LAST_RUN).read_text(encoding="utf-8")
    first = json.loads(old.splitlines()[0])
    first["ranked"] = ["other"]
    (tmp_path / "old.jsonl").write_text(json.dumps(first) + "\n", encoding="utf-8")
    assert run_evaluation(shipped, rescore=tmp_path / "old.jsonl", gate=True, out=printed.append) == 1
    assert "未过门槛" in printed[-1]
    assert "检索召回@1" in printed[-1]
