"""The catalogue as read: documents and passages in SQLite, the truth that indexes are derived from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from assistant.domain import Document, Passage
from assistant.errors import IndexMissingError, LibraryError
from assistant.library import rows, schema
from assistant.library.schema import documents, generations, members, passages, roots

PUBLISHED = "published"
"""State of a generation that readers may have open."""


@dataclass(frozen=True, slots=True)
class Member:
    """A document revision of a generation, as far as needed to see whether its file has changed."""

    revision: int
    document_id: str
    sha256: str
    root: str
    path: str


@dataclass(frozen=True, slots=True)
class Content:
    """A stored revision, whole: the document, its passages in order, and the context key of each."""

    document: Document
    passages: tuple[Passage, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GenerationRow:
    """A generation: the embedding its vectors are of, and the recipe its texts were cut by."""

    id: str
    embedding: str
    recipe: str


class Catalogue:
    """Open catalogue of a home. A context manager that closes it."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, home: Path) -> Self:
        """Raises `IndexMissingError` when there is none, `LibraryError` for a damaged or other version's."""
        if not catalogue_file(home).is_file():
            raise IndexMissingError("还没有建立索引；请先运行 assistant index。")
        engine = connect(home)
        try:
            with engine.connect() as connection:
                version = schema.version(connection)
        except sa.exc.DBAPIError as problem:
            engine.dispose()
            raise LibraryError(
                "文档目录 catalogue.sqlite3 已损坏；请移走它后重新运行 assistant index。"
            ) from problem
        if version != schema.VERSION:
            engine.dispose()
            raise LibraryError("索引由另一版本的程序建立；请先运行 assistant index。")
        return cls(engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._engine.dispose()

    def roots(self) -> tuple[str, ...]:
        """The registered roots, in the order of their paths."""
        with self._engine.connect() as connection:
            return tuple(connection.scalars(sa.select(roots.c.path).order_by(roots.c.path)))

    def generation(self, id_: str) -> GenerationRow | None:
        with self._engine.connect() as connection:
            row = connection.execute(_GENERATION.where(generations.c.id == id_)).first()
            return GenerationRow(*row) if row else None

    def latest_published(self) -> GenerationRow | None:
        query = _GENERATION.where(generations.c.state == PUBLISHED).order_by(generations.c.id.desc())
        with self._engine.connect() as connection:
            row = connection.execute(query.limit(1)).first()
            return GenerationRow(*row) if row else None

    def generation_ids(self) -> set[str]:
        with self._engine.connect() as connection:
            return set(connection.scalars(sa.select(generations.c.id)))

    def count_passages(self, generation: str) -> int:
        query = (
            sa.select(sa.func.count())
            .select_from(passages)
            .join(members, members.c.revision == passages.c.revision)
            .where(members.c.generation == generation)
        )
        with self._engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def members(self, generation: str) -> tuple[Member, ...]:
        """The revisions of a generation, in the order of their paths."""
        d = documents.c
        query = (
            sa.select(d.revision, d.id, d.sha256, d.root, d.path)
            .join(members, members.c.revision == d.revision)
            .where(members.c.generation == generation)
            .order_by(d.path)
        )
        with self._engine.connect() as connection:
            return tuple(Member(*row) for row in connection.execute(query))

    def contents(self, generation: str) -> Iterator[Content]:
        """The documents of a generation with their passages, in the order of their ids."""
        which = sa.select(members.c.revision).where(members.c.generation == generation)
        texts = sa.select(documents).where(documents.c.revision.in_(which)).order_by(documents.c.id)
        with self._engine.connect() as connection:
            spans = _by_revision(connection, which)
            for row in connection.execute(texts).mappings():
                yield _content(row, spans.get(row["revision"], []))

    def content(self, revision: int) -> Content:
        """One stored revision."""
        with self._engine.connect() as connection:
            row = (
                connection.execute(sa.select(documents).where(documents.c.revision == revision))
                .mappings()
                .one()
            )
            spans = _by_revision(connection, sa.select(sa.literal(revision)))
            return _content(row, spans.get(revision, []))


_GENERATION = sa.select(generations.c.id, generations.c.embedding, generations.c.recipe)


def catalogue_file(home: Path) -> Path:
    return home / "catalogue.sqlite3"


def connect(home: Path) -> sa.Engine:
    """An engine on the catalogue file, which is created by the first connection."""
    engine = sa.create_engine(f"sqlite:///{catalogue_file(home)}")

    @sa.event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA busy_timeout=10000")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")

    return engine


def _by_revision(connection: sa.Connection, which: sa.Select[Any]) -> dict[int, list[sa.RowMapping]]:
    query = sa.select(passages).where(passages.c.revision.in_(which))
    found: dict[int, list[sa.RowMapping]] = {}
    for row in connection.execute(query.order_by(passages.c.revision, passages.c.ordinal)).mappings():
        found.setdefault(row["revision"], []).append(row)
    return found


def _content(row: sa.RowMapping, spans: Sequence[sa.RowMapping]) -> Content:
    document = rows.document_from_row(dict(row))
    cut = tuple(rows.passage_from_row(dict(span), document) for span in spans)
    return Content(document, cut, tuple(span["text_sha"] for span in spans))
