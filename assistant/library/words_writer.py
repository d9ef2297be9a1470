"""Writes the word indexes of a segment, lexicon and forward index: at once, or in a process of its own.

Cutting text keeps the interpreter busy, as making vectors does: two processes do both in the time of the longer one.
`python -m assistant.library.words_writer <home> <segment> <generation> [<base>]`, exit 0 means written.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import assistant
from assistant.errors import LibraryError
from assistant.library.catalogue import Catalogue
from assistant.library.context import analyse
from assistant.library.forward import ForwardWriter
from assistant.library.lexicon import DocumentEntry, Lexicon, TantivyLexicon


def write_words(
    catalogue: Catalogue, segment: Path, generation: str, base: str | None, lexicon: Lexicon
) -> None:
    """Write what the generation has and `base` has not into `segment`. Raises `LibraryError`."""
    with ForwardWriter(segment / "forward") as forward:

        def entries() -> Iterator[DocumentEntry]:
            """Each document for the lexicon, after it went into the forward index: texts are cut once for both."""
            for content in catalogue.contents(generation, base):
                entry, form = analyse(content.document, content.passages)
                forward.add(form)
                yield entry

        lexicon.build(segment / "lexicon", entries())


@contextmanager
def words_written_beside(home: Path, segment: Path, generation: str, base: str | None) -> Iterator[None]:
    """`write_words` in another process while the body runs; both are done at the end.

    The process is ended when the body fails. Raises `LibraryError`.
    """
    arguments = [str(home.resolve()), str(segment.resolve()), generation, *([base] if base else [])]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            [sys.executable, "-m", "assistant.library.words_writer", *arguments],
            cwd=Path(assistant.__file__).resolve().parent.parent,  # found there whether installed or not
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
        ) as process,
    ):
        try:
            yield
        except BaseException:  # also an interruption: the process would go on alone
            process.terminate()
            raise
        if process.wait():
            said.seek(0)
            detail = RuntimeError(
                f"exit {process.returncode}: {said.read()[-2000:].decode(errors='replace')}"
            )
            raise LibraryError(
                "词汇索引没有写成，原索引不受影响；请检查磁盘空间和内存后重新运行 assistant index。"
            ) from detail


if __name__ == "__main__":
    home, segment, generation, *base = sys.argv[1:]
    with Catalogue.open(Path(home)) as opened:
        write_words(opened, Path(segment), generation, base[0] if base else None, TantivyLexicon())
