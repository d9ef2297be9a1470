"""Starts the web service: `python app.py`."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.service import Service
    from assistant.settings import Settings

_STAGES = {"read": "读取文档", "embed": "计算向量", "build": "建立索引"}


def main() -> int:
    """Serves until interrupted. An error is one sentence on stderr and exit status 1."""
    from assistant.settings import load_settings
    from assistant.web.serve import serve

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        settings = load_settings()
        service = _open(settings)
        serve(service, settings.host, settings.port, ready=lambda url: print(f"正在服务：{url}", flush=True))
    except AssistantError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _open(settings: Settings) -> Service:
    """The service; a first start builds the index and shows how far it is."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    from assistant.service import Service

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True)
    )
    tasks: dict[str, TaskID] = {}

    def progress(stage: str, done: int, total: int) -> None:
        if not tasks:
            bar.start()
        if stage not in tasks:
            tasks[stage] = bar.add_task(_STAGES.get(stage, stage), total=total)
        bar.update(tasks[stage], completed=done, total=total)

    try:
        return Service.open(settings, progress=progress)
    finally:
        if tasks:
            bar.stop()


if __name__ == "__main__":
    sys.exit(main())
