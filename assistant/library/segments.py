"""The segments of a generation searched as one: a base, and beside it what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Passage
from assistant.language.canonical import canonical
from assistant.language.grams import codes, grams, word_ids
from assistant.language.words import cut_chars
from assistant.library.forward import Documents, Numbers, Texts
from assistant.library.lexicon import DOCUMENT_FIELDS, PASSAGE_FIELDS, Facets, Rows
from assistant.library.segment import Segment
from assistant.library.vectors import Vector

# Hidden passages come back from the base's indexes and are dropped: so many more are asked for, at most.
_SPARE = 200
_LENGTHS = {
    "chars": "symbols",
    "words": "words",
    "heading": "heading",
    "title": "title",
    "document": "document",
}
_KEPT_FREQUENCIES = 1 << 16


class Segments:
    """`hidden` are the numbers of the base's documents that are no more.

    Frequencies, counts and average lengths are those of the documents that are left, as a new build would give them.
    """

    def __init__(self, parts: Sequence[Segment], hidden: Numbers) -> None:
        self.base = parts[0]
        self._parts = tuple(parts)
        self._row_starts = np.cumsum([0, *(p.forward.passages for p in parts)])
        self._number_starts = np.cumsum([0, *(p.forward.documents for p in parts)])
        self._ids = [id_ for part in parts for id_ in part.ids]
        starts = [part.forward.first_rows[:-1] + s for part, s in zip(parts, self._row_starts, strict=False)]
        self._first = np.concatenate([*starts, self._row_starts[-1:]])
        self._hidden_documents = np.zeros(len(self._ids), dtype=bool)
        self._hidden_documents[hidden] = True
        self._number = {id_: n for n, id_ in enumerate(self._ids) if not self._hidden_documents[n]}
        self._hidden_rows = self._hidden_documents[self.document_of(np.arange(self._row_starts[-1]))]
        # Known beforehand: counting anew for each question takes longer than looking up.
        self._count = {
            field: len(held) - int(held.sum())
            for fields, held in (
                (DOCUMENT_FIELDS, self._hidden_documents),
                (PASSAGE_FIELDS, self._hidden_rows),
            )
            for field in fields
        }
        self._spare_rows = min(_SPARE, int(self._hidden_rows.sum()))
        self._spare_documents = min(_SPARE, len(hidden))
        self._gone = _Counts(self.base, hidden)
        self._frequency = lru_cache(maxsize=_KEPT_FREQUENCIES)(self._frequency_of)

    @property
    def rows(self) -> Numbers:
        """All rows that are not hidden."""
        return np.nonzero(~self._hidden_rows)[0]

    def document_of(self, rows: Numbers) -> Numbers:
        """The numbers of the documents that passages belong to."""
        return np.searchsorted(self._first, rows, side="right") - 1 if len(rows) else rows.astype(np.intp)

    def id_of(self, number: int) -> str:
        """The id of a document."""
        return self._ids[number]

    def place_of(self, row: int) -> tuple[str, int]:
        """The id of a passage's document, and which of its passages it is, from 0."""
        number = int(self.document_of(np.array([row]))[0])
        return self._ids[number], row - int(self._first[number])

    def row_of(self, passage: Passage) -> int:
        """The row of a passage."""
        return int(self._first[self._number[passage.document_id]]) + passage.ordinal - 1

    def rows_of(self, document_ids: Sequence[str]) -> Numbers:
        """The rows of the passages of these documents."""
        spans = [np.arange(self._first[n], self._first[n + 1]) for n in self.numbers_of(document_ids)]
        return np.concatenate(spans).astype(np.intp) if spans else np.empty(0, dtype=np.intp)

    def numbers_of(self, document_ids: Sequence[str]) -> Numbers:
        """The numbers of these documents, in the order of their numbers."""
        return np.array(sorted(self._number[i] for i in document_ids if i in self._number), dtype=np.intp)

    def top(
        self,
        field: str,
        tokens: Sequence[str],
        k: int,
        facets: Facets = (),
        documents: Sequence[str] | None = None,
    ) -> Rows:
        """The rows of the best `k` passages of each segment by BM25 (numbers of documents, for a field of those).

        Only passages of `documents` when their ids are given.
        """
        of_documents = field in DOCUMENT_FIELDS
        starts = self._number_starts if of_documents else self._row_starts
        hidden = self._hidden_documents if of_documents else self._hidden_rows
        spare = self._spare_documents if of_documents else self._spare_rows
        found = [
            part.lexicon.top(field, tokens, k + (spare if part is self.base else 0), facets, documents)
            + start
            for part, start in zip(self._parts, starts, strict=False)
        ]
        return np.concatenate([rows[~hidden[rows]][:k] for rows in found])

    def dense(self, vector: Vector | Sequence[float], k: int) -> Rows:
        """The rows of the `k` passages nearest to a vector of each segment."""
        found = [
            part.dense(vector, k + (self._spare_rows if part is self.base else 0))[0] + start
            for part, start in zip(self._parts, self._row_starts, strict=False)
        ]
        return np.concatenate([rows[~self._hidden_rows[rows]][:k] for rows in found])

    def vectors(self, rows: Numbers) -> NDArray[np.float32]:
        """The vectors of passages, [len(rows), dimension]."""
        return np.concatenate(
            [part.forward.vectors(own) for part, own in self._split(rows, self._row_starts)]
        )

    def texts(self, rows: Numbers) -> Texts:
        """What passages consist of. The rows are sorted."""
        return Texts.joined([part.forward.texts(own) for part, own in self._split(rows, self._row_starts)])

    def document_grams(self, numbers: Numbers) -> Documents:
        """What documents consist of. The numbers are sorted."""
        parts = self._split(numbers, self._number_starts)
        return Documents.joined([part.forward.document_grams(own) for part, own in parts])

    def frequencies(self, field: str, tokens: Sequence[str]) -> NDArray[np.int64]:
        """How many passages hold each token in the field, or documents for a field of those."""
        return np.array([self._frequency(field, token) for token in tokens], dtype=np.int64)

    def uses(self, word: str) -> bool:
        """Whether the passages hold the word, or at least each two of its characters beside each other."""
        tokens = cut_chars(canonical(word))
        pairs = [token for token in tokens if len(token) > 1] or tokens
        return bool(pairs) and all(self._frequency("chars", token) > 0 for token in pairs)

    def count(self, field: str) -> int:
        """How many passages there are, or documents for a field of those."""
        return self._count[field]

    def average(self, field: str) -> float:
        """The mean length of the field's texts in symbols, words or, for whole documents, grams."""
        name = _LENGTHS[field]
        total = sum(part.forward.totals()[name] for part in self._parts) - self._gone.totals[name]
        return total / max(self.count(field), 1)

    def vocabulary(self) -> list[str]:
        """Every word of the passages, those of hidden ones among them."""
        return list(dict.fromkeys(word for part in self._parts for word in part.lexicon.vocabulary()))

    def close(self) -> None:
        for part in self._parts:
            part.close()

    def _frequency_of(self, field: str, token: str) -> int:
        found = sum(int(part.lexicon.frequencies(field, [token])[0]) for part in self._parts)
        return found - self._gone.of(field, token)

    def _split(self, numbers: Numbers, starts: NDArray[np.int64]) -> list[tuple[Segment, Numbers]]:
        edges = np.searchsorted(numbers, starts)
        return [(part, numbers[edges[i] : edges[i + 1]] - starts[i]) for i, part in enumerate(self._parts)]


class _Counts:
    """What hidden documents contribute to the base's statistics."""

    def __init__(self, base: Segment, hidden: Numbers) -> None:
        self.totals = dict.fromkeys(_LENGTHS.values(), 0)
        self._held: dict[str, tuple[NDArray[np.uint32], NDArray[np.int64]]] = {}
        if not len(hidden):
            return
        forward = base.forward
        first = forward.first_rows
        rows = np.concatenate([np.arange(first[n], first[n + 1]) for n in hidden]).astype(np.intp)
        texts, documents = forward.texts(rows), forward.document_grams(hidden)
        titles = dict(
            zip(hidden.tolist(), _pieces(documents.title_symbols, documents.title_starts), strict=True)
        )
        bodies = _pieces(texts.symbols, texts.symbol_starts)
        heads = _pieces(texts.heading_symbols, texts.heading_starts)
        words = _pieces(texts.words, texts.word_starts)
        owners = forward.document_of(rows).tolist()
        around = [
            np.concatenate([grams(b), grams(h), grams(titles[o])])
            for b, h, o in zip(bodies, heads, owners, strict=True)
        ]
        held = {
            "chars": around,
            "words": words,
            "heading": [grams(h) for h in heads],
            "title": [grams(t) for t in titles.values()],
            "document": _pieces(documents.grams, documents.gram_starts),
        }
        for field, sets in held.items():
            distinct = [np.unique(s) for s in sets]
            together = np.concatenate(distinct) if distinct else np.empty(0, dtype=np.uint32)
            self._held[field] = np.unique(together, return_counts=True)
        self.totals = {
            "symbols": len(texts.symbols),
            "heading": len(texts.heading_symbols),
            "words": len(texts.words),
            "title": len(documents.title_symbols),
            "document": int(documents.lengths.sum()),
        }

    def of(self, field: str, token: str) -> int:
        if field not in self._held:
            return 0
        known, counts = self._held[field]
        code = (word_ids if field == "words" else codes)([token])[0]
        at = int(np.searchsorted(known, code))
        return int(counts[at]) if at < len(known) and known[at] == code else 0


def _pieces(values: NDArray[np.uint32], starts: NDArray[np.int64]) -> list[NDArray[np.uint32]]:
    return [values[s:e] for s, e in zip(starts[:-1], starts[1:], strict=True)]
