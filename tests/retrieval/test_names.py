"""Documents that a question names."""

from __future__ import annotations

import pytest

from assistant.domain import Kind
from assistant.library.cards import Card
from assistant.retrieval.names import NameIndex
from assistant.service import Service

CARDS = [
    Card("data", "数据安全法", Kind.POLICY),
    Card("rules", "数据安全法实施细则", Kind.POLICY),
    Card("twenty", "关于构建数据基础制度更好发挥数据要素作用的意见", Kind.POLICY, ("数据二十条",)),
    Card("plan", "“十四五”数字经济发展规划", Kind.POLICY, doc_number="国发〔2021〕29号"),
    Card("order", "保障中小企业款项支付条例", Kind.REGULATION, doc_number="国务院令第802号"),
    Card("page", "财政部", Kind.OTHER),
    Card("seven", "关于推动未来产业发展的实施意见", Kind.POLICY, issuers=tuple("甲乙丙丁戊己庚")),
    Card("seven-plan", "智能制造规划", Kind.POLICY, issuers=tuple("甲乙丙丁戊己庚")),
    Card("cosmo", "海尔卡奥斯工业互联网平台", Kind.POLICY, ("COSMOPlat", "AI")),
]
INDEX = NameIndex(CARDS, lambda text: [card.id for card in CARDS], lambda grams: [1 for _ in grams])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("数据安全法何时施行？", {"data"}),
        ("《數據安全法》何時施行？", {"data"}),
        ("数据安全法实施细则有几条？", {"rules"}),
        ("数据安全法和它的数据安全法实施细则", {"data", "rules"}),
        ("数据二十条是什么？", {"twenty"}),
        ("数据20条是什么？", {"twenty"}),
        ("国发(2021)29号的目标", {"plan"}),
        ("国发【2021】29号", {"plan"}),
        ("国务院第802号令", {"order"}),
        ("国务院令第八〇二号管什么", {"order"}),
        ("财政部给企业什么补贴", set()),
        ("七部门意见提了哪些要求", {"seven"}),
        ("7个部委联合印发的规划", {"seven-plan"}),
        ("七部门联合印发的文件", set()),
        ("cosmoplat聚集多少企业", {"cosmo"}),
        ("AI怎么样", set()),
        ("构建数据基础制度、更好发挥数据要素的作用有哪些要求", {"twenty"}),
        ("今天天气怎么样", set()),
        ("", set()),
    ],
)
def test_named(question: str, expected: set[str]) -> None:
    assert set(INDEX.named_in(question)) == expected


def test_an_empty_library_names_nothing() -> None:
    assert not NameIndex([], lambda text: [], lambda grams: []).named_in("数据安全法")


def test_every_shipped_document_is_found_by_its_own_title(service: Service) -> None:
    for shipped in service.library.documents().values():
        assert shipped.id in service.retriever.names.named_in(f"《{shipped.title}》说了什么？"), shipped.title
