"""Picking a reader by what a file holds, not by its name."""

from __future__ import annotations

from pathlib import Path

from assistant.domain import Document
from assistant.errors import ReadingError
from assistant.reading.markdown import read_markdown

_MAX_BYTES = 50_000_000

# First bytes of formats that people take for documents; each is named so that they know what to convert.
_SIGNATURES = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "Word、WPS 或压缩包",
    b"\xd0\xcf\x11\xe0": "旧版 Word 或 WPS",
    b"{\\rtf": "RTF",
}


def read_file(path: Path) -> Document:
    """The document that a file holds. Its `sha256` is that of the file's bytes, its `path` the path as given.

    Raises `ReadingError` with a sentence that does not repeat the path.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ReadingError(f"文件超过 {_MAX_BYTES // 1_000_000} MB；请拆分后再试。")
        raw = path.read_bytes()
    except OSError as problem:
        raise ReadingError(
            f"文件无法读取（{problem.strerror or '系统没有说明原因'}）；请检查路径和权限。"
        ) from problem
    for signature, name in _SIGNATURES.items():
        if raw.startswith(signature):
            raise ReadingError(
                f"这是 {name} 文件，目前只能读 Markdown 和纯文本；请另存为 UTF-8 的 .md 或 .txt 后再试。"
            )
    return read_markdown(raw, str(path))
