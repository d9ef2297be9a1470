"""A segment: one directory of derived indexes (vectors, lexicon, forward index) over a set of documents, open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import EmbeddingError
from assistant.library.forward import ForwardIndex
from assistant.library.lexicon import LexiconReader, TantivyLexicon
from assistant.library.vectors import ChromaVectors, Vector, VectorReader


class Segment:
    """The documents of a segment, by their numbers in it, and its passages by their rows.

    `ids` are the document ids in the order of the numbers. Safe for any number of threads.
    """

    def __init__(
        self,
        ids: Sequence[str],
        forward: ForwardIndex,
        lexicon: LexiconReader,
        vectors: Callable[[], VectorReader],
    ) -> None:
        self.ids = tuple(ids)
        self.forward = forward
        self.lexicon = lexicon
        self._open_vectors = vectors

    @classmethod
    def open(cls, path: Path, ids: Sequence[str]) -> Segment:
        """Open the segment at `path`; its vectors are opened when first asked for. Raises `LibraryError`."""
        return cls(
            ids,
            ForwardIndex(path / "forward"),
            TantivyLexicon().open(path / "lexicon"),
            lambda: ChromaVectors().open(path / "chroma"),
        )

    @cached_property
    def vectors(self) -> VectorReader:
        return self._open_vectors()

    def dense(self, vector: Vector | Sequence[float], k: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """The rows of the `k` nearest passages with their cosines, nearest first.

        Raises `EmbeddingError` when the vector is not of the segment's dimension.
        """
        wanted = self.forward.dimension
        if wanted and len(vector) != wanted:
            raise EmbeddingError(
                f"问题的向量长 {len(vector)}，而索引的向量长 {wanted}：嵌入模型变了；请重新运行 assistant index。"
            )
        found = self.vectors.query(vector, k)
        rows = np.array([int(id_) for id_, _ in found], dtype=np.intp)
        return rows, np.array([cosine for _, cosine in found])

    def close(self) -> None:
        """Release the files; what was never opened stays closed."""
        if "vectors" in self.__dict__:
            self.vectors.close()
