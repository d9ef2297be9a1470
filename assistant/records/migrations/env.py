"""Alembic's entry: runs the migrations on the connection that `upgrade` hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from assistant.records.tables import metadata

# Batch mode lets later migrations alter columns on SQLite too.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
