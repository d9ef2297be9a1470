"""Generations of the derived index: each is built aside, whole, and made the current one in a single step.

index/generations/<id>/{chroma, lexicon, forward, generation.json}    index/CURRENT    index/write.lock

A generation is a segment of its own, or a small one beside an earlier generation, its base: what has changed since.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import LibraryBusyError

_ID = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the segment of a generation holds, written into it last: a directory with a manifest is complete.

    `base` is the generation that it is searched beside, None when it holds everything itself.
    """

    id: str
    embedding: str
    documents: int
    passages: int
    base: str | None = None


def index_directory(home: Path) -> Path:
    return home / "index"


def directory(home: Path, generation: str) -> Path:
    """Where the generation lies."""
    return index_directory(home) / "generations" / generation


def new_generation(home: Path) -> str:
    """Create the directory of a new generation and give its id, which sorts by time."""
    generation = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
    directory(home, generation).mkdir(parents=True)
    return generation


def current(home: Path) -> str | None:
    """The id that readers open; None before the first index."""
    try:
        named = (index_directory(home) / "CURRENT").read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return named if _ID.fullmatch(named) else None


def write_manifest(home: Path, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2)
    (directory(home, manifest.id) / "generation.json").write_text(text, encoding="utf-8")


def read_manifest(home: Path, generation: str) -> Manifest | None:
    """The manifest; None when the generation is absent or was never completed."""
    try:
        fields = json.loads((directory(home, generation) / "generation.json").read_text(encoding="utf-8"))
        return Manifest(**fields)
    except (OSError, ValueError, TypeError):
        return None


def base_of(home: Path, generation: str) -> str | None:
    """The generation that this one is searched beside, if any."""
    manifest = read_manifest(home, generation)
    return manifest.base if manifest else None


def publish(home: Path, generation: str) -> None:
    """Make a complete generation the current one: readers see the old one or the new one, nothing between."""
    base = index_directory(home)
    aside = base / "CURRENT.new"
    with aside.open("w", encoding="ascii") as file:
        file.write(generation + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, base / "CURRENT")


def prune(home: Path, keep: Collection[str]) -> None:
    """Remove every generation but these, among them what an interrupted build left behind."""
    root = index_directory(home) / "generations"
    if not root.is_dir():
        return
    for path in root.iterdir():
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)  # what a reader holds on to goes at the next index


@contextmanager
def write_lock(home: Path, wait: float) -> Iterator[None]:
    """Hold the one right to write for the block; raises `LibraryBusyError` after `wait` seconds.

    The lock is the operating system's: it ends with the process that holds it, however that ends.
    """
    from filelock import FileLock, Timeout

    base = index_directory(home)
    base.mkdir(parents=True, exist_ok=True)
    lock = FileLock(base / "write.lock", timeout=wait)
    try:
        lock.acquire()
    except Timeout as problem:
        raise LibraryBusyError("另一个进程正在更新索引；请等它完成后再试。") from problem
    try:
        yield
    finally:
        lock.release()
