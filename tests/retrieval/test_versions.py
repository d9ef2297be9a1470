"""Versions of one document: the one in force on the day answers, the older one when it is asked for."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.domain import Query
from assistant.service import Service

OLD, NEW = "p27-kuanxiang-2020", "p27-kuanxiang-2025"
BEFORE, AFTER = date(2024, 6, 1), date(2026, 11, 23)
QUESTION = "机关从中小企业采购货物，最长多少天付款？"


def found(service: Service, text: str, day: date, k: int = 10) -> list[str]:
    return [hit.document.id for hit in service.search(Query(text, day), k)]


@pytest.mark.parametrize(("day", "holds", "other"), [(BEFORE, OLD, NEW), (AFTER, NEW, OLD)])
def test_only_the_version_of_the_day_is_found(service: Service, day: date, holds: str, other: str) -> None:
    ids = found(service, QUESTION, day)
    assert ids[0] == holds
    assert other not in ids


def test_a_rule_found_in_the_old_text_is_shown_from_the_new_one(service: Service) -> None:
    first = service.search(Query("付款期限自交付之日起30日，最长不得超过60日", AFTER), 1)[0]
    assert (first.document.id, first.passage.section_path[-1][:3]) == (NEW, "第九条")


@pytest.mark.parametrize(
    "text",
    [
        "款项支付条例2020年文本对付款期限怎么规定？",
        "保障中小企业款项支付条例修订前后付款期限有什么变化？",
        "2020年公布的保障中小企业款项支付条例怎么规定付款期限？",
    ],
)
def test_an_old_text_is_found_when_it_is_asked_for(service: Service, text: str) -> None:
    assert OLD in found(service, text, AFTER)


def test_a_named_law_whose_new_digest_lacks_the_rule_is_found_in_its_old_text(service: Service) -> None:
    answer = service.ask(Query("网络安全法要求网络日志留存多久？", AFTER))
    assert answer.citations[0].document.id == "p35-wlaq-2016"
    assert "六个月" in answer.text
    assert "已被《中华人民共和国网络安全法》取代" in answer.text


def test_ranks_count_from_one_without_gaps_and_no_passage_twice(service: Service) -> None:
    hits = service.search(Query(QUESTION, AFTER), 10)
    assert [hit.rank for hit in hits] == list(range(1, 11))
    assert len({hit.passage.id for hit in hits}) == 10
