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

from assistant.language.words import TOKEN

Symbols = NDArray[np.uint32]

# Chinese characters of the basic plane; a bigram of them is at least FIRST << 16, far above any single symbol.
FIRST, LAST = 0x3400, 0x9FFF
LATIN = 0x00110000  # above every code point
_LATIN_SPAN = 0x00EFFFFF


def symbols(canonical: str) -> Symbols:
    """The symbols of a text in its canonical form, uint32 [number of characters at most]."""
    parts: list[Symbols] = []
    for run in TOKEN.findall(canonical):
        if FIRST <= ord(run[0]) <= LAST:
            parts.append(np.frombuffer(run.encode("utf-32-le"), dtype="<u4").astype(np.uint32))
        else:
            parts.append(np.array([LATIN + zlib.crc32(run.encode()) % _LATIN_SPAN], dtype=np.uint32))
        parts.append(_BREAK)
    return np.concatenate(parts[:-1]) if parts else np.empty(0, dtype=np.uint32)


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
        return LATIN + zlib.crc32(token.encode()) % _LATIN_SPAN
    return ord(token) if len(token) == 1 else ord(token[0]) << 16 | ord(token[1])
