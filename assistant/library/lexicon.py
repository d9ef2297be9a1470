"""Lexical search: the best passages and documents by BM25 over pre-cut tokens. Tantivy is the embedded one.

Two indexes stand side by side because the rarity of a word differs between them: a title is scored against
the other titles, once, however many passages the document has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.library.failures import reported_as
from assistant.library.lexicon_index import IndexWriter, LexiconIndex

PASSAGE_FIELDS = ("heading", "words", "chars")
DOCUMENT_FIELDS = ("title", "document")
_CANNOT_BUILD = "词汇索引无法写入；请检查磁盘空间和目录权限后重新运行 assistant index。"
_CANNOT_READ = "词汇索引无法读取；请删除状态目录中的 index 目录后重新运行 assistant index。"

Rows = NDArray[np.intp]
Facets = Sequence[Collection[str]]
"""Conditions: an entry has one value of each group. An empty group lets nothing pass."""


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """A passage as tokens: n-grams of its headings, words of its text, n-grams of title, headings and text."""

    id: str
    heading: Sequence[str]
    words: Sequence[str]
    chars: Sequence[str]


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document as character n-grams of its names and of its whole text, with its facets and its passages."""

    id: str
    title: Sequence[str]
    chars: Sequence[str]
    facets: Sequence[str] = ()
    passages: Sequence[PassageEntry] = field(default_factory=tuple)


class LexiconReader(Protocol):
    """An open lexicon. Rows number its passages and its documents, both from 0 in the order of building.

    Tokens are taken literally, whatever characters they hold.
    """

    def count(self, field: str) -> int:
        """How many passages it holds, or documents for a field of documents."""

    def top(
        self,
        field: str,
        tokens: Sequence[str],
        k: int,
        facets: Facets = (),
        documents: Sequence[str] | None = None,
    ) -> Rows:
        """The rows of the best `k` passages (or documents, for a field of those) by BM25, best first.

        Only entries of `documents` when their ids are given.
        """

    def frequencies(self, field: str, tokens: Sequence[str]) -> NDArray[np.int64]:
        """How many passages (or documents) hold each token."""

    def vocabulary(self) -> list[str]:
        """Every word of its passages."""


class Lexicon(Protocol):
    """A way of storing a lexicon on disk. Both methods raise `LibraryError`."""

    def build(self, path: Path, documents: Iterable[DocumentEntry]) -> None:
        """Write a new lexicon at `path` (absent so far); the documents are gone through once."""

    def open(self, path: Path) -> LexiconReader:
        """Open the lexicon at `path` for reading, by any number of threads."""


class TantivyLexicon:
    """`Lexicon` on two tantivy indexes, `passages` and `documents`."""

    def build(self, path: Path, documents: Iterable[DocumentEntry]) -> None:
        with reported_as(_CANNOT_BUILD):
            of_passages = IndexWriter(path / "passages", PASSAGE_FIELDS)
            of_documents = IndexWriter(path / "documents", DOCUMENT_FIELDS)
            for d in documents:
                of_documents.add(d.id, d.facets, {"title": d.title, "document": d.chars})
                for p in d.passages:
                    tokens = {"heading": p.heading, "words": p.words, "chars": p.chars}
                    of_passages.add(d.id, d.facets, tokens)
            of_passages.finish()
            of_documents.finish()

    def open(self, path: Path) -> LexiconReader:
        with reported_as(_CANNOT_READ):
            return _TantivyReader(LexiconIndex(path / "passages"), LexiconIndex(path / "documents"))


class _TantivyReader:
    def __init__(self, passages: LexiconIndex, documents: LexiconIndex) -> None:
        self._of = dict.fromkeys(PASSAGE_FIELDS, passages) | dict.fromkeys(DOCUMENT_FIELDS, documents)

    def count(self, field: str) -> int:
        return self._of[field].count

    def top(
        self,
        field: str,
        tokens: Sequence[str],
        k: int,
        facets: Facets = (),
        documents: Sequence[str] | None = None,
    ) -> Rows:
        with reported_as(_CANNOT_READ):
            return self._of[field].top(field, _split(tokens), k, facets, documents)

    def frequencies(self, field: str, tokens: Sequence[str]) -> NDArray[np.int64]:
        index = self._of[field]
        return np.array([index.frequency(field, token) for token in tokens], dtype=np.int64)

    def vocabulary(self) -> list[str]:
        return self._of["words"].vocabulary("words")


def _split(tokens: Sequence[str]) -> list[str]:
    """Distinct tokens, split where the index splits them."""
    return list(dict.fromkeys(part for token in tokens for part in token.split()))
