"""The tables of the catalogue, and bringing a file to their version."""

from __future__ import annotations

import logging

import sqlalchemy as sa

logger = logging.getLogger(__name__)

VERSION = 1
"""Kept in `PRAGMA user_version`; raise it with any change below. Only `roots` outlives a change."""

VARIABLES = 900  # SQLite takes some thousand values in one statement

metadata = sa.MetaData()

roots = sa.Table(
    "roots",
    metadata,
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("added_at", sa.DateTime, nullable=False),
)

# A row is one revision, written once: readers of a generation see it whole while the next is built.
documents = sa.Table(
    "documents",
    metadata,
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, index=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("root", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("meta", sa.JSON, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

passages = sa.Table(
    "passages",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("revision", sa.ForeignKey("documents.revision", ondelete="CASCADE"), nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("passage_id", sa.Text, nullable=False),
    sa.Column("section_path", sa.JSON, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("text_sha", sa.Text, nullable=False, index=True),
    sa.UniqueConstraint("revision", "ordinal"),
)

vectors = sa.Table(
    "vectors",
    metadata,
    sa.Column("embedding", sa.Text, primary_key=True),
    sa.Column("text_sha", sa.Text, primary_key=True),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)

generations = sa.Table(
    "generations",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("embedding", sa.Text, nullable=False),
    sa.Column("recipe", sa.Text, nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
)

members = sa.Table(
    "members",
    metadata,
    sa.Column("generation", sa.ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("revision", sa.ForeignKey("documents.revision"), primary_key=True, index=True),
)


def segment(generation: str, base: str | None) -> sa.Select[tuple[int]]:
    """The revisions of a generation that its base does not have."""
    query = sa.select(members.c.revision).where(members.c.generation == generation)
    if base is None:
        return query
    return query.where(
        members.c.revision.not_in(sa.select(members.c.revision).where(members.c.generation == base))
    )


def version(connection: sa.Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def bring_up(engine: sa.Engine) -> None:
    """Create the tables; those of another version are dropped first, all but the roots.

    Runs statement by statement: the version is written last, so whatever is interrupted is simply done again.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        present = set(sa.inspect(connection).get_table_names())
        found = version(connection)
        if found != VERSION:
            if present:
                logger.warning(
                    "catalogue of version %d, not %d: it is rebuilt from its roots", found, VERSION
                )
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # tables may then go in any order
            for name in present - {roots.name}:
                connection.exec_driver_sql(f'DROP TABLE "{name}"')
            metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
