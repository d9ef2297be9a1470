"""The scale bench on a few statutes, through real indexing and search."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = {
    "articles", "documents", "passages", "index_seconds", "index_passages_per_s", "open_seconds", "query_ms_p50",
    "query_ms_p99", "filtered_query_ms_p50", "filtered_query_ms_p99", "chroma_query_ms_p50", "found", "filtered_found",
    "unchanged_reindex_seconds", "one_document_update_seconds", "rss_mib", "disk_mib",
}  # fmt: skip
PEER = {"langchain_chroma_passages", "langchain_chroma_index_passages_per_s"}
SUBJECTS = ("港口", "茶叶", "气象", "消防", "档案")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [
        {
            "title": f"中华人民共和国{subject}法第{n}条",
            "law": f"{subject}法",
            "version": "2020-01-01",
            "no": f"第{n}条",
            "chapter": "第一章 总则",
            "text": f"{subject}主管部门在{n}日以内办理第{n}类{subject}事项的登记和公告。",
        }
        for subject in SUBJECTS
        for n in range(1, 9)
    ]
    path = tmp_path / "articles.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()))
    return path


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bench.scale", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def figures(done: subprocess.CompletedProcess[str]) -> dict[str, float]:
    assert done.returncode == 0, done.stderr
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_last_line_holds_every_figure_of_ours(data: Path) -> None:
    found = figures(run("--passages", "40", "--data", str(data), "--questions", "12", "--no-peer"))
    assert found.keys() == OURS
    assert (found["articles"], found["documents"], found["passages"]) == (40, 5, 40)
    # Five laws on different things: each question must find its own.
    assert (found["found"], found["filtered_found"]) == (1.0, 1.0)
    assert all(value >= 0 for value in found.values()) and found["rss_mib"] > 50


@pytest.mark.skipif(find_spec("langchain_chroma") is None, reason="needs langchain-chroma")
def test_the_peer_is_measured_on_the_same_articles(data: Path) -> None:
    found = figures(run("--passages", "24", "--data", str(data), "--questions", "1"))
    assert found.keys() == OURS | PEER
    assert found["langchain_chroma_passages"] == 24


def test_what_cannot_be_run_is_said_in_a_sentence(data: Path, tmp_path: Path) -> None:
    missing = run("--data", str(tmp_path / "none.gz"), "--no-peer")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "none.gz 无法读取" in missing.stderr and "Traceback" not in missing.stderr
    assert run("--passages", "0", "--data", str(data)).returncode == 2
