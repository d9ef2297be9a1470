"""Indexing and querying by size, through the product's own service: `python -m bench.scale [--passages N]`.

Statutes of N articles are drawn from a file, written as documents, indexed into a new home, and asked about: an article
by its name and a sentence of it in turn, without a filter and with the statute's level as one. The last line of
stdout is one JSON object; times are seconds (milliseconds where the key says so), sizes MiB. Ours and the peer run one
after the other, each in a process of its own, as is what is prepared for them, so that `rss_mib` is the peak of indexing
and querying and nothing else.
The peer is what a user would otherwise assemble: each article as a LangChain document, split at 500 characters with 50
of overlap, put into a persistent Chroma by `from_documents`, with the same embeddings.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib.util import find_spec
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np

from assistant.domain import Filters
from assistant.errors import AssistantError, EvaluationError
from assistant.service import Service, index
from assistant.settings import PROJECT, Settings, load_settings
from bench.statutes import Asked, Statute, load_statutes, questions, write_statutes
from bench.system import warm_up

ALL = 147_284
DATA = PROJECT.parent / "shared" / "data" / "statute_articles.jsonl.gz"
QUESTIONS = 400
WARM_UP = 20
HITS = 10
NEAREST = 50  # what retrieval asks Chroma for
UPDATES = 3
_Result = TypeVar("_Result")
_Given = ParamSpec("_Given")


def prepared(data: Path, articles: int, count: int, documents: Path) -> tuple[list[Asked], list[Statute]]:
    """Write the articles as documents; the questions, `count` of each sort, and the statutes to change. Raises `EvaluationError`."""
    statutes = load_statutes(data, articles)
    write_statutes(statutes, documents)
    return questions(statutes, WARM_UP + count, seed=1), statutes[: -UPDATES - 1 : -1]


def ours(
    articles: int, asked: Sequence[Asked], changed: Sequence[Statute], documents: Path, scratch: Path
) -> dict[str, float]:
    """Index the documents into a home at `scratch` and measure everything but the peer. Raises `AssistantError`."""
    settings = load_settings(home=scratch / "home")

    warm_up()
    report, index_seconds = _timed(lambda: index(settings, [documents], progress=_show))
    if report.failed:
        raise EvaluationError(f"有 {len(report.failed)} 个文件未能索引：{report.failed[0].error}")
    disk = sum(file.stat().st_size for file in settings.home.rglob("*") if file.is_file())
    _, unchanged = _timed(lambda: index(settings))
    service, opening = _timed(lambda: Service.open(settings))

    plain, found = _ask(service, asked, filtered=False)
    filtered, found_filtered = _ask(service, asked, filtered=True)
    updates = [_update(service, settings, documents, statute) for statute in changed]
    return {
        "articles": articles,
        "documents": report.documents,
        "passages": report.passages,
        "index_seconds": round(index_seconds, 1),
        "index_passages_per_s": round(report.passages / index_seconds, 1),
        "open_seconds": round(opening, 2),
        **_milliseconds("query_ms", plain),
        **_milliseconds("filtered_query_ms", filtered),
        "chroma_query_ms_p50": _milliseconds("", _ask_chroma(service, asked))["_p50"],
        "found": round(found, 4),
        "filtered_found": round(found_filtered, 4),
        "unchanged_reindex_seconds": round(unchanged, 2),
        "one_document_update_seconds": round(max(updates), 2),
        "rss_mib": round(_peak_bytes() / 2**20),
        "disk_mib": round(disk / 2**20),
    }


def langchain_chroma(data: Path, articles: int, scratch: Path) -> dict[str, float]:
    """Passages a second of the peer on the same articles, its embeddings warm; what it wrote is at `scratch`."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    documents = [
        Document(f"{statute.title}{article.label}\n{article.text}", metadata={"id": statute.id})
        for statute in load_statutes(data, articles)
        for article in statute.articles
    ]
    embedding = warm_up()

    def build() -> int:
        pieces = RecursiveCharacterTextSplitter(chunk_size=500, chunk_overlap=50).split_documents(documents)
        Chroma.from_documents(pieces, embedding, persist_directory=str(scratch / "chroma"))
        return len(pieces)

    pieces, seconds = _timed(build)
    return {
        "langchain_chroma_passages": pieces,
        "langchain_chroma_index_passages_per_s": round(pieces / seconds, 1),
    }


def measure(data: Path, articles: int, count: int, *, peer: bool = True) -> dict[str, float]:
    """The figures of ours and, unless it is left out, of the peer. Raises `AssistantError`."""
    if peer and find_spec("langchain_chroma") is None:
        raise EvaluationError("没有安装 langchain-chroma，无从比较；请安装它，或加上 --no-peer。")
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        documents = Path(scratch, "documents")
        asked, changed = _apart(prepared, data, articles, count, documents)
        found = _apart(ours, articles, asked, changed, documents, Path(scratch))
    if peer:
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            found |= _apart(langchain_chroma, data, articles, Path(scratch))
    return found


def _apart(run: Callable[_Given, _Result], *given: _Given.args, **named: _Given.kwargs) -> _Result:
    """The result of `run` in a new process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        try:
            return process.submit(run, *given, **named).result()
        except BrokenProcessPool as problem:
            raise EvaluationError(
                f"{run.__name__} 的进程中途退出，多半是内存不足；请减小 --passages 再试。"
            ) from problem


def _ask(service: Service, asked: Sequence[Asked], *, filtered: bool) -> tuple[list[float], float]:
    """Seconds of each search after the warm-up, and the share of searches that found a passage of the statute's title:
    fast and wrong would be no figure.
    """
    seconds: list[float] = []
    found = 0
    for n, question in enumerate(asked):
        filters = Filters(level=question.level) if filtered else None
        query = service.query(question.text, filters=filters)
        hits, took = _timed(lambda query=query: service.search(query, HITS))  # type: ignore[misc]
        if n >= WARM_UP:
            seconds.append(took)
            found += any(hit.document.title == question.title for hit in hits)
    return seconds, found / len(seconds)


def _ask_chroma(service: Service, asked: Sequence[Asked]) -> list[float]:
    """Seconds of the nearest vectors alone, embedding not counted."""
    segments = service.library.snapshot.segments
    vectors = [np.array(service.library.embeddings.embed_query(a.text), dtype=np.float32) for a in asked]
    return [_timed(lambda v=v: segments.dense(v, NEAREST))[1] for v in vectors][WARM_UP:]  # type: ignore[misc]


def _update(service: Service, settings: Settings, documents: Path, statute: Statute) -> float:
    """Seconds from a changed file until the open service finds what is new in it."""
    news = f"{statute.id}号试点采用虹吸式蓝莓清单制度。"
    file = documents / f"{statute.id}.md"
    file.write_text(f"{statute.markdown()}\n第九百九十九条　{news}\n", encoding="utf-8")

    def until_found() -> bool:
        index(settings)
        return any(news in hit.passage.text for hit in service.search(service.query(news), HITS))

    found, seconds = _timed(until_found)
    if not found:
        raise EvaluationError(f"改动 {file.name} 后没有检索到新内容；请报告这一问题。")
    return seconds


def _timed(work: Callable[[], _Result]) -> tuple[_Result, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def _milliseconds(name: str, seconds: Sequence[float]) -> dict[str, float]:
    p50, p99 = statistics.median(seconds), float(np.percentile(seconds, 99))
    return {f"{name}_p50": round(1000 * p50, 2), f"{name}_p99": round(1000 * p99, 2)}


def _peak_bytes() -> int:
    """The most memory this process has held; pages of mapped files count."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _show(step: str, done: int, total: int) -> None:
    if done == total or not done:
        sys.stderr.write(f"{step} {done}/{total}\n")


def main() -> int:
    """The command; 0, or 1 with one sentence on stderr."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.scale", description="规模基准：随条文数量测索引与检索的速度、内存和磁盘。"
    )
    parser.add_argument("--passages", type=int, default=ALL, metavar="N", help=f"条文数量（默认 {ALL}）")
    parser.add_argument(
        "--data", type=Path, default=DATA, metavar="FILE", help="条文文件（gzip 压缩的 JSONL）"
    )
    parser.add_argument(
        "--questions", type=int, default=QUESTIONS, metavar="N", help=f"每种问法的问题数（默认 {QUESTIONS}）"
    )
    parser.add_argument("--no-peer", action="store_true", help="不与 langchain_chroma 比较")
    options = parser.parse_args()
    if min(options.passages, options.questions) < 1:
        parser.error("--passages 和 --questions 须为正整数")
    try:
        result = measure(options.data, options.passages, options.questions, peer=not options.no_peer)
    except AssistantError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
