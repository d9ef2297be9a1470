"""What the page shows, as one JSON value, made by pure functions from records.

The value is neutral of language and free of markup: names of states and parts are keys that the page looks up in
`words.py`, and every text is set as text by the page's script, never as HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from assistant.web.message import Shown, message


@dataclass(frozen=True, slots=True)
class Past:
    """A past conversation in the list at the left."""

    id: str
    title: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Frame:
    """What does not change from answer to answer."""

    documents: int
    checked_on: date | None
    longest: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page shows at one moment. `ticket` says which of the browser's requests it answers."""

    frame: Frame
    ticket: str
    today: date
    past: Sequence[Past] = ()
    conversation: str | None = None
    messages: Sequence[Shown] = ()
    notice: str = ""
    returned_question: str = ""


def view(page: Page) -> dict[str, Any]:
    """The page as JSON."""
    frame = page.frame
    return {
        "ticket": page.ticket,
        "library": {
            "documents": frame.documents,
            "checked_on": frame.checked_on.isoformat() if frame.checked_on else None,
        },
        "longest": frame.longest,
        "examples": list(frame.examples),
        "past": [{"id": p.id, "title": p.title, "when": when(p.updated_at, page.today)} for p in page.past],
        "conversation": page.conversation,
        "messages": [message(shown, page.today) for shown in page.messages],
        "notice": page.notice,
        "returned_question": page.returned_question,
    }


def when(moment: datetime, today: date) -> str:
    """`today`, `week` (the six days before) or `earlier`, by the server's own calendar."""
    day = moment.astimezone().date()
    if day >= today:
        return "today"
    return "week" if day > today - timedelta(days=7) else "earlier"
