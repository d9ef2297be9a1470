"""What people say, replaced by the official term."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.aliases import Aliases
from assistant.language.normal import normalise

TABLE = Aliases(
    {
        "拖欠": "逾期支付",
        "拖欠货款": "逾期支付款项",
        "园区": "产业园区",
        "ai": "人工智能",
        "data space": "数据空间",
        "雲上": "虚拟",
    }
)


@pytest.mark.parametrize(
    ("said", "official"),
    [
        ("拖欠工资", "逾期支付工资"),
        ("拖欠货款怎么办", "逾期支付款项怎么办"),
        ("云上園區", "虚拟产业园区"),
        ("产业园区", "产业园区"),
        ("我说AI的事", "我说 人工智能 的事"),
        ("What is a Data Space?", "what is a  数据空间 ?"),
        ("chain, email, AIs", "chain, email, ais"),
        ("没有别名", "没有别名"),
        ("", ""),
    ],
)
def test_longest_alias_wins_and_latin_words_stay_whole(said: str, official: str) -> None:
    assert TABLE.official(said) == official


@given(st.text(st.sampled_from("拖欠货款园区产业ai bx1"), max_size=20))
def test_latin_aliases_never_stand_inside_words(text: str) -> None:
    joined = f"x{text}y".replace(" ", "")
    if joined.isascii():
        assert TABLE.official(joined) == joined


@given(st.text(max_size=30))
def test_without_aliases_the_normal_form_is_left(text: str) -> None:
    assert Aliases({}).official(text) == normalise(text)


@given(st.text(st.sampled_from("拖欠园区货款甲乙"), max_size=20))
def test_official_terms_are_not_replaced_again(text: str) -> None:
    once = TABLE.official(text)
    assert TABLE.official(once) == once
