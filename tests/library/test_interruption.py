"""A writer that is stopped at any moment loses nothing of what readers have."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.library import generations
from assistant.library.catalogue import Catalogue
from assistant.library.catalogue_writer import CatalogueWriter
from assistant.library.library import Library
from assistant.library.sync import Indexer

from .conftest import HashedEmbeddings, dense, quick, write

_WRITER = """
import sys, time
from pathlib import Path
from assistant.library.sync import Indexer
sys.path.insert(0, sys.argv[5])
from conftest import HashedEmbeddings

phase, done = sys.argv[3], int(sys.argv[4])

def stop(now, count, _total):
    if now == phase and count >= done:
        print("here", flush=True)
        time.sleep(60)

Indexer(Path(sys.argv[1]), HashedEmbeddings()).index([Path(sys.argv[2])], progress=stop)
"""


def articles(folder: Path, count: int) -> None:
    write(
        folder,
        "long",
        "很长的条例",
        "\n\n".join(f"第{i}条 第{i}项义务应当履行。" for i in range(1, count + 1)),
    )


@pytest.mark.parametrize(("phase", "done", "kept"), [("embed", 256, 256), ("build", 1, 1), ("build", 300, 1)])
def test_killed_writer(
    home: Path, folder: Path, embeddings: HashedEmbeddings, phase: str, done: int, kept: int
) -> None:
    before = quick(home, embeddings).index([folder])
    library = Library.open(home, embeddings, embeddings.name)
    articles(folder, 300)
    root = Path(__file__).resolve().parent.parent.parent
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(home), str(folder), phase, str(done), str(Path(__file__).parent)],
        stdout=subprocess.PIPE,
        cwd=root,
        text=True,
    )
    assert writer.stdout is not None
    assert writer.stdout.readline().strip() == "here"
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()

    assert not library.refresh()
    assert dense(library, embeddings, "服务中心", 1)
    assert Library.open(home, embeddings, embeddings.name).generation == before.generation

    embeddings.embedded.clear()
    with sqlite3.connect(home / "catalogue.sqlite3") as catalogue:
        (held,) = catalogue.execute("SELECT count(*) FROM vectors").fetchone()
    embedded = held - before.passages
    assert embedded >= kept
    after = Indexer(home, embeddings).index()
    assert (after.added, after.unchanged) == (1, 3)
    assert len(embeddings.embedded) == 300 - embedded, (
        "what was embedded before the kill is not embedded again"
    )
    assert library.refresh()
    assert "long" in library.documents()
    present = {path.name for path in (home / "index" / "generations").iterdir()}
    assert present == {before.generation, after.generation}


def test_leftovers_go_even_when_there_is_nothing_to_do(
    home: Path, folder: Path, embeddings: HashedEmbeddings
) -> None:
    indexer = quick(home, embeddings)
    before = indexer.index([folder])
    articles(folder, 3)

    def stop(phase: str, _done: int, _total: int) -> None:
        if phase == "build":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexer.index(progress=stop)
    assert len(list((home / "index" / "generations").iterdir())) == 2
    (folder / "long.md").unlink()
    assert indexer.index().generation == before.generation
    assert [path.name for path in (home / "index" / "generations").iterdir()] == [before.generation]
    with Catalogue.open(home) as catalogue:
        assert catalogue.generation_ids() == {before.generation}


@pytest.mark.parametrize(
    "moment", [(generations, "publish"), (CatalogueWriter, "published"), (CatalogueWriter, "keep_only")]
)
def test_interrupted_around_the_swap(
    home: Path,
    folder: Path,
    embeddings: HashedEmbeddings,
    moment: tuple[object, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    indexer = quick(home, embeddings)
    indexer.index([folder])
    articles(folder, 3)
    original: Callable[..., None] = getattr(moment[0], moment[1])
    calls = 0

    def stopped(*arguments: object) -> None:
        nonlocal calls
        calls += 1
        if moment[1] != "published" or calls > 1:  # the first call of `published` only settles the base
            raise KeyboardInterrupt
        original(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(*moment, stopped)
        with pytest.raises(KeyboardInterrupt):
            indexer.index()
    swapped = moment[1] != "publish"
    assert len(Library.open(home, embeddings, embeddings.name).documents()) == (4 if swapped else 3)
    report = indexer.index()
    assert (report.documents, report.added) == (4, 0 if swapped else 1)
    assert len(Library.open(home, embeddings, embeddings.name).documents()) == 4
    assert len(list((home / "index" / "generations").iterdir())) <= 2
