"""What a composer hands to verification: sentences with the spans they rest on, before anybody has checked them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain import Document, Passage


@dataclass(frozen=True, slots=True)
class Span:
    """A span of a document's text, inside one passage."""

    document: Document
    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence as composed. `is_item` makes it a list item; `computed` says it follows from the catalogue's dates."""

    text: str
    spans: tuple[Span, ...]
    is_item: bool = False
    computed: bool = False
