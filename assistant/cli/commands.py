"""What each command does: it calls the service and prints. Heavy parts are imported where they are used."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.domain import Query, Turn
    from assistant.service import Service
    from assistant.settings import Settings


def _settings(options: argparse.Namespace) -> Settings:
    from assistant.settings import load_settings

    return load_settings(
        home=options.home, host=getattr(options, "host", None), port=getattr(options, "port", None)
    )


def _service(options: argparse.Namespace) -> Service:
    from assistant.progress import progress_bar
    from assistant.service import Service

    with progress_bar() as progress:
        return Service.open(_settings(options), progress)


def index(options: argparse.Namespace) -> int:
    """Bring the index up to date and say what changed; 1 when a file failed."""
    from assistant.progress import progress_bar
    from assistant.service import index

    with progress_bar() as progress:
        report = index(
            _settings(options),
            options.paths,
            with_corpus=options.corpus,
            forget=options.forget,
            progress=progress,
        )
    if options.json:
        counts = ("documents", "passages", "added", "changed", "removed", "unchanged")
        found: dict[str, Any] = {name: getattr(report, name) for name in counts}
        found["failed"] = [{"path": f.path, "error": f.error} for f in report.failed]
        _print_json({**found, "seconds": round(report.seconds, 3)})
    else:
        print(
            f"文库 {report.documents} 篇、{report.passages} 段：新增 {report.added}，更新 {report.changed}，"
            f"移除 {report.removed}，未变 {report.unchanged}；用时 {report.seconds:.1f} 秒。"
        )
    for failed in report.failed:
        print(f"{failed.path}：{failed.error}", file=sys.stderr)
    return 1 if report.failed else 0


def search(options: argparse.Namespace) -> int:
    """Print the best passages of a question, or of each row of a batch."""
    from assistant.answering.contract import findings_to_json
    from assistant.cli.explain import print_explained

    def one(service: Service, query: Query) -> dict[str, Any]:
        return findings_to_json(query.text, service.find(query, options.k))

    def show(found: dict[str, Any]) -> None:
        _print_filters(found)
        if options.explain:
            print_explained(found["hits"])
            return
        for hit in found["hits"]:
            digest = "（摘编）" if hit["text_kind"] == "digest" else ""
            place = hit["section"] or hit["title"]
            print(f"{hit['rank']}. {place}{digest}  （{hit['document_id']}，{hit['scores']['total']:.2f}）")
            print(f"   {hit['text']}\n")
        if not found["hits"]:
            print("没有找到相符的段落。")

    return _each(options, one, show)


def _print_filters(found: dict[str, Any]) -> None:
    """The filters that were read out of the question, with how to take them off."""
    from assistant.retrieval.filters import KEYS, LABELS

    keys = {field: key for key, field in KEYS.items()}
    for field, value in found["filters"]["read"].items():
        print(f"（按问题里的{LABELS[field]}“{value}”筛选；不要这项就加 --without {keys[field]}）")


def ask(options: argparse.Namespace) -> int:
    """Print the verified answer to a question, or to each row of a batch."""
    from assistant.answering.contract import answer_to_json

    def one(service: Service, query: Query) -> dict[str, Any]:
        return answer_to_json(service.ask(query))

    def show(found: dict[str, Any]) -> None:
        _print_filters(found)
        print(found["answer"])
        for c in found["citations"]:
            print(f"  [{c['n']}] {c['reference']}{_standing(c)}")

    return _each(options, one, show)


def _standing(citation: dict[str, Any]) -> str:
    from assistant.domain import Validity
    from assistant.library.validity import label

    parts = [label(Validity(citation["validity"]))] if citation["validity"] else []
    if citation["text_kind"] == "digest" and citation["checked_on"]:
        parts.append(f"核对于 {citation['checked_on']}")
    return f"　{'，'.join(parts)}" if parts else ""


def _each(
    options: argparse.Namespace,
    one: Callable[[Service, Query], dict[str, Any]],
    show: Callable[[dict[str, Any]], None],
) -> int:
    """Run one question, or each row of a batch file; rows that fail are told in their own object."""
    from assistant.cli.batch import history_of, read_batch, read_history
    from assistant.errors import AssistantError, QueryError
    from assistant.retrieval.filters import parse_filters, parse_unread

    given: dict[str, Any] = {
        "filters": parse_filters(options.filter),
        "unread": parse_unread(options.without),
    }
    if options.batch:
        rows = read_batch(options.batch)
        service = _service(options)
        for row in rows:
            try:
                query = service.query(
                    row.question, as_of=row.as_of or options.as_of, history=history_of(row), **given
                )
                found = {"id": row.id, **one(service, query)}
                if str(found.get("status", "")).startswith("error"):
                    found["error"] = found["answer"]
            except AssistantError as problem:
                found = {
                    "id": row.id,
                    "question": row.question,
                    "status": "error_internal",
                    "error": str(problem),
                }
            print(json.dumps(found, ensure_ascii=False), flush=True)
        return 0
    if options.question is None:
        raise QueryError("没有问题；请写在命令后面，或用 --batch 指定文件。")
    history: tuple[Turn, ...] = read_history(options.history) if getattr(options, "history", None) else ()
    service = _service(options)
    query = service.query(options.question, as_of=options.as_of, history=history, **given)
    found = one(service, query)
    if options.json:
        _print_json(found)
    else:
        show(found)
    for warning in found.get("warnings", []):
        print(warning, file=sys.stderr)
    return 1 if str(found.get("status", "")).startswith("error") else 0


def chat(options: argparse.Namespace) -> int:
    """A conversation at the terminal until its end of input."""
    from assistant.domain import Turn
    from assistant.errors import AssistantError

    service = _service(options)
    history: list[Turn] = []
    print("虚拟集群政策助手。直接输入问题，按 Ctrl-D 结束。例如：")
    for example in service.examples()[:3]:
        print(f"  {example}")
    while True:
        try:
            text = input("\n问> ")
        except EOFError:
            print()
            return 0
        if not text.strip():
            continue
        try:
            answer = service.ask(service.query(text, as_of=options.as_of, history=history[-6:]))
        except AssistantError as problem:
            print(problem, file=sys.stderr)
            continue
        print(f"\n{answer.text}")
        for c in answer.citations:
            print(f"  [{c.n}] {c.reference}")
        for warning in answer.warnings:
            print(warning, file=sys.stderr)
        history.append(Turn(text, answer.text, tuple({c.document.id: None for c in answer.citations})))


def evaluate(options: argparse.Namespace) -> int:
    """Run the evaluation sets; 1 when the gate fails."""
    from assistant.evaluation.command import run_evaluation

    return run_evaluation(
        _service(options),
        sets=options.sets,
        gate=options.gate,
        as_json=options.json,
        save_baseline=options.save_baseline,
        out=print,
    )


def draft(options: argparse.Namespace) -> int:
    """Write a draft of recommendations for a region."""
    from assistant.drafting.command import write_draft

    summary = write_draft(_service(options), options.profile, options.out)
    if options.json:
        _print_json(summary)
    else:
        print(f"已写入 {options.out}：{summary['sections']} 节，{summary['references']} 条引注。")
    return 0


def serve(options: argparse.Namespace) -> int:
    """Serve the web page until interrupted."""
    from assistant.web.serve import serve

    settings = _settings(options)
    serve(
        _service(options),
        settings.host,
        settings.port,
        ready=lambda url: print(f"正在服务：{url}", flush=True),
    )
    return 0


def _print_json(found: dict[str, Any]) -> None:
    print(json.dumps(found, ensure_ascii=False, indent=2))
