"""Proves a built generation sound: each index opens, is complete, and answers.

A damaged Chroma directory can crash the process that opens it (SIGSEGV), so the proof is done in a process of
its own: `python -m assistant.library.check <segment> <passages> <dimension>`, exit 0 means sound.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import assistant
from assistant.errors import LibraryError

Check = Callable[[Path, int, int], None]
"""Called with the directory of the segment, the passages expected, the dimension."""

_SECONDS = 300


def check_generation(segment: Path, passages: int, dimension: int) -> None:
    """`verify` in a throw-away process. Raises `LibraryError`."""
    arguments = [str(segment.resolve()), str(passages), str(dimension)]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "assistant.library.check", *arguments],
            cwd=Path(assistant.__file__).resolve().parent.parent,  # found there whether installed or not
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise LibraryError(
            "新索引的检查没有按时结束，原索引不受影响；请重新运行 assistant index。"
        ) from problem
    if done.returncode != 0:
        detail = RuntimeError(f"exit {done.returncode}: {done.stderr[-2000:]}")
        raise LibraryError("新索引没有通过检查，原索引不受影响；请重新运行 assistant index。") from detail


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
    verify(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
