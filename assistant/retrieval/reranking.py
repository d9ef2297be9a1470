"""The optional second stage: a cross-encoder looks again at the best passages of the first."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import Hit
from assistant.errors import RerankError
from assistant.library.context import context
from assistant.models import Reranker

log = logging.getLogger(__name__)

# So many passages are looked at again: what ranks lower is seldom the right one, and each costs a model's run.
DEPTH = 40


class SecondStage:
    """Orders the best hits by a reranker's scores; on failure they stay as they are, and a warning says so."""

    def __init__(self, reranker: Reranker) -> None:
        self._reranker = reranker

    def reranked(self, question: str, hits: Sequence[Hit]) -> tuple[list[Hit], tuple[str, ...]]:
        """The hits, best first, each with its `rerank` score, and warnings for the person."""
        head, tail = list(hits[:DEPTH]), list(hits[DEPTH:])
        try:
            scores = self._reranker.scores(question, [context(h.document, h.passage) for h in head])
        except RerankError as problem:
            log.warning("%s", problem)
            return list(hits), (f"{problem} 本次按第一阶段的次序排列。",)
        scored = [replace(h, scores={**h.scores, "rerank": s}) for h, s in zip(head, scores, strict=True)]
        # What was named stays above what was only found: a model does not overrule a document's own name.
        scored.sort(key=lambda h: (-h.scores.get("exact", 0.0), -h.scores["rerank"]))
        return scored + tail, ()
