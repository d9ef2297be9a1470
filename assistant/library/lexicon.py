"""Lexical search: BM25 over pre-cut tokens, by passage and by whole document. Tantivy is the embedded one.

Two indexes stand side by side because the rarity of a word differs between them: a title is scored against
the other titles, once, however many passages the document has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.library.failures import reported_as
from assistant.library.lexicon_index import LexiconIndex, write_index

FIELDS = ("title", "heading", "words", "chars", "document")
"""The scores each found passage comes with; `title` and `document` are those of its document."""

_PASSAGE_FIELDS = ("heading", "words", "chars")
_DOCUMENT_FIELDS = ("title", "chars")
_QUERY_TOKENS = 256  # distinct tokens of a question that count; more is not a question
_NOMINATING = (
    10  # documents of each field whose best passages are candidates because the document itself fits
)
_NOMINATED = 5  # passages of each such document
_CANNOT_BUILD = "词汇索引无法写入；请检查磁盘空间和目录权限后重新运行 assistant index。"
_CANNOT_READ = "词汇索引无法读取；请删除状态目录中的 index 目录后重新运行 assistant index。"


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """A passage as tokens: its headings; its context (title, headings, text) as words and n-grams."""

    id: str
    document_id: str
    heading: Sequence[str]
    words: Sequence[str]
    chars: Sequence[str]


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document as character n-grams of its names and of its whole text."""

    id: str
    title: Sequence[str]
    chars: Sequence[str]


class LexiconReader(Protocol):
    """An open lexicon."""

    def count(self) -> int:
        """How many passages it holds."""

    def search(self, words: Sequence[str], chars: Sequence[str], k: int) -> dict[str, dict[str, float]]:
        """BM25 of every field of `FIELDS` for each candidate passage id; 0.0 where nothing matches.

        Candidates are the best `k` of each passage field, and a few of each document that fits as a whole:
        its subject may stand in its title only, and the rest of the question in many others. Tokens are taken
        literally, whatever characters they hold.
        """


class Lexicon(Protocol):
    """A way of storing a lexicon on disk. Both methods raise `LibraryError`."""

    def build(self, path: Path, documents: Iterable[DocumentEntry], passages: Iterable[PassageEntry]) -> None:
        """Write a new lexicon at `path` (absent so far)."""

    def open(self, path: Path) -> LexiconReader:
        """Open the lexicon at `path` for reading, by any number of threads."""


class TantivyLexicon:
    """`Lexicon` on two tantivy indexes, `passages` and `documents`."""

    def build(self, path: Path, documents: Iterable[DocumentEntry], passages: Iterable[PassageEntry]) -> None:
        with reported_as(_CANNOT_BUILD):
            write_index(
                path / "documents",
                _DOCUMENT_FIELDS,
                ((d.id, d.id, {"title": d.title, "chars": d.chars}) for d in documents),
            )
            write_index(
                path / "passages",
                _PASSAGE_FIELDS,
                (
                    (p.id, p.document_id, {"heading": p.heading, "words": p.words, "chars": p.chars})
                    for p in passages
                ),
            )

    def open(self, path: Path) -> LexiconReader:
        with reported_as(_CANNOT_READ):
            return _TantivyReader(LexiconIndex(path / "passages"), LexiconIndex(path / "documents"))


class _TantivyReader:
    def __init__(self, passages: LexiconIndex, documents: LexiconIndex) -> None:
        self._passages = passages
        self._documents = documents

    def count(self) -> int:
        return self._passages.count

    def search(self, words: Sequence[str], chars: Sequence[str], k: int) -> dict[str, dict[str, float]]:
        cut_words, cut_chars = _distinct(words), _distinct(chars)
        with reported_as(_CANNOT_READ):
            return self._search({"heading": cut_chars, "words": cut_words, "chars": cut_chars}, cut_chars, k)

    def _search(
        self, queries: Mapping[str, Sequence[str]], chars: Sequence[str], k: int
    ) -> dict[str, dict[str, float]]:
        documents = self._documents
        fitting = {
            hit.document_id for field in _DOCUMENT_FIELDS for hit in documents.top(field, chars, _NOMINATING)
        }
        ranked = [self._passages.top(field, tokens, k) for field, tokens in queries.items()]
        ranked += [
            self._passages.top("chars", chars, min(k, _NOMINATED), document=id_) for id_ in sorted(fitting)
        ]
        owner = {hit.id: hit.document_id for hits in ranked for hit in hits}

        by_field = {f: self._passages.scores(f, tokens, owner) for f, tokens in queries.items()}
        owners = set(owner.values())
        title = documents.scores("title", chars, owners)
        whole = documents.scores("chars", chars, owners)
        return {
            id_: {
                "title": title.get(document_id, 0.0),
                **{field: scores.get(id_, 0.0) for field, scores in by_field.items()},
                "document": whole.get(document_id, 0.0),
            }
            for id_, document_id in owner.items()
        }


def _distinct(tokens: Sequence[str]) -> list[str]:
    """The first distinct tokens, split where the index splits them."""
    return list(dict.fromkeys(part for token in tokens for part in token.split()))[:_QUERY_TOKENS]
