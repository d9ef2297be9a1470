"""What the records give back: plain frozen types, times aware and in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Rating(StrEnum):
    """What a reader thought of an answer."""

    USEFUL = "useful"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Feedback:
    """A reader's word on one answer; the last one given counts."""

    rating: Rating
    comment: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """One question and its answer. `answer` is the JSON contract of an answer, `position` counts from 0."""

    id: str
    conversation_id: str
    position: int
    question: str
    answer: Mapping[str, object]
    status: str
    created_at: datetime
    feedback: Feedback | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation of one owner. In lists `messages` is empty; `conversation()` fills it."""

    id: str
    owner: str
    title: str
    created_at: datetime
    updated_at: datetime
    messages: tuple[Message, ...] = ()
