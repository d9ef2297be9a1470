"""Titles, document numbers and article labels in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.titles import articles_in, doc_numbers_in, titles_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《数据安全法》和《网络安全法》", ["数据安全法", "网络安全法"]),
        ("《关于印发《试点方案》的通知》要求", ["关于印发《试点方案》的通知"]),
        ("没有书名号", []),
        ("《未闭合", []),
    ],
)
def test_titles(text: str, expected: list[str]) -> None:
    assert titles_in(text) == expected


@given(
    st.integers(1949, 2099),
    st.integers(1, 9999),
    st.sampled_from(["〔〕", "[]", "（）", "()", "【】", "［］"]),
)
def test_document_numbers_have_one_form_whatever_the_brackets(year: int, number: int, marks: str) -> None:
    printed = f"国发{marks[0]}{year}{marks[1]}{number}号"
    assert doc_numbers_in(printed) == [f"国发〔{year}〕{number}号"]
    assert doc_numbers_in(f"发文字号为 {printed}。") == [f"国发〔{year}〕{number}号"]


@pytest.mark.parametrize(
    "lead", ["发文字号为", "见", "根据", "国务院于2021年印发的", "以及", "编号：", "经工信部发布，"]
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
