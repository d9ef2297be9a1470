"""One generation, opened: it stays as it is however often the library is indexed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from assistant.domain import Document, Passage, Validity
from assistant.errors import IndexMissingError, LibraryError
from assistant.library import generations
from assistant.library.catalogue import Catalogue, Content
from assistant.library.lexicon import LexiconReader, TantivyLexicon
from assistant.library.validity import validity
from assistant.library.vectors import ChromaVectors, Vector, VectorReader


class Snapshot:
    """The documents and passages of a generation in memory, its vectors and its lexicon open.

    Safe for any number of threads; the files are let go when the last holder drops it.
    """

    def __init__(
        self, generation: str, contents: Sequence[Content], vectors: VectorReader, lexicon: LexiconReader
    ) -> None:
        self.generation = generation
        self._vectors = vectors
        self._lexicon = lexicon
        self._of_document = {c.document.id: c.passages for c in contents}
        self._documents = {c.document.id: c.document for c in contents}
        self._passages = {p.id: p for c in contents for p in c.passages}
        self._by_title = {c.document.title: c.document for c in contents}

    @classmethod
    def open(cls, home: Path, generation: str, embedding_name: str) -> Snapshot:
        """Raises `IndexMissingError` if not in the catalogue, `LibraryError` if embedded otherwise."""
        with Catalogue.open(home) as catalogue:
            row = catalogue.generation(generation)
            if row is None:
                raise IndexMissingError("索引已不完整；请先运行 assistant index。")
            if row.embedding != embedding_name:
                raise LibraryError(
                    f"索引用向量模型 {row.embedding} 建立，而现在设置的是 {embedding_name}；"
                    "请先运行 assistant index。"
                )
            contents = list(catalogue.contents(generation))
        return cls(
            generation,
            contents,
            ChromaVectors().open(generations.vectors_directory(home, generation)),
            TantivyLexicon().open(generations.lexicon_directory(home, generation)),
        )

    def documents(self) -> Mapping[str, Document]:
        """All documents by id, in the order of their ids."""
        return MappingProxyType(self._documents)

    def passages(self) -> Mapping[str, Passage]:
        """All passages by id, in the order of documents and text."""
        return MappingProxyType(self._passages)

    def document(self, id_: str) -> Document:
        """Raises `LibraryError` for an unknown id."""
        try:
            return self._documents[id_]
        except KeyError:
            raise LibraryError(f"文库中没有文档 {id_}；请检查 id，或先运行 assistant index。") from None

    def passage(self, id_: str) -> Passage:
        """Raises `LibraryError` for an unknown id."""
        try:
            return self._passages[id_]
        except KeyError:
            raise LibraryError(f"文库中没有段落 {id_}；请先运行 assistant index。") from None

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

    def lexical(
        self, query_words: Sequence[str], query_chars: Sequence[str], k: int
    ) -> dict[str, dict[str, float]]:
        """BM25 by passage id and field of `lexicon.FIELDS`; see `LexiconReader.search`."""
        return self._lexicon.search(query_words, query_chars, k)

    def dense(self, vector: Vector | Sequence[float], k: int) -> dict[str, float]:
        """Cosine of the `k` nearest passages by id, nearest first."""
        return dict(self._vectors.query(vector, k))

    def close(self) -> None:
        """Release the files now."""
        self._vectors.close()
