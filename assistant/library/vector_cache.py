"""Vectors kept in the catalogue by the text they are of: an unchanged text is never embedded twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import sqlalchemy as sa

from assistant.library.schema import documents, passages, segment, vectors
from assistant.library.vectors import Batch, Vector

_STREAM = 5000  # vectors in memory at once while an index is built
_STORED = np.dtype("<f2")  # cosines keep three digits, which is more than they mean


class VectorCache:
    """The vectors of one embedding, by context key."""

    def __init__(self, engine: sa.Engine, embedding: str) -> None:
        self._engine = engine
        self._embedding = embedding

    def missing(self, generation: str, base: str | None) -> set[str]:
        """Context keys of what the generation has and `base` has not that have no vector yet."""
        known = (vectors.c.text_sha == passages.c.text_sha) & (vectors.c.embedding == self._embedding)
        query = (
            sa.select(passages.c.text_sha)
            .outerjoin(vectors, known)
            .where(passages.c.revision.in_(segment(generation, base)), vectors.c.text_sha.is_(None))
        )
        with self._engine.connect() as connection:
            return set(connection.scalars(query))

    def add(self, found: Mapping[str, Vector]) -> None:
        """Keep these vectors; they stay when the build is interrupted afterwards."""
        rows = [
            {"embedding": self._embedding, "text_sha": key, "vector": vector.astype(_STORED).tobytes()}
            for key, vector in found.items()
        ]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(vectors).prefix_with("OR REPLACE"), rows)

    def dimension(self) -> int | None:
        """The length of the vectors; None when there are none yet."""
        query = sa.select(sa.func.length(vectors.c.vector)).where(vectors.c.embedding == self._embedding)
        with self._engine.connect() as connection:
            size = connection.scalar(query.limit(1))
            return None if size is None else int(size) // _STORED.itemsize

    def clear(self) -> None:
        """Forget all vectors of this embedding."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(vectors).where(vectors.c.embedding == self._embedding))

    def batches(self, generation: str, base: str | None) -> Iterator[Batch]:
        """Rows and vectors of all passages that the generation has and `base` has not, in the order of their rows."""
        query = (
            sa.select(vectors.c.vector)
            .select_from(passages)
            .join(documents, documents.c.revision == passages.c.revision)
            .join(vectors, vectors.c.text_sha == passages.c.text_sha)
            .where(passages.c.revision.in_(segment(generation, base)), vectors.c.embedding == self._embedding)
            .order_by(documents.c.id, passages.c.ordinal)
        )
        row = 0
        with self._engine.connect() as connection:
            for part in connection.execution_options(yield_per=_STREAM).execute(query).partitions():
                found = np.frombuffer(b"".join(blob for (blob,) in part), dtype=_STORED).reshape(
                    len(part), -1
                )
                yield [str(n) for n in range(row, row + len(part))], found.astype(np.float32)
                row += len(part)
