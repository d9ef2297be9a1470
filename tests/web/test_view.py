from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.web.message import Shown
from assistant.web.view import Frame, Page, Past, view, when

from .test_message import record

FRAME = Frame(61, date(2026, 11, 23), 2000, ("甲？", "乙？"))


def test_the_page_is_json_and_keeps_the_browsers_ticket() -> None:
    past = [Past("c1", "题", datetime.now(UTC))]
    found = view(
        Page(FRAME, "t1", date.today(), past, "c1", [Shown(record(), "m1", "useful")], "出错了。", "再问？")
    )

    assert json.loads(json.dumps(found, ensure_ascii=False)) == found
    assert (found["ticket"], found["conversation"], found["notice"], found["returned_question"]) == (
        "t1",
        "c1",
        "出错了。",
        "再问？",
    )
    assert found["library"] == {"documents": 61, "checked_on": "2026-11-23"}
    assert found["past"] == [{"id": "c1", "title": "题", "when": "today"}]
    assert (found["messages"][0]["id"], found["messages"][0]["feedback"]) == ("m1", "useful")


def test_a_library_that_was_never_checked_has_no_day() -> None:
    assert view(Page(Frame(0, None, 2000, ()), "", date.today()))["library"]["checked_on"] is None


@pytest.mark.parametrize(
    ("days", "group"), [(0, "today"), (1, "week"), (6, "week"), (7, "earlier"), (400, "earlier")]
)
def test_past_conversations_are_grouped_by_day(days: int, group: str) -> None:
    now = datetime.now().astimezone()

    assert when(now - timedelta(days=days), now.date()) == group
