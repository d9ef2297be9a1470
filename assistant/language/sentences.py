"""Sentence spans of Chinese and English text."""

from __future__ import annotations

import re

_OPEN = "《“‘（(「『〈【["
_CLOSE = "》”’）)」』〉】]"
_LONGEST_ENCLOSED = 200


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences, without white space at their ends; together they hold every other character.

    A sentence ends at 。！？!?… outside of brackets and quotation marks (the closing marks after it belong to it), at a
    line break, or at an English full stop before a space and a capital; the dot of a list mark (`1. `) ends nothing. An
    opening mark that is never closed is ignored.
    """
    spans: list[tuple[int, int]] = []
    start = depth = opened = 0
    i = 0
    while i < len(text):
        char = text[i]
        if char == "\n":
            _add(spans, text, start, i)
            start, depth = i + 1, 0
        elif char in _OPEN:
            opened = i if depth == 0 else opened
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
            if depth == 0 and i > start and text[i - 1] in "。！？!?" and char in "”’」』":
                _add(spans, text, start, i + 1)
                start = i + 1
        elif (depth == 0 or i - opened > _LONGEST_ENCLOSED) and _ends(text, start, i):
            end = i + 1
            while end < len(text) and text[end] in "。！？!?…":
                end += 1
            _add(spans, text, start, end)
            start, depth, i = end, 0, end - 1
        i += 1
    _add(spans, text, start, len(text))
    return spans


def _ends(text: str, start: int, i: int) -> bool:
    char = text[i]
    if char in "。！？!?…":
        return True
    if char == "." and text[start:i].strip().isdigit():
        return False
    return char == "." and bool(re.match(r"\.\s+[A-Z“\"(\u3400-\u9fff]", text[i : i + 6]))


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
