"""The second stage over hits of the first."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import Document, Hit, Kind, Passage
from assistant.errors import RerankError
from assistant.retrieval.reranking import DEPTH, SecondStage


class Last:
    """Finds the later text the better one; fails or is late when told to."""

    name = "last"

    def __init__(self, failure: RerankError | None = None, seconds: float = 0.0) -> None:
        self.failure = failure
        self.seconds = seconds

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        time.sleep(self.seconds)
        if self.failure:
            raise self.failure
        return [float(n) for n in range(len(texts))]


def hits(count: int, exact: int | None = None) -> list[Hit]:
    document = Document("d", "题", Kind.OTHER, "文", (), "sha", "d.md")
    return [
        Hit(
            Passage(f"d#{n}", "d", (), "文", 0, 1, n),
            document,
            n,
            {"total": 1.0 / n, "exact": float(n == exact)},
        )
        for n in range(1, count + 1)
    ]


def order(found: Sequence[Hit]) -> list[int]:
    return [hit.passage.ordinal for hit in found]


def test_the_model_orders_what_it_has_looked_at() -> None:
    found, warnings = SecondStage(Last(), 5.0).reranked("问", hits(DEPTH + 2), ())
    assert order(found) == [*range(DEPTH, 0, -1), DEPTH + 1, DEPTH + 2]
    assert found[0].scores["rerank"] == DEPTH - 1
    assert warnings == ()


def test_the_article_that_was_named_stays_first() -> None:
    found, _ = SecondStage(Last(), 5.0).reranked("第三条", hits(5, exact=3), ())
    assert order(found) == [3, 5, 4, 2, 1]


def test_a_document_that_was_named_stays_before_the_others() -> None:
    other = replace(hits(1)[0].document, id="law")
    given = [replace(h, document=other) if h.rank == 2 else h for h in hits(4)]
    found, _ = SecondStage(Last(), 5.0).reranked("数据安全法", given, {"law"})
    assert order(found) == [2, 4, 3, 1]


def test_a_failure_or_a_late_model_leaves_the_first_stage_and_says_so() -> None:
    for stage in (
        SecondStage(Last(RerankError("重排服务连接不上。")), 5.0),
        SecondStage(Last(seconds=0.5), 0.05),
    ):
        found, warnings = stage.reranked("问", hits(4), ())
        assert order(found) == [1, 2, 3, 4]
        assert len(warnings) == 1
        assert "第一阶段" in warnings[0]
