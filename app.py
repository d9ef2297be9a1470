"""Starts the web service: `python app.py`."""

from __future__ import annotations

import logging
import sys

from assistant.errors import AssistantError


def main() -> int:
    """Opens the service, showing the building of the index when there is none yet, and serves until interrupted."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from assistant.service import Service
    from assistant.settings import load_settings
    from assistant.web.serve import serve

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    console = Console(stderr=True)
    try:
        settings = load_settings()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=console, transient=True) as bar:
            tasks = {name: bar.add_task(label, total=None, visible=False) for name, label in _STAGES.items()}

            def progress(stage: str, done: int, total: int) -> None:
                if stage in tasks:
                    bar.update(tasks[stage], completed=done, total=total, visible=True)

            service = Service.open(settings, progress=progress)
        serve(service, settings.host, settings.port, ready=lambda url: print(f"正在服务：{url}", flush=True))
    except AssistantError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


_STAGES = {"read": "读取文档", "embed": "计算向量", "build": "建立索引"}

if __name__ == "__main__":
    sys.exit(main())
