"""Whether a document is in force, answered from the catalogue's dates with the sentence that gives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.answering.evidence import sentences_of
from assistant.answering.statement import Span, Statement
from assistant.answering.wording import validity_sentence
from assistant.library.snapshot import Snapshot


def in_force(library: Snapshot, statements: Sequence[Statement], as_of: date) -> list[Statement]:
    """One computed statement on the first cited document that can be in force at all; none when there is none."""
    for statement in statements:
        span = statement.spans[0]
        state = library.validity(span.document, as_of)
        if state is not None:
            dated, until = _period_of(library, span)
            text = validity_sentence(span.document, state, as_of, until)
            return [Statement(text, (dated,), computed=True)]
    return []


def _period_of(library: Snapshot, span: Span) -> tuple[Span, int | None]:
    """The sentence of the document that says when its period ends, with that year; else the span itself."""
    document = span.document
    if document.until is None:
        return span, None
    bearing = (p for p in library.document_passages(document.id) if p.supports)
    for sentence in (e for p in bearing for e in sentences_of(document, p)):
        if f"{document.until.year}年" in sentence.text and "期" in sentence.text:
            return Span(document, sentence.passage, sentence.start, sentence.end), document.until.year
    return span, None
