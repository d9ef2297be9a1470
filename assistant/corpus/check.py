"""`assistant corpus check`: every rule over a folder of documents, each finding with its file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.corpus.agreement import check_agreement, load_differences
from assistant.corpus.finding import Finding
from assistant.corpus.form import check_form
from assistant.corpus.links import check_documents, check_framework, check_tags
from assistant.corpus.names import check_glossary, check_names
from assistant.corpus.sheets import check_figures
from assistant.corpus.source import SourceFile, read_source
from assistant.domain import Document
from assistant.errors import CorpusError, ReadingError
from assistant.library.framework import load_framework
from assistant.library.glossary import load_glossary

DIFFERENCES = "differences.yaml"
_SUFFIXES = (".md", ".markdown", ".txt")
_NOT_DOCUMENTS = ("README.md",)
_LINE = re.compile(r"第(\d+)行")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, and what is to be put right, in the order of files and lines."""

    sources: tuple[SourceFile, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Shipped:
    """The corpus of the product, with which a user's own folder is checked: its documents, framework and glossary."""

    corpus: Path
    framework: Path
    glossary: Path
    sheet_figures: Mapping[str, frozenset[str]] = field(default_factory=dict)


def check(path: Path, shipped: Shipped) -> Checked:
    """Check the document `path`, or all documents in the directory `path`.

    Framework, glossary and accepted differences are checked with the shipped corpus itself only; the links and names
    of other folders are checked against it. Raises `CorpusError` when there is nothing to check.
    """
    files = document_files(path)
    if not files:
        raise CorpusError(f"{path} 里没有文档（{'、'.join(_SUFFIXES)}）；请检查路径。")
    sources, findings = read_all(files)
    own = path.resolve() == shipped.corpus.resolve()
    elsewhere = {} if own else _others(shipped.corpus, files)
    framework = load_framework(shipped.framework)
    for source in sources:
        findings += check_form(source)
        findings += check_figures(source, shipped.sheet_figures)
    findings += check_documents(sources, elsewhere)
    findings += check_tags(sources, framework)
    findings += check_names(sources, elsewhere)
    findings += check_agreement(sources, load_differences(path / DIFFERENCES) if path.is_dir() else ())
    if own:
        documents = {s.document.id: s.document for s in sources}
        findings += check_framework(framework, shipped.framework, documents)
        findings += check_glossary(load_glossary(shipped.glossary), shipped.glossary, documents)
    findings += _twice(sources)
    return Checked(tuple(sources), tuple(sorted(set(findings))))


def document_files(path: Path) -> list[Path]:
    """The document files at or under `path`, in order."""
    if path.is_file():
        return [path]
    found = (p for p in path.rglob("*") if p.suffix.lower() in _SUFFIXES and p.name not in _NOT_DOCUMENTS)
    return sorted(p for p in found if p.is_file() and not any(part.startswith(".") for part in p.parts))


def read_all(files: Sequence[Path]) -> tuple[list[SourceFile], list[Finding]]:
    """The files that can be read, and a finding for each that cannot."""
    sources: list[SourceFile] = []
    findings: list[Finding] = []
    for file in files:
        try:
            sources.append(read_source(file))
        except ReadingError as problem:
            line = _LINE.search(str(problem))
            findings.append(Finding(file, int(line[1]) if line else 1, str(problem)))
    return sources, findings


def _others(corpus: Path, files: Sequence[Path]) -> dict[str, Document]:
    own = {file.resolve() for file in files}
    others = [file for file in document_files(corpus) if file.resolve() not in own] if corpus.is_dir() else []
    return {s.document.id: s.document for s in read_all(others)[0]}


def _twice(sources: Sequence[SourceFile]) -> list[Finding]:
    first: dict[str, Path] = {}
    return [
        Finding(
            s.path, s.line_of("id"), f"id {s.document.id} 与 {first[s.document.id]} 重复，请改掉其中一个。"
        )
        for s in sources
        if first.setdefault(s.document.id, s.path) != s.path
    ]
