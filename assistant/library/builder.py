"""From the revisions of a generation to its complete, checked segment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from assistant.errors import EmbeddingError, LibraryError
from assistant.library import generations
from assistant.library.catalogue_writer import CatalogueWriter
from assistant.library.check import Checking, checking_apart
from assistant.library.context import context
from assistant.library.forward import VectorsFile
from assistant.library.lexicon import TantivyLexicon
from assistant.library.vector_cache import VectorCache
from assistant.library.vectors import Batch, ChromaVectors, Vector, VectorStore
from assistant.library.words_writer import words_written_beside, write_words

Progress = Callable[[str, int, int], None]
"""Called with a phase ("read", "embed", "build"), how many are done, and of how many."""

_BATCH = 2048  # passages handed to the vector store at once
_EMBEDDED = 256  # texts embedded and kept at once
_WORTH_A_PROCESS = 2000  # passages; for fewer the other process takes longer to start than it saves


class Embedder(Protocol):
    """What the library needs of an embedding model; every `NamedEmbeddings` of `assistant.models` is one."""

    @property
    def name(self) -> str:
        """Changes whenever the vectors would."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text, all of one length."""


class GenerationBuilder:
    """Builds the segment of one generation in its directory. Readers do not see it until it is published."""

    def __init__(
        self,
        home: Path,
        catalogue: CatalogueWriter,
        embeddings: Embedder,
        progress: Progress,
        vectors: VectorStore | None = None,
        checking: Checking = checking_apart,
    ) -> None:
        self._home = home
        self._catalogue = catalogue
        self._embeddings = embeddings
        self._progress = progress
        self._vectors = vectors or ChromaVectors()
        self._checking = checking

    def build(self, generation: str, base: str | None = None) -> None:
        """Write vectors, lexicon, forward index and manifest of what the generation has and `base` has not.

        Raises `LibraryError` or `EmbeddingError`.
        """
        cache = self._catalogue.vector_cache(self._embeddings.name)
        path = generations.directory(self._home, generation)
        documents, passages = self._catalogue.size(generation, base)
        self._progress("build", 0, passages)
        with self._checking(path) as check:
            with self._words(path, generation, base, passages):
                missing = self._checked(generation, base, cache)
                batches = self._in_order(generation, base, cache, missing, passages)
                written = self._write_vectors(path, batches)
            if written != passages:
                raise LibraryError("向量索引不完整，原索引仍在使用；请重新运行 assistant index。")
            check(passages, cache.dimension() or 0)
        manifest = generations.Manifest(generation, self._embeddings.name, documents, passages, base)
        generations.write_manifest(self._home, manifest)
        self._progress("build", passages, passages)

    def _write_vectors(self, path: Path, batches: Iterator[Batch]) -> int:
        (path / "forward").mkdir(parents=True, exist_ok=True)
        with VectorsFile(path / "forward") as file:
            return self._vectors.build(path / "chroma", file.through(_ahead(batches)))

    @contextmanager
    def _words(self, path: Path, generation: str, base: str | None, passages: int) -> Iterator[None]:
        """The word indexes are written when this ends: before the body, or beside it where it is worth a process."""
        if passages >= _WORTH_A_PROCESS:
            with words_written_beside(self._home, path, generation, base):
                yield
        else:
            write_words(self._catalogue, path, generation, base, TantivyLexicon())
            yield

    def _checked(self, generation: str, base: str | None, cache: VectorCache) -> int:
        """How many texts have no vector yet, after one of them was embedded: when the model behind the name has changed,
        two spaces must not mix, and all are embedded again.
        """
        missing = cache.missing(generation, base)
        if not missing:
            return 0
        key, text = next(p for batch in self._batches(generation, base) for p in batch if p[0] in missing)
        found = self._embed([text])
        if cache.dimension() not in (None, found.shape[1]):
            cache.clear()
            missing = cache.missing(generation, base)
        cache.add({key: found[0]})
        return len(missing)

    def _in_order(
        self, generation: str, base: str | None, cache: VectorCache, missing: int, passages: int
    ) -> Iterator[Batch]:
        """The vectors of all passages by rows. Each batch that is made is kept at once: a stopped run goes on there."""
        row, done = 0, 1  # one was embedded by `_checked`
        for batch in self._batches(generation, base):
            found = cache.get({key for key, _ in batch})
            fresh = [(key, text) for key, text in dict(batch).items() if key not in found]
            for start in range(0, len(fresh), _EMBEDDED):
                keys, texts = zip(*fresh[start : start + _EMBEDDED], strict=True)
                made = dict(zip(keys, self._embed(texts), strict=True))
                found |= cache.add(made)
                done += len(made)
                self._progress("embed", done, missing)
            yield [str(n) for n in range(row, row + len(batch))], _matrix([found[key] for key, _ in batch])
            row += len(batch)
            self._progress("build", min(row, passages - 1), passages)

    def _batches(self, generation: str, base: str | None) -> Iterator[list[tuple[str, str]]]:
        """The context key and text of each passage by rows, so many at a time."""
        pending: list[tuple[str, str]] = []
        for content in self._catalogue.contents(generation, base):
            for passage, key in zip(content.passages, content.keys, strict=True):
                pending.append((key, context(content.document, passage)))
                if len(pending) == _BATCH:
                    yield pending
                    pending = []
        if pending:
            yield pending

    def _embed(self, texts: Sequence[str]) -> Vector:
        """float32 [n, d]. Raises `EmbeddingError` for anything that cannot be searched."""
        vectors = _matrix(self._embeddings.embed_documents(list(texts)))
        if (
            vectors.ndim != 2
            or len(vectors) != len(texts)
            or not vectors.shape[1]
            or not np.isfinite(vectors).all()
        ):
            raise EmbeddingError("向量模型返回的向量不可用；请检查向量模型的设置。")
        return vectors


def _matrix(vectors: Sequence[Any]) -> Vector:
    """Vectors as rows. Raises `EmbeddingError` when they differ in length."""
    try:
        return np.asarray(vectors, dtype=np.float32)
    except ValueError as problem:
        raise EmbeddingError("向量模型返回的向量长度不一；请检查向量模型的设置。") from problem


def _ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The batches, each made while the one before it is being written."""
    with ThreadPoolExecutor(1) as worker:
        coming = worker.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = worker.submit(next, batches, None)
            yield batch
