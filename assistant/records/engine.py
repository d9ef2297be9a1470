"""Opening the database of the records: which URLs are served, how SQLite behaves, and the migration."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from assistant.errors import RecordsError

log = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_MS = 15_000
CONNECT_TIMEOUT_S = 10
# Any fixed number: all processes that open the records in one PostgreSQL database must use the same.
MIGRATION_LOCK = 7_060_031


def open_engine(url: str) -> Engine:
    """An engine on the database at `url`, whose tables are the newest.

    `url` is a SQLAlchemy URL of a SQLite file (made with its directory if missing) or of PostgreSQL.
    Raises `RecordsError` if the database cannot be reached, is no such URL, or is newer than this program.
    """
    address = _address(url)
    shown = address.render_as_string(hide_password=True)
    try:
        engine = _sqlite(address) if address.get_backend_name() == "sqlite" else _postgresql(address)
        upgrade(engine)
    except (SQLAlchemyError, OSError) as problem:
        log.info("records at %s: %s", shown, problem)
        raise RecordsError(
            f"记录数据库无法打开（{shown}）；请检查地址是否正确、数据库是否在运行、目录是否可写。"
        ) from problem
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that write.

    SQLite then takes its write lock at the start and waits for it; a transaction that first reads and then
    writes would otherwise fail at once when another one has written in between.
    """
    return engine.execution_options(sqlite_begin="IMMEDIATE")


def upgrade(engine: Engine) -> None:
    """Brings the tables to the newest revision in one transaction, one process after another."""
    # Alembic takes long to import and is needed here only.
    from alembic.command import upgrade as run_migrations
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with writing(engine).begin() as connection:
        _wait_for_other_migrations(connection)
        current = MigrationContext.configure(connection).get_current_revision()
        try:
            script = ScriptDirectory.from_config(config)
            if current is not None:
                script.get_revision(current)
        except CommandError as problem:
            raise RecordsError(
                f"记录数据库的版本（{current}）比本程序新；请升级程序，或换用另一个记录数据库。"
            ) from problem
        if current != script.get_current_head():
            config.attributes["connection"] = connection
            run_migrations(config, "head")


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as problem:
        raise RecordsError(
            "记录数据库的地址无法识别；请写成 sqlite:///文件路径 或 postgresql://用户:口令@主机/库名。"
        ) from problem
    backend = address.get_backend_name()
    if backend in ("postgres", "postgresql"):
        return address.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise RecordsError(f"记录不支持 {backend} 数据库；请改用 SQLite 文件或 PostgreSQL。")
    if not address.database or address.database == ":memory:":
        raise RecordsError("记录须存放在文件中；请在 SQLite 地址里写明文件路径。")
    return address


def _sqlite(address: URL) -> Engine:
    Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address)

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        # The driver must not open transactions by itself, else DDL would escape them; `begin` below does it.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def _postgresql(address: URL) -> Engine:
    try:
        return create_engine(
            address,
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_TIMEOUT_S},
        )
    except ImportError as problem:
        raise RecordsError(
            "缺少 PostgreSQL 驱动；请先安装附加组件 postgres（psycopg），或改用 SQLite。"
        ) from problem


def _wait_for_other_migrations(connection: Connection) -> None:
    # On SQLite the write lock of the transaction already does it.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
