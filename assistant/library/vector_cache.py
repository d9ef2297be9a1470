"""Vectors kept in the catalogue by the text they are of: an unchanged text is never embedded twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import sqlalchemy as sa

from assistant.library.schema import documents, members, passages, vectors
from assistant.library.vectors import Batch, Vector

_STREAM = 5000  # vectors in memory at once while an index is built
_STORED = np.dtype("<f4")


class VectorCache:
    """The vectors of one embedding, by context key."""

    def __init__(self, engine: sa.Engine, embedding: str) -> None:
        self._engine = engine
        self._embedding = embedding

    def missing(self, generation: str) -> set[str]:
        """Context keys of the generation that have no vector yet."""
        known = (vectors.c.text_sha == passages.c.text_sha) & (vectors.c.embedding == self._embedding)
        query = (
            sa.select(passages.c.text_sha)
            .join(members, members.c.revision == passages.c.revision)
            .outerjoin(vectors, known)
            .where(members.c.generation == generation, vectors.c.text_sha.is_(None))
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

    def batches(self, generation: str) -> Iterator[Batch]:
        """Ids and vectors of all passages of the generation, in the order of documents and passages."""
        query = (
            sa.select(passages.c.passage_id, vectors.c.vector)
            .join(members, members.c.revision == passages.c.revision)
            .join(documents, documents.c.revision == passages.c.revision)
            .join(vectors, vectors.c.text_sha == passages.c.text_sha)
            .where(members.c.generation == generation, vectors.c.embedding == self._embedding)
            .order_by(documents.c.id, passages.c.ordinal)
        )
        with self._engine.connect() as connection:
            for part in connection.execution_options(yield_per=_STREAM).execute(query).partitions():
                ids = [str(row[0]) for row in part]
                yield ids, np.stack([np.frombuffer(row[1], dtype=_STORED) for row in part]).astype(np.float32)
