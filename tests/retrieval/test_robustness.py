"""Whatever is asked, of whatever library: an answer or a typed error."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain import Query
from assistant.errors import IndexMissingError, QueryError
from assistant.service import LONGEST_QUESTION, Service, index
from assistant.settings import Settings, load_settings

DAY = date(2026, 11, 23)
ODD = [
    "😀🎉👩‍👩‍👧",
    "'; DROP TABLE documents; --",
    "(.*)+[a-z",
    'AND OR NOT ("',
    "title:集群^2 +平台 -园区 虚拟~2",
    "body:[a TO z] {0 TO *}",
    "\\",
    "*",
    "平台\ud800集群",
    "平台\x00集群",
    "\u202e集群平台",
    "《》〔〕号第条",
    "第99999999999999999999条",
    "9" * 400 + "万元",
    "二〇二五" * 100,
    "一" * 500,
    "x" * 1999,
]


@pytest.mark.parametrize("text", ODD)
def test_odd_characters_are_only_text(service: Service, text: str) -> None:
    query = service.query(text)
    assert len(service.find(query, 5).hits) <= 5
    service.ask(query).text.encode()


def test_query_syntax_is_not_obeyed(service: Service) -> None:
    def found(text: str) -> list[str]:
        return [hit.passage.id for hit in service.search(service.query(text), 10)]

    assert found("可信数据空间 AND NOT 分类") == found("可信数据空间 and not 分类")
    assert found("可信数据空间") == found("+可信数据空间* ~^[]{}")


def test_no_question_and_one_too_long_are_said(service: Service) -> None:
    for text in ("", " \n\t　"):
        with pytest.raises(QueryError, match="空的"):
            service.query(text)
    with pytest.raises(QueryError, match="10000"):
        service.query("问" * 10_000)
    # Whoever calls retrieval itself is not held to the length of a question.
    assert service.retriever.find(Query("数据空间" * 2_500, DAY), 5).hits
    assert not service.retriever.find(Query("", DAY), 5).hits
    assert service.query("问" * LONGEST_QUESTION)


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_looked_up(service: Service, text: str) -> None:
    found = service.retriever.find(Query(text, DAY), 5)
    assert [hit.rank for hit in found.hits] == list(range(1, len(found.hits) + 1))


def own(tmp_path: Path) -> Settings:
    """The settings of a home with a library of its own, without the shipped corpus."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    framework = load_settings().framework.read_text(encoding="utf-8")
    (corpus / "framework.yaml").write_text(framework, encoding="utf-8")
    return load_settings(home=tmp_path / "home").model_copy(update={"corpus": corpus})


def document(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "one.md").write_text(f"---\nid: one\ntitle: 星海办法\n---\n\n{text}\n", encoding="utf-8")
    return folder


def test_a_library_without_documents(tmp_path: Path) -> None:
    of = own(tmp_path)
    with pytest.raises(IndexMissingError):
        Service.open(of)

    folder = document(tmp_path / "folder", "# 星海办法\n\n星海市设立服务中心。")
    index(of, [folder])
    index(of, forget=[folder])
    emptied = Service.open(of)
    assert not emptied.search(emptied.query("服务中心"), 5)
    assert not emptied.ask(emptied.query("服务中心")).status.is_answer


def test_a_passage_of_a_million_characters(tmp_path: Path) -> None:
    of = own(tmp_path)
    report = index(of, [document(tmp_path / "folder", "# 星海办法\n\n" + "虚拟集群" * 250_000)])
    assert not report.failed
    service = Service.open(of)
    found = service.search(service.query("虚拟集群"), 5)
    assert len(found) == 5
    assert max(len(hit.passage.text) for hit in found) < 2_000
    assert service.ask(service.query("虚拟集群")).text
