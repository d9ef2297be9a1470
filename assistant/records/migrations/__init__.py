"""Alembic migrations of the records, run by `assistant.records.engine` when a database is opened."""
