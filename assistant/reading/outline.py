"""The outline of a text: Markdown headings, and the numbering of Chinese official documents.

Numbered lines are of three sorts. A short line without a full stop is a heading of its own (第三章 保障措施;
一、总体要求). An article opens with its label and goes on in the same line (第一条 为了…。), and so do many
paragraphs of official documents, after a run-in heading ((一)加强组织领导。各地要…). What is left are items
of an enumeration: those stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from assistant.domain import Section

_N = "零〇一二两三四五六七八九十百千"
_LONGEST_HEADING = 40
_LONGEST_RUN_IN = 30
_STOPS = "。；;：:，,！!？?…、"


class Rank(IntEnum):
    """Levels of the official numbering, highest first."""

    ANNEX = 0
    PART = 10
    CHAPTER = 20
    DIVISION = 30
    ARTICLE = 40
    FIRST = 50
    SECOND = 60
    THIRD = 70
    FOURTH = 80


_LABELS = {
    Rank.ANNEX: re.compile(rf"附(?:件|录|表)\s*[\d{_N}]{{0,3}}$"),
    Rank.PART: re.compile(rf"第[{_N}\d]+编"),
    Rank.CHAPTER: re.compile(rf"第[{_N}\d]+章"),
    Rank.DIVISION: re.compile(rf"第[{_N}\d]+节"),
    # 第三条规定 in running text is no label: a gap or the line's end has to follow.
    Rank.ARTICLE: re.compile(rf"第[{_N}\d]+条(?:之[{_N}\d]+)?(?=[\s：:【]|$)"),
    Rank.FIRST: re.compile(rf"[{_N}]+、"),
    Rank.SECOND: re.compile(rf"[（(][{_N}]+[）)]"),
    Rank.THIRD: re.compile(r"\d{1,2}[.．、](?!\d)"),
    Rank.FOURTH: re.compile(r"[（(]\d{1,2}[）)]"),
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank: where it stands, its Markdown level (None if plain) and its numbering."""

    start: int
    text: str
    level: int | None
    rank: Rank | None
    label: str

    @property
    def is_heading_line(self) -> bool:
        """All of it is a heading: marked as one, or short and not a sentence."""
        return self.level is not None or (
            len(self.text) <= _LONGEST_HEADING and self.text[-1] not in _STOPS and "。" not in self.text
        )


@dataclass(frozen=True, slots=True)
class _Open:
    """A section whose end is not known yet."""

    label: str
    heading: str
    path: tuple[str, ...]
    start: int
    level: int | None
    rank: Rank | None


def outline(text: str, levels: Mapping[int, int] | None = None) -> tuple[Section, ...]:
    """Sections in order of their start, each from its heading or label to the end of its last subsection.

    `levels` gives the Markdown level (1 to 6) of the heading lines by the offset of their line in `text`,
    which itself no longer carries the `#` marks.
    """
    lines = _lines(text, levels or {})
    contents = _contents(lines)
    found: list[_Open] = []
    stack: list[_Open] = []
    items: set[int] = set()
    for i, line in enumerate(lines):
        if i in contents:
            continue
        title = line.text if line.level is not None else _section_title(lines, i, stack, items)
        if title is None:
            continue
        _close(stack, line)
        path = (*(stack[-1].path if stack else ()), title)
        heading = title[len(line.label) :].strip()
        section = _Open(line.label, heading, path, line.start, line.level, line.rank)
        stack.append(section)
        found.append(section)
    ends = _ends(found, len(text))
    return tuple(
        Section(s.label, s.heading, len(s.path), s.path, s.start, end)
        for s, end in zip(found, ends, strict=True)
    )


def own_spans(text: str, sections: Sequence[Section]) -> Iterator[tuple[Section | None, int, int]]:
    """Each section's own text, without heading and subsections; None for text before the first section.

    Together the spans and the heading lines are the whole text. Spans may be blank.
    """
    first = sections[0].start if sections else len(text)
    yield None, 0, first
    for i, section in enumerate(sections):
        end = sections[i + 1].start if i + 1 < len(sections) else len(text)
        yield section, _body_start(text, section), end


def _body_start(text: str, section: Section) -> int:
    """After the heading if that has a line of its own; at the label if the text goes on in the same line."""
    end = text.find("\n", section.start)
    end = len(text) if end < 0 else end
    return end if text[section.start : end].strip() == section.path[-1] else section.start


def _lines(text: str, levels: Mapping[int, int]) -> list[_Line]:
    found: list[_Line] = []
    start = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            rank, label = _numbering(stripped)
            found.append(_Line(start + raw.index(stripped[0]), stripped, levels.get(start), rank, label))
        start += len(raw) + 1
    return found


def _numbering(line: str) -> tuple[Rank | None, str]:
    for rank, pattern in _LABELS.items():
        if match := pattern.match(line):
            return rank, match.group()
    return None, ""


def _contents(lines: Sequence[_Line]) -> range:
    """The lines of a table of contents: from 目录 to where its first entry stands again."""
    for i, line in enumerate(lines[:-1]):
        if re.sub(r"\s", "", line.text) in ("目录", "目次"):
            first = re.sub(r"\s", "", lines[i + 1].text)
            for j in range(i + 2, len(lines)):
                if re.sub(r"\s", "", lines[j].text) == first:
                    return range(i + 1, j)
    return range(0)


def _section_title(lines: Sequence[_Line], i: int, stack: Sequence[_Open], items: set[int]) -> str | None:
    """The title of the section that a plain line opens, as printed, or None if it opens none.

    `items` collects the lines that were found to be items of an enumeration.
    """
    line = lines[i]
    if line.rank is None:
        return None
    if line.rank <= Rank.DIVISION:
        return line.text if line.is_heading_line else None
    if line.rank is Rank.ARTICLE:
        return line.label
    if any(outer.rank is Rank.ARTICLE for outer in stack):
        return None  # 款、项 of an article: an article is never cut
    if _is_item(lines, i, items):
        items.add(i)
        return None
    if line.is_heading_line:
        return line.text
    if line.rank is Rank.FIRST and line.text[-1] not in "；;":
        return _run_in(line) or line.label
    return _run_in(line) if line.rank is Rank.SECOND else None


def _is_item(lines: Sequence[_Line], i: int, items: set[int]) -> bool:
    """Whether a numbered line belongs to an enumeration rather than opening a section."""
    line = lines[i]
    before = lines[i - 1] if i else None
    after = lines[i + 1] if i + 1 < len(lines) else None
    if line.text[-1] in "；;" or (i - 1 in items and before is not None and before.rank == line.rank):
        return True
    announced = before is not None and before.level is None and before.text[-1] in "：:"
    if announced and line.rank != Rank.FIRST and not line.is_heading_line:
        return True
    # Headings have text below them; short numbered lines one after another are a list.
    alike = [n for n in (before, after) if n is not None and n.rank == line.rank and n.is_heading_line]
    return line.is_heading_line and bool(alike)


def _run_in(line: _Line) -> str | None:
    """(一)加强组织领导 out of (一)加强组织领导。各地要…, or None if the paragraph does not open so."""
    heading, stop, rest = line.text.partition("。")
    return heading if stop and rest and len(line.label) < len(heading) <= _LONGEST_RUN_IN else None


def _close(stack: list[_Open], line: _Line) -> None:
    """Take the sections off the stack that end where this line begins."""
    if line.level is not None:
        while stack and (stack[-1].level is None or stack[-1].level >= line.level):
            stack.pop()
        return
    # Numbering below a Markdown heading belongs to it, unless that heading carries a number of the same rank.
    alike = [k for k, outer in enumerate(stack) if outer.rank == line.rank]
    if alike:
        del stack[alike[0] :]
    while (
        stack
        and stack[-1].level is None
        and stack[-1].rank is not None
        and line.rank is not None
        and stack[-1].rank >= line.rank
    ):
        stack.pop()


def _ends(found: Sequence[_Open], length: int) -> list[int]:
    """Each section ends where the next one begins that is not inside it."""
    ends = [length] * len(found)
    waiting: list[int] = []
    for i, section in enumerate(found):
        while waiting and len(found[waiting[-1]].path) >= len(section.path):
            ends[waiting.pop()] = section.start
        waiting.append(i)
    return ends
