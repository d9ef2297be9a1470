"""The catalogue as read: documents and passages in SQLite, the truth that indexes are derived from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
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

    def size(self, generation: str, base: str | None = None) -> tuple[int, int]:
        """How many documents and passages a generation has that `base` lacks."""
        which = schema.segment(generation, base)
        of_documents = sa.select(sa.func.count()).select_from(which.subquery())
        of_passages = sa.select(sa.func.count()).select_from(passages).where(passages.c.revision.in_(which))
        with self._engine.connect() as connection:
            return int(connection.scalar(of_documents) or 0), int(connection.scalar(of_passages) or 0)

    def members(self, generation: str) -> tuple[Member, ...]:
        """The revisions of a generation, in the order of their document ids."""
        d = documents.c
        query = (
            sa.select(d.revision, d.id, d.sha256, d.root, d.path)
            .join(members, members.c.revision == d.revision)
            .where(members.c.generation == generation)
            .order_by(d.id)
        )
        with self._engine.connect() as connection:
            return tuple(Member(*row) for row in connection.execute(query))

    def contents(self, generation: str, base: str | None = None) -> Iterator[Content]:
        """The documents of a generation that `base` lacks, with their passages, in the order of their ids."""
        return self._contents(schema.segment(generation, base))

    def contents_of(self, revisions: Collection[int]) -> Iterator[tuple[int, Content]]:
        """These stored revisions, in no particular order."""
        wanted = sorted(revisions)
        for start in range(0, len(wanted), schema.VARIABLES):
            part = wanted[start : start + schema.VARIABLES]
            which = sa.select(documents.c.revision).where(documents.c.revision.in_(part))
            yield from zip(self._in_order(which), self._contents(which), strict=True)

    def content(self, revision: int) -> Content:
        """One stored revision."""
        return next(content for _, content in self.contents_of([revision]))

    def _in_order(self, which: sa.Select[Any]) -> list[int]:
        query = sa.select(documents.c.revision).where(documents.c.revision.in_(which))
        with self._engine.connect() as connection:
            return list(connection.scalars(query.order_by(documents.c.id, documents.c.revision)))

    def _contents(self, which: sa.Select[Any]) -> Iterator[Content]:
        texts = sa.select(documents).where(documents.c.revision.in_(which))
        spans = (
            sa.select(documents.c.revision, *(passages.c[name] for name in _SPAN))
            .join(passages, passages.c.revision == documents.c.revision)
            .where(documents.c.revision.in_(which))
            .order_by(documents.c.id, documents.c.revision, passages.c.ordinal)
        )
        with self._engine.connect() as one, self._engine.connect() as other:
            cut = _grouped(other.execution_options(yield_per=_STREAM).execute(spans))
            pending = next(cut, None)
            rows_ = one.execution_options(yield_per=_STREAM // 50).execute(
                texts.order_by(documents.c.id, documents.c.revision)
            )
            for row in rows_.mappings():
                found: Sequence[Any] = ()
                if pending is not None and pending[0] == row["revision"]:
                    found = pending[1]
                    pending = next(cut, None)
                yield _content(row, found)


_SPAN = ("passage_id", "section_path", "start", "end", "ordinal", "text_sha")
_STREAM = 5000  # rows of passages read at once
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


def _grouped(spans: Iterable[Any]) -> Iterator[tuple[int, list[Any]]]:
    """Rows of passages as one list a revision."""
    for revision, group in groupby(spans, key=itemgetter(0)):
        yield revision, list(group)


def _content(row: sa.RowMapping, spans: Sequence[Any]) -> Content:
    document = rows.document_from_row(dict(row))
    cut = tuple(rows.passage_from_row(dict(zip(_SPAN, span[1:], strict=True)), document) for span in spans)
    return Content(document, cut, tuple(span[-1] for span in spans))
