"""Text for the clipboard: an answer or one citation that stays verifiable wherever it is pasted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

_VALIDITY = {
    "in_force": "现行有效",
    "amended": "已被修改",
    "repealed": "已废止或失效",
    "expired": "期满",
    "not_yet": "尚未施行",
    "unknown": "时效待核实",
}
_DIGEST_NOTICE = "注：标有“摘编”的引注不是文件原文，引用以原文为准。"


def copy_text(record: Mapping[str, Any]) -> str:
    """The question, the answer with its [n] markers, and every reference."""
    citations = record.get("citations", [])
    as_of = date.fromisoformat(record["as_of"])
    parts = [
        f"问：{record['question']}",
        f"（时点：{as_of.year}年{as_of.month}月{as_of.day}日）",
        "",
        str(record.get("answer", "")),
    ]
    if citations:
        parts += ["", "引注：", *(f"[{c['n']}] {citation_line(c)}" for c in citations)]
    if any(c["text_kind"] == "digest" for c in citations):
        parts.append(_DIGEST_NOTICE)
    return "\n".join(parts)


def citation_line(citation: Mapping[str, Any]) -> str:
    """One reference in a line: 《题名》（发文字号）节, the quote, validity, digest mark, source.

    A digest's words are not the document's own: they stand without quotation marks, after “摘编”.
    """
    number = f"（{citation['doc_number']}）" if citation["doc_number"] else ""
    section = f"，{citation['section']}" if citation["section"] else ""
    quote = f"“{citation['quote']}”"
    marks = [_VALIDITY[citation["validity"]]] if citation["validity"] in _VALIDITY else []
    if citation["text_kind"] == "digest":
        quote = f"摘编：{citation['quote']}"
        checked = citation["checked_on"]
        marks.append(f"摘编，核对于{checked}" if checked else "摘编，核对日期待核实")
    marked = f"（{'；'.join(marks)}）" if marks else ""
    source = citation["url"] or citation["source_url"]
    return f"《{citation['title']}》{number}{section}：{quote}{marked}" + (
        f" 资料来源：{source}" if source else ""
    )
