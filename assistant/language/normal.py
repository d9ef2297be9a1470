"""The one form in which texts are compared: NFKC, simplified, lower case."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

_TRADITIONAL_HINT = re.compile(r"[\u3400-\u9fff]")


@cache
def _converter() -> Any:
    """OpenCC loads its dictionaries in some 30 ms, so it is built at the first Chinese text."""
    import opencc

    return opencc.OpenCC("t2s")


def encodable(text: str) -> str:
    """The text with `?` for lone surrogates, which no file, database or terminal takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def simplify(text: str) -> str:
    """Traditional characters as simplified ones, one for one, so that offsets stay."""
    if not _TRADITIONAL_HINT.search(text):
        return text
    converted = str(_converter().convert(encodable(text)))
    # Phrase rules may change the length (rare); then characters are converted alone.
    return converted if len(converted) == len(text) else "".join(_simplify_one(c) for c in text)


@cache
def _simplify_one(character: str) -> str:
    converted = str(_converter().convert(character))
    return converted if len(converted) == 1 else character


def normalise(text: str) -> str:
    """NFKC, simplified, lower case, with white space runs as one space."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"\s+", " ", simplify(folded)).strip()


def squeeze(text: str) -> str:
    """The normal form with only letters, digits, `%` and `.` between digits."""
    kept = "".join(c for c in normalise(text) if c.isalnum() or c in "%.")
    return re.sub(r"(?<!\d)\.|\.(?!\d)", "", kept)


def is_chinese(text: str) -> bool:
    """Whether a text is mostly Chinese: at least a third of its letters are Chinese characters."""
    letters = [c for c in text if c.isalpha()]
    return 3 * sum("\u3400" <= c <= "\u9fff" for c in letters) >= len(letters)
