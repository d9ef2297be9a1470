"""Measures of one ranking, from 0 (wrong) to 1 (right).

A ranking is a sequence of groups of document ids: a rank may stand for several documents, the first found and those
folded under it as the same text. `wanted` are the ids of the right documents, one at least.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import log2

Ranking = Sequence[Collection[str]]


def ranks(ranking: Ranking, wanted: Collection[str]) -> list[int]:
    """The ranks, from 1, of those wanted documents that stand in the ranking."""
    firsts = (next((n for n, group in enumerate(ranking, 1) if id_ in group), None) for id_ in wanted)
    return sorted(rank for rank in firsts if rank)


def recall(ranking: Ranking, wanted: Collection[str], k: int) -> float:
    """The share of the wanted documents at the first `k` ranks."""
    return sum(rank <= k for rank in ranks(ranking, wanted)) / len(wanted)


def reciprocal_rank(ranking: Ranking, wanted: Collection[str], k: int) -> float:
    """One over the rank of the first wanted document among the first `k`, else 0."""
    return next((1 / rank for rank in ranks(ranking, wanted) if rank <= k), 0.0)


def ndcg(ranking: Ranking, wanted: Collection[str], k: int) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002) with gains of 0 and 1, at `k`.

    Wanted documents at one rank each gain there, so the sum may pass the ideal: it is cut at 1.
    """
    gain = sum(1 / log2(rank + 1) for rank in ranks(ranking, wanted) if rank <= k)
    ideal = sum(1 / log2(rank + 1) for rank in range(1, min(len(wanted), k) + 1))
    return min(1.0, gain / ideal)


def answer_recall(passages: Iterable[str], answers: Collection[str]) -> float:
    """1 if one of the answers stands literally in one of the passages, white space and width of characters aside."""
    texts = [_bare(passage) for passage in passages]
    return float(any(_bare(answer) in text for answer in answers for text in texts))


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


MEASURES: Mapping[str, Callable[[Ranking, Collection[str]], float]] = {
    "recall@1": lambda ranking, wanted: recall(ranking, wanted, 1),
    "recall@5": lambda ranking, wanted: recall(ranking, wanted, 5),
    "recall@10": lambda ranking, wanted: recall(ranking, wanted, 10),
    "mrr@10": lambda ranking, wanted: reciprocal_rank(ranking, wanted, 10),
    "ndcg@10": lambda ranking, wanted: ndcg(ranking, wanted, 10),
}
