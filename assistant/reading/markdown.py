"""A Markdown or plain text file -> a Document: text as it may be quoted, outline, and source notes."""

from __future__ import annotations

import hashlib
import logging
import re

from assistant.domain import Document, Note
from assistant.errors import ReadingError
from assistant.reading.front_matter import read_front_matter
from assistant.reading.outline import outline, own_spans

_log = logging.getLogger(__name__)

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DEFINITION = re.compile(r"\[\^([^\]\s]+)\][:：][ \t]*(.*)")
_MARKER = re.compile(r"\[\^([^\]\s]+)\]")
# Authors often leave out the space of `##总则`; a second # would make it a #topic#.
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]+|(?=[\u3400-\u9fff“《（][^#]*$))(.*?)[ \t]*#*$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}$")
_QUOTE = re.compile(r"^ {0,3}(?:> ?)+")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_LINK = re.compile(r"!?\[([^\^\]\n][^\]\n]*)\]\((?:https?:|mailto:|[./#])[^)\n]*\)")
_INDENT = re.compile(r"^[ \t]*\u3000\s*")
_URL = re.compile(r"https?://[^\s<>（）()\[\]，。；、“”]+")


def read_markdown(raw: bytes, path: str) -> Document:
    """The document in the bytes of a Markdown or plain text file, with its `path` as given.

    `Document.text` is the body as it may be quoted: without source notes, comments, `#` marks, emphasis and
    link targets. Raises `ReadingError` when the bytes are no UTF-8 text, the front matter is wrong, or there
    is no text below it.
    """
    fields, body, first_line = read_front_matter(_decode(raw))
    definitions, lines = _without_definitions(body)
    text, levels, markers = _clean(lines)
    sections = outline(text, levels)
    if not any(text[start:end].strip() for _, start, end in own_spans(text, sections)):
        raise ReadingError("元数据之后没有正文；请补上正文后再试。")
    notes = []
    for position, key, line in markers:
        if key in definitions:
            url = _URL.search(definitions[key])
            notes.append(Note(position, definitions[key], url.group() if url else None))
        else:
            _log.warning("%s 第%d行：来源注 [^%s] 没有定义，已略去。", path, first_line + line, key)
    return Document(
        text=text,
        outline=sections,
        notes=tuple(notes),
        sha256=hashlib.sha256(raw).hexdigest(),
        path=path,
        **{name: getattr(fields, name) for name in type(fields).model_fields},
    )


def _decode(raw: bytes) -> str:
    """Text with "\\n" as its only line end."""
    if not raw.strip():
        raise ReadingError("文件是空的；请写入内容后再试。")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ReadingError("文件不是 UTF-8 文本；请用编辑器另存为 UTF-8 后再试。") from problem
    if _CONTROL.search(text):
        raise ReadingError("文件含有二进制内容，不是文本；请另存为 UTF-8 的 .md 或 .txt 后再试。")
    return re.sub(r"\r\n?|\f", "\n", text)


def _without_definitions(body: str) -> tuple[dict[str, str], list[str]]:
    """Footnote definitions by their keys, and the lines with those of definitions and comments blank."""
    body = _COMMENT.sub(lambda m: "\n" * m.group().count("\n"), body)
    definitions: dict[str, str] = {}
    lines: list[str] = []
    key: str | None = None
    for line in body.split("\n"):
        if match := _DEFINITION.match(line):
            key = match[1]
            definitions[key] = match[2].strip()
            line = ""
        elif key and line[:2].isspace() and line.strip():  # a definition goes on in indented lines
            definitions[key] = f"{definitions[key]} {line.strip()}".strip()
            line = ""
        elif line.strip():
            key = None
        lines.append(line)
    return definitions, lines


def _clean(lines: list[str]) -> tuple[str, dict[int, int], list[tuple[int, str, int]]]:
    """The text, Markdown levels by line offset, and note markers as (offset in the text, key, line index)."""
    parts: list[str] = []
    levels: dict[int, int] = {}
    markers: list[tuple[int, str, int]] = []
    length = 0
    for index, line in enumerate(lines):
        line = "" if _RULE.match(line) else _INDENT.sub("", _QUOTE.sub("", line))
        heading = _HEADING.match(line)
        plain, marked = _inline(heading[2] if heading else line)
        if not plain and (not parts or not parts[-1]):
            continue  # blank lines: one is enough, none at the head
        if heading and plain:
            levels[length] = len(heading[1])
        markers += [(length + at, key, index) for at, key in marked]
        parts.append(plain)
        length += len(plain) + 1
    text = "\n".join(parts).rstrip()
    return text, levels, [(min(at, len(text)), key, index) for at, key, index in markers]


def _inline(line: str) -> tuple[str, list[tuple[int, str]]]:
    """A line without marks of emphasis, link targets and note markers, and where those markers stood."""
    line = _LINK.sub(r"\1", _STRONG.sub(r"\1", line)).rstrip()
    kept: list[str] = []
    marked: list[tuple[int, str]] = []
    length = end = 0
    for match in _MARKER.finditer(line):
        kept.append(line[end : match.start()])
        length += match.start() - end
        end = match.end()
        marked.append((length, match[1]))
    plain = ("".join(kept) + line[end:]).rstrip()
    return plain, [(min(at, len(plain)), key) for at, key in marked]
