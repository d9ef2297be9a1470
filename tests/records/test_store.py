from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import RecordsError
from assistant.records.store import Records
from assistant.records.types import Rating

ANSWER = {"status": "answered", "claims": [{"text": "共13个部门。", "citations": [1]}], "warnings": []}


def test_a_conversation_comes_back_whole(records: Records) -> None:
    started = records.start_conversation("甲")
    records.add_message(started.id, "虚拟产业集群有哪些模式？", ANSWER, "answered")
    records.add_message(started.id, "第一类呢？", {"status": "answered_partly"}, "answered_partly")
    found = records.conversation(started.id, "甲")
    assert [(m.position, m.question, m.status) for m in found.messages] == [
        (0, "虚拟产业集群有哪些模式？", "answered"),
        (1, "第一类呢？", "answered_partly"),
    ]
    assert found.messages[0].answer == ANSWER
    assert found.title == "虚拟产业集群有哪些模式？"


def test_a_new_conversation_has_a_title_to_show(records: Records) -> None:
    assert records.start_conversation("甲").title == "新对话"


def test_the_title_is_the_first_question_on_one_line_of_40_characters(records: Records) -> None:
    started = records.start_conversation("甲")
    records.add_message(started.id, "一\n二  三" + "长" * 60, {}, "answered")
    title = records.conversation(started.id, "甲").title
    assert title.startswith("一 二 三长") and title.endswith("…") and len(title) == 40


def test_times_are_aware_and_in_utc(records: Records) -> None:
    started = records.start_conversation("甲")
    message = records.add_message(started.id, "问", {}, "answered")
    found = records.conversation(started.id, "甲")
    for time in (found.created_at, found.updated_at, found.messages[0].created_at):
        assert time.utcoffset() == timedelta(0)
        assert abs(datetime.now(UTC) - time) < timedelta(minutes=1)
    assert found.updated_at == message.created_at == found.messages[0].created_at


def test_the_conversation_last_written_to_comes_first(records: Records) -> None:
    first, second, third = (records.start_conversation("甲") for _ in range(3))
    records.add_message(first.id, "问", {}, "answered")
    assert [c.id for c in records.conversations("甲")] == [first.id, third.id, second.id]
    assert [c.id for c in records.conversations("甲", limit=1)] == [first.id]


def test_an_owner_sees_and_touches_only_their_own(records: Records) -> None:
    theirs = records.start_conversation("甲")
    message = records.add_message(theirs.id, "问", {}, "answered")
    assert records.conversations("乙") == []
    for act in (
        lambda: records.conversation(theirs.id, "乙"),
        lambda: records.delete_conversation(theirs.id, "乙"),
        lambda: records.add_message(theirs.id, "问", {}, "answered", owner="乙"),
        lambda: records.give_feedback(message.id, "乙", "useful"),
    ):
        with pytest.raises(RecordsError, match="没有找到"):
            act()
    kept = records.conversation(theirs.id, "甲")
    assert len(kept.messages) == 1 and kept.messages[0].feedback is None


def test_an_unknown_conversation_takes_no_message(records: Records) -> None:
    with pytest.raises(RecordsError, match="没有找到这个对话"):
        records.add_message("00000000-0000-0000-0000-000000000000", "问", {}, "answered")


def test_the_last_feedback_counts(records: Records) -> None:
    started = records.start_conversation("甲")
    message = records.add_message(started.id, "问", {}, "answered")
    records.give_feedback(message.id, "甲", "useful", "")
    records.give_feedback(message.id, "甲", Rating.PROBLEM, "数字不对")
    given = records.conversation(started.id, "甲").messages[0].feedback
    assert given is not None and (given.rating, given.comment) == (Rating.PROBLEM, "数字不对")


def test_an_unknown_rating_is_refused(records: Records) -> None:
    started = records.start_conversation("甲")
    message = records.add_message(started.id, "问", {}, "answered")
    with pytest.raises(RecordsError, match="反馈只能是"):
        records.give_feedback(message.id, "甲", "很好", "")


def test_deleting_leaves_nothing_behind(tmp_path: Path) -> None:
    records = Records.open(f"sqlite:///{tmp_path / 'r.sqlite3'}")
    started = records.start_conversation("甲")
    message = records.add_message(started.id, "问", {}, "answered")
    records.give_feedback(message.id, "甲", "useful", "")
    records.delete_conversation(started.id, "甲")
    records.close()
    with sqlite3.connect(tmp_path / "r.sqlite3") as raw:
        for table in ("conversations", "messages", "feedback"):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_what_no_database_takes_is_left_out_of_text(records: Records) -> None:
    started = records.start_conversation("甲")
    records.add_message(started.id, "问\x00题\ud800", {"text": "\ud800"}, "answered")
    assert records.conversation(started.id, "甲").messages[0].question == "问题"


def test_threads_write_to_one_conversation_without_losing_a_message(records: Records) -> None:
    started = records.start_conversation("甲")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: records.add_message(started.id, f"问{n}", {"n": n}, "answered"), range(40)))
    stored = records.conversation(started.id, "甲").messages
    assert [m.position for m in stored] == list(range(40))
    assert {m.question for m in stored} == {f"问{n}" for n in range(40)}


def test_a_database_that_fails_later_is_said_in_one_sentence(tmp_path: Path) -> None:
    records = Records.open(f"sqlite:///{tmp_path / 'r.sqlite3'}")
    with sqlite3.connect(tmp_path / "r.sqlite3") as raw:
        raw.execute("DROP TABLE conversations")
    with pytest.raises(RecordsError, match="对话记录暂时无法读写"):
        records.conversations("甲")
