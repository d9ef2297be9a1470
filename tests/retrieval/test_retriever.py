"""Retrieval over the shipped corpus through the real service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain import Filters, Kind, Query, Turn
from assistant.retrieval.langchain import ClusterRetriever
from assistant.service import Service

DAY = date(2026, 11, 23)


def ranked(service: Service, text: str, k: int = 10, filters: Filters | None = None) -> list[str]:
    hits = service.search(Query(text, DAY, filters=filters or Filters()), k)
    return list(dict.fromkeys(h.document.id for h in hits))


@pytest.mark.parametrize(
    ("question", "document_id"),
    [
        ("虚拟产业集群有哪些代表性模式？", "founding-article"),
        ("數據二十條由哪幾部分組成？", "p05-data20"),
        ("国发〔2021〕29号的发展目标", "p02-szjj-145"),
        ("大型企业拖欠中小企业款项，最长多少天必须付？", "p27-kuanxiang-2025"),
        ("反垄断法第十七条", "p31-fld"),
        ("COSMOPlat聚集了多少家企业", "c01-cosmoplat"),
    ],
)
def test_the_document_is_among_the_first_three(service: Service, question: str, document_id: str) -> None:
    assert document_id in ranked(service, question)[:3]


def test_hits_are_ordered_ranked_and_explained(service: Service) -> None:
    hits = service.search(Query("可信数据空间分为哪几类", DAY), 5)
    assert [h.rank for h in hits] == [1, 2, 3, 4, 5]
    totals = [h.score for h in hits]
    assert totals == sorted(totals, reverse=True)
    assert all({"total", "title", "dense", "coverage"} <= h.scores.keys() for h in hits)
    for hit in hits:
        assert hit.document.text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_the_same_question_gives_the_same_hits(service: Service) -> None:
    query = Query("产业集群 数字化转型", DAY)
    assert service.search(query, 10) == service.search(query, 10)


def test_a_named_document_comes_first(service: Service) -> None:
    (first, *_) = ranked(service, "《浙江省数字经济促进条例》对产业集群有什么规定")
    assert first == "p37-zj-tiaoli"


def test_filters_are_conditions(service: Service) -> None:
    hits = service.search(Query("产业集群", DAY, filters=Filters(kinds=(Kind.CASE,))), 20)
    assert hits
    assert {h.document.kind for h in hits} == {Kind.CASE}
    nothing = service.search(Query("产业集群", DAY, filters=Filters(region="火星")), 20)
    assert nothing == []


@pytest.mark.parametrize("text", ['AND OR NOT ("*~^:', "？！……", "🙂", "a" * 2000, "title:数据 AND body:*"])
def test_hostile_questions_do_no_harm(service: Service, text: str) -> None:
    assert len(service.search(Query(text, DAY), 3)) <= 3


@pytest.mark.parametrize(
    ("question", "document_id", "article"),
    [
        ("反垄断法第十七条", "p31-fld", "第十七条"),
        ("反垄断法17条讲了什么", "p31-fld", "第十七条"),
        ("《优化营商环境条例》第17条", "s01-yshj-2019", "第十七条"),
    ],
)
def test_an_article_of_a_named_law_is_first(
    service: Service, question: str, document_id: str, article: str
) -> None:
    first = service.search(Query(question, DAY), 5)[0]
    assert first.document.id == document_id
    assert first.passage.section_path[-1].startswith(article)


def test_an_english_question_finds_chinese_sources(service: Service) -> None:
    found = ranked(service, "How long may a government department take to pay a small supplier?")
    assert "p27-kuanxiang-2025" in found[:5]


def test_filters_read_out_of_the_question_are_told_and_can_be_taken_off(service: Service) -> None:
    asked = Query("浙江省出台的政策对产业集群怎么说？", DAY)
    found = service.find(asked, 5)
    assert "浙江" in (found.read.region or "")
    assert {"浙江" in (hit.document.region or "") for hit in found.hits} == {True}
    free = service.find(replace(asked, unread=frozenset({"region"})), 20)
    assert free.read.region is None
    assert {"浙江" in (hit.document.region or "") for hit in free.hits} == {True, False}


def test_a_filter_that_would_leave_nothing_is_dropped_and_told(service: Service) -> None:
    found = service.find(Query("1961年出台的政策对工业怎么说？", DAY), 5)
    assert found.hits
    assert found.read.years is None
    assert found.dropped.years == (1961, 1961)


def test_the_retriever_is_langchains(service: Service) -> None:
    found = ClusterRetriever(hybrid=service.retriever, k=3).invoke("可信数据空间分为哪几类")
    assert len(found) == 3
    assert found[0].metadata["document_id"] == "p13-kexin"
    document = service.library.document("p13-kexin")
    start, end = found[0].metadata["start"], found[0].metadata["end"]
    assert document.text[start:end] == found[0].page_content


def test_what_the_last_answer_cited_settles_a_close_call(service: Service) -> None:
    def best(*cited: str) -> dict[str, float]:
        turns = (Turn("可信数据空间分几类？", "五类。", cited),)
        asked = Query("有哪些支持措施？", DAY, turns, rewritten="关于可信数据空间：有哪些支持措施？")
        return {hit.document.id: hit.score for hit in reversed(service.retriever.find(asked, 20).hits)}

    before = best()
    last = next(iter(before))
    after = best(last)
    assert after[last] > before[last]
    assert {id_: after[id_] for id_ in before if id_ != last} == {
        id_: score for id_, score in before.items() if id_ != last
    }
