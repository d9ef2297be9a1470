"""Segments built from a few lines of text, for tests of one index at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Document, Kind, Passage
from assistant.library.context import analyse
from assistant.library.forward import ForwardWriter, VectorsFile
from assistant.library.lexicon import DocumentEntry, TantivyLexicon
from assistant.library.vectors import ChromaVectors

Texts = Mapping[str, Sequence[str]]


def document(id_: str, title: str, texts: Sequence[str], **fields: object) -> tuple[Document, list[Passage]]:
    """A document whose passages are these texts."""
    held = Document(id_, title, Kind.OTHER, "".join(texts), (), "sha", f"{id_}.md", **fields)  # type: ignore[arg-type]
    starts = np.cumsum([0, *map(len, texts)]).tolist()
    return held, [
        Passage(f"{id_}#{n}", id_, (title,), text, start, start + len(text), n)
        for n, (text, start) in enumerate(zip(texts, starts, strict=False), 1)
    ]


def segment(path: Path, texts: Texts, vectors: NDArray[np.float32], titles: Mapping[str, str] = {}) -> Path:
    """A whole segment at `path`: the passages of each document, one vector for each passage."""
    entries: list[DocumentEntry] = []
    with ForwardWriter(path / "forward") as forward:
        for id_, own in texts.items():
            entry, form = analyse(*document(id_, titles.get(id_, id_), own))
            forward.add(form)
            entries.append(entry)
    TantivyLexicon().build(path / "lexicon", entries)
    with VectorsFile(path / "forward") as file:
        rows = [str(row) for row in range(len(vectors))]
        ChromaVectors().build(path / "chroma", file.through([(rows, vectors)] if rows else []))
    return path
