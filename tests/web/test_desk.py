"""What a person does, on the real service and real records, without a browser."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.records.store import Records
from assistant.service import Service
from assistant.web.desk import Desk, Order

QUESTION = "虚拟产业集群有哪些代表性模式？"


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records.open(f"sqlite:///{tmp_path / 'records.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def desk(service: Service, records: Records) -> Desk:
    return Desk(service, records)


def asked(desk: Desk, question: str, owner: str = "a", **order: Any) -> list[dict[str, Any]]:
    async def go() -> list[dict[str, Any]]:
        return [page async for page in desk.ask(owner, Order(ticket="t", question=question, **order))]

    return asyncio.run(go())


def test_an_answer_begins_at_work_and_ends_stored(desk: Desk) -> None:
    pages = asked(desk, QUESTION)

    assert pages[0]["messages"][-1]["state"] == "working"
    last = pages[-1]
    assert last["messages"][-1]["state"] == "answered" and last["messages"][-1]["id"]
    assert last["past"][0]["id"] == last["conversation"]
    assert all(page["ticket"] == "t" for page in pages)
    reopened = asyncio.run(desk.open("a", Order(conversation=last["conversation"])))
    assert reopened["messages"] == last["messages"]


def test_a_second_question_joins_its_conversation(desk: Desk) -> None:
    first = asked(desk, QUESTION)[-1]
    second = asked(desk, "数据二十条由哪几部分组成？", conversation=first["conversation"])[-1]

    assert second["conversation"] == first["conversation"]
    assert [m["question"] for m in second["messages"]] == [QUESTION, "数据二十条由哪几部分组成？"]
    assert len(second["past"]) == 1


@pytest.mark.parametrize(
    ("question", "as_of", "said"),
    [("  ", "", "问题是空的"), ("问" * 2001, "", "问题太长"), (QUESTION, "2026-02-30", "2026-02-30")],
)
def test_an_order_that_cannot_be_taken_is_said_and_given_back(
    desk: Desk, question: str, as_of: str, said: str
) -> None:
    page = asked(desk, question, as_of=as_of)[-1]

    assert said in page["notice"] and page["notice"].endswith("。")
    assert page["returned_question"] == question
    assert page["messages"] == [] and page["past"] == []


def test_the_day_asked_for_is_kept_with_the_answer(desk: Desk) -> None:
    assert asked(desk, QUESTION, as_of="2021-01-01")[-1]["messages"][-1]["as_of"] == "2021-01-01"


def test_a_condition_taken_off_stays_off_and_is_kept_with_the_answer(desk: Desk) -> None:
    narrow = asked(desk, "浙江省出台的政策对产业集群怎么说？")[-1]["messages"][-1]
    assert narrow["filters"] == [["region", "浙江省"]]

    wide = asked(desk, "浙江省出台的政策对产业集群怎么说？", unread=["region"])[-1]["messages"][-1]
    assert (wide["filters"], wide["unread"]) == ([], ["region"])


def test_nobody_opens_continues_rates_or_deletes_what_is_anothers(desk: Desk, records: Records) -> None:
    page = asked(desk, QUESTION)[-1]
    conversation, message = page["conversation"], page["messages"][0]["id"]

    opened = asyncio.run(desk.open("b", Order(conversation=conversation)))
    assert opened["messages"] == [] and opened["notice"]
    assert asked(desk, QUESTION, "b", conversation=conversation)[-1]["notice"]
    assert asyncio.run(desk.give_feedback("b", Order(message=message, rating="useful")))["notice"]
    assert asyncio.run(desk.delete("b", Order(message=conversation)))["notice"]
    assert len(records.conversation(conversation, "a").messages) == 1


def test_feedback_is_kept_and_shown(desk: Desk) -> None:
    page = asked(desk, QUESTION)[-1]
    order = Order(conversation=page["conversation"], message=page["messages"][0]["id"], rating="problem")

    assert asyncio.run(desk.give_feedback("a", order))["messages"][0]["feedback"] == "problem"


def test_deleting_the_open_conversation_gives_an_empty_page(desk: Desk) -> None:
    conversation = asked(desk, QUESTION)[-1]["conversation"]
    page = asyncio.run(desk.delete("a", Order(conversation=conversation, message=conversation)))

    assert (page["conversation"], page["messages"], page["past"], page["notice"]) == (None, [], [], "")


def test_stopping_gives_the_question_back_and_stores_nothing(
    model_service: Service, records: Records
) -> None:
    desk = Desk(model_service, records)

    async def go() -> dict[str, Any]:
        page: dict[str, Any] = {}
        async for page in desk.ask("a", Order(ticket="t", question=QUESTION)):
            if page["messages"][-1]["blocks"]:
                desk.stop("b", Order(ticket="t"))  # somebody else's stop does nothing
                desk.stop("a", Order(ticket="t"))
        return page

    page = asyncio.run(asyncio.wait_for(go(), 10))

    assert page["messages"][-1]["state"] == "stopped" and page["messages"][-1]["blocks"]
    assert page["returned_question"] == QUESTION
    assert page["past"] == []


def test_an_error_below_becomes_a_sentence_not_a_traceback(
    desk: Desk, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(query: object) -> Any:
        raise ZeroDivisionError
        yield

    monkeypatch.setattr(service, "stream", broken)
    page = asked(desk, QUESTION)[-1]

    assert page["messages"][-1]["state"] == "error"
    assert "内部错误" in page["messages"][-1]["sentence"]
    assert page["returned_question"] == QUESTION
    assert page["past"] == []
