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
        found = np.zeros((len(words), self.dimensions), dtype=np.float32)
        known = [(i, self._rows[w]) for i, w in enumerate(words) if w in self._rows]
        if known:
            at, rows = zip(*known, strict=True)
            found[list(at)] = self._matrix[list(rows)].astype(np.float32)
        return found

    def of_ids(self, ids: Symbols) -> Vectors:
        """float32 [len(ids), 100]: the same for words given as `language.grams.word_ids`."""
        found = np.zeros((len(ids), self.dimensions), dtype=np.float32)
        known, rows = self._by_id
        if len(known) and len(ids):
            at = np.minimum(np.searchsorted(known, ids), len(known) - 1)
            held = np.nonzero(known[at] == ids)[0]
            found[held] = self._matrix[rows[at[held]]]
        return found

    def weights(self, words: Sequence[str]) -> Vectors:
        """float32 [len(words)]: the SIF weight of each word between 0 (common) and 1, 0 for unknown words.

        The file has no frequencies, only their order: Zipf's law gives the probability of the word of rank r
        as 1 / (r·H).
        """
        if not self._rows:
            return np.zeros(len(words), dtype=np.float32)
        harmonic = math.log(len(self._matrix)) + _EULER
        ranks = [self._rows.get(w) for w in words]
        weights = [0.0 if r is None else _SIF_A / (_SIF_A + 1 / ((r + 1) * harmonic)) for r in ranks]
        return np.array(weights, dtype=np.float32)

    @cached_property
    def _rows(self) -> dict[str, int]:
        if not self.available:
            return {}
        rows: dict[str, int] = {}
        for row, word in enumerate(self._words.read_text(encoding="utf-8").splitlines()):
            rows.setdefault(word.lower(), row)
        return rows

    @cached_property
    def _by_id(self) -> tuple[Symbols, NDArray[np.intp]]:
        ids = word_ids(list(self._rows))
        order = np.argsort(ids, kind="stable")
        return ids[order], np.fromiter(self._rows.values(), dtype=np.intp, count=len(ids))[order]

    @cached_property
    def _matrix(self) -> NDArray[np.float16]:
        matrix: NDArray[np.float16] = np.load(self._vectors, mmap_mode="r")
        return matrix
