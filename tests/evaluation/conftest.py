"""Makers of rows and outcomes for tests of scoring; no service is needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.evaluation.outcomes import Outcome, SeenAnswer, SeenCitation, SeenClaim
from assistant.evaluation.rows import Row


@pytest.fixture
def row() -> Callable[..., Row]:
    """A row that can be answered from document d, with fields replaced."""
    return lambda **fields: Row.model_validate(
        {"id": "r", "question": "问？", "documents": ["d"], "key_points": ["甲"], "must_decline": False}
        | fields
    )


@pytest.fixture
def decline_row() -> Callable[..., Row]:
    """A row that must be declined, with fields replaced."""
    return lambda **fields: Row.model_validate(
        {"id": "n", "question": "天气？", "must_decline": True} | fields
    )


@pytest.fixture
def outcome() -> Callable[..., Outcome]:
    """What was seen for a row; claims are (text, verdict, numbers), citations (n, document, quote)."""

    def make(
        row: Row,
        status: str = "answered",
        text: str = "",
        claims: tuple[tuple[str, str, tuple[int, ...]], ...] = (),
        citations: tuple[tuple[int, str, str], ...] = (),
        section: str = "",
        ranked: tuple[str, ...] = (),
        error: str | None = None,
    ) -> Outcome:
        answer = SeenAnswer(
            status=status,
            answer=text,
            claims=tuple(
                SeenClaim.model_validate({"text": t, "verdict": v, "citations": c}) for t, v, c in claims
            ),
            citations=tuple(
                SeenCitation(n=n, document_id=d, quote=q, section=section) for n, d, q in citations
            ),
        )
        return Outcome(row=row, ranked=ranked, answer=answer, error=error, seconds=0.5)

    return make
