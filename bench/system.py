"""What a retrieval system is to the bench, and ours as one."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from langchain_core.embeddings import Embeddings

from assistant.domain import Hit
from assistant.library.vectors import ChromaVectors
from assistant.models import embeddings
from assistant.retrieval.filters import shown
from assistant.service import Service, index
from assistant.settings import load_settings
from bench.common import BenchDocument, BenchQuery, write_documents

PASSAGES = 50  # ranked for each question: ten documents are scored, and one often fills several ranks


@dataclass(frozen=True, slots=True)
class Indexed:
    """What indexing took, from documents read to documents searchable."""

    passages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage as its system cut it, with the set's id of its document."""

    document: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a system found for a question, best first.

    `ranking` are groups of document ids: a document stands where its first passage does, together with those folded
    under it. `filters` are the conditions that the system read out of the question, by name.
    """

    ranking: tuple[tuple[str, ...], ...]
    passages: tuple[FoundPassage, ...]
    filters: Mapping[str, object] = field(default_factory=dict)


class System(Protocol):
    """A retrieval system over one set of documents."""

    def index(self) -> Indexed:
        """Make the documents searchable; called once, before any search."""

    def search(self, asked: BenchQuery) -> Found:
        """The best `PASSAGES` passages for a question."""


def warm_up() -> Embeddings:
    """The product's embeddings, with what they and Chroma load once a process loaded: no system's speed counts that."""
    with tempfile.TemporaryDirectory() as scratch:
        ChromaVectors().build(Path(scratch, "empty"), ())
    embedding = embeddings(load_settings())
    embedding.embed_query("预热")
    return embedding


class Ours:
    """The product: documents as files, its own indexing, search through its service."""

    def __init__(self, documents: Sequence[BenchDocument], scratch: Path) -> None:
        self._files = scratch / "documents"
        self._originals = write_documents(list(documents), self._files)
        self._settings = load_settings(home=scratch / "home")
        self._service: Service | None = None

    def index(self) -> Indexed:
        """Files that could not be indexed are told on stderr and go unfound. Raises `AssistantError`."""
        warm_up()
        started = time.perf_counter()
        report = index(self._settings, [self._files], progress=show)
        seconds = time.perf_counter() - started
        for failure in report.failed:
            say(f"未能索引 {self._originals.get(Path(failure.path).stem, failure.path)}：{failure.error}")
        self._service = Service.open(self._settings)
        return Indexed(report.passages, seconds)

    @property
    def service(self) -> Service:
        """The service over the index; made by `index`."""
        assert self._service is not None, "index() comes first"
        return self._service

    @property
    def embeddings(self) -> Embeddings:
        """The embeddings that the index was made with."""
        return self.service.library.embeddings

    def search(self, asked: BenchQuery) -> Found:
        """What a person would find who typed the question after the turns before it."""
        service = self.service
        findings = service.find(service.query(asked.text, history=asked.history), PASSAGES)
        passages = tuple(
            FoundPassage(
                self._originals[hit.document.id], " / ".join(hit.passage.section_path), hit.passage.text
            )
            for hit in findings.hits
        )
        named = ([self._originals[id_] for id_ in documents_of(hit)] for hit in findings.hits)
        return Found(ranking_of(named), passages, shown(findings.read))


def documents_of(hit: Hit) -> tuple[str, ...]:
    """The documents a hit stands for: its own and those folded under it."""
    return (hit.document.id, *hit.folded)


def ranking_of(named: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Documents ranked from those that each passage stands for, best passage first.

    Those that no better passage stood for share the next rank.
    """
    seen: set[str] = set()
    ranking: list[tuple[str, ...]] = []
    for ids in named:
        new = tuple(dict.fromkeys(id_ for id_ in ids if id_ not in seen))
        if new:
            seen.update(new)
            ranking.append(new)
    return tuple(ranking)


def show(step: str, done: int, total: int) -> None:
    """Progress on stderr, about ten lines a step."""
    if done == total or done % max(1, total // 10) == 0:
        say(f"{step} {done}/{total}")


def say(text: str) -> None:
    """One line on stderr."""
    sys.stderr.write(text + "\n")
