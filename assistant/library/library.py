"""The library as its readers see it: always one whole generation, the newest when asked to look."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from langchain_core.embeddings import Embeddings

from assistant.domain import Document, Passage, Validity
from assistant.errors import IndexMissingError, LibraryError
from assistant.library import generations
from assistant.library.snapshot import Snapshot


class Library:
    """Documents, passages, lexical and dense search of the current generation.

    `snapshot` is the open generation: work of several steps takes it once and stays consistent whatever
    `refresh` does meanwhile. The methods below ask the snapshot of the moment. `embeddings` is the model that
    its vectors come from, and that questions are to be embedded with.
    """

    def __init__(self, home: Path, embeddings: Embeddings, embedding_name: str, snapshot: Snapshot) -> None:
        self.embeddings = embeddings
        self.embedding_name = embedding_name
        self.snapshot = snapshot
        self._home = home
        self._refreshing = threading.Lock()

    @classmethod
    def open(cls, home: Path, embeddings: Embeddings, embedding_name: str) -> Library:
        """Open the current generation of `home`.

        Raises `IndexMissingError` when nothing has been indexed, `LibraryError` when the index was built with
        another embedding, by another version, or is damaged.
        """
        home = home.resolve()
        return cls(home, embeddings, embedding_name, _open_current(home, embedding_name))

    def refresh(self) -> bool:
        """Change to the current generation; whether there was a new one. Raises what `open` raises, and then
        the old one stays in use."""
        with self._refreshing:
            if generations.current(self._home) in (self.snapshot.generation, None):
                return False
            self.snapshot = _open_current(self._home, self.embedding_name, self.snapshot)
            return True

    @property
    def generation(self) -> str:
        return self.snapshot.generation

    def documents(self) -> Mapping[str, Document]:
        return self.snapshot.documents()

    def passages(self) -> Mapping[str, Passage]:
        return self.snapshot.passages()

    def document(self, id_: str) -> Document:
        return self.snapshot.document(id_)

    def document_passages(self, id_: str) -> tuple[Passage, ...]:
        return self.snapshot.document_passages(id_)

    def neighbours(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        return self.snapshot.neighbours(passage)

    def validity(self, document: Document, as_of: date) -> Validity | None:
        return self.snapshot.validity(document, as_of)

    def close(self) -> None:
        self.snapshot.close()


def _open_current(home: Path, embedding_name: str, before: Snapshot | None = None) -> Snapshot:
    generation = generations.current(home)
    if generation is None:
        raise IndexMissingError("还没有建立索引；请先运行 assistant index。")
    try:
        return Snapshot.open(home, generation, embedding_name, before)
    except LibraryError:
        # It may have been replaced and cleared away since we looked: then the new one is there.
        newer = generations.current(home)
        if newer in (generation, None):
            raise
        return Snapshot.open(home, newer, embedding_name, before)
