from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.domain import Answer, Document, TextKind, Validity
from assistant.drafting.notes import no_longer_current, note_text, reference_text, references

Answering = Callable[..., Answer]

SENTENCE = "政府应推动传统基础设施智能化改造。"


def test_a_digest_is_named_so_with_its_day_and_not_put_in_quotation_marks(
    article: Document, answering: Answering
) -> None:
    (citation,) = answering((article, SENTENCE)).citations
    text = note_text(citation)
    assert text.startswith(
        "《建设跨越地理边界的虚拟产业集群》（摘编，核对于2026年11月23日），五、建设虚拟产业集群的对策建议"
    )
    assert f"。摘编：{SENTENCE}来源：媒体或学者文章：" in text
    assert f"“{SENTENCE}" not in text


def test_an_original_is_quoted_with_number_and_validity(plan: Document, answering: Answering) -> None:
    original = replace(plan, text_kind=TextKind.ORIGINAL, notes=(), url="https://www.gov.cn/x")
    sentence = plan.text[: plan.text.index("。") + 1].split("\n")[-1]
    (citation,) = answering((original, sentence), validity=Validity.EXPIRED).citations
    text = note_text(citation)
    assert text.startswith("《“十四五”数字经济发展规划》（国发〔2021〕29号）（时效性：期满）")
    inner = sentence.replace("“", "‘").replace("”", "’")
    assert f"：“{inner}”。来源：https://www.gov.cn/x" in text


def test_a_title_inside_a_title_takes_the_inner_marks(article: Document) -> None:
    assert "《关于〈某法〉的说明》" in reference_text(replace(article, title="关于《某法》的说明"))


def test_references_are_the_documents_once_in_the_order_of_use(
    article: Document, plan: Document, answering: Answering
) -> None:
    other = "政府应布局建设数字技术创新平台。"
    sentence = plan.text[: plan.text.index("。") + 1].split("\n")[-1]
    notes = answering((plan, sentence), (article, SENTENCE), (article, other)).citations
    assert [d.id for d in references(notes)] == ["p02-szjj-145", "founding-article"]
    assert reference_text(plan).startswith(
        "国务院：《“十四五”数字经济发展规划》（国发〔2021〕29号），2021年12月12日"
    )


def test_documents_that_are_past_are_listed_once(plan: Document, answering: Answering) -> None:
    sentence = plan.text[: plan.text.index("。") + 1].split("\n")[-1]
    expired = answering((plan, sentence), validity=Validity.EXPIRED).citations
    current = answering((plan, sentence), validity=Validity.IN_FORCE).citations
    assert no_longer_current((*expired, *expired)) == (
        "《“十四五”数字经济发展规划》（国发〔2021〕29号）（期满）",
    )
    assert no_longer_current(current) == ()
