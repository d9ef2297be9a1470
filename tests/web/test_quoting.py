from __future__ import annotations

from assistant.web.quoting import citation_line, copy_text

from .test_message import citation, record


def test_a_digest_is_marked_with_its_day_and_never_put_in_quotation_marks() -> None:
    line = citation_line(citation(1, doc_number="国务院令第802号"))

    assert line == (
        "《文件1》（国务院令第802号），第九条：摘编：60日内支付。"
        "（现行有效；摘编，核对于2026-11-23） 资料来源：https://example.org/a"
    )
    assert "核对日期待核实" in citation_line(citation(1, checked_on=None))


def test_an_original_is_quoted_and_its_own_address_comes_first() -> None:
    line = citation_line(citation(1, text_kind="original", url="https://www.gov.cn/a", validity=None))

    assert line == "《文件1》，第九条：“60日内支付。” 资料来源：https://www.gov.cn/a"


def test_copied_text_has_question_day_answer_and_all_references() -> None:
    lines = copy_text(record(as_of="2024-01-05")).split("\n")

    assert lines[:2] == ["问：问？", "（时点：2024年1月5日）"]
    assert "1. 其一。[2]" in lines
    assert [line[:3] for line in lines if line.startswith("[")] == ["[1]", "[2]"]
    assert "引用以原文为准" in lines[-1]
