"""How near single texts are to a question: coverage of its words, soft word match, longest common substring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from assistant.language.normal import squeeze
from assistant.language.words import words
from assistant.models import WordVectors
from assistant.retrieval.terms import TermStatistics


def longest_common_substring(query: str, text: str) -> int:
    """Length in characters of the longest run of `query` (squeezed) that stands in `text` (squeezed)."""
    low, high = 0, min(len(query), 40)
    while low < high:
        middle = (low + high + 1) // 2
        if any(query[i : i + middle] in text for i in range(len(query) - middle + 1)):
            low = middle
        else:
            high = middle - 1
    return low


# Candidates come up again and again: so many texts stay cut.
_CUT_TEXTS = 8192


class TextFeatures:
    """Features of a query against texts that no index gives: coverage, soft word match, longest common substring."""

    def __init__(self, terms: TermStatistics, vectors: WordVectors | None) -> None:
        self._terms = terms
        self._vectors = vectors
        self._cut = lru_cache(maxsize=_CUT_TEXTS)(_cut)
        self._matrix = lru_cache(maxsize=1)(
            lambda words: vectors.matrix(words) if vectors else np.empty((0, 0))
        )

    def of(self, query: str, texts: Sequence[str]) -> dict[str, list[float]]:
        """`coverage`, `max_sim` and `substring` of each text."""
        weights = self._terms.weights(query)
        key = squeeze(query)
        cut = [self._cut(t) for t in texts]
        return {
            "coverage": [self._terms.coverage(weights, tokens) for tokens, _ in cut],
            "max_sim": self.max_sim(weights, [tokens for tokens, _ in cut]),
            "substring": [float(longest_common_substring(key, squeezed)) for _, squeezed in cut],
        }

    def nearest(self, word: str, vocabulary: tuple[str, ...]) -> float:
        """The best cosine of a word with a vocabulary; 0 without word vectors or for a word that has none."""
        if self._vectors is None or not vocabulary:
            return 0.0
        return float((self._matrix(vocabulary) @ self._vectors.matrix([word])[0]).max())

    def max_sim(self, weights: Mapping[str, float], texts: Sequence[Sequence[str]]) -> list[float]:
        """For each text the weighted mean, over the query's words, of the best cosine with a word of the text."""
        if self._vectors is None or not weights:
            return [0.0] * len(texts)
        names = list(weights)
        importance = np.array([weights[n] for n in names])
        asked = self._vectors.matrix(names)
        scores = []
        for text in texts:
            present = set(text)
            if not present:
                scores.append(0.0)
                continue
            best = (asked @ self._vectors.matrix(list(present)).T).max(axis=1)
            exact = np.array([n in present for n in names])
            scores.append(float((np.where(exact, 1.0, best) * importance).sum() / importance.sum()))
        return scores


def _cut(text: str) -> tuple[tuple[str, ...], str]:
    """A text as its words and in its squeezed form."""
    return tuple(words(text)), squeeze(text)
