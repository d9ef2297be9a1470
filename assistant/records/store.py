"""`Records`: the conversations of each owner, their messages, and what readers thought of the answers."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Self
from uuid import uuid4

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from assistant.errors import RecordsError
from assistant.records.engine import open_engine, writing
from assistant.records.tables import conversations, feedback, messages
from assistant.records.types import Conversation, Feedback, Message, Rating

log = logging.getLogger(__name__)

TITLE_LENGTH = 40
UNTITLED = "新对话"


class Records:
    """Stores and finds conversations. Several threads may use it at once; every call is one transaction.

    An owner sees only what is theirs: what belongs to another is answered as if it were not there.
    Every method raises `RecordsError` if the database cannot be used.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    @classmethod
    def open(cls, url: str) -> Self:
        """Opens the database at a SQLAlchemy URL (see `open_engine`), bringing its tables up to date."""
        return cls(open_engine(url))

    def close(self) -> None:
        self._engine.dispose()

    def start_conversation(self, owner: str) -> Conversation:
        """A new conversation without messages; its title comes with the first question."""
        now = _now()
        started = Conversation(str(uuid4()), owner, UNTITLED, now, now)
        with self._transaction(self._writing) as connection:
            connection.execute(
                insert(conversations).values(
                    id=started.id,
                    owner=owner,
                    title=UNTITLED,
                    created_at=now,
                    updated_at=now,
                )
            )
        return started

    def conversations(self, owner: str, limit: int = 50) -> list[Conversation]:
        """The owner's conversations, the one last written to first, without their messages."""
        chosen = (
            select(conversations)
            .where(conversations.c.owner == owner)
            .order_by(conversations.c.updated_at.desc(), conversations.c.id)
            .limit(limit)
        )
        with self._transaction(self._engine) as connection:
            return [_conversation(row) for row in connection.execute(chosen)]

    def conversation(self, id: str, owner: str) -> Conversation:
        """One conversation with its messages in order; `RecordsError` if the owner has none of this id."""
        with self._transaction(self._engine) as connection:
            row = _find_conversation(connection, id, owner)
            rows = connection.execute(
                select(
                    messages,
                    feedback.c.rating,
                    feedback.c.comment,
                    feedback.c.created_at.label("rated_at"),
                )
                .outerjoin(feedback, feedback.c.message_id == messages.c.id)
                .where(messages.c.conversation_id == id)
                .order_by(messages.c.position)
            )
            return _conversation(row, tuple(_message(r) for r in rows))

    def add_message(
        self,
        conversation_id: str,
        question: str,
        answer: Mapping[str, object],
        status: str,
        *,
        owner: str | None = None,
    ) -> Message:
        """Appends a question and its answer (JSON values only); the first question becomes the title.

        With `owner` named, the conversation must be theirs. Raises `RecordsError` if there is none.
        """
        question = _storable(question)
        with self._transaction(self._writing) as connection:
            found = _find_conversation(connection, conversation_id, owner, lock=True)
            # Never before the conversation's last time, even if the clock was set back: order must hold.
            now = max(_now(), found.updated_at)
            position = connection.execute(
                select(func.coalesce(func.max(messages.c.position) + 1, 0)).where(
                    messages.c.conversation_id == conversation_id
                )
            ).scalar_one()
            added = Message(
                str(uuid4()),
                conversation_id,
                position,
                question,
                dict(answer),
                str(status),
                now,
            )
            connection.execute(
                insert(messages).values(
                    id=added.id,
                    conversation_id=conversation_id,
                    position=position,
                    question=question,
                    answer=added.answer,
                    status=added.status,
                    created_at=now,
                )
            )
            changes: dict[str, object] = {"updated_at": now}
            if position == 0:
                changes["title"] = _title(question)
            connection.execute(
                update(conversations).where(conversations.c.id == conversation_id).values(changes)
            )
        return added

    def give_feedback(self, message_id: str, owner: str, rating: Rating | str, comment: str = "") -> None:
        """Keeps what the owner thinks of an answer; given again, the last word replaces the one before.

        Raises `RecordsError` if the message is not in the owner's conversations or the rating is unknown.
        """
        try:
            known = Rating(rating)
        except ValueError as problem:
            raise RecordsError("反馈只能是“有用”或“有问题”；请重新选择。") from problem
        with self._transaction(self._writing) as connection:
            owned = (
                select(messages.c.id)
                .join(conversations, conversations.c.id == messages.c.conversation_id)
                .where(messages.c.id == message_id, conversations.c.owner == owner)
                .with_for_update()
            )
            if connection.execute(owned).first() is None:
                raise RecordsError("没有找到要评价的回答，可能已被删除；请刷新页面后再试。")
            connection.execute(delete(feedback).where(feedback.c.message_id == message_id))
            connection.execute(
                insert(feedback).values(
                    id=str(uuid4()),
                    message_id=message_id,
                    rating=known.value,
                    comment=_storable(comment),
                    created_at=_now(),
                )
            )

    def delete_conversation(self, id: str, owner: str) -> None:
        """Removes a conversation with all in it; `RecordsError` if the owner has none of this id."""
        with self._transaction(self._writing) as connection:
            _find_conversation(connection, id, owner, lock=True)
            connection.execute(delete(conversations).where(conversations.c.id == id))

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except SQLAlchemyError as problem:  # whatever the driver reports, the reader's way out is the same
            log.warning("records: %s", problem)
            raise RecordsError("对话记录暂时无法读写；请检查记录数据库是否可用，然后重试。") from problem


def _find_conversation(connection: Connection, id: str, owner: str | None, *, lock: bool = False) -> Row[Any]:
    chosen = select(conversations).where(conversations.c.id == id)
    if owner is not None:
        chosen = chosen.where(conversations.c.owner == owner)
    row = connection.execute(chosen.with_for_update() if lock else chosen).first()
    if row is None:
        raise RecordsError("没有找到这个对话，可能已被删除或不属于当前用户；请从列表中重新选择。")
    return row


def _conversation(row: Row[Any], its_messages: tuple[Message, ...] = ()) -> Conversation:
    return Conversation(row.id, row.owner, row.title, row.created_at, row.updated_at, its_messages)


def _message(row: Row[Any]) -> Message:
    given = Feedback(Rating(row.rating), row.comment, row.rated_at) if row.rating else None
    return Message(
        row.id,
        row.conversation_id,
        row.position,
        row.question,
        row.answer,
        row.status,
        row.created_at,
        given,
    )


def _title(question: str) -> str:
    line = " ".join(question.split()) or UNTITLED
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1] + "…"


def _storable(text: str) -> str:
    """Without what no database takes: half surrogates and NUL."""
    return re.sub("[\x00\ud800-\udfff]", "", text)


def _now() -> datetime:
    return datetime.now(UTC)
