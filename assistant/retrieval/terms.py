"""How telling a word is in this library: inverse document frequency over its passages."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from assistant.language.words import content_words

Frequencies = Callable[[Sequence[str]], Iterable[int]]


class TermStatistics:
    """Document frequencies of words; unknown words count as the most telling ones.

    `frequencies` gives the number of passages that hold each word, `count` is how many passages there are, and
    `vocabulary` lists all words.
    """

    def __init__(
        self, frequencies: Frequencies, count: int, vocabulary: Callable[[], Iterable[str]] = tuple
    ) -> None:
        self._count = count
        self._vocabulary = vocabulary
        self._frequency = lru_cache(maxsize=1 << 16)(lambda word: int(next(iter(frequencies([word])))))

    def knows(self, word: str) -> bool:
        return self._frequency(word) > 0

    @property
    def known_words(self) -> Iterable[str]:
        """Every word of the library."""
        return self._vocabulary()

    @cached_property
    def highest(self) -> float:
        """The weight of a word that occurs in no passage."""
        return math.log(1 + (self._count + 0.5) / 0.5)

    def idf(self, word: str) -> float:
        """BM25's inverse document frequency (Robertson and Zaragoza 2009), never negative."""
        frequency = self._frequency(word)
        return math.log(1 + (self._count - frequency + 0.5) / (frequency + 0.5))

    def weights(self, text: str) -> Mapping[str, float]:
        """The content words of a text with their weights."""
        return {w: self.idf(w) for w in content_words(text)}

    def coverage(self, weights: Mapping[str, float], within: Sequence[str]) -> float:
        """The idf-weighted share of the words that stand in `within`, from 0 to 1."""
        total = sum(weights.values())
        present = set(within)
        return sum(v for w, v in weights.items() if w in present) / total if total else 0.0
