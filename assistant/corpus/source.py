"""A document file with what a check needs beside the document: its fields' lines, and its sentences with theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain import Document, Section
from assistant.language.sentences import sentences
from assistant.reading.front_matter import split
from assistant.reading.markdown import read_markdown
from assistant.reading.outline import own_spans

_MARKER = re.compile(r"\[\^[^\]\s]+\]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it may be quoted. `noted` tells whether a source note follows it; `line` counts from 1."""

    text: str
    line: int
    section: tuple[str, ...]
    noted: bool
    supports: bool


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A document of the corpus as written. `raw` are the lines of the file, `fields` the lines of its fields."""

    path: Path
    raw: tuple[str, ...]
    fields: Mapping[str, int]
    document: Document
    sentences: tuple[Sentence, ...]

    def line_of(self, field: str) -> int:
        return self.fields.get(field, 1)


def read_source(path: Path) -> SourceFile:
    """Read one file. Raises `ReadingError` as the index would, and `OSError`."""
    content = path.read_bytes()
    document = read_markdown(content, str(path))
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    raw = tuple(text.split("\n"))
    parts = split(text)
    found = tuple(_sentences(document, raw, parts.first_body_line))
    return SourceFile(path, raw, parts.lines, document, found)


def _sentences(document: Document, raw: Sequence[str], first: int) -> Iterator[Sentence]:
    """The sentences in order, each with the line of the file it begins on."""
    plain = [re.sub(r"\*\*", "", _MARKER.sub("", line)) for line in raw]
    notes = [note.position for note in document.notes]
    line = first - 1
    for section, start, end in own_spans(document.text, document.outline):
        for a, b in sentences(document.text[start:end]):
            text = document.text[start + a : start + b]
            line = next((i for i in range(line, len(raw)) if text in plain[i]), line)
            noted = any(start + a < position <= start + b for position in notes)
            yield Sentence(text, line + 1, section.path if section else (), noted, _supports(section))


def _supports(section: Section | None) -> bool:
    return section is None or not (section.is_unverified or section.path[-1].startswith("来源与说明"))
