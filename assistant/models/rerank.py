"""Rerankers: models that look at a question and a passage together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Reranker(Protocol):
    """A cross-encoder, local or behind an endpoint."""

    name: str

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the query, higher is better. Raises `RerankError`."""
