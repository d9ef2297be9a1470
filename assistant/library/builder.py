"""From the revisions of a generation to its complete, checked index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.errors import EmbeddingError, LibraryError
from assistant.library import generations
from assistant.library.catalogue_writer import CatalogueWriter
from assistant.library.check import Check, check_generation
from assistant.library.context import context, document_entry, passage_entry
from assistant.library.lexicon import Lexicon, TantivyLexicon
from assistant.library.vector_cache import VectorCache
from assistant.library.vectors import ChromaVectors, Vector, VectorStore

Progress = Callable[[str, int, int], None]
"""Called with a phase ("read", "embed", "build"), how many are done, and of how many."""

_BATCH = 64


class Embedder(Protocol):
    """What the library needs of an embedding model; every `NamedEmbeddings` of `assistant.models` is one."""

    @property
    def name(self) -> str:
        """Changes whenever the vectors would."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text, all of one length."""


class GenerationBuilder:
    """Builds the index of one generation in its directory. Readers do not see it until it is published."""

    def __init__(
        self,
        home: Path,
        catalogue: CatalogueWriter,
        embeddings: Embedder,
        progress: Progress,
        vectors: VectorStore | None = None,
        lexicon: Lexicon | None = None,
        check: Check = check_generation,
    ) -> None:
        self._home = home
        self._catalogue = catalogue
        self._embeddings = embeddings
        self._progress = progress
        self._vectors = vectors or ChromaVectors()
        self._lexicon = lexicon or TantivyLexicon()
        self._check = check

    def build(self, generation: str) -> None:
        """Write vectors, lexicon and manifest. Raises `LibraryError` or `EmbeddingError`."""
        cache = self._catalogue.vector_cache(self._embeddings.name)
        self._embed(generation, cache)
        documents, passages = self._count(generation)
        steps = 3
        self._progress("build", 0, steps)
        written = self._vectors.build(
            generations.vectors_directory(self._home, generation), cache.batches(generation)
        )
        if written != passages:
            raise LibraryError("向量索引不完整，原索引仍在使用；请重新运行 assistant index。")
        self._progress("build", 1, steps)
        contents = self._catalogue.contents
        self._lexicon.build(
            generations.lexicon_directory(self._home, generation),
            (document_entry(content.document) for content in contents(generation)),
            (passage_entry(c.document, passage) for c in contents(generation) for passage in c.passages),
        )
        self._progress("build", 2, steps)
        self._check(
            generations.vectors_directory(self._home, generation),
            generations.lexicon_directory(self._home, generation),
            passages,
            cache.dimension() or 0,
        )
        manifest = generations.Manifest(generation, self._embeddings.name, documents, passages)
        generations.write_manifest(self._home, manifest)
        self._progress("build", steps, steps)

    def _count(self, generation: str) -> tuple[int, int]:
        sizes = [len(content.passages) for content in self._catalogue.contents(generation)]
        return len(sizes), sum(sizes)

    def _embed(self, generation: str, cache: VectorCache) -> None:
        """Embed the texts without a vector; each batch is kept at once, so a stopped run goes on there."""
        missing = cache.missing(generation)
        done, total = 0, len(missing)
        for keys, texts in self._texts(generation, missing):
            found = self._embed_batch(texts)
            if cache.dimension() not in (None, found.shape[1]):
                # The model behind the name has changed: two spaces must not mix, so all is embedded again.
                cache.clear()
                self._embed(generation, cache)
                return
            cache.add(dict(zip(keys, found, strict=True)))
            done += len(keys)
            self._progress("embed", done, total)

    def _texts(self, generation: str, wanted: set[str]) -> Iterator[tuple[list[str], list[str]]]:
        """Context keys and texts, each once, in batches."""
        pending: dict[str, str] = {}
        left = set(wanted)
        for content in self._catalogue.contents(generation):
            for passage, key in zip(content.passages, content.keys, strict=True):
                if key in left:
                    left.discard(key)
                    pending[key] = context(content.document, passage)
                if len(pending) == _BATCH:
                    yield list(pending), list(pending.values())
                    pending = {}
        if pending:
            yield list(pending), list(pending.values())

    def _embed_batch(self, texts: Sequence[str]) -> Vector:
        """float32 [n, d]. Raises `EmbeddingError` for anything that cannot be searched."""
        try:
            vectors = np.asarray(self._embeddings.embed_documents(list(texts)), dtype=np.float32)
        except ValueError as problem:  # vectors of different lengths
            raise EmbeddingError("向量模型返回的向量长度不一；请检查向量模型的设置。") from problem
        if (
            vectors.ndim != 2
            or len(vectors) != len(texts)
            or not vectors.shape[1]
            or not np.isfinite(vectors).all()
        ):
            raise EmbeddingError("向量模型返回的向量不可用；请检查向量模型的设置。")
        return vectors
