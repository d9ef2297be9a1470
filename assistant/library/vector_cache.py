"""Vectors kept in the catalogue by the text they are of: an unchanged text is never embedded twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import sqlalchemy as sa

from assistant.library.schema import VARIABLES, passages, segment, vectors
from assistant.library.vectors import Vector

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

    def add(self, found: Mapping[str, Vector]) -> dict[str, Vector]:
        """Keep these vectors; they stay when the build is interrupted afterwards. Gives them as `get` will."""
        kept = {key: vector.astype(_STORED) for key, vector in found.items()}
        rows = [
            {"embedding": self._embedding, "text_sha": key, "vector": vector.tobytes()}
            for key, vector in kept.items()
        ]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(vectors).prefix_with("OR REPLACE"), rows)
        return {key: vector.astype(np.float32) for key, vector in kept.items()}

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

    def get(self, keys: Collection[str]) -> dict[str, Vector]:
        """Those of the vectors that are kept, float32, by context key."""
        wanted = sorted(keys)
        found: dict[str, Vector] = {}
        with self._engine.connect() as connection:
            for start in range(0, len(wanted), VARIABLES):
                query = sa.select(vectors.c.text_sha, vectors.c.vector).where(
                    vectors.c.embedding == self._embedding,
                    vectors.c.text_sha.in_(wanted[start : start + VARIABLES]),
                )
                for key, blob in connection.execute(query):
                    found[key] = np.frombuffer(blob, dtype=_STORED).astype(np.float32)
        return found
