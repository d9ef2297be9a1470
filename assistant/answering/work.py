"""What the steps of one question hand to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answering.citing import CitationBook
from assistant.answering.extractive import Composition
from assistant.answering.modelled import Usage
from assistant.answering.question import Asked
from assistant.domain import Claim, Filters, Hit, Query, Status


@dataclass
class Work:
    """What the steps of one question have found so far."""

    query: Query
    asked: Asked
    book: CitationBook
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hits: Sequence[Hit] = ()
    read: Filters = field(default_factory=Filters)
    dropped: Filters = field(default_factory=Filters)
    found: Composition = field(default_factory=lambda: Composition(()))
    answered: Sequence[bool] = ()
    parts: list[tuple[Claim, bool]] = field(default_factory=list)
    withdrawn: list[Claim] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    trace: dict[str, object] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    status: Status | None = None
    shown: set[int] = field(default_factory=set)

    @property
    def claims(self) -> list[Claim]:
        return [claim for claim, _ in self.parts]
