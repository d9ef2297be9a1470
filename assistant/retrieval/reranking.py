"""The optional second stage: a cross-encoder looks again at the best passages of the first."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from assistant.domain import Hit
from assistant.errors import RerankError
from assistant.library.context import context
from assistant.models import Reranker

log = logging.getLogger(__name__)

# So many passages are looked at again: what ranks lower is seldom the right one, and each costs a model's run.
DEPTH = 40
_RUNS = 2


class SecondStage:
    """Orders the best hits by a reranker's scores; when it fails or takes more than `seconds` they stay as they are, and a
    warning says so.
    """

    def __init__(self, reranker: Reranker, seconds: float) -> None:
        self._reranker = reranker
        self._seconds = seconds
        # A run that is late goes on in its thread; while both are late, further questions do without.
        self._runs = ThreadPoolExecutor(_RUNS, thread_name_prefix="rerank")

    def reranked(
        self, question: str, hits: Sequence[Hit], named: Collection[str]
    ) -> tuple[list[Hit], tuple[str, ...]]:
        """The hits, best first, each with its `rerank` score, and warnings for the person. `named` are the documents that the
        question calls by name.
        """
        head, tail = list(hits[:DEPTH]), list(hits[DEPTH:])
        try:
            scores = self._scores(question, [context(h.document, h.passage) for h in head])
        except RerankError as problem:
            log.warning("%s", problem)
            return list(hits), (f"{problem} 本次按第一阶段的次序排列。",)
        scored = [replace(h, scores={**h.scores, "rerank": s}) for h, s in zip(head, scores, strict=True)]
        # What was named stays above what was only found: a model does not overrule a document's own name.
        scored.sort(
            key=lambda h: (-h.scores.get("exact", 0.0), h.document.id not in named, -h.scores["rerank"])
        )
        return scored + tail, ()

    def _scores(self, question: str, texts: Sequence[str]) -> list[float]:
        run = self._runs.submit(self._reranker.scores, question, texts)
        try:
            return run.result(self._seconds)
        except TimeoutError as problem:
            run.cancel()
            raise RerankError(
                f"重排没有在 {self._seconds:g} 秒内完成；可调大设置 rerank_timeout。"
            ) from problem
