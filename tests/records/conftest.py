"""Records on a real SQLite file; on PostgreSQL too when TEST_POSTGRES_URL names a database to be emptied."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from assistant.records.store import Records

POSTGRES = os.environ.get("TEST_POSTGRES_URL")


def _emptied(url: str) -> str:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS feedback, messages, conversations, alembic_version"))
    engine.dispose()
    return url


@pytest.fixture(params=["sqlite", "postgresql"] if POSTGRES else ["sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql" and POSTGRES:
        return _emptied(POSTGRES)
    return f"sqlite:///{tmp_path / 'new' / 'records.sqlite3'}"


@pytest.fixture
def records(url: str) -> Iterator[Records]:
    opened = Records.open(url)
    yield opened
    opened.close()
