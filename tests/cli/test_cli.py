"""The command as people and pipelines run it: a process of its own, what it prints, and how it fails."""

from __future__ import annotations

import json
import socket
import subprocess
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

COMMAND = Path(sysconfig.get_path("scripts")) / "assistant"
Run = Callable[..., subprocess.CompletedProcess[str]]
QUESTION = "数据二十条由哪几部分组成？"

CITATION = {
    "n",
    "document_id",
    "title",
    "doc_number",
    "section",
    "quote",
    "text_kind",
    "url",
    "source_url",
    "validity",
}
ANSWER = {
    "question",
    "status",
    "answer",
    "claims",
    "citations",
    "conflicts",
    "follow_ups",
    "timings_ms",
    "tokens",
    "warnings",
}


def assistant(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    words = [str(COMMAND), "--home", str(home), *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def shipped(home: Path) -> Run:
    """The command on the shared home with the shipped corpus; nothing run with it changes the library."""
    return lambda *arguments: assistant(home, *arguments)


def said(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a command that failed: exit not 0, nothing on stdout, no trace."""
    assert done.returncode not in (0, None)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert "没有预料到" not in lines[0]
    return lines[0]


def document(path: Path, id_: str, body: str = "星海市设立虚拟园区服务中心。", **fields: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    front = "".join(f"{k}: {v}\n" for k, v in {"id": id_, "title": "星海市虚拟园区办法", **fields}.items())
    path.write_text(f"---\n{front}---\n\n# 星海市虚拟园区办法\n\n{body}\n", encoding="utf-8")
    return path


def test_help_is_quick_and_names_every_command() -> None:
    spent = []
    for _ in range(3):  # the best of three: the machine may be busy
        begun = time.monotonic()
        done = subprocess.run([COMMAND, "--help"], capture_output=True, text=True, check=True)
        spent.append(time.monotonic() - begun)
    assert min(spent) < 1.0
    for name in ("index", "search", "ask", "chat", "eval", "draft", "serve"):
        assert name in done.stdout


# --- what is printed ---------------------------------------------------------------------------------


def test_ask_prints_the_contract(shipped: Run) -> None:
    done = shipped("ask", QUESTION, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer.keys() >= ANSWER
    assert answer["status"] == "answered"
    assert answer["tokens"].keys() >= {"prompt", "completion"}
    numbers = [c["n"] for c in answer["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(c.keys() >= CITATION for c in answer["citations"])
    for claim in answer["claims"]:
        assert claim.keys() >= {"text", "verdict", "citations"}
        assert set(claim["citations"]) <= set(numbers)
    assert "p05-data20" in {c["document_id"] for c in answer["citations"]}


def test_ask_for_people_shows_references_with_what_they_are(shipped: Run) -> None:
    done = shipped("ask", QUESTION)
    assert done.returncode == 0
    assert "[1]" in done.stdout
    assert "（摘编）" in done.stdout
    assert "核对于 2026-11-23" in done.stdout


def test_search_prints_hits_best_first(shipped: Run) -> None:
    found = json.loads(shipped("search", "中小企业款项 付款期限", "-k", 3, "--json").stdout)
    assert found["query"] == "中小企业款项 付款期限"
    assert [h["rank"] for h in found["hits"]] == [1, 2, 3]
    assert all(h.keys() >= {"document_id", "title", "section", "text", "scores"} for h in found["hits"])
    assert found["hits"][0]["document_id"] == "p27-kuanxiang-2025"


def test_filters_hold(shipped: Run) -> None:
    found = json.loads(shipped("search", "产业集群", "--filter", "kind=case", "--json").stdout)
    assert found["hits"]
    assert {h["document_id"][0] for h in found["hits"]} == {"c"}


def test_validity_is_of_the_day_that_is_asked_for(shipped: Run) -> None:
    def validity(day: str) -> set[str]:
        done = shipped("ask", "《数据安全法》自哪一天起施行？", "--as-of", day, "--json")
        cited = json.loads(done.stdout)["citations"]
        return {c["validity"] for c in cited if c["document_id"] == "p29-sjaq"}

    assert validity("2021-08-31") == {"not_yet"}
    assert validity("2021-09-01") == {"in_force"}


def test_history_is_taken_from_a_file(shipped: Run, tmp_path: Path) -> None:
    turns = [{"q": "《数据安全法》是什么时候通过的？", "a": "《数据安全法》于2021年6月10日通过。"}]
    history = tmp_path / "history.json"
    history.write_text(json.dumps(turns, ensure_ascii=False), encoding="utf-8")
    answer = json.loads(shipped("ask", "它自哪一天起施行？", "--history", history, "--json").stdout)
    assert answer["status"] == "answered"
    assert "2021年9月1日" in answer["answer"]


def test_a_batch_answers_each_row_and_tells_the_one_that_fails(shipped: Run, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "first", "question": QUESTION, "gold": ["ignored"]},
        {"id": "empty", "question": ""},
        {
            "id": "follow-up",
            "question": "它自哪一天起施行？",
            "history": [{"q": "数据安全法是什么时候通过的？", "a": "…"}],
        },
        {"id": "day", "question": "《数据安全法》自哪一天起施行？", "as_of": "2021-08-31"},
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n\n", encoding="utf-8")
    done = shipped("ask", "--batch", batch)
    assert done.returncode == 0, done.stderr
    found = {o["id"]: o for o in map(json.loads, done.stdout.splitlines())}
    assert list(found) == [r["id"] for r in rows]
    assert found["first"]["status"] == "answered"
    assert found["empty"]["status"].startswith("error_")
    assert "空" in found["empty"]["error"]
    assert "2021年9月1日" in found["follow-up"]["answer"]
    assert "not_yet" in {c["validity"] for c in found["day"]["citations"]}


def test_search_takes_a_batch(shipped: Run, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text(json.dumps({"id": "1", "question": "可信数据空间分为哪几类"}), encoding="utf-8")
    found = json.loads(shipped("search", "--batch", batch, "-k", 2).stdout)
    assert found["id"] == "1"
    assert found["hits"][0]["document_id"] == "p13-kexin"


# --- indexing ----------------------------------------------------------------------------------------


def test_a_home_remembers_its_roots_and_a_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    home, docs = tmp_path / "home", tmp_path / "my documents"
    document(docs / "good.md", "good")
    document(docs / "kind.md", "bad-kind", kind="wrong")
    document(docs / "day.md", "bad-day", signed="2024-02-31")
    (docs / "empty.md").write_bytes(b"")
    (docs / "binary.md").write_bytes(b"\xff\xfe\x00\x01")
    first = assistant(home, "index", docs, "--json")
    report = json.loads(first.stdout)
    assert first.returncode == 1
    assert (report["documents"], report["added"], report["passages"] > 0) == (1, 1, True)
    assert {Path(f["path"]).name for f in report["failed"]} == {"kind.md", "day.md", "empty.md", "binary.md"}
    assert all(f["error"].endswith("。") for f in report["failed"])
    assert "Traceback" not in first.stderr

    for name in ("kind", "day", "empty", "binary"):
        (docs / f"{name}.md").unlink()
    again = assistant(home, "index", "--json")
    report = json.loads(again.stdout)
    assert again.returncode == 0
    assert (report["unchanged"], report["added"], report["changed"], report["failed"]) == (1, 0, 0, [])

    (docs / "good.md").write_text("没有文件头", encoding="utf-8")
    broken = json.loads(assistant(home, "index", "--json").stdout)
    assert (broken["documents"], len(broken["failed"])) == (1, 1), "the earlier text stays"


def test_a_missing_path_changes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert "不存在" in said(assistant(home, "index", tmp_path / "nowhere"))
    assert not (home / "index" / "CURRENT").exists()


# --- errors: one sentence that says what to do -------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["ask", ""], "问题是空的"),
        (["ask"], "没有问题"),
        (["ask", "问" * 2001], "太长"),
        (["ask", "问", "--as-of", "2023-02-29"], "2023-02-29"),
        (["ask", "问", "--filter", "colour=red"], "colour=red"),
        (["ask", "问", "--filter", "kind=poem"], "poem"),
        (["search", "问", "--filter", "year=24"], "24"),
        (["search", "问", "-k", "0"], "1 到 1000"),
        (["ask", "问", "--history", "nowhere.json"], "nowhere.json"),
        (["ask", "--batch", "nowhere.jsonl"], "nowhere.jsonl"),
        (["draft", "--profile", "nowhere.yaml", "--out", "out.md"], "nowhere.yaml"),
        (["eval", "--set", "nowhere"], "nowhere"),
        (["serve", "--port", "99999"], "port"),
        (["sing"], "sing"),
    ],
)
def test_wrong_input_is_told_in_one_sentence(shipped: Run, arguments: list[str], expected: str) -> None:
    assert expected in said(shipped(*arguments))


@pytest.mark.parametrize(
    "line", ['{"id":"1"}', '{"id":"1","question":"问","as_of":"2024-02-31"}', "not json"]
)
def test_a_malformed_batch_names_its_line(shipped: Run, tmp_path: Path, line: str) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id":"0","question":"问"}\n' + line, encoding="utf-8")
    assert "第 2 行" in said(shipped("ask", "--batch", batch))


def test_a_malformed_history_is_told(shipped: Run, tmp_path: Path) -> None:
    history = tmp_path / "history.json"
    history.write_text('{"q": "问"}', encoding="utf-8")
    assert "history.json" in said(shipped("ask", "问", "--history", history))


def test_a_port_in_use_is_told(shipped: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"端口 {port} 已被占用" in said(shipped("serve", "--port", port))


def test_a_search_explains_itself_and_its_conditions_can_be_taken_off(shipped: Run) -> None:
    question = "浙江省出台的政策对产业集群怎么说？"
    explained = shipped("search", "--explain", "-k", 3, question).stdout
    assert "--without region" in explained
    for column in ("总分", "词·名次", "向量·名次", "题名", "年份"):
        assert column in explained
    free = shipped("search", "--explain", "--without", "region", "--json", question)
    found = json.loads(free.stdout)
    assert found["filters"]["read"] == {}
    assert found["hits"][0]["ranks"]
    assert "colour" in said(shipped("search", "--without", "colour", question))
