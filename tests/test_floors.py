"""The house stands as drawn: imports point down, one place reads the environment, one place prints."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "assistant"

# Who touches the environment besides settings.py, and why. Both only set a variable that a library reads.
ENVIRONMENT = {
    "settings.py": "the one place that reads it",
    "tokens.py": "tiktoken takes its cache directory from the environment and from nowhere else",
    "web/serve.py": "Gradio reads its analytics switch while it is imported",
}
HEAVY = (
    "chromadb",
    "fastapi",
    "gradio",
    "langchain_core",
    "langgraph",
    "numpy",
    "openai",
    "pydantic",
    "sqlalchemy",
)
TEXT = {
    "",
    ".cfg",
    ".css",
    ".html",
    ".js",
    ".json",
    ".jsonl",
    ".mako",
    ".md",
    ".py",
    ".sh",
    ".toml",
    ".txt",
    ".yaml",
}
# A path of one machine; the address of a package registry.
PRIVATE = re.compile(
    r"(?<![\w.:/])/(?:work|home|root|Users)/\w|[a-z]:\\\\Users|--(?:extra-)?index-url|/simple/?(?:\s|$|\")"
    r"|\b(?:pypi|registry\.npmjs|files\.pythonhosted)\.(?:org|com)\b"
)


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def tracked() -> list[Path]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git work tree")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def test_imports_keep_to_the_contracts() -> None:
    command = Path(sysconfig.get_path("scripts")) / "lint-imports"
    done = subprocess.run([command, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_broken_floor_is_found(tmp_path: Path) -> None:
    """The contracts are alive: the same settings refuse a domain that imports the service."""
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(
        config[config.index("[tool.importlinter]") :].split(
            '\n[[tool.importlinter.contracts]]\nname = "Only web'
        )[0],
        encoding="utf-8",
    )
    for path in (*PACKAGE.rglob("*.py"), *(ROOT / "bench").rglob("*.py")):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    domain = tmp_path / "assistant" / "domain.py"
    domain.write_text(domain.read_text(encoding="utf-8") + "\nimport assistant.service\n", encoding="utf-8")
    command = Path(sysconfig.get_path("scripts")) / "lint-imports"
    done = subprocess.run([command, "--no-logo", "--no-cache"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "assistant.domain -> assistant.service" in done.stdout


def test_only_settings_reads_the_environment() -> None:
    found = {
        name
        for name, tree in sources()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"})
        or (isinstance(node, ast.ImportFrom) and {a.name for a in node.names} & {"environ", "getenv"})
    }
    assert found <= set(ENVIRONMENT), found - set(ENVIRONMENT)


def test_only_the_command_prints() -> None:
    found = {
        f"{name}:{node.lineno}"
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert {place.partition("/")[0] for place in found} == {"cli"}, found


def test_the_command_starts_without_heavy_imports() -> None:
    code = "import sys, assistant.cli.parser as c; c.build_parser(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not set(HEAVY) & set(done.stdout.split())


def test_no_machine_and_no_registry_is_named() -> None:
    found = []
    for path in tracked():
        if path.suffix in TEXT and path != Path(__file__).resolve():
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if match := PRIVATE.search(line):
                    found.append(f"{path.relative_to(ROOT)}:{number} {match[0]}")
    assert not found, found


def test_no_lock_that_names_hosts_is_tracked() -> None:
    assert not {p.name for p in tracked()} & {"uv.lock", "pylock.toml", "poetry.lock"}
