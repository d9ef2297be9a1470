"""Running one command: its exit status, and every failure as one sentence on stderr."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from assistant.cli.parser import build_parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status. Errors meant for people are one sentence on stderr."""
    options = build_parser().parse_args(argv)
    from assistant.errors import AssistantError

    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    for noisy in ("httpx", "chromadb", "alembic"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    try:
        return int(options.run(options))
    except AssistantError as problem:
        print(problem, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1
    except OSError as problem:
        place = f"{problem.filename}：" if problem.filename else ""
        print(f"读写文件时出错（{place}{problem.strerror}）；请检查路径、权限和磁盘空间。", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断；此前完成的内容都已保留。", file=sys.stderr)
        return 130
    except Exception as problem:  # the last line of defence: people get a sentence, the log gets the trace
        logging.getLogger(__name__).debug("unexpected", exc_info=True)
        print(
            f"程序遇到没有预料到的问题（{type(problem).__name__}：{problem}）；请附上命令反馈给维护者。",
            file=sys.stderr,
        )
        return 1
