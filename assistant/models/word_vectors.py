"""Word vectors laid out by set-up (scripts/fetch_data.py), memory-mapped."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.language.grams import Symbols, word_ids

Vectors = NDArray[np.float32]

# SIF (Arora et al. 2017): a word of probability p weighs a / (a + p).
_SIF_A = 1e-3
_EULER = 0.5772


class WordVectors:
    """Unit vectors of Chinese words, most frequent first.

    Loaded at the first use; without data every word is unknown.
    """

    dimensions = 100

    def __init__(self, data: Path) -> None:
        self._vectors = data / "word_vectors.npy"
        self._words = data / "word_vectors.txt"

    @property
    def available(self) -> bool:
        return self._vectors.is_file() and self._words.is_file()

    def matrix(self, words: Sequence[str]) -> Vectors:
        """float32 [len(words), 100]: unit rows, zeros for unknown words. Words are taken as `language.words`
        cuts them.
        """
        return self.of_ids(word_ids(words))

    def of_ids(self, ids: Symbols) -> Vectors:
        """float32 [len(ids), 100]: the same for words given as `language.grams.word_ids`."""
        found = np.zeros((len(ids), self.dimensions), dtype=np.float32)
        rows = self._rows_of(ids)
        known = np.flatnonzero(rows >= 0)
        if len(known):
            found[known] = self._matrix[rows[known]]
        return found

    def weights(self, words: Sequence[str]) -> Vectors:
        """float32 [len(words)]: the SIF weight of each word between 0 (common) and 1, 0 for unknown words.

        The file has no frequencies, only their order: Zipf's law gives the probability of the word of rank r
        as 1 / (r·H).
        """
        rows = self._rows_of(word_ids(words))
        harmonic = math.log(max(len(self._by_id[0]), 1)) + _EULER
        weights = _SIF_A / (_SIF_A + 1 / ((np.maximum(rows, 0) + 1) * harmonic))
        return np.where(rows < 0, 0.0, weights).astype(np.float32)

    def _rows_of(self, ids: Symbols) -> NDArray[np.intp]:
        """The row of each word, -1 for unknown ones."""
        known, rows = self._by_id
        if not len(known):
            return np.full(len(ids), -1, dtype=np.intp)
        at = np.minimum(np.searchsorted(known, ids), len(known) - 1)
        return np.where(known[at] == ids, rows[at], -1)

    @cached_property
    def _by_id(self) -> tuple[Symbols, NDArray[np.intp]]:
        """The ids of the words, sorted, and their rows: a tenth of what a dictionary of the words would hold."""
        words = self._words.read_text(encoding="utf-8").lower().splitlines() if self.available else []
        return np.unique(word_ids(words), return_index=True)

    @cached_property
    def _matrix(self) -> NDArray[np.float16]:
        matrix: NDArray[np.float16] = np.load(self._vectors, mmap_mode="r").view(np.ndarray)
        return matrix
