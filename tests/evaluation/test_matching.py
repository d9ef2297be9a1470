"""Whether a text holds a key point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.matching import holds


@pytest.mark.parametrize(
    ("point", "text", "expected"),
    [
        ("15个", "共有115个", False),
        ("15个", "共有 15 个方向", True),
        ("5%", "增长7.5%", False),
        ("30", "300个", False),
        ("７.５%", "增长7.5%", True),
        ("国发〔2021〕29号", "文号为国发〔2021〕29号。", True),
        ("国发〔2021〕29号", "国发〔2021〕129号", False),
        ("不得 第三方", "大型企业不得约定以收到第三方付款为条件", True),
        ("不得 第三方", "可以等第三方付款", False),
        ("四部门|工业和信息化部 财政部", "由财政部、工业和信息化部印发", True),
        ("DG GROW", "DG  Grow（内部市场总司）", True),
        ("。", "甲。", False),
    ],
)
def test_holds(point: str, text: str, expected: bool) -> None:
    assert holds(point, text) is expected


@given(st.text(alphabet="甲乙丙丁", min_size=1, max_size=6), st.text(alphabet="子丑寅卯", max_size=6))
def test_a_term_stands_in_every_text_around_it(term: str, around: str) -> None:
    assert holds(term, around + term + around)
    assert not holds(term, around)
