"""Retrieval on a data set, through the product's own indexing and search.

    python -m bench.retrieval DIR [--limit N]

DIR holds `corpus.jsonl` or `corpus.jsonl.gz` and `queries.jsonl`. Progress goes to stderr; the last line of
stdout is one JSON object. Documents are counted: fifty passages are ranked, and a document stands where its
first passage does.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.evaluation.metrics import ndcg, recall_at_k, reciprocal_rank
from assistant.evaluation.run import ranked_documents
from assistant.service import Service, index
from assistant.settings import load_settings
from bench.common import BenchQuery, load_documents, load_queries, write_documents

PASSAGES = 50

MEASURES: Mapping[str, Callable[[Sequence[str], Sequence[frozenset[str]]], float]] = {
    "recall@1": lambda ranked, wanted: recall_at_k(ranked, wanted, 1),
    "recall@5": lambda ranked, wanted: recall_at_k(ranked, wanted, 5),
    "recall@10": lambda ranked, wanted: recall_at_k(ranked, wanted, 10),
    "mrr@10": reciprocal_rank,
    "ndcg@10": ndcg,
}


def measure(directory: Path, scratch: Path, limit: int | None = None) -> dict[str, Any]:
    """Index the set into `scratch`, ask its questions, and give the means of the measures.

    Raises `AssistantError` when the set cannot be read or indexed.
    """
    queries = load_queries(directory, limit)
    originals = write_documents(load_documents(directory), scratch / "documents")
    settings = load_settings(home=scratch / "home")
    report = index(settings, [scratch / "documents"], progress=_show)
    for failure in report.failed:
        _say(f"未能索引 {originals.get(Path(failure.path).stem, failure.path)}：{failure.error}")
    started = time.perf_counter()
    scores = _ask(Service.open(settings), queries, originals)
    return {
        "queries": len(queries),
        "ours": {name: round(sum(s[name] for s in scores) / len(scores), 4) for name in MEASURES},
        "documents": report.documents,
        "passages": report.passages,
        "index_seconds": round(report.seconds, 1),
        "ms_per_query": round(1000 * (time.perf_counter() - started) / len(queries), 1),
    }


def rank(service: Service, asked: BenchQuery) -> tuple[str, ...]:
    """Document ids, best first, for one question of the set."""
    return ranked_documents(service.search(service.query(asked.text, history=asked.history), PASSAGES))


def _ask(
    service: Service, queries: Sequence[BenchQuery], originals: Mapping[str, str]
) -> list[dict[str, float]]:
    scores = []
    for done, asked in enumerate(queries, 1):
        ranked = [originals[name] for name in rank(service, asked)]
        wanted = [frozenset({gold}) for gold in asked.gold]
        scores.append({name: of(ranked, wanted) for name, of in MEASURES.items()})
        _show("query", done, len(queries))
    return scores


def _show(step: str, done: int, total: int) -> None:
    if done == total or done % max(1, total // 10) == 0:
        _say(f"{step} {done}/{total}")


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def main() -> int:
    """The command; 0, or 1 with one sentence on stderr."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.retrieval", description="检索基准：用产品自己的索引和检索。"
    )
    parser.add_argument(
        "directory", type=Path, metavar="DIR", help="含 corpus.jsonl[.gz] 和 queries.jsonl 的目录"
    )
    parser.add_argument("--limit", type=int, default=None, metavar="N", help="只问前 N 个有答案的问题")
    options = parser.parse_args()
    if options.limit is not None and options.limit < 1:
        parser.error("--limit 须为正整数")
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            result = measure(options.directory, Path(scratch), options.limit)
    except AssistantError as problem:
        _say(str(problem))
        return 1
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
