"""The report says what was reached and at which step each weak row lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO

import pytest
from rich.console import Console

from assistant.evaluation import render, score, to_json
from assistant.evaluation.metrics import METRICS
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.report import LABELS, why
from assistant.evaluation.rows import Row

Make = Callable[..., Outcome]
MakeRow = Callable[..., Row]


def test_every_metric_has_a_label() -> None:
    assert set(LABELS) == set(METRICS)


def test_table_shows_metrics_worst_rows_and_gate(row: MakeRow, outcome: Make) -> None:
    results = score([outcome(row(id="weak", question="[b]谁[/b]？"), text="乙", ranked=("x", "d"))])
    console = Console(width=200, record=True, file=StringIO())
    console.print(render(results, ["指标 recall@1 太低。"]))
    shown = console.export_text()
    assert "recall@1" in shown
    assert "weak" in shown
    # Questions are shown as they are, not read as markup.
    assert "[b]谁[/b]？" in shown
    assert "未过门槛：指标 recall@1 太低。" in shown


def test_json_is_whole(row: MakeRow, outcome: Make) -> None:
    results = score([outcome(row(id="bad"), status="error_model", error="断了")])
    found = json.loads(json.dumps(to_json(results, ["不够。"]), ensure_ascii=False))
    assert found["gate"] == {"passed": False, "failures": ["不够。"]}
    assert found["errors"] == [{"id": "bad", "error": "断了"}]
    assert found["metrics"]["answered"]["mean"] == 0
    assert found["imperfect"][0]["why"] == "出错：断了"


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        ({"ranked": ("x",)}, "检索"),
        ({"ranked": ("x", "d"), "status": "declined_no_source"}, "排第 2"),
        ({"ranked": ("d",), "citations": ((1, "x", "乙"),)}, "选材"),
        ({"ranked": ("d",), "citations": ((1, "d", "乙"),)}, "要点覆盖不全"),
        ({"ranked": ("d",), "text": "甲", "citations": ((1, "d", "甲"),)}, "引注准确"),
    ],
)
def test_reason_names_the_step(row: MakeRow, outcome: Make, seen: dict[str, object], says: str) -> None:
    found = outcome(row(), **seen)
    assert says in why(found, score([found]).scores[0])
