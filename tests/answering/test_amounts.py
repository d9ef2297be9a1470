"""A sum of another thing is no answer."""

from __future__ import annotations

import pytest

from assistant.answering.amounts import same_amount


@pytest.mark.parametrize(
    ("asked", "sentence", "same"),
    [
        ("入驻补贴每平方米", "2021年主营业务收入3668.5亿元", False),
        ("净利润", "2022年商品交易总额约290亿美元", False),
        ("最高奖", "中央财政定额奖励不超过1亿元", True),
        ("财政补贴上限", "由省财政每个最高补贴5000元", True),
        ("市场商位的租金", "市场商位7.5万个", False),
        ("拉动 投资", "带动总投资近700亿元", True),
        ("注册企业", "平台注册企业390万家", True),
    ],
)
def test_amounts(asked: str, sentence: str, same: bool) -> None:
    assert same_amount(asked, sentence) is same
