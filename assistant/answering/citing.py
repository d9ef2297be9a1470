"""Numbering of citations: one number for each quoted span, in the order of use."""

from __future__ import annotations

from collections.abc import Callable

from assistant.domain import Citation, Document, Passage, Validity

ValidityOf = Callable[[Document], Validity | None]


class CitationBook:
    """The citations of one answer."""

    def __init__(self, validity_of: ValidityOf) -> None:
        self._validity_of = validity_of
        self._by_span: dict[tuple[str, int, int], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._by_span.values())

    def cite(self, document: Document, passage: Passage, start: int, end: int) -> Citation:
        """The citation of a span of the document's text; the same span keeps its number."""
        key = (document.id, start, end)
        if key not in self._by_span:
            self._by_span[key] = make_citation(
                len(self._by_span) + 1, document, passage, start, end, self._validity_of(document)
            )
        return self._by_span[key]


def make_citation(
    n: int, document: Document, passage: Passage, start: int, end: int, validity: Validity | None
) -> Citation:
    """A citation with the exact quote and the source of the note that follows it, if the document has one."""
    note = next((x for x in document.notes if x.position >= end), None)
    return Citation(
        n=n,
        document=document,
        section_path=passage.section_path,
        quote=document.text[start:end],
        start=start,
        end=end,
        validity=validity,
        source_url=note.url if note else None,
    )
