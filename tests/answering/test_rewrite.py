"""Questions of a conversation stand alone after rewriting; a change of subject brings nothing along."""

from __future__ import annotations

from assistant.answering.rewrite import rewrite
from assistant.domain import Turn
from assistant.service import Service

SIP = Turn("苏州工业园区是什么来头？", "它是1994年设立的中国和新加坡两国政府合作项目。")


def rewritten(service: Service, question: str, *history: Turn) -> str | None:
    return rewrite(
        question, history, service.retriever.names, service.library.documents(), lambda text: "天气" in text
    )


def test_nothing_to_fill_in_without_history(service: Service) -> None:
    assert rewritten(service, "它有多大？") is None


def test_the_document_last_named_fills_in(service: Service) -> None:
    found = rewritten(service, "整个园子多大？", SIP, Turn("主要产业呢？", "主要是生物医药。"))
    assert found is not None
    assert "苏州工业园区" in found
    assert found.endswith("整个园子多大？")


def test_the_last_question_fills_in_when_no_document_was_named(service: Service) -> None:
    found = rewritten(service, "它为什么重要？", Turn("产业链上的数据怎么打通，有人试过吗？", "有。"))
    assert found is not None
    assert "产业链上的数据怎么打通" in found


def test_a_named_document_changes_the_subject(service: Service) -> None:
    assert rewritten(service, "那《数据安全法》从哪天起施行？", SIP) is None


def test_a_question_that_says_enough_stands_alone(service: Service) -> None:
    assert rewritten(service, "大型企业拖欠中小企业货物采购款项的付款期限最长是多少日？", SIP) is None


def test_another_year_of_the_same_series_takes_the_place(service: Service) -> None:
    before = Turn("2011年政府工作报告说“十一五”中央财政科技投入多少？", "6197亿元。")
    found = rewritten(service, "那2013年的又投了多少？", before)
    assert found is not None
    assert "2013年国务院政府工作报告" in found and "2011年" not in found


def test_what_the_library_does_not_know_changes_the_subject(service: Service) -> None:
    assert rewritten(service, "今天北京天气怎么样？", SIP) is None


def test_a_question_asked_again_is_understood_as_the_first_time(service: Service) -> None:
    again = Turn("整个园子多大？", "278平方公里。")
    assert rewritten(service, "整个园子多大？", again) is None
    assert rewritten(service, "整个园子多大？", SIP, again, again) == rewritten(
        service, "整个园子多大？", SIP
    )
