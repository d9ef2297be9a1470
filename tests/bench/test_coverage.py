"""The coverage bench finds what is there and says what is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import EvaluationError
from assistant.service import Service
from bench.coverage import ROWS, Row, found_at, load_rows, measure

CORPUS = Path(__file__).parents[2] / "corpus"
PAYMENT = Row("p27-kuanxiang-2020", "第八条　付款期限", "《保障中小企业款项支付条例》", ("付款期限", "30日"))


def test_the_rows_point_into_the_corpus() -> None:
    held = {path.stem: path.read_text("utf-8") for path in CORPUS.glob("*/*.md")}
    rows = load_rows(ROWS)
    assert len(rows) > 1500
    assert [r for r in rows if r.section and f"# {r.section}" not in held[r.document]] == []
    sheets = set(json.loads((Path(__file__).parents[1] / "corpus" / "figures.json").read_text("utf-8")))
    assert {r.document for r in rows} >= sheets - {"gwr-timeline", "founding-article"}


def test_a_section_is_found_at_its_place_and_a_replaced_text_on_its_own_day(service: Service) -> None:
    assert 0 < found_at(service, PAYMENT, PAYMENT.named()) <= 3
    assert found_at(service, Row("p02-szjj-145", "没有这一节", "x", ("付款",)), "付款期限") == 0


def test_what_is_missed_is_told_with_its_question(service: Service) -> None:
    shares, missed = measure(service, [PAYMENT, Row("p02-szjj-145", "没有这一节", "规划", ("付款",))])
    assert shares["laws"]["named"] == 1.0 and shares["policies"]["named"] == 0.0
    assert {row["document"] for row in missed} == {"p02-szjj-145"}


def test_a_file_that_is_no_set_of_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"document": "a"}', encoding="utf-8")
    with pytest.raises(EvaluationError, match="无法读取"):
        load_rows(path)
