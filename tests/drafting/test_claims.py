from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.domain import Answer, Claim, Document, Status, Verdict
from assistant.drafting.claims import groups
from assistant.drafting.outline import Part, Question

Answering = Callable[..., Answer]

PART = Part("政府引导", (), "政府引导建设虚拟产业园区和产业集群，推动平台协同。")
ANY = Question("问")
INTRODUCTION = "统筹布局数字产业集群，有以下六项措施："
ITEMS = (
    "1. 统筹布局数字产业集群，应坚持培育新集群与升级原有集群并举，支撑国内国际双循环。",
    "2. 统筹布局数字产业集群，应打破行政区划限制，制定全国重大数字生产力布局规划。",
    "3. 统筹布局数字产业集群，应形成“雁阵形”区域分工协作格局。",
    "4. 统筹布局数字产业集群，应提升现有数字产业集群，推动传统制造业集群和先进制造业集群虚拟化转型。",
    "5. 统筹布局数字产业集群，应开展新形态、新模式试点。",
    "6. 统筹布局数字产业集群，应联动中心城市、都市圈和城市群，建设城市群尺度的数字产业集群综合体。",
)
SUMMARY = "数据成为创新的关键投入，并参与资源配置。"


def test_a_list_stays_with_its_introduction_and_other_sentences_stand_alone(
    article: Document, answering: Answering
) -> None:
    sentences = (INTRODUCTION, *ITEMS, SUMMARY)
    found = groups(answering(*((article, s) for s in sentences)), ANY, PART)
    assert [len(group) for group in found] == [7, 1]


def test_an_introduction_without_all_its_items_is_left_out(article: Document, answering: Answering) -> None:
    (group,) = groups(answering(*((article, s) for s in (INTRODUCTION, *ITEMS[:4]))), ANY, PART)
    assert len(group) == 4
    assert all("六项" not in claim.text for claim in group)
    assert groups(answering((article, INTRODUCTION)), ANY, PART) == []


@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.SUPPORTED])
def test_only_supported_claims_are_usable(article: Document, answering: Answering, verdict: Verdict) -> None:
    assert groups(answering((article, SUMMARY), verdict=verdict), ANY, PART) == []


@pytest.mark.parametrize("status", [s for s in Status if not s.is_answer])
def test_nothing_of_what_is_no_answer_is_usable(
    article: Document, answering: Answering, status: Status
) -> None:
    assert groups(answering((article, SUMMARY), status=status), ANY, PART) == []


def test_claims_whose_citations_do_not_resolve_are_not_usable(
    article: Document, answering: Answering
) -> None:
    answer: Answer = answering((article, SUMMARY))
    for citations in ((), (1, 2)):
        broken = replace(answer, claims=(Claim(SUMMARY, citations, Verdict.SUPPORTED),))
        assert groups(broken, ANY, PART) == []


@pytest.mark.parametrize(
    "text", ["[1]", "1.", "《某规划》的发文字号为国发〔2021〕29号。", "某办法由某部于2022年发布。"]
)
def test_empty_sentences_and_what_a_source_says_of_itself_stay_out(
    article: Document, answering: Answering, text: str
) -> None:
    assert groups(answering((article, SUMMARY), text=text), ANY, PART) == []


def test_an_answer_about_a_region_must_be_about_it(
    plan: Document, article: Document, answering: Answering
) -> None:
    question = Question("问", region="广东省某县")
    local = replace(plan, region="广东省")
    sentence = "《“十四五”数字经济发展规划》要求推动产业园区和产业集群的数字化转型"
    start = plan.text.index(sentence)
    whole = plan.text[start : plan.text.index("。", start) + 1]
    assert groups(answering((plan, whole)), question, PART) == []
    assert len(groups(answering((local, whole)), question, PART)) == 1


def test_an_answer_about_one_document_must_come_from_it_and_be_on_the_subject(
    plan: Document, answering: Answering
) -> None:
    start = plan.text.index("《“十四五”数字经济发展规划》要求推动产业园区")
    whole = plan.text[start : plan.text.index("。", start) + 1]
    answer = answering((plan, whole))
    assert len(groups(answer, Question("问", document=plan.id), PART)) == 1
    assert groups(answer, Question("问", document="p05-data20"), PART) == []
    assert groups(answer, Question("问", document=plan.id), replace(PART, vocabulary="天气")) == []
