"""From the revisions of a generation to its complete, checked segment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.errors import EmbeddingError, LibraryError
from assistant.library import generations
from assistant.library.catalogue_writer import CatalogueWriter
from assistant.library.check import Check, check_generation
from assistant.library.context import analyse, context
from assistant.library.forward import ForwardWriter, VectorsFile
from assistant.library.lexicon import DocumentEntry, Lexicon, TantivyLexicon
from assistant.library.vector_cache import VectorCache
from assistant.library.vectors import ChromaVectors, Vector, VectorStore

Progress = Callable[[str, int, int], None]
"""Called with a phase ("read", "embed", "build"), how many are done, and of how many."""

_BATCH = 256


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

    def build(self, generation: str, base: str | None = None) -> None:
        """Write vectors, lexicon, forward index and manifest of what the generation has and `base` has not.

        Raises `LibraryError` or `EmbeddingError`.
        """
        cache = self._catalogue.vector_cache(self._embeddings.name)
        self._embed(generation, base, cache)
        path = generations.directory(self._home, generation)
        documents, passages = self._catalogue.size(generation, base)
        self._progress("build", 0, passages)
        # Both release the interpreter's lock most of the time: side by side they take as long as the slower one.
        with ThreadPoolExecutor(1) as beside:
            dense = beside.submit(self._write_vectors, path, cache, generation, base)
            self._write_words(path, generation, base, passages)
            written = dense.result()
        if written != passages:
            raise LibraryError("向量索引不完整，原索引仍在使用；请重新运行 assistant index。")
        self._check(path, passages, cache.dimension() or 0)
        manifest = generations.Manifest(generation, self._embeddings.name, documents, passages, base)
        generations.write_manifest(self._home, manifest)
        self._progress("build", passages, passages)

    def _write_vectors(self, path: Path, cache: VectorCache, generation: str, base: str | None) -> int:
        (path / "forward").mkdir(parents=True, exist_ok=True)
        with VectorsFile(path / "forward") as file:
            return self._vectors.build(path / "chroma", file.through(cache.batches(generation, base)))

    def _write_words(self, path: Path, generation: str, base: str | None, passages: int) -> None:
        with ForwardWriter(path / "forward") as forward:
            self._lexicon.build(path / "lexicon", self._analysed(forward, generation, base, passages))

    def _analysed(
        self, forward: ForwardWriter, generation: str, base: str | None, passages: int
    ) -> Iterator[DocumentEntry]:
        """Each document for the lexicon, after it went into the forward index: texts are cut once for both."""
        done = 0
        for content in self._catalogue.contents(generation, base):
            entry, form = analyse(content.document, content.passages)
            forward.add(form)
            yield entry
            done += len(content.passages)
            self._progress("build", min(done, passages - 1), passages)

    def _embed(self, generation: str, base: str | None, cache: VectorCache) -> None:
        """Embed the texts without a vector; each batch is kept at once, so a stopped run goes on there."""
        missing = cache.missing(generation, base)
        done, total = 0, len(missing)
        for keys, texts in self._texts(generation, base, missing):
            found = self._embed_batch(texts)
            if cache.dimension() not in (None, found.shape[1]):
                # The model behind the name has changed: two spaces must not mix, so all is embedded again.
                cache.clear()
                self._embed(generation, base, cache)
                return
            cache.add(dict(zip(keys, found, strict=True)))
            done += len(keys)
            self._progress("embed", done, total)

    def _texts(
        self, generation: str, base: str | None, wanted: set[str]
    ) -> Iterator[tuple[list[str], list[str]]]:
        """Context keys and texts, each once, in batches."""
        pending: dict[str, str] = {}
        left = set(wanted)
        for content in self._catalogue.contents(generation, base) if wanted else ():
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
