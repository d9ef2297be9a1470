"""Titles, document numbers and article labels in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.titles import (
    ArticleMention,
    article_mentions,
    article_numbers,
    articles_in,
    doc_numbers_in,
    document_keys_in,
    titles_in,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《数据安全法》和《网络安全法》", ["数据安全法", "网络安全法"]),
        ("《关于印发《试点方案》的通知》要求", ["关于印发《试点方案》的通知"]),
        ("没有书名号", []),
        ("《未闭合", []),
        ("《关于印发〈试点方案〉的通知》", ["关于印发〈试点方案〉的通知"]),
        ("《关于废止《甲办法》和《乙办法》的决定》", ["关于废止《甲办法》和《乙办法》的决定"]),
        ("〈民法典〉和「数据安全法」、『网络安全法』", ["民法典", "数据安全法", "网络安全法"]),
        ("所谓「虚拟集群」", []),
    ],
)
def test_titles(text: str, expected: list[str]) -> None:
    assert titles_in(text) == expected


@given(
    st.integers(1949, 2099),
    st.integers(1, 9999),
    st.sampled_from(["〔〕", "[]", "（）", "()", "【】", "［］", "「」", "〈〉", "  ", " -"]),
    st.sampled_from(["", " ", "第"]),
)
def test_document_numbers_have_one_form_whatever_the_brackets(
    year: int, number: int, marks: str, between: str
) -> None:
    printed = f"国发{marks[0]}{year}{marks[1]}{between}{number}号"
    assert doc_numbers_in(printed) == [f"国发〔{year}〕{number}号"]
    assert doc_numbers_in(f"发文字号为 {printed}。") == [f"国发〔{year}〕{number}号"]


@pytest.mark.parametrize(
    "lead",
    [
        "发文字号为",
        "见",
        "根据",
        "自2021年1月1日起按照",
        "国务院于2021年印发的",
        "以及",
        "编号：",
        "经工信部发布，",
    ],
)
def test_words_before_a_document_number_are_no_part_of_it(lead: str) -> None:
    assert doc_numbers_in(f"{lead}工信部联规〔2023〕258号") == ["工信部联规〔2023〕258号"]


def test_several_document_numbers_in_order() -> None:
    text = "见工信部企业〔2022〕119号、发改高技〔2020〕1157号。"
    assert doc_numbers_in(text) == ["工信部企业〔2022〕119号", "发改高技〔2020〕1157号"]


def test_a_year_in_brackets_is_no_document_number() -> None:
    assert doc_numbers_in("行动计划（2024—2028年）") == []


def test_articles() -> None:
    assert articles_in("依据第十七条、第12条和第二十条之一") == ["第十七条", "第12条", "第二十条之一"]
    assert articles_in("第三章") == []


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for found in (titles_in(text), doc_numbers_in(text), document_keys_in(text), article_numbers(text)):
        assert isinstance(found, list)


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        (
            "国令第722号 国务院令第722号 国务院令第七百二十二号 中华人民共和国国务院令第722号 国务院第722号令",
            "国务院令第722号",
        ),
        (
            "主席令第84号 国家主席令第84号 中华人民共和国主席令第八十四号 主席令（十三届）第84号",
            "主席令第84号",
        ),
        ("主席令第一一六号 主席令第116号", "主席令第116号"),
        ("湖北省人民政府令第427号 根据湖北省人民政府令第427号", "湖北省人民政府令第427号"),
        ("2020年第5号公告 公告2020年第5号 财政部公告2020年第５号", "公告2020年第5号"),
        ("发改高技2020-1157号 发改高技〔2020〕1157号", "发改高技〔2020〕1157号"),
    ],
)
def test_exact_keys_have_one_form(printed: str, key: str) -> None:
    assert [document_keys_in(way) for way in printed.split()] == [[key]] * len(printed.split())


def test_keys_of_every_kind_in_order_of_mention() -> None:
    text = "国务院令第722号、国发〔2021〕29号和2020年第5号公告"
    assert document_keys_in(text) == ["国务院令第722号", "国发〔2021〕29号", "公告2020年第5号"]


@pytest.mark.parametrize(
    "text", ["浙江省2021 3号", "2020 1157号", "行动计划2024-2028号", "第5号", "责令第三人"]
)
def test_what_is_no_key(text: str) -> None:
    assert document_keys_in(text) == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("第十七条至第二十条", ["第17条", "第18条", "第19条", "第20条"]),
        ("第17—19条", ["第17条", "第18条", "第19条"]),
        ("第17、18条和第二十条", ["第17条", "第18条", "第20条"]),
        ("第一百二十条之一", ["第120条之1"]),
        ("民法典1165条怎么说", ["第1165条"]),
        ("《反垄断法》十七条", ["第17条"]),
        ("数据二十条", []),
        ("办法20条措施", []),
        ("第三章", []),
    ],
)
def test_article_labels_are_canonical_and_ranges_written_out(text: str, labels: list[str]) -> None:
    assert article_numbers(text) == labels


def test_a_range_too_wide_counts_its_ends() -> None:
    assert article_numbers("第1条至第900条") == ["第1条", "第900条"]


def test_paragraphs_and_items() -> None:
    assert article_mentions("依照第十七条第二款第（三）项") == [ArticleMention("第17条", 2, 3)]


@given(st.integers(1, 1260), st.integers(1, 9), st.integers(1, 20))
def test_mentions_are_read_as_they_were_printed(article: int, paragraph: int, item: int) -> None:
    text = f"第{article}条第{paragraph}款第（{item}）项"
    assert article_mentions(text) == [ArticleMention(f"第{article}条", paragraph, item)]
