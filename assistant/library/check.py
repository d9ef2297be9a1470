"""Opens a built generation in a process of its own and asks each index one question.

A damaged Chroma directory can crash the process that opens it (SIGSEGV): better this one than the service.
Run as `python -m assistant.library.check <vectors> <lexicon> <passages> <dimension>`; exit 0 means sound.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import assistant
from assistant.errors import LibraryError

_SECONDS = 300


def check_generation(vectors: Path, lexicon: Path, passages: int, dimension: int) -> None:
    """Raise `LibraryError` unless both directories open, hold `passages` entries, and answer."""
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
            "新索引的检查没有按时结束，原索引仍在使用；请重新运行 assistant index。"
        ) from problem
    if done.returncode != 0:
        raise LibraryError(
            "新索引没有通过检查，原索引仍在使用；请重新运行 assistant index。"
        ) from RuntimeError(f"exit {done.returncode}: {done.stderr[-2000:]}")


def _main(arguments: list[str]) -> int:
    import numpy as np

    from assistant.library.lexicon import TantivyLexicon
    from assistant.library.vectors import ChromaVectors

    vectors, lexicon = Path(arguments[0]), Path(arguments[1])
    passages, dimension = int(arguments[2]), int(arguments[3])
    dense = ChromaVectors().open(vectors)
    lexical = TantivyLexicon().open(lexicon)
    if dense.count() != passages or lexical.count() != passages:
        sys.stderr.write(f"{dense.count()} vectors, {lexical.count()} entries for {passages} passages\n")
        return 1
    if passages and not dense.query(np.ones(dimension, dtype=np.float32), 1):
        sys.stderr.write("no vector found\n")
        return 1
    lexical.search(["政策"], ["政策"], 1)
    dense.close()
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
