"""Documents that a question names."""

from __future__ import annotations

import pytest

from assistant.domain import Document, Kind
from assistant.retrieval.names import NameIndex
from assistant.service import Service


def document(id_: str, title: str, number: str | None = None, *aliases: str) -> Document:
    return Document(
        id_, title, Kind.POLICY, "正文。", (), "", f"{id_}.md", doc_number=number, aliases=aliases
    )


INDEX = NameIndex(
    [
        document("data", "数据安全法"),
        document("rules", "数据安全法实施细则"),
        document("twenty", "关于构建数据基础制度更好发挥数据要素作用的意见", None, "数据二十条"),
        document("plan", "“十四五”数字经济发展规划", "国发〔2021〕29号"),
        document("cosmo", "海尔卡奥斯工业互联网平台", None, "COSMOPlat", "AI"),
    ]
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("数据安全法何时施行？", {"data"}),
        ("《數據安全法》何時施行？", {"data"}),
        ("数据安全法实施细则有几条？", {"rules"}),
        ("数据安全法和它的数据安全法实施细则", {"data", "rules"}),
        ("数据二十条是什么？", {"twenty"}),
        ("国发(2021)29号的目标", {"plan"}),
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
    assert not NameIndex([]).named_in("数据安全法")


def test_every_shipped_document_is_found_by_its_own_title(service: Service) -> None:
    index = NameIndex(service.library.documents().values())
    for shipped in service.library.documents().values():
        assert shipped.id in index.named_in(f"《{shipped.title}》说了什么？"), shipped.title
