"""The catalogue as written: revisions of documents and the generations of them. Needs the write lock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from assistant.errors import LibraryError
from assistant.library import rows, schema
from assistant.library.catalogue import PUBLISHED, Catalogue, Content, GenerationRow, connect
from assistant.library.schema import documents, generations, members, passages, roots, vectors
from assistant.library.vector_cache import VectorCache

_BUILDING = "building"


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A document as just read from `path`, which belongs to `root`."""

    root: str
    path: str
    content: Content


class CatalogueWriter(Catalogue):
    """The catalogue with what changes it. Every method is one transaction."""

    @classmethod
    def open(cls, home: Path) -> Self:
        """Create the file or bring it to this version. Raises `LibraryError`."""
        engine = connect(home)
        try:
            schema.bring_up(engine)
        except sa.exc.DBAPIError as problem:
            engine.dispose()
            raise LibraryError(
                "文档目录 catalogue.sqlite3 已损坏或无法写入；请移走它后重新运行 assistant index。"
            ) from problem
        return cls(engine)

    def vector_cache(self, embedding: str) -> VectorCache:
        """The vectors kept for this embedding."""
        return VectorCache(self._engine, embedding)

    def begin(
        self,
        generation: GenerationRow,
        kept: Collection[int],
        new: Sequence[NewRevision],
        planned_roots: Collection[str],
    ) -> None:
        """Store the new revisions and what the coming generation consists of, together with the roots."""
        with self._engine.begin() as connection:
            _set_roots(connection, planned_roots)
            connection.execute(
                sa.insert(generations).values(
                    id=generation.id,
                    embedding=generation.embedding,
                    recipe=generation.recipe,
                    created_at=_now(),
                    state=_BUILDING,
                )
            )
            revisions = [*kept, *(_insert(connection, revision) for revision in new)]
            if revisions:
                connection.execute(
                    sa.insert(members), [{"generation": generation.id, "revision": r} for r in revisions]
                )

    def set_roots(self, planned: Collection[str]) -> None:
        """Make these the registered roots."""
        with self._engine.begin() as connection:
            _set_roots(connection, planned)

    def published(self, generation: str) -> None:
        """Note that readers may have this generation open."""
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(generations).where(generations.c.id == generation).values(state=PUBLISHED)
            )

    def discard_unfinished(self) -> None:
        """Drop what interrupted builds left, but not their vectors: the next build goes on from them."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(generations).where(generations.c.state == _BUILDING))
            _collect_revisions(connection)

    def keep_only(self, kept: Collection[str]) -> None:
        """Drop all other generations, then revisions and vectors that no generation uses any more."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(generations).where(generations.c.id.not_in(kept)))
            _collect_revisions(connection)
            used = sa.select(passages.c.text_sha)
            models = sa.select(generations.c.embedding)
            connection.execute(
                sa.delete(vectors).where(vectors.c.text_sha.not_in(used) | vectors.c.embedding.not_in(models))
            )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _set_roots(connection: sa.Connection, planned: Collection[str]) -> None:
    present = set(connection.scalars(sa.select(roots.c.path)))
    connection.execute(sa.delete(roots).where(roots.c.path.in_(present - set(planned))))
    for path in sorted(set(planned) - present):
        connection.execute(sa.insert(roots).values(path=path, added_at=_now()))


def _insert(connection: sa.Connection, new: NewRevision) -> int:
    row = {**rows.document_row(new.content.document), "root": new.root, "path": new.path}
    inserted = connection.execute(sa.insert(documents).values(row)).inserted_primary_key
    assert inserted is not None, "SQLite gives the key of a single inserted row"
    revision = int(inserted[0])
    values = [
        rows.passage_row(p, revision, key)
        for p, key in zip(new.content.passages, new.content.keys, strict=True)
    ]
    if values:
        connection.execute(sa.insert(passages), values)
    return revision


def _collect_revisions(connection: sa.Connection) -> None:
    connection.execute(sa.delete(documents).where(documents.c.revision.not_in(sa.select(members.c.revision))))
