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

# What a sentence on the standing of a document speaks of, the most telling first.
_STANDING = tuple(map(re.compile, ("核对时", "施行|取代|废止|届满", "规划期|行动期|目标期|期限")))


def in_force(library: Snapshot, statements: Sequence[Statement], as_of: date) -> list[Statement]:
    """On the first cited document that can be in force at all: a computed statement, then the sentence of its lead
    that tells of its standing, if there is one. Nothing when no cited document can be in force."""
    for statement in statements:
        span = statement.spans[0]
        state = library.validity(span.document, as_of)
        if state is not None:
            successor = library.successor(span.document)
            dated, until = _period_of(library, span)
            text = validity_sentence(span.document, state, as_of, until, successor)
            said = _standing(library, span.document)
            own = [Statement(said.text, (_span(said),))] if said else []
            return [Statement(text, (dated if until or not said else _span(said),), computed=True), *own]
    return []


def _standing(library: Snapshot, document: Document) -> Evidence | None:
    """The sentence of the lead that says best from when and until when the document holds."""
    lead = [p for p in library.document_passages(document.id) if p.supports and len(p.section_path) < 2]
    sentences = [e for p in lead for e in sentences_of(document, p)]
    found = (e for pattern in _STANDING for e in sentences if pattern.search(e.text))
    return next(found, None)


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
