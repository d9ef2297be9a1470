"""Proves a built generation sound: each index opens, is complete, and answers.

A damaged Chroma directory can crash the process that opens it (SIGSEGV), so the proof is done in a process of
its own: `python -m assistant.library.check <vectors> <lexicon> <passages> <dimension>`, exit 0 means sound.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import assistant
from assistant.errors import LibraryError

Check = Callable[[Path, Path, int, int], None]
"""Called with the directories of vectors and lexicon, the passages expected, the dimension."""

_SECONDS = 300


def check_generation(vectors: Path, lexicon: Path, passages: int, dimension: int) -> None:
    """`verify` in a throw-away process. Raises `LibraryError`."""
    arguments = [str(vectors.resolve()), str(lexicon.resolve()), str(passages), str(dimension)]
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


def verify(vectors: Path, lexicon: Path, passages: int, dimension: int) -> None:
    """Raise `LibraryError` unless both directories open, hold `passages` entries, and answer a question."""
    import numpy as np

    from assistant.library.lexicon import TantivyLexicon
    from assistant.library.vectors import ChromaVectors

    dense = ChromaVectors().open(vectors)
    try:
        lexical = TantivyLexicon().open(lexicon)
        if dense.count() != passages or lexical.count() != passages:
            raise LibraryError("新索引不完整，原索引不受影响；请重新运行 assistant index。")
        if passages and not dense.query(np.ones(dimension, dtype=np.float32), 1):
            raise LibraryError("新索引查不到段落，原索引不受影响；请重新运行 assistant index。")
        lexical.search(["政策"], ["政策"], 1)
    finally:
        dense.close()


if __name__ == "__main__":
    verify(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
