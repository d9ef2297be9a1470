"""Writing a draft to a file: Markdown or DOCX by the file's ending, whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from assistant.drafting.markdown import to_markdown
from assistant.drafting.types import Draft
from assistant.errors import DraftError

SUFFIXES = (".md", ".docx")


def check_target(path: Path) -> None:
    """Raises `DraftError` if no draft can be written to `path`; to be asked before the long work begins."""
    if path.suffix.lower() not in SUFFIXES:
        raise DraftError(f"不能写成 {path.name} 这种文件；请把输出文件命名为 .md 或 .docx。")
    if path.is_dir():
        raise DraftError(f"{path} 是目录；请写明输出文件的名称。")
    if not path.parent.is_dir():
        raise DraftError(f"目录 {path.parent} 不存在；请先建立目录，或换一个位置。")
    if not os.access(path.parent, os.W_OK):
        raise DraftError(f"目录 {path.parent} 不可写；请换一个位置。")


def export(draft: Draft, path: Path) -> None:
    """Writes the draft; raises `DraftError` if that cannot be done, and then leaves an older file as it was."""
    check_target(path)
    if path.suffix.lower() == ".docx":
        from assistant.drafting.export_docx import to_docx  # python-docx and lxml load slowly

        content = to_docx(draft)
    else:
        content = to_markdown(draft).encode("utf-8")
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(content)
        os.replace(partial, path)
    except OSError as problem:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise DraftError(
            f"写不了 {path}（{problem.strerror}）；请检查权限和磁盘空间，或换一个位置。"
        ) from problem
