"""The one form in which texts are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.normal import normalise, simplify, squeeze

CHINESE = st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=40)


@given(CHINESE | st.text(max_size=40))
def test_simplify_keeps_the_length(text: str) -> None:
    assert len(simplify(text)) == len(text)


@given(st.text(st.sampled_from("虛擬產業集群數據後台里面乾淨ＡＢ1２％ \u3000\n"), max_size=30))
def test_normal_form_is_its_own_normal_form(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert squeeze(squeeze(text)) == squeeze(text)


@given(st.text(max_size=40))
def test_squeeze_leaves_letters_digits_and_signs_of_numbers(text: str) -> None:
    assert all(c.isalnum() or c in "%." for c in squeeze(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("虛擬產業集群", "虚拟产业集群"),
        ("數據要素×三年行動計劃", "数据要素×三年行动计划"),
        ("ＣＯＳＭＯＰｌａｔ　平台", "cosmoplat 平台"),
        ("  两 \n 行\t", "两 行"),
        ("（２０２５）３０％", "(2025)30%"),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《数据安全法》", "数据安全法"),
        ("国发〔2021〕29号", "国发202129号"),
        ("增长 3.5%。", "增长3.5%"),
        ("v1.2. End.", "v1.2end"),
        ("……", ""),
    ],
)
def test_squeeze(text: str, expected: str) -> None:
    assert squeeze(text) == expected
