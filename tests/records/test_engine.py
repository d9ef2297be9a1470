from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from assistant.errors import RecordsError
from assistant.records.engine import MIGRATIONS, open_engine, writing
from assistant.records.store import Records
from assistant.records.tables import metadata


def test_migrations_from_empty_give_exactly_the_tables_of_the_program(url: str) -> None:
    engine = open_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, metadata) == []
        inspector = inspect(connection)
        for table in metadata.sorted_tables:
            named = {c["name"] for c in inspector.get_check_constraints(table.name)}
            assert named == ({"ck_feedback_rating"} if table.name == "feedback" else set())
    engine.dispose()


def test_the_migrations_can_be_undone(url: str) -> None:
    engine = open_engine(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_opening_again_keeps_what_is_stored(url: str) -> None:
    first = Records.open(url)
    started = first.start_conversation("甲")
    first.close()
    second = Records.open(url)
    assert [c.id for c in second.conversations("甲")] == [started.id]
    second.close()


def test_opening_an_empty_database_from_many_threads_migrates_once(url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(Records.open, [url] * 4))
    for records in opened:
        assert records.conversations("甲") == []
        records.close()


def test_a_database_newer_than_the_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite3"
    Records.open(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RecordsError, match=r"9999.*比本程序新"):
        Records.open(f"sqlite:///{path}")
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite3"
    path.write_text("这不是数据库" * 200, encoding="utf-8")
    with pytest.raises(RecordsError, match="无法打开"):
        Records.open(f"sqlite:///{path}")
    assert path.read_text(encoding="utf-8").startswith("这不是数据库")


def test_a_directory_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(RecordsError, match="无法打开"):
        Records.open(f"sqlite:///{tmp_path / 'file' / 'records.sqlite3'}")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("不是地址", "无法识别"),
        ("mysql://u@h/d", "不支持 mysql"),
        ("sqlite://", "文件路径"),
        ("sqlite:///:memory:", "文件路径"),
    ],
)
def test_other_urls_are_refused_with_what_to_write(url: str, message: str) -> None:
    with pytest.raises(RecordsError, match=message):
        Records.open(url)


def test_an_unreachable_server_is_said_without_its_password(unused_port: int) -> None:
    with pytest.raises(RecordsError) as caught:
        Records.open(f"postgresql://u:geheim@127.0.0.1:{unused_port}/d")
    assert "geheim" not in str(caught.value)
    assert "无法打开" in str(caught.value) or "驱动" in str(caught.value)


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
