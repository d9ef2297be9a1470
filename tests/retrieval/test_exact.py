"""What is called by its name comes first: every title, short title, 发文字号 and article of the shipped corpus."""

from __future__ import annotations

from collections import Counter

from assistant.domain import Kind
from assistant.language.titles import article_numbers
from assistant.service import Service


def first(service: Service, text: str) -> tuple[str, list[str]]:
    """The document of the first hit and the articles its heading names."""
    hit = service.search(service.query(text), 3)[0]
    return hit.document.id, article_numbers(hit.passage.section_path[-1])


def test_a_title_and_a_short_title(service: Service) -> None:
    documents = service.library.documents().values()
    titles = Counter(d.title for d in documents)
    asked = [(f"《{d.title}》讲了什么？", d.id) for d in documents if titles[d.title] == 1]
    asked += [(alias, d.id) for d in documents for alias in d.aliases]
    assert len(asked) > 500
    assert [q for q, id_ in asked if first(service, q)[0] != id_] == []


def test_a_number_in_whatever_brackets(service: Service) -> None:
    documents = service.library.documents().values()
    numbers = Counter(d.doc_number for d in documents)
    asked = [
        (form, d.id)
        for d in documents
        if d.doc_number and numbers[d.doc_number] == 1
        for form in (
            f"{d.doc_number}对企业有什么要求？",
            d.doc_number.replace("〔", "[").replace("〕", "]"),
            d.doc_number.replace("〔", "（").replace("〕", "）"),
        )
    ]
    assert len(asked) > 50
    assert [q for q, id_ in asked if first(service, q)[0] != id_] == []


def test_an_article_of_a_named_law(service: Service) -> None:
    asked = [
        (f"{(d.aliases or (d.title,))[0]}{section.label}是怎么规定的？", d.id, article_numbers(section.label))
        for d in service.library.documents().values()
        if d.kind in (Kind.LAW, Kind.REGULATION)
        for section in d.outline
        if section.label.endswith("条")
    ]
    assert len(asked) > 500
    # Every third: as many again would say no more.
    assert [q for q, id_, articles in asked[::3] if first(service, q) != (id_, articles)] == []
