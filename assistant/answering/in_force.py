"""Whether a document is in force, answered from the catalogue's dates with the sentence that gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answering.evidence import Evidence, sentences_of
from assistant.answering.statement import Span, Statement
from assistant.answering.wording import validity_sentence
from assistant.domain import Document
from assistant.library.snapshot import Snapshot

# What tells from when and until when a document holds; how it stood when the digest was checked.
_DATES = re.compile("施行|取代|废止|规划期|计划期|行动期|目标期|期限|发布|印发|公布")
_STANDING = re.compile("核对时")


def in_force(library: Snapshot, statements: Sequence[Statement], as_of: date) -> list[Statement]:
    """On the first cited document that can be in force at all: a computed statement, then what its lead says of its
    dates and of its standing when last checked, if that was not later. Nothing when no such document is cited."""
    for statement in statements:
        span = statement.spans[0]
        state = library.validity(span.document, as_of)
        if state is not None:
            successor = library.successor(span.document)
            dated, until = _period_of(library, span)
            text = validity_sentence(span.document, state, as_of, until, successor)
            said = _lead(library, span.document, as_of)
            own = [Statement(e.text, (_span(e),)) for e in said]
            return [Statement(text, (dated if until or not said else _span(said[0]),), computed=True), *own]
    return []


def is_standing(sentence: str) -> bool:
    """Whether a sentence only tells how a document stood when it was last checked."""
    return bool(_STANDING.search(sentence))


def _lead(library: Snapshot, document: Document, as_of: date) -> list[Evidence]:
    lead = [p for p in library.document_passages(document.id) if p.supports and len(p.section_path) < 2]
    sentences = [e for p in lead for e in sentences_of(document, p)]
    dated = [e for e in sentences if _DATES.search(e.text) and not is_standing(e.text)]
    known = document.checked_on is None or document.checked_on <= as_of
    standing = [e for e in sentences if known and is_standing(e.text)]
    best = sorted(dated, key=lambda e: "施行" not in e.text)[:1]
    return [*best, *standing[:1]]


def _period_of(library: Snapshot, span: Span) -> tuple[Span, int | None]:
    """The sentence of the document that says when its period ends, with that year; else the span itself."""
    document = span.document
    if document.until is None:
        return span, None
    bearing = (p for p in library.document_passages(document.id) if p.supports)
    for sentence in (e for p in bearing for e in sentences_of(document, p)):
        if f"{document.until.year}年" in sentence.text and "期" in sentence.text:
            return _span(sentence), document.until.year
    return span, None


def _span(sentence: Evidence) -> Span:
    return Span(sentence.document, sentence.passage, sentence.start, sentence.end)
