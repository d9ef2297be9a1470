"""The commands and options of `assistant`; nothing heavy is imported, so that `--help` is quick."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from assistant.cli import commands, corpus

if TYPE_CHECKING:
    from datetime import date


class _Formatter(argparse.HelpFormatter):
    """Help that says 用法 for usage."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese; an error is one sentence."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, **options, "add_help": False})
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        for english, chinese in _ERRORS:
            message = re.sub(english, chinese, message)
        self.exit(2, f"命令写法有误：{message}；用 {self.prog} --help 查看用法。\n")


# What argparse says, and how it is said here.
_ERRORS = (
    (r"^argument ([^:]+): ", r"\1 "),
    (r"^the following arguments are required: ", "缺少 "),
    (r"^unrecognized arguments: ", "不认识 "),
    (r"invalid choice: ('[^']*').*", r"没有 \1"),
    (r"invalid (\w+) value: ('[^']*')", r"的值 \2 不可用"),
    (r"expected one argument", "后面要写一个值"),
)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command; each sub-command sets `run`."""
    parser = _Parser(prog="assistant", description="虚拟集群政策助手：带引注、可核验的虚拟产业集群政策问答。")
    parser.add_argument(
        "--home", type=Path, help="存放全部状态的目录（默认项目下的 .assistant，或 ASSISTANT_HOME）"
    )
    subcommands = parser.add_subparsers(required=True, metavar="命令", parser_class=_Parser)
    add = subcommands.add_parser

    index = _command(add("index", help="建立或更新索引"), commands.index)
    index.add_argument("paths", nargs="*", type=Path, metavar="路径", help="要加入文库的文件或目录")
    index.add_argument("--corpus", action="store_true", help="加入随产品提供的文库")
    index.add_argument(
        "--forget", action="append", type=Path, default=[], metavar="路径", help="从文库移除的文件或目录"
    )

    search = _command(add("search", help="检索段落"), commands.search)
    _question_options(search, "要检索的内容")
    search.add_argument("-k", type=_positive, default=10, help="返回的段落数（默认 10）")
    search.add_argument("--explain", action="store_true", help="列出每段在各路检索中的名次、得分和各项特征")

    ask = _command(add("ask", help="提问并得到带引注的回答"), commands.ask)
    _question_options(ask, "问题")
    ask.add_argument("--history", type=Path, metavar="文件", help='此前的对话，JSON 列表 [{"q","a"}]')

    chat = _command(add("chat", help="在终端里连续对话"), commands.chat)
    chat.add_argument("--as-of", type=_day, metavar="日期", help="按哪一天判断时效（默认今天）")

    evaluate = _command(add("eval", help="运行评测集"), commands.evaluate)
    evaluate.add_argument("--gate", action="store_true", help="低于 evals/gates.yaml 时以状态 1 退出")
    evaluate.add_argument(
        "--set", action="append", dest="sets", metavar="名称", help="只运行这个评测集，可重复"
    )
    evaluate.add_argument("--save-baseline", action="store_true", help="把结果存为 evals/baseline.json")

    draft = _command(add("draft", help="按地区情况起草对策建议"), commands.draft)
    draft.add_argument("--profile", type=Path, required=True, metavar="文件", help="地区情况（YAML）")
    draft.add_argument("--out", type=Path, required=True, metavar="文件", help="输出文件（.md 或 .docx）")

    _corpus_commands(add("corpus", help="检查和增补文库的文档"))

    serve = _command(add("serve", help="启动网页"), commands.serve)
    serve.add_argument("--host", help="监听地址（默认 127.0.0.1）")
    serve.add_argument("--port", type=int, help="端口（默认 7860）")
    return parser


def _corpus_commands(parser: argparse.ArgumentParser) -> None:
    add = parser.add_subparsers(required=True, metavar="命令", parser_class=_Parser).add_parser

    check = _command(add("check", help="检查文档的格式、数字、名称和链接"), corpus.check)
    check.add_argument("path", nargs="?", type=Path, metavar="路径", help="文件或目录（默认随产品的文库）")
    check.add_argument(
        "--figures", type=Path, metavar="文件", help="事实单中的数字（JSON），逐篇核对摘编里的数字"
    )

    new = _command(add("new", help="写一个带说明的摘编模板"), corpus.new)
    new.add_argument("path", type=Path, metavar="文件", help="要写的 .md 文件，文件名就是文档的 id")
    new.add_argument("--title", metavar="题名", help="文件的正式名称，不加书名号")

    table = _command(add("table", help="列出各模式的案例和各措施的政策"), corpus.table)
    table.add_argument("--write", action="store_true", help="写进文库的 README.md")


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
        "--filter",
        action="append",
        default=[],
        metavar="key=value",
        help="筛选文件，可重复：kind、issuer、region、year（2024 或 2020-2024）、level、number、standing（现行或历史）",
    )
    parser.add_argument(
        "--without", action="append", default=[], metavar="key", help="不采用从问题里读出的这项筛选，可重复"
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
