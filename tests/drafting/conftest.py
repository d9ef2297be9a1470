"""Answers made by hand from real documents of the corpus, so that drafting is tested without retrieval."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain import Answer, Citation, Claim, Document, Status, Validity, Verdict
from assistant.library.framework import Framework, load_framework
from assistant.reading.files import read_file

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def framework() -> Framework:
    return load_framework(PROJECT / "corpus" / "framework.yaml")


@pytest.fixture(scope="session")
def article() -> Document:
    return read_file(PROJECT / "corpus" / "research" / "founding-article.md")


@pytest.fixture(scope="session")
def plan() -> Document:
    return read_file(PROJECT / "corpus" / "policies" / "p02-szjj-145.md")


Answering = Callable[..., Answer]


@pytest.fixture(scope="session")
def answering() -> Answering:
    """Makes an answer of one claim for each (document, sentence): the sentence must stand in the document."""

    def make(
        *sentences: tuple[Document, str],
        status: Status = Status.ANSWERED,
        verdict: Verdict = Verdict.SUPPORTED,
        validity: Validity | None = None,
        text: str | None = None,
    ) -> Answer:
        citations = []
        for n, (document, sentence) in enumerate(sentences, 1):
            start = document.text.index(sentence)
            section = max((s for s in document.outline if s.start <= start < s.end), key=lambda s: s.depth)
            citations.append(
                Citation(n, document, section.path, sentence, start, start + len(sentence), validity)
            )
        claims = [Claim(text or f"{c.quote}[{c.n}]", (c.n,), verdict) for c in citations]
        shown = "".join(claim.text for claim in claims)
        return Answer("问", status, shown, tuple(claims), tuple(citations))

    return make
