"""Cutting a document into passages along its outline: what is indexed, found and cited."""

from __future__ import annotations

import math
from collections.abc import Iterator

from assistant.domain import Document, Passage
from assistant.language.sentences import sentences
from assistant.reading.outline import own_spans

MAX_CHARACTERS = 300
_WITHOUT_OUTLINE = 400
_WEAK_STOPS = "；;，,、：: \t\u3000"

Span = tuple[int, int]


def passages(document: Document) -> tuple[Passage, ...]:
    """The passages of a document in order; each `text` is exactly `document.text[start:end]`.

    One for each section's own text, so one for each article; longer than `MAX_CHARACTERS` it is cut at
    sentence ends, with the last sentence of a passage opening the next one. Headings on lines of their own
    are in `section_path`, not in the text.
    """
    limit = MAX_CHARACTERS if document.outline else _WITHOUT_OUTLINE
    found: list[Passage] = []
    for section, start, end in own_spans(document.text, document.outline):
        path = section.path if section else ()
        for s, e in _cut(document.text, start, end, limit):
            ordinal = len(found) + 1
            found.append(
                Passage(f"{document.id}#{ordinal}", document.id, path, document.text[s:e], s, e, ordinal)
            )
    return tuple(found)


def _cut(text: str, start: int, end: int, limit: int) -> Iterator[Span]:
    """Spans of at most `limit` characters, about equally long, that cover text[start:end] but white space."""
    spans = [(start + s, start + e) for s, e in sentences(text[start:end])]
    if not spans:
        return
    if spans[-1][1] - spans[0][0] <= limit:
        yield spans[0][0], spans[-1][1]
        return
    spans = [piece for s, e in spans for piece in _pieces(text, s, e, limit)]
    first = 0
    for i in range(1, len(spans) + 1):
        # What is left goes into as few passages as it needs, each of about the same length.
        left = spans[-1][1] - spans[first][0]
        target = left / math.ceil(left / limit)
        size = spans[i - 1][1] - spans[first][0]
        if i < len(spans) and size < target and spans[i][1] - spans[first][0] <= limit:
            continue
        yield spans[first][0], spans[i - 1][1]
        first = _next_first(spans, first, i, limit)


def _next_first(spans: list[Span], first: int, i: int, limit: int) -> int:
    """Where the passage after spans[first:i] begins: at its last sentence again if that is short enough."""
    if i >= len(spans) or i - 1 == first:
        return i
    start, end = spans[i - 1]
    repeats = end - start <= limit // 4 and spans[i][1] - start <= limit
    return i - 1 if repeats else i


def _pieces(text: str, start: int, end: int, limit: int) -> Iterator[Span]:
    """A sentence longer than a passage, cut after a comma or the like, or just anywhere if it has none."""
    while end - start > limit:
        cut = next(
            (i for i in range(start + limit, start + limit // 2, -1) if text[i - 1] in _WEAK_STOPS),
            start + limit,
        )
        if stripped := text[start:cut].rstrip():
            yield start, start + len(stripped)
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    if start < end:
        yield start, end
