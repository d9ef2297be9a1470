"""Which passages are looked at for a question: the best of each way of looking, and all of the documents it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Filters
from assistant.language.normal import squeeze
from assistant.language.words import content_words, cut_chars
from assistant.library.cards import Card
from assistant.library.segments import Segments
from assistant.retrieval.question import MOST_TOKENS, Question

Rows = NDArray[np.intp]

LEXICAL = {"chars": 100, "words": 40, "heading": 20}
DENSE = 50
# Documents that fit as a whole, by name or by text, and how many of their passages are looked at: the subject of a
# question may stand in the title only, and the rest of it in many other documents.
DOCUMENTS = {"title": 10, "document": 10}
PASSAGES = 60
# A named document of a million characters is not looked at whole.
_NAMED_PASSAGES = 400
_THREADS = 4


class Candidates:
    """Looks candidates up in one generation."""

    def __init__(self, segments: Segments, cards: Mapping[str, Card]) -> None:
        self._segments = segments
        self._values = _values(cards)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="candidates")

    def of(
        self, question: Question, vector: NDArray[np.float32], named: Sequence[str], filters: Filters
    ) -> tuple[Rows, dict[str, list[int]]]:
        """The rows to look at, sorted, and those that each way of looking found, best first.

        Filters narrow the lexical side; what the others find is left to the caller to sieve.
        """
        segments = self._segments
        facets = self._facets(filters)
        chars = list(dict.fromkeys(cut_chars(question.said)))[:MOST_TOKENS]
        selective = _selective(chars)
        words = list(dict.fromkeys(content_words(question.said)))[:MOST_TOKENS]
        tokens = {"chars": selective, "heading": selective, "words": words}
        # Side by side: both indexes release the interpreter's lock while they search.
        running = {
            name: self._threads.submit(segments.top, name, tokens[name], k, facets)
            for name, k in LEXICAL.items()
        }
        running["dense"] = self._threads.submit(self._dense, vector)
        whole = [self._of_fitting(chars, facets), segments.rows_of(named)[:_NAMED_PASSAGES]]
        found = {name: search.result() for name, search in running.items()}
        rows = np.unique(np.concatenate([*found.values(), *whole]))
        return rows.astype(np.intp), {name: list_.tolist() for name, list_ in found.items()}

    def _dense(self, vector: NDArray[np.float32]) -> Rows:
        return self._segments.dense(vector, DENSE) if np.any(vector) else np.empty(0, dtype=np.intp)

    def _of_fitting(self, chars: Sequence[str], facets: Sequence[Sequence[str]]) -> Rows:
        """Passages of the documents that fit as a whole."""
        segments = self._segments
        fitting = [segments.top(field, chars, k, facets) for field, k in DOCUMENTS.items()]
        ids = [segments.id_of(n) for n in np.unique(np.concatenate(fitting)).tolist()]
        return segments.top("chars", chars, PASSAGES, documents=ids)

    def _facets(self, filters: Filters) -> list[list[str]]:
        """The filters as conditions of the lexicon; issuer and region match by containment, as in `filters.passes`."""
        groups: list[list[str]] = []
        if filters.kinds:
            groups.append([f"kind:{kind}" for kind in filters.kinds])
        if filters.level:
            groups.append([f"level:{filters.level}"])
        if filters.years:
            first, last = filters.years
            groups.append([f"year:{y}" for y in self._values["year"] if first <= int(y) <= last])
        for key, wanted in (("issuer", filters.issuer), ("region", filters.region)):
            if wanted:
                groups.append([f"{key}:{v}" for v in self._values[key] if squeeze(wanted) in squeeze(v)])
        return groups


def _selective(tokens: Sequence[str]) -> Sequence[str]:
    """The n-grams without single Chinese characters, all where there is nothing else.

    Those stand in so many passages that looking them up takes most of the time and finds nothing more; whole documents are
    told apart by them too.
    """
    return [t for t in tokens if len(t) > 1 or t.isascii()] or tokens


def _values(cards: Mapping[str, Card]) -> dict[str, set[str]]:
    return {
        "year": {str(card.year) for card in cards.values() if card.year},
        "issuer": {issuer for card in cards.values() for issuer in card.issuers},
        "region": {card.region for card in cards.values() if card.region},
    }
