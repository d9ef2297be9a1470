"""Proves a built generation sound: each index opens, is complete, and answers.

A damaged Chroma directory can crash the process that opens it (SIGSEGV), so the proof is done in a process of
its own: `python -m assistant.library.check <segment>`, which loads what it needs while the segment is still being built,
then reads "<passages> <dimension>" from its input; exit 0 means sound.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import assistant
from assistant.errors import LibraryError

Check = Callable[[int, int], None]
"""Called with the passages expected and the dimension of the vectors, once the segment is built. Raises `LibraryError`."""
Checking = Callable[[Path], AbstractContextManager[Check]]
"""Gives the check of the segment that will stand in a directory."""

_SECONDS = 300


@contextmanager
def checking_apart(segment: Path) -> Iterator[Check]:
    """`verify` in a throw-away process, which is there from now on."""
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            [sys.executable, "-m", "assistant.library.check", str(segment.resolve())],
            cwd=Path(assistant.__file__).resolve().parent.parent,  # found there whether installed or not
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
        ) as process,
    ):

        def check(passages: int, dimension: int) -> None:
            try:
                process.communicate(f"{passages} {dimension}".encode(), timeout=_SECONDS)
            except subprocess.TimeoutExpired as problem:
                raise LibraryError(
                    "新索引的检查没有按时结束，原索引不受影响；请重新运行 assistant index。"
                ) from problem
            if process.returncode:
                said.seek(0)
                detail = f"exit {process.returncode}: {said.read()[-2000:].decode(errors='replace')}"
                raise LibraryError(
                    "新索引没有通过检查，原索引不受影响；请重新运行 assistant index。"
                ) from RuntimeError(detail)

        try:
            yield check
        finally:
            process.kill()  # what has ended does not mind


@contextmanager
def checking_here(segment: Path) -> Iterator[Check]:
    """`verify` in this process."""
    yield partial(verify, segment)


def verify(path: Path, passages: int, dimension: int) -> None:
    """Raise `LibraryError` unless the segment opens, holds `passages` entries, and answers a question."""
    import numpy as np

    from assistant.library.segment import Segment

    segment = Segment.open(path, ())
    try:
        counts = (segment.vectors.count(), segment.lexicon.count("chars"), segment.forward.passages)
        if set(counts) != {passages}:
            raise LibraryError("新索引不完整，原索引不受影响；请重新运行 assistant index。")
        if passages and (
            segment.forward.dimension != dimension
            or not len(segment.dense(np.ones(dimension, dtype=np.float32), 1)[0])
        ):
            raise LibraryError("新索引查不到段落，原索引不受影响；请重新运行 assistant index。")
        segment.lexicon.top("chars", ["政策"], 1)
    finally:
        segment.vectors.close()


if __name__ == "__main__":
    import chromadb  # noqa: F401
    import numpy  # noqa: F401
    import tantivy  # noqa: F401

    if expected := sys.stdin.read().split():  # none when the build was given up
        verify(Path(sys.argv[1]), int(expected[0]), int(expected[1]))
