"""Which files the roots hold."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_SUFFIXES = frozenset({".md", ".txt"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file and the root it belongs to."""

    path: Path
    root: Path


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A root or a folder that cannot be listed now: what it held is not gone, it is only out of sight."""

    path: Path
    reason: str

    def holds(self, path: Path) -> bool:
        return path.is_relative_to(self.path)


def discover(roots: Iterable[Path]) -> tuple[list[Found], list[Unreachable]]:
    """The documents under the roots, sorted by path, each once, and what could not be listed.

    A folder is searched for Markdown and text files; hidden ones and README files are not documents. A root
    that is itself a file is taken whatever its name.
    """
    found: dict[Path, Found] = {}
    unreachable: list[Unreachable] = []
    for root in roots:
        if root.is_file():
            found.setdefault(root, Found(root, root))
        elif root.is_dir():
            for path in _files(root, unreachable):
                found.setdefault(path, Found(path, root))
        else:
            reason = f"登记的路径现在不存在，原有文档保留；请恢复它，或运行 assistant index --forget {root}。"
            unreachable.append(Unreachable(root, reason))
    return [found[path] for path in sorted(found)], unreachable


def _files(root: Path, unreachable: list[Unreachable]) -> list[Path]:
    def note(problem: OSError) -> None:
        path = Path(problem.filename) if problem.filename else root
        unreachable.append(Unreachable(path, "目录无法读取，原有文档保留；请检查它的权限后再试。"))

    files: list[Path] = []
    for folder, subfolders, names in os.walk(root, onerror=note):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        files.extend(Path(folder, name) for name in names if _is_document(name))
    return files


def _is_document(name: str) -> bool:
    return not name.startswith(".") and name.lower() != "readme.md" and Path(name).suffix.lower() in _SUFFIXES
