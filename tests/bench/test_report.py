"""The tables of the bench as the page shows them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import EvaluationError
from bench import report


def measures(recall: float, answers: float | None = None) -> dict[str, Any]:
    return {
        "recall@1": recall,
        "recall@5": 0.9,
        "mrr@10": 0.8,
        "ndcg@10": 0.85,
        "answer_recall@5": answers,
        "ci95": {"recall@1": [recall - 0.1, recall + 0.1]},
        "index_passages_per_s": 2000.4,
        "query_ms_p50": 9.96,
    }


FIGURES: report.Figures = {
    "laws": {"queries": 40, "ours": measures(0.7, 0.5), "peers": {"bm25s_jieba": measures(0.6)}},
    "scale_10000": {"passages": 10_000, "query_ms_p50": 9.3, "query_ms_p99": 20.0, "rss_mib": 700},
}


def test_each_system_has_its_line_and_what_was_not_measured_a_dash() -> None:
    lines = report.compared(FIGURES).splitlines()
    assert (
        lines[2]
        == "| laws | 40 | 本产品 | 0.700（0.600–0.800） | 0.900 | 0.800 | 0.850 | 0.500 | 2000 | 10.0 |"
    )
    assert lines[3].startswith("|  |  | bm25s_jieba | 0.600（0.500–0.700） |")
    assert "| — |" in lines[3]


def test_sizes_stand_side_by_side() -> None:
    table = report.sizes(FIGURES)
    assert table.startswith("| | 10,000 段 |")
    assert "| 检索 p50 / p99，毫秒 | 9.3 / 20.0 |" in table
    assert "| langchain_chroma 建索引，段/秒 | — |" in table


def test_tables_go_between_their_marks_and_nowhere_else() -> None:
    page = "前\n<!-- peers -->\n旧\n<!-- /peers -->\n后\n"
    assert report.filled(page, {"peers": "新"}) == page.replace("旧", "新")
    with pytest.raises(EvaluationError, match="scale"):
        report.filled(page, {"scale": "新"})


def test_the_page_holds_the_tables_of_the_figures_kept_beside_it() -> None:
    figures = json.loads(report.FIGURES.read_text(encoding="utf-8"))
    page = report.PAGE.read_text(encoding="utf-8")
    assert report.filled(page, {"peers": report.compared(figures), "scale": report.sizes(figures)}) == page


def test_a_directory_without_data_is_said(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="没有可测的数据"):
        report.measured(tmp_path, (), {})
