"""The retrieval bench on a tiny set, through real indexing and search."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import EvaluationError
from assistant.reading import read_file
from bench.common import load_documents, load_queries, write_documents

ROOT = Path(__file__).resolve().parents[2]

DOCUMENTS: list[dict[str, object]] = [
    {
        "id": "地区/一",
        "title": "星海市虚拟园区办法",
        "text": "星海市设立虚拟园区服务中心，注册企业满37家即可启动。",
    },
    {"id": 'b: "2"', "title": "", "text": "月湖县茶叶产业补贴细则 月湖县对茶叶加工企业每户补贴8000元。"},
    {
        "id": "c",
        "title": "云山区港口规划",
        "text": "# 第一章\n\n云山区建设深水港口，泊位12个。",
        "region": "云山区",
        "year": 2023,
    },
]
QUERIES: list[dict[str, object]] = [
    {"id": "1", "text": "虚拟园区服务中心要多少家企业才能启动？", "gold": ["地区/一"]},
    {"id": "2", "text": "茶叶加工企业补贴多少钱？", "gold": ['b: "2"']},
    {
        "id": "3",
        "text": "那它有几个泊位？",
        "gold": ["c"],
        "history": [{"q": "云山区港口规划讲什么？", "a": "建设深水港口。"}],
    },
    {"id": "4", "text": "火星基地在哪里？", "gold": [], "unanswerable": True},
]


def lines(rows: list[dict[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def data_set(tmp_path: Path) -> Path:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(lines(DOCUMENTS).encode()))
    (folder / "queries.jsonl").write_text(lines(QUERIES), encoding="utf-8")
    return folder


MEASURED = {"recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10", "answer_recall@5"}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bench.retrieval", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_last_line_is_one_json_object_with_the_measures(data_set: Path) -> None:
    done = run(str(data_set))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["queries"] == 3
    assert found["documents"] == 3
    ours = found["ours"]
    assert set(ours) == {
        *MEASURED,
        "ci95",
        "passages",
        "index_passages_per_s",
        "query_ms_p50",
        "query_ms_p99",
    }
    assert set(ours["ci95"]) == MEASURED - {"answer_recall@5"}, (
        "no answers are listed, so there is no interval"
    )
    assert ours["answer_recall@5"] is None
    assert ours["passages"] >= 3
    assert 0 < ours["query_ms_p50"] <= ours["query_ms_p99"]
    # Three documents that share no subject: each question, the follow-up too, must find its own first.
    assert ours["recall@1"] == 1.0
    assert "query 3/3" in done.stderr


def test_a_directory_without_a_set_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = run(str(tmp_path))
    assert done.returncode == 1
    assert "queries.jsonl" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_written_documents_read_back_whole(data_set: Path, tmp_path: Path) -> None:
    originals = write_documents(load_documents(data_set), tmp_path / "out")
    assert list(originals.values()) == ["地区/一", 'b: "2"', "c"]
    second, third = read_file(tmp_path / "out" / "d000002.md"), read_file(tmp_path / "out" / "d000003.md")
    assert second.title == "月湖县茶叶产业补贴细则"
    assert "8000元" in second.text
    assert (third.id, third.region, third.year) == ("d000003", "云山区", 2023)


def test_queries_keep_history_and_leave_out_the_unanswerable(data_set: Path) -> None:
    queries = load_queries(data_set)
    assert [q.id for q in queries] == ["1", "2", "3"]
    assert queries[2].history[0].question == "云山区港口规划讲什么？"
    assert len(load_queries(data_set, 2)) == 2


@pytest.mark.parametrize("line", ["{oops", "[]", '{"title": "没有 id"}'])
def test_a_broken_line_is_named(data_set: Path, line: str) -> None:
    (data_set / "corpus.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"corpus\.jsonl"):
        load_documents(data_set)
