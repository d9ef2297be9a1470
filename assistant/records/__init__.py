"""Conversations, messages and feedback in SQLite or PostgreSQL (SQLAlchemy, Alembic)."""
