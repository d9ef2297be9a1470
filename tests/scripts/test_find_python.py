"""Which Python set-up takes, and what it says when there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "find_python.sh"


def find(folder: Path, **interpreters: str) -> subprocess.CompletedProcess[str]:
    """Run the script where only these commands are on the path, each a shell script."""
    for name, body in interpreters.items():
        command = folder / name.replace("_", ".")
        command.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        command.chmod(0o755)
    return subprocess.run(
        ["/bin/sh", str(SCRIPT)], env={"PATH": str(folder)}, capture_output=True, text=True, timeout=30
    )


@pytest.fixture
def this_python() -> str:
    return f'exec "{sys.executable}" "$@"'


def test_the_first_that_fits_is_taken(tmp_path: Path, this_python: str) -> None:
    found = find(tmp_path, python3="exit 1", python3_12=this_python, python3_11=this_python)
    assert (found.returncode, found.stdout) == (0, "python3.12\n")


def test_without_one_it_says_what_to_install(tmp_path: Path) -> None:
    found = find(tmp_path, python3="exit 1")
    assert (found.returncode, found.stdout) == (1, "")
    assert "请先安装" in found.stderr


def test_without_venv_it_says_what_to_install(tmp_path: Path) -> None:
    no_venv = 'case "$2" in *ensurepip*) exit 1;; esac; exit 0'
    found = find(tmp_path, python3=no_venv, id="echo 1000")
    assert (found.returncode, found.stdout) == (1, "")
    assert "python3-venv" in found.stderr
