"""Texts as arrays of numbers, so that many can be compared with a question at once.

A text is a row of symbols: a Chinese character is its code point, a run of Latin letters and digits is one number
of its own, anything else is 0, which nothing is compared with. A gram is a symbol, or two Chinese characters side
by side; these are the n-grams of `words.char_ngrams`. Numbers are uint32 and the same on every machine.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.language.words import LATIN_RUN

Symbols = NDArray[np.uint32]

# Chinese characters of the basic plane; a bigram of them is at least FIRST << 16, far above any single symbol.
FIRST, LAST = 0x3400, 0x9FFF
LATIN = 0x00110000  # above every code point
_LATIN_SPAN = 0x00EFFFFF


def symbols(canonical: str) -> Symbols:
    """The symbols of a text in its canonical form, uint32 [number of characters at most]; what is none of them is one 0
    between two that are.
    """
    found = np.frombuffer(canonical.encode("utf-32-le"), dtype="<u4").astype(np.uint32)
    found[(found < FIRST) | (found > LAST)] = 0
    for run in LATIN_RUN.finditer(canonical):
        found[run.start()] = _latin(run[0])
    kept = found > 0
    last = int(np.flatnonzero(kept)[-1]) if kept.any() else -1
    kept[1:] |= kept[:-1].copy()
    return found[: last + 1][kept[: last + 1]]


def joined(texts: Sequence[Symbols]) -> Symbols:
    """The symbols of texts one after another, apart from each other."""
    return np.concatenate([part for text in texts for part in (text, _BREAK)]) if texts else _BREAK[:0]


def grams(text: Symbols) -> Symbols:
    """All grams of a row of symbols, singles first, with repetitions; breaks left out."""
    chinese = (text >= FIRST) & (text <= LAST)
    pairs = (text[:-1] << np.uint32(16)) | text[1:]
    return np.concatenate([text[text > 0], pairs[chinese[:-1] & chinese[1:]]])


def word_ids(words: Sequence[str]) -> Symbols:
    """Words as numbers, uint32 [len(words)]; two words share one with a chance of one in four thousand million."""
    return np.fromiter((zlib.crc32(w.encode()) for w in words), dtype=np.uint32, count=len(words))


_BREAK = np.zeros(1, dtype=np.uint32)


def codes(tokens: Sequence[str]) -> Symbols:
    """The numbers of n-grams given as `words.char_ngrams` gives them, uint32 [len(tokens)]."""
    return np.fromiter((_code(token) for token in tokens), dtype=np.uint32, count=len(tokens))


def _code(token: str) -> int:
    if not FIRST <= ord(token[0]) <= LAST:
        return _latin(token)
    return ord(token) if len(token) == 1 else ord(token[0]) << 16 | ord(token[1])


def _latin(run: str) -> int:
    return LATIN + zlib.crc32(run.encode()) % _LATIN_SPAN
