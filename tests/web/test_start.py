"""`python app.py`, as a person starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from assistant.service import Service
from assistant.settings import PROJECT


def start(home: Path, port: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ASSISTANT_HOME": str(home), "ASSISTANT_PORT": port, "PYTHONUTF8": "1"}
    command = [sys.executable, str(PROJECT / "app.py")]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )


def test_a_port_in_use_is_one_sentence_and_exit_1(web_home: Path, service: Service) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        found = start(web_home, port)

    assert found.returncode == 1
    assert f"端口 {port} 已被占用" in found.stderr and "Traceback" not in found.stderr
    assert found.stdout == ""


def test_a_setting_that_cannot_be_used_is_one_sentence_and_exit_1(web_home: Path) -> None:
    found = start(web_home, "seven")

    assert found.returncode == 1
    assert found.stderr.strip().count("\n") == 0 and "port" in found.stderr
