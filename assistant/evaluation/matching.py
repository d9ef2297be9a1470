"""Whether a text holds what a row asks for."""

from __future__ import annotations

import re
import unicodedata

_KEPT = "%.〔〕"


def key(text: str) -> str:
    """The form in which texts are compared: NFKC, lower case, letters and digits and `%.〔〕` only."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum() or c in _KEPT)


def holds(point: str, text: str) -> bool:
    """Whether every term (split at spaces) of one alternative (split at `|`) of `point` stands in `text`.

    A term that begins or ends with a digit does not stand inside a longer number: 15个 is not in 115个.
    """
    within = key(text)
    return any(all(_stands(key(term), within) for term in option.split()) for option in point.split("|"))


def share_held(points: tuple[str, ...], text: str) -> float:
    """The share of the points that the text holds, from 0 to 1."""
    return sum(holds(point, text) for point in points) / len(points)


def _stands(term: str, within: str) -> bool:
    if not term:
        return False
    before = r"(?<![\d.])" if term[0].isdigit() else ""
    after = r"(?!\d)" if term[-1].isdigit() else ""
    return re.search(before + re.escape(term) + after, within) is not None
