"""What a person can do at the page, without the page: open, ask, stop, give feedback, delete. Gradio only carries it.

Every method takes the owner (who sits at the browser) and gives back the whole page as JSON (`view`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import date
from time import monotonic
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain import FilterName, Query, Turn
from assistant.errors import AssistantError, QueryError
from assistant.records.store import Records
from assistant.records.types import Message
from assistant.service import LONGEST_QUESTION, Service
from assistant.web.message import Shown
from assistant.web.record import LiveRecord
from assistant.web.run import Run
from assistant.web.view import Frame, Page, Past, view

_HISTORY = 6  # earlier turns that a question may refer to
_UNEXPECTED = "处理这个问题时出了内部错误，已记入服务日志；请稍后再试，或换一种问法。"
log = logging.getLogger(__name__)


class Order(BaseModel):
    """What the browser sends with every request. `ticket` is its own number for the request."""

    model_config = ConfigDict(extra="ignore")

    ticket: str = Field(default="", max_length=64)
    conversation: str | None = Field(default=None, max_length=64)
    question: str = ""
    as_of: str = Field(default="", max_length=32)
    unread: frozenset[FilterName] = frozenset()
    message: str = Field(default="", max_length=64)
    rating: str = Field(default="", max_length=32)


class Desk:
    """Serves all browsers; holds nothing but the answers that are being made right now."""

    def __init__(self, service: Service, records: Records) -> None:
        self._service = service
        self._records = records
        self._runs: dict[tuple[str, str], Run[Any]] = {}

    async def open(self, owner: str, order: Order) -> dict[str, Any]:
        """The page with a past conversation, or empty for a new one."""
        try:
            return await self._page(owner, order, await self._messages(owner, order.conversation))
        except AssistantError as problem:
            return await self._page(owner, order.model_copy(update={"conversation": None}), (), str(problem))

    async def ask(self, owner: str, order: Order) -> AsyncGenerator[dict[str, Any], None]:
        """The page again and again while the answer is made; the last one is complete and stored."""
        earlier: Sequence[Message] = ()
        try:
            earlier = await self._messages(owner, order.conversation)
            query = self._service.query(
                order.question,
                as_of=_day(order.as_of),
                history=[_turn(m) for m in earlier[-_HISTORY:]],
                unread=order.unread,
            )
        except AssistantError as problem:
            page = await self._page(owner, order, earlier, str(problem), returned=order.question)
            yield page
            return
        live = LiveRecord(self._service, query)
        async with aclosing(self._answer(owner, order, query, live, earlier)) as pages:
            async for page in pages:
                yield page
        yield await self._conclude(owner, order, live, earlier)

    def stop(self, owner: str, order: Order) -> None:
        """Stops the answer being made under this ticket, if there is one."""
        run = self._runs.get((owner, order.ticket))
        if run:
            run.stop()

    async def give_feedback(self, owner: str, order: Order) -> dict[str, Any]:
        """Keeps what the person thinks of an answer."""
        notice = ""
        try:
            await asyncio.to_thread(self._records.give_feedback, order.message, owner, order.rating)
        except AssistantError as problem:
            notice = str(problem)
        return await self._reopened(owner, order, notice)

    async def delete(self, owner: str, order: Order) -> dict[str, Any]:
        """Deletes the conversation named by `message`; the one shown stays unless it is that one."""
        notice = ""
        try:
            await asyncio.to_thread(self._records.delete_conversation, order.message, owner)
        except AssistantError as problem:
            notice = str(problem)
        if order.message == order.conversation:
            order = order.model_copy(update={"conversation": None})
        return await self._reopened(owner, order, notice)

    async def _answer(
        self, owner: str, order: Order, query: Query, live: LiveRecord, earlier: Sequence[Message]
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Pages while the answer grows. At the end `live` is done, whatever happened."""
        past = await self._past(owner)
        begun = monotonic()
        run = self._runs[owner, order.ticket] = Run(self._service.stream(query))

        def page() -> dict[str, Any]:
            now = Shown(live.record, seconds=round(monotonic() - begun))
            return self._view(order, past, [*map(_shown, earlier), now])

        try:
            yield page()
            async with aclosing(run.batches()) as batches:
                async for batch in batches:
                    for event in batch:
                        live.take(event)
                    if not live.done:
                        yield page()
        except AssistantError as problem:
            live.end("error_internal", str(problem))
        except Exception:  # the page must say something whatever breaks below; the log has the rest
            log.exception("answering failed")
            live.end("error_internal", _UNEXPECTED)
        finally:
            del self._runs[owner, order.ticket]
        if not live.done:
            live.end("stopped")

    async def _conclude(
        self, owner: str, order: Order, live: LiveRecord, earlier: Sequence[Message]
    ) -> dict[str, Any]:
        """Stores a completed answer and gives the final page. What was not completed goes back to the input."""
        notice, returned, stored = "", "", None
        if live.record["status"] == "stopped" or live.record["status"].startswith("error"):
            returned = live.record["question"]
        else:
            try:
                stored = await asyncio.to_thread(self._store, owner, order.conversation, live)
                order = order.model_copy(update={"conversation": stored.conversation_id})
            except AssistantError as problem:
                notice = str(problem)
        last = Shown(live.record, stored.id if stored else None)
        return self._view(order, await self._past(owner), [*map(_shown, earlier), last], notice, returned)

    def _store(self, owner: str, conversation: str | None, live: LiveRecord) -> Message:
        # A conversation begins with its first answer, so that a stopped question leaves no empty one behind.
        to = conversation or self._records.start_conversation(owner).id
        record = live.record
        return self._records.add_message(to, record["question"], record, record["status"], owner=owner)

    async def _reopened(self, owner: str, order: Order, notice: str) -> dict[str, Any]:
        page = await self.open(owner, order)
        return page | {"notice": notice or page["notice"]}

    async def _messages(self, owner: str, conversation: str | None) -> Sequence[Message]:
        if conversation is None:
            return ()
        return (await asyncio.to_thread(self._records.conversation, conversation, owner)).messages

    async def _past(self, owner: str) -> list[Past]:
        try:
            found = await asyncio.to_thread(self._records.conversations, owner)
        except AssistantError as problem:  # answering goes on without the list
            log.warning("%s", problem)
            return []
        return [Past(c.id, c.title, c.updated_at) for c in found]

    async def _page(
        self, owner: str, order: Order, messages: Sequence[Message], notice: str = "", returned: str = ""
    ) -> dict[str, Any]:
        return self._view(order, await self._past(owner), [*map(_shown, messages)], notice, returned)

    def _view(
        self,
        order: Order,
        past: Sequence[Past],
        messages: Sequence[Shown],
        notice: str = "",
        returned: str = "",
    ) -> dict[str, Any]:
        stats = self._service.stats()
        frame = Frame(
            documents=stats.documents,
            checked_on=stats.checked_on,
            longest=LONGEST_QUESTION,
            examples=tuple(self._service.examples()),
        )
        today = date.today()
        return view(Page(frame, order.ticket, today, past, order.conversation, messages, notice, returned))


def _shown(message: Message) -> Shown:
    return Shown(
        dict(message.answer), message.id, message.feedback.rating.value if message.feedback else None
    )


def _turn(message: Message) -> Turn:
    answer = dict[str, Any](message.answer)
    cited = dict.fromkeys(c["document_id"] for c in answer.get("citations", []))
    return Turn(message.question, str(answer.get("answer", "")), tuple(cited))


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QueryError(f"时点“{text}”不是有效的日期；请写成 2026-11-23 的样子。") from None
