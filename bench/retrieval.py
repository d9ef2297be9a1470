"""Retrieval on a data set, ours and what a user would otherwise assemble.

    python -m bench.retrieval DIR [--peers] [--limit N] [--rows FILE]

DIR holds `corpus.jsonl` or `corpus.jsonl.gz` and `queries.jsonl`. Progress goes to stderr; the last line of stdout is one
JSON object. Documents are counted: fifty passages are ranked, and a document stands where its first passage does.
`answer_recall@5` is over the questions that list answers: an answer stands literally in one of the first five passages.
`ci95` is by bootstrap over questions. The systems run one after the other in this process; a few unmeasured
questions come before the timed ones. `--rows` writes one JSON line a question: what ours found.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import AssistantError, EvaluationError
from assistant.evaluation.score import ci95
from bench.common import BenchQuery, load_answers, load_documents, load_queries
from bench.peers import peers
from bench.scores import MEASURES, answer_recall
from bench.system import Found, Indexed, Ours, System, say, show

WARM_UP = 3
SHOWN_DOCUMENTS = 10
SHOWN_PASSAGES = 5

Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the set, what a system found for it, and the seconds this took."""

    query: BenchQuery
    found: Found
    seconds: float


def measure(
    directory: Path,
    scratch: Path,
    limit: int | None = None,
    *,
    with_peers: bool = False,
    rows: Path | None = None,
) -> dict[str, Any]:
    """Index the set into `scratch`, ask its first `limit` questions, and give the figures of each system.

    Raises `AssistantError` when the set cannot be read or indexed, a peer is not installed, or `rows` cannot be written.
    """
    # The questions first: a directory without them is told before a large corpus is read.
    queries, answers = load_queries(directory, limit), load_answers(directory)
    documents = load_documents(directory)
    ours = Ours(documents, scratch)
    indexed, asked = _run("ours", ours, queries)
    if rows:
        _write_rows(rows, asked)
    result: dict[str, Any] = {
        "queries": len(queries),
        "documents": len(documents),
        "ours": figures(indexed, asked, answers),
    }
    if with_peers:
        result["peers"] = {
            name: figures(*_run(name, peer, queries), answers)
            for name, peer in peers(documents, ours.embeddings, scratch / "chroma").items()
        }
    return result


def figures(indexed: Indexed, asked: Sequence[Asked], answers: Answers) -> dict[str, Any]:
    """The means of the measures with their intervals, and the speeds; `answer_recall@5` is None where no answers are listed."""
    values = {name: [of(a.found.ranking, a.query.gold) for a in asked] for name, of in MEASURES.items()}
    values["answer_recall@5"] = [
        answer_recall([p.text for p in a.found.passages[:SHOWN_PASSAGES]], answers[a.query.id])
        for a in asked
        if answers.get(a.query.id)
    ]
    seconds = [a.seconds for a in asked]
    return {
        **{name: round(statistics.fmean(of), 4) if of else None for name, of in values.items()},
        "ci95": {name: [round(bound, 4) for bound in ci95(of)] for name, of in values.items() if of},
        "passages": indexed.passages,
        "index_passages_per_s": round(indexed.passages / indexed.seconds, 1),
        "query_ms_p50": round(1000 * statistics.median(seconds), 2),
        "query_ms_p99": round(1000 * float(np.percentile(seconds, 99)), 2),
    }


def _run(name: str, system: System, queries: Sequence[BenchQuery]) -> tuple[Indexed, list[Asked]]:
    indexed = system.index()
    for query in queries[:WARM_UP]:
        system.search(query)
    asked = []
    for done, query in enumerate(queries, 1):
        started = time.perf_counter()
        found = system.search(query)
        asked.append(Asked(query, found, time.perf_counter() - started))
        show(f"{name} query", done, len(queries))
    return indexed, asked


def _write_rows(path: Path, asked: Sequence[Asked]) -> None:
    try:
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(_row(a), ensure_ascii=False) + "\n" for a in asked)
    except OSError as problem:
        raise EvaluationError(f"{path} 无法写入；请换一个 --rows 文件。") from problem


def _row(asked: Asked) -> dict[str, Any]:
    return {
        "id": asked.query.id,
        "text": asked.query.text,
        "gold": sorted(asked.query.gold),
        "ranked": asked.found.ranking[:SHOWN_DOCUMENTS],
        "passages": [
            {"document": p.document, "section": p.section, "text": p.text}
            for p in asked.found.passages[:SHOWN_PASSAGES]
        ],
        "ms": round(1000 * asked.seconds, 2),
        "filters": dict(asked.found.filters),
    }


def main() -> int:
    """The command; 0, or 1 with one sentence on stderr."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.retrieval", description="检索基准：用产品自己的索引和检索，也可与同类做法比较。"
    )
    parser.add_argument(
        "directory", type=Path, metavar="DIR", help="含 corpus.jsonl[.gz] 和 queries.jsonl 的目录"
    )
    parser.add_argument(
        "--peers", action="store_true", help="同时测 langchain_chroma、bm25s_jieba、ensemble_rrf"
    )
    parser.add_argument("--limit", type=int, default=None, metavar="N", help="只问前 N 个有答案的问题")
    parser.add_argument(
        "--rows", type=Path, default=None, metavar="FILE", help="每个问题的检索结果写入此 JSONL 文件"
    )
    options = parser.parse_args()
    if options.limit is not None and options.limit < 1:
        parser.error("--limit 须为正整数")
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            result = measure(
                options.directory, Path(scratch), options.limit, with_peers=options.peers, rows=options.rows
            )
    except AssistantError as problem:
        say(str(problem))
        return 1
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
