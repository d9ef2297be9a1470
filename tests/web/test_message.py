from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.web.message import Shown, message, safe_url

TODAY = date(2026, 11, 23)


def citation(n: int, **changes: Any) -> dict[str, Any]:
    return {
        "n": n,
        "title": f"文件{n}",
        "kind": "policy",
        "doc_number": None,
        "issuers": ["国务院", "财政部"],
        "signed": "2025-03-17",
        "published": None,
        "effective": "2025-06-01",
        "until": None,
        "validity": "in_force",
        "text_kind": "digest",
        "checked_on": "2026-11-23",
        "section": "第九条",
        "before": "前文。\n\n",
        "quote": "60日内支付。",
        "after": "",
        "url": None,
        "source_url": "https://example.org/a",
        "source_kind": "repost",
    } | changes


def claim(text: str, *citations: int, verdict: str = "supported") -> dict[str, Any]:
    return {"text": text, "citations": list(citations), "verdict": verdict, "reason": "一致"}


def record(**changes: Any) -> dict[str, Any]:
    return {
        "question": "问？",
        "as_of": TODAY.isoformat(),
        "status": "answered",
        "answer": "总起。[1]\n1. 其一。[2]\n2. 其二。[1][2]\n收尾。[1]\n注意：已被修改[2]。",
        "claims": [claim("总起。", 1), claim("其一。", 2), claim("其二。", 1, 2), claim("收尾。", 1)],
        "citations": [citation(1), citation(2)],
        "timings_ms": {"retrieve": 12.6},
    } | changes


def shown(**changes: Any) -> dict[str, Any]:
    return message(Shown(record(**changes)), TODAY)


def test_claims_are_laid_out_as_the_answers_text_lays_them_out() -> None:
    blocks = shown()["blocks"]

    assert [(b["kind"], [c["text"] for c in b["claims"]]) for b in blocks] == [
        ("text", ["总起。"]),
        ("list", ["其一。", "其二。"]),
        ("text", ["收尾。"]),
    ]
    assert blocks[1]["claims"][1]["citations"] == [1, 2]


def test_a_sentence_that_stands_twice_is_found_where_it_stands() -> None:
    blocks = shown(answer="同句。[1]\n1. 同句。[1]", claims=[claim("同句。", 1), claim("同句。", 1)])[
        "blocks"
    ]

    assert [b["kind"] for b in blocks] == ["text", "list"]


def test_lines_after_the_claims_are_notes_with_their_citations() -> None:
    assert shown()["notes"] == [[{"text": "注意：已被修改"}, {"n": 2}, {"text": "。"}]]


def test_withdrawn_sentences_are_told_once() -> None:
    found = shown(
        answer="总起。[1]\n有句子未能在来源中得到支持，已撤下。",
        claims=[claim("总起。", 1)],
        withdrawn=[claim("编造的数字。", verdict="unsupported")],
    )

    assert found["withdrawn"] == ["编造的数字。"]
    assert found["notes"] == []


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("working", "working"),
        ("answered", "answered"),
        ("answered_partly", "answered"),
        ("declined_no_source", "declined"),
        ("stopped", "stopped"),
        ("error_timeout", "error"),
        ("something_new", "error"),
    ],
)
def test_states(status: str, state: str) -> None:
    assert shown(status=status, step="retrieve")["state"] == state


def test_a_declined_answer_says_why_and_gives_its_nearest_sources_as_parts() -> None:
    found = shown(
        status="declined_no_source",
        answer="文库中没有依据，因此不作答。\n最接近的来源：《甲》。\n可以问：乙？",
        claims=[],
        citations=[],
        nearest=[citation(1)],
        follow_ups=["乙？"],
    )

    assert found["sentence"] == "文库中没有依据，因此不作答。"
    assert found["blocks"] == [] and found["notes"] == []
    assert [c["n"] for c in found["nearest"]] == [1]
    assert found["copy"] == ""


def test_steps_say_where_the_work_stands() -> None:
    steps = shown(status="working", step="compose", answer="")["steps"]

    assert [s["at"] for s in steps] == ["done", "done", "now", "next"]


def test_the_day_is_shown_only_when_it_is_not_today() -> None:
    assert shown()["as_of"] is None
    assert shown(as_of="2024-01-01")["as_of"] == "2024-01-01"


def test_conditions_read_out_of_the_question_are_shown_and_those_taken_off() -> None:
    found = shown(filters={"read": {"years": "2024年"}, "dropped": {}}, unread=["region"])
    assert found["filters"] == [["years", "2024年"]]
    assert found["unread"] == ["region"]
    assert shown()["filters"] == shown()["unread"] == []


def test_conflicts_carry_what_tells_their_sides_apart() -> None:
    conflict = {
        "subject": "期限",
        "rule": "新法优于旧法",
        "prevails": 1,
        "sides": [{"n": 1, "value": "60日"}, {"n": 9, "value": "?"}],
    }
    sides = shown(conflicts=[conflict])["conflicts"][0]["sides"]

    assert [(s["n"], s["prevails"], s["title"], s["validity"]) for s in sides] == [
        (1, True, "文件1", "in_force")
    ]


def test_a_citation_has_its_dates_surroundings_and_one_blank_line_less() -> None:
    found = shown()["citations"][0]

    assert found["dates"] == [["signed", "2025-03-17"], ["effective", "2025-06-01"]]
    assert found["before"] == "前文。\n"
    assert found["issuers"] == "国务院、财政部"
    assert found["digest"] is True


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://www.gov.cn/a", True),
        ("HTTP://www.gov.cn/a", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        (" https://www.gov.cn", False),
        ("https://a\njavascript:alert(1)", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, safe: bool) -> None:
    assert (safe_url(url) is not None) is safe


def test_why_is_told_for_answers_and_refusals_only() -> None:
    assert shown()["why"]["timings"] == [["retrieve", 13]]
    assert shown(status="declined_no_source")["why"] is not None
    assert shown(status="error_internal")["why"] is None
