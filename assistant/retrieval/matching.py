"""How a question's grams and words stand in many texts at once: frequencies, BM25, coverage, closeness.

Texts come as one long row of symbols with `starts` [n+1]: text i is `symbols[starts[i]:starts[i+1]]`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assistant.language.grams import FIRST, LAST, Symbols

Starts = NDArray[np.int64]
Matrix = NDArray[np.float64]
Column = NDArray[np.float64]

# Okapi BM25 (Robertson and Zaragoza 2009) with its usual parameters.
K1 = 1.2
B = 0.75
# Symbols within which the words of a question stand close together: about a sentence.
WINDOW = 60
_PAIRS = FIRST << 16  # grams from here on are bigrams


class Occurrences:
    """Where the symbols of a question stand in a row of texts; what can be counted from that.

    `terms` are the question's grams, sorted and distinct.
    """

    def __init__(self, terms: Symbols, text: Symbols, starts: Starts) -> None:
        self._terms = terms
        self._text = text
        self._starts = starts
        self._count = len(starts) - 1
        self._number, self._at = _positions(terms[terms < _PAIRS], text)
        self._owner = np.repeat(np.arange(self._count), np.diff(starts))[self._at]

    def frequencies(self) -> Matrix:
        """How often each gram stands in each text, [n, len(terms)]."""
        text, at = self._text, self._at
        # A bigram of the question consists of two of its characters, so only those need to be looked at.
        chinese = (text[at] >= FIRST) & (text[at] <= LAST)
        beside = (np.diff(at) == 1) & (np.diff(self._owner) == 0) & chinese[:-1] & chinese[1:]
        left = at[:-1][beside]
        codes = (text[left] << np.uint32(16)) | text[left + 1]
        number = np.minimum(np.searchsorted(self._terms, codes), len(self._terms) - 1)
        which = np.nonzero(self._terms[number] == codes)[0]
        owners = np.concatenate([self._owner, self._owner[:-1][beside][which]])
        cells = owners * len(self._terms) + np.concatenate([self._number, number[which]])
        counted = np.bincount(cells, minlength=self._count * len(self._terms))
        return counted.reshape(self._count, len(self._terms)).astype(np.float64)

    def closeness(self) -> Column:
        """The largest share of the question's symbols within any `WINDOW` symbols of each text, 0 to 1, [n]."""
        before = np.zeros(len(self._text) + 1)
        before[self._at + 1] = 1
        before = np.cumsum(before)
        begins, lengths = self._starts[:-1], np.diff(self._starts)
        share = (before[self._starts[1:]] - before[begins]) / np.maximum(lengths, 1)
        long = np.nonzero(lengths > WINDOW)[0]
        if len(long):
            within = np.append(
                before[WINDOW:] - before[:-WINDOW], 0.0
            )  # the last edge may point past the end
            edges = np.stack([begins[long], begins[long] + lengths[long] - WINDOW + 1], axis=1).ravel()
            share[long] = np.maximum.reduceat(within, edges)[::2] / WINDOW
        return share


def bm25(frequency: Matrix, lengths: Column, average: float, idf: Column) -> Column:
    """The BM25 score of each text, [n], from the frequencies [n, t] of the terms and their weights [t]."""
    norm = K1 * (1 - B + B * lengths / max(average, 1e-9))
    return np.asarray((frequency * (K1 + 1) / (frequency + norm[:, None])) @ idf)


def idf(frequency: NDArray[np.int64], count: int) -> Column:
    """BM25's inverse document frequency of terms that stand in `frequency` of `count` texts, never negative."""
    return np.asarray(np.log(1 + (count - frequency + 0.5) / (frequency + 0.5)))


def coverage(present: NDArray[np.bool_], weights: Column) -> Column:
    """The weighted share of the terms that are present, 0 to 1, [n]."""
    total = float(weights.sum())
    return present @ weights / total if total else np.zeros(len(present))


def _positions(terms: Symbols, text: Symbols) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Which single symbol (its number in the sorted `terms`) stands where: numbers and positions, in text order."""
    table = np.zeros(LAST + 2, dtype=np.int16)
    chinese = terms <= LAST
    table[terms[chinese]] = np.arange(1, chinese.sum() + 1)
    number = np.take(table, text, mode="clip").astype(np.intp)
    if not chinese.all():
        others = np.nonzero(text > LAST)[0]
        latin = terms[~chinese]
        nearest = np.minimum(np.searchsorted(latin, text[others]), len(latin) - 1)
        number[others] = np.where(latin[nearest] == text[others], nearest + chinese.sum() + 1, 0)
    at = np.nonzero(number)[0]
    return number[at] - 1, at
