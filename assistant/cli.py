"""The command `assistant`. Heavy parts are imported by the command that needs them, so that `--help` is quick."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from datetime import date

    from assistant.domain import Query, Turn
    from assistant.service import Service
    from assistant.settings import Settings


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status. Errors meant for people are one sentence on stderr."""
    options = _parser().parse_args(argv)
    from assistant.errors import AssistantError

    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    for noisy in ("httpx", "chromadb", "alembic"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    try:
        return int(options.run(options))
    except AssistantError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断；此前完成的内容都已保留。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 1
    except Exception as problem:  # the last line of defence: people get a sentence, the log gets the trace
        logging.getLogger(__name__).debug("unexpected", exc_info=True)
        print(
            f"程序遇到没有预料到的问题（{type(problem).__name__}：{problem}）；请附上命令反馈给维护者。",
            file=sys.stderr,
        )
        return 1


class _Parser(argparse.ArgumentParser):
    """Argument errors in Chinese, one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"命令写法有误：{message}；用 {self.prog} --help 查看用法。\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="assistant", description="虚拟集群政策助手：带引注、可核验的虚拟产业集群政策问答。")
    parser.add_argument(
        "--home", type=Path, help="存放全部状态的目录（默认项目下的 .assistant，或 ASSISTANT_HOME）"
    )
    commands = parser.add_subparsers(required=True, metavar="命令", parser_class=_Parser)
    add = commands.add_parser

    index = _command(add("index", help="建立或更新索引"), _index)
    index.add_argument("paths", nargs="*", type=Path, metavar="路径", help="要加入文库的文件或目录")
    index.add_argument("--corpus", action="store_true", help="加入随产品提供的文库")
    index.add_argument(
        "--forget", action="append", type=Path, default=[], metavar="路径", help="从文库移除的文件或目录"
    )

    search = _command(add("search", help="检索段落"), _search)
    _question_options(search, "要检索的内容")
    search.add_argument("-k", type=_positive, default=10, help="返回的段落数（默认 10）")

    ask = _command(add("ask", help="提问并得到带引注的回答"), _ask)
    _question_options(ask, "问题")
    ask.add_argument("--history", type=Path, metavar="文件", help='此前的对话，JSON 列表 [{"q","a"}]')

    chat = _command(add("chat", help="在终端里连续对话"), _chat)
    chat.add_argument("--as-of", type=_day, metavar="日期", help="按哪一天判断时效（默认今天）")

    evaluate = _command(add("eval", help="运行评测集"), _eval)
    evaluate.add_argument("--gate", action="store_true", help="低于 evals/gates.yaml 时以状态 1 退出")
    evaluate.add_argument(
        "--set", action="append", dest="sets", metavar="名称", help="只运行这个评测集，可重复"
    )
    evaluate.add_argument("--save-baseline", action="store_true", help="把结果存为 evals/baseline.json")

    draft = _command(add("draft", help="按地区情况起草对策建议"), _draft)
    draft.add_argument("--profile", type=Path, required=True, metavar="文件", help="地区情况（YAML）")
    draft.add_argument("--out", type=Path, required=True, metavar="文件", help="输出文件（.md 或 .docx）")

    serve = _command(add("serve", help="启动网页"), _serve)
    serve.add_argument("--host", help="监听地址（默认 127.0.0.1）")
    serve.add_argument("--port", type=int, help="端口（默认 7860）")
    return parser


def _command(
    parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    # Suppressed so that `assistant --home X ask` is not overwritten by the sub-command's own default.
    parser.add_argument("--home", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="只在标准输出打印一个 JSON 对象")
    parser.set_defaults(run=run)
    return parser


def _question_options(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("question", nargs="?", metavar=what, help=what)
    parser.add_argument(
        "--batch", type=Path, metavar="文件", help='JSONL，每行 {"id","question","history","as_of"}'
    )
    parser.add_argument(
        "--as-of", type=_day, metavar="日期", help="按哪一天判断时效（默认今天），如 2024-03-01"
    )
    parser.add_argument(
        "--filter", action="append", default=[], metavar="key=value", help="筛选：kind、issuer、region、year"
    )


def _day(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期“{text}”不可用，应写成 2024-03-01") from None


def _positive(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"“{text}”不可用，应为 1 到 1000 的整数")
    return int(text)


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


def _index(options: argparse.Namespace) -> int:
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


def _search(options: argparse.Namespace) -> int:
    from assistant.answering.contract import hits_to_json

    def one(service: Service, query: Query) -> dict[str, Any]:
        return hits_to_json(query.text, service.search(query, options.k))

    def show(found: dict[str, Any]) -> None:
        for hit in found["hits"]:
            print(
                f"{hit['rank']}. {hit['section'] or hit['title']}  （{hit['document_id']}，{hit['scores']['total']:.2f}）"
            )
            print(f"   {hit['text']}\n")
        if not found["hits"]:
            print("没有找到相符的段落。")

    return _each(options, one, show)


def _ask(options: argparse.Namespace) -> int:
    from assistant.answering.contract import answer_to_json

    def one(service: Service, query: Query) -> dict[str, Any]:
        return answer_to_json(service.ask(query))

    def show(found: dict[str, Any]) -> None:
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
    from assistant.batch import history_of, read_batch, read_history
    from assistant.errors import AssistantError, QueryError
    from assistant.retrieval.filters import parse_filters

    filters = parse_filters(options.filter)
    if options.batch:
        rows = read_batch(options.batch)
        service = _service(options)
        for row in rows:
            try:
                query = service.query(
                    row.question, as_of=row.as_of or options.as_of, history=history_of(row), filters=filters
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
    query = service.query(options.question, as_of=options.as_of, history=history, filters=filters)
    found = one(service, query)
    if options.json:
        _print_json(found)
    else:
        show(found)
    for warning in found.get("warnings", []):
        print(warning, file=sys.stderr)
    return 1 if str(found.get("status", "")).startswith("error") else 0


def _chat(options: argparse.Namespace) -> int:
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
        history.append(Turn(text, answer.text))


def _eval(options: argparse.Namespace) -> int:
    from assistant.evaluation.command import run_evaluation

    return run_evaluation(
        _service(options),
        sets=options.sets,
        gate=options.gate,
        as_json=options.json,
        save_baseline=options.save_baseline,
        out=print,
    )


def _draft(options: argparse.Namespace) -> int:
    from assistant.drafting.command import write_draft

    summary = write_draft(_service(options), options.profile, options.out)
    if options.json:
        _print_json(summary)
    else:
        print(f"已写入 {options.out}：{summary['sections']} 节，{summary['references']} 条引注。")
    return 0


def _serve(options: argparse.Namespace) -> int:
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


if __name__ == "__main__":
    sys.exit(main())
