"""One generation, opened: it stays as it is however often the library is indexed meanwhile.

Passages are known by rows and documents by numbers, counted over its segments one after the other: the base, then what
has changed since. What the change has removed from the base keeps its row and number, but never comes back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import numpy as np

from assistant.domain import Document, Passage, Validity
from assistant.errors import IndexMissingError, LibraryError
from assistant.library import generations
from assistant.library.cards import Card
from assistant.library.catalogue import Catalogue, Content
from assistant.library.segment import Segment
from assistant.library.segments import Segments
from assistant.library.validity import validity


class Snapshot:
    """The documents and passages of a generation in memory, its indexes open.

    Safe for any number of threads; the files are let go when the last holder drops it.
    """

    def __init__(
        self,
        generation: str,
        contents: Mapping[int, Content],
        revisions: Sequence[Sequence[int]],
        segments: Segments,
    ) -> None:
        self.generation = generation
        self.segments = segments
        self.contents = contents
        self.base = tuple(revisions[0])
        held = sorted(
            (contents[r] for part in revisions for r in part if r in contents), key=lambda c: c.document.id
        )
        self._of_document = {c.document.id: c.passages for c in held}
        self._documents = {c.document.id: c.document for c in held}
        self._by_title = {c.document.title: c.document for c in held}
        self._cards = {id_: Card.of(document) for id_, document in self._documents.items()}

    @classmethod
    def open(
        cls, home: Path, generation: str, embedding_name: str, before: Snapshot | None = None
    ) -> Snapshot:
        """Open a generation; what it shares with the one open `before` is taken over.

        Raises `IndexMissingError` if not in the catalogue, `LibraryError` if embedded otherwise.
        """
        with Catalogue.open(home) as catalogue:
            row = catalogue.generation(generation)
            if row is None:
                raise IndexMissingError("索引已不完整；请先运行 assistant index。")
            if row.embedding != embedding_name:
                raise LibraryError(
                    f"索引用向量模型 {row.embedding} 建立，而现在设置的是 {embedding_name}；"
                    "请先运行 assistant index。"
                )
            base = generations.base_of(home, generation)
            present = {m.revision: m.document_id for m in catalogue.members(generation)}
            whole = {m.revision: m.document_id for m in catalogue.members(base)} if base else present
            known = before.contents if before else {}
            contents = {r: known[r] for r in present if r in known}
            # The keys are for building; as many as there are passages, they are not kept in memory.
            missing = catalogue.contents_of(present.keys() - contents.keys())
            contents |= {revision: replace(content, keys=()) for revision, content in missing}
        first = before.segments.base if before and before.base == tuple(whole) else None
        directory = generations.directory(home, base or generation)
        parts = [first or Segment.open(directory, tuple(whole.values()))]
        revisions = [list(whole)]
        if base:
            fresh = [r for r in present if r not in whole]
            revisions.append(fresh)
            parts.append(Segment.open(generations.directory(home, generation), [present[r] for r in fresh]))
        hidden = np.array([n for n, r in enumerate(whole) if r not in present], dtype=np.intp)
        return cls(generation, contents, revisions, Segments(parts, hidden))

    def documents(self) -> Mapping[str, Document]:
        """All documents by id, in the order of their ids."""
        return MappingProxyType(self._documents)

    def passages(self) -> Mapping[str, Passage]:
        """All passages by id, in the order of documents and text."""
        return {p.id: p for held in self._of_document.values() for p in held}

    def cards(self) -> Mapping[str, Card]:
        """The cards of all documents by id."""
        return MappingProxyType(self._cards)

    def document(self, id_: str) -> Document:
        """Raises `LibraryError` for an unknown id."""
        try:
            return self._documents[id_]
        except KeyError:
            raise LibraryError(f"文库中没有文档 {id_}；请检查 id，或先运行 assistant index。") from None

    def document_passages(self, id_: str) -> tuple[Passage, ...]:
        """The passages of a document in the order of its text; empty for an unknown id."""
        return self._of_document.get(id_, ())

    def neighbours(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """The passages before and after it in its document."""
        all_ = self.document_passages(passage.document_id)
        at = next((i for i, other in enumerate(all_) if other.id == passage.id), None)
        if at is None:
            return None, None
        return (all_[at - 1] if at else None), (all_[at + 1] if at + 1 < len(all_) else None)

    def passage_at(self, row: int) -> Passage:
        """The passage in a row."""
        id_, place = self.segments.place_of(row)
        return self._of_document[id_][place]

    def validity(self, document: Document, as_of: date) -> Validity | None:
        """`validity`, with the days of `superseded_by` and `amended_by` (ids or titles) where held here."""
        successor = self.successor(document)
        amending = [self._held(name) for name in document.amended_by]
        return validity(
            document,
            as_of,
            successor.begins if successor else None,
            [d.begins if d else None for d in amending],
        )

    def successor(self, document: Document) -> Document | None:
        """The document that replaced it, if the library holds it."""
        return self._held(document.superseded_by) if document.superseded_by else None

    def _held(self, name: str) -> Document | None:
        return self._documents.get(name) or self._by_title.get(name.strip("《》"))

    def close(self) -> None:
        """Release the files now."""
        self.segments.close()
