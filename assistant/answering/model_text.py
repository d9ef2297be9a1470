"""Reading what a chat model writes: its stream cut into sentences, each with the source numbers it cites.

Copes with what models emit around the answer: reasoning blocks, code fences, images, links, HTML, and citations
as [1], [1][2], [1,2], [1-3], 【1】, ［1］ and [^1].
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NOTHING_FOUND = "没有依据"

_CITATION = re.compile(r"\s*[\[【［]\s*\^?\s*(\d{1,3}(?:\s*[,，、;；\-–—~至]\s*\d{1,3})*)\s*[\]】］]")
_SENTENCE = re.compile(
    r"\s*(?P<text>[^\n]+?(?:(?:[。！？?]|!(?!\[))+[”’」』）)]*|\.(?=\s)|\n|(?<=[：:])\n))", re.DOTALL
)
_THINKING = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
_NOISE = re.compile(r"```\w*|!\[[^\]]*\]\([^)]*\)|<[^<>\n]{1,200}>|\*\*|__|^#{1,6}\s*", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^\]\d^][^\]]*)\]\([^)]*\)")
_LIST_MARK = re.compile(r"^\s*(?:[-*+•]\s+|\d{1,2}[.、)）]\s*|[（(][一二三四五六七八九十\d]{1,3}[)）]\s*)")


@dataclass(frozen=True, slots=True)
class ModelSentence:
    """One sentence of the model, without markers, with the numbers it cites in order."""

    text: str
    numbers: tuple[int, ...]
    is_item: bool


class SentenceStream:
    """Feed it pieces of text; it gives back sentences as soon as they and their citations are complete."""

    def __init__(self) -> None:
        self._raw = ""
        self._given = 0

    def feed(self, piece: str) -> list[ModelSentence]:
        """Sentences that this piece completes."""
        self._raw += piece
        return self._take(final=False)

    def close(self) -> list[ModelSentence]:
        """What is left when the stream has ended; an unfinished last sentence counts as it stands."""
        return self._take(final=True)

    def _take(self, *, final: bool) -> list[ModelSentence]:
        text = _THINKING.sub("", self._raw)
        if not final and re.search(r"<[^>]{0,200}\Z", text[-200:]):
            return []
        found: list[ModelSentence] = []
        while match := _SENTENCE.match(text, self._given):
            end = match.end()
            while citation := _CITATION.match(text, end):
                end = citation.end()
            # A citation may still be on its way behind the full stop.
            if not final and not re.match(r"\s*[^\s\[【［]", text[end:]):
                return found
            found.extend(_sentence(text[self._given : end]))
            self._given = end
        if final:
            found.extend(_sentence(text[self._given :]))
            self._given = len(text)
        return found


def _sentence(raw: str) -> list[ModelSentence]:
    numbers: list[int] = []
    for match in _CITATION.finditer(raw):
        numbers.extend(n for n in _numbers(match.group(1)) if n not in numbers)
    text = _LINK.sub(r"\1", _NOISE.sub("", _CITATION.sub("", raw))).strip()
    marked = _LIST_MARK.match(text)
    text = _LIST_MARK.sub("", text).strip()
    return [ModelSentence(text, tuple(numbers), bool(marked))] if re.search(r"\w", text) else []


def _numbers(inside: str) -> list[int]:
    found: list[int] = []
    for part in re.split(r"\s*[,，、;；]\s*", inside):
        ends = [int(x) for x in re.findall(r"\d+", part)]
        if len(ends) == 2 and 0 <= ends[1] - ends[0] <= 20:
            found.extend(range(ends[0], ends[1] + 1))
        else:
            found.extend(ends)
    return found
