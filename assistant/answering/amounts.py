"""Amounts of what: a sum answers a question only if it is a sum of the thing asked for.

A subsidy is no revenue, a rent no investment. Each line names one thing in the words that mean it.
"""

from __future__ import annotations

import re

_THINGS = (
    r"利润|毛利|净赚|盈利|赚(?!钱多)",
    r"营收|营业收入|主营业务收入|业务收入|销售收入|销售额|收入",
    r"税收|税额|纳税|税款",
    r"补贴|补助|奖补|奖励|资助|奖金|定额",
    r"罚款|罚|处分",
    r"租金|房租|地租",
    r"会费|服务费|费用|收费|手续费",
    r"工资|薪|月收入|年收入",
    r"投资|投入",
    r"融资|贷款|授信",
    r"产值|增加值|GDP|生产总值",
    r"交易额|成交额|交易规模|GMV|商品交易总额",
    r"出口|进口|进出口",
    r"估值|市值|注册资本",
    r"成本|价格|单价|均价|售价",
    r"资金|经费|基金|拨款|预算",
)
_PATTERNS = tuple(re.compile(thing) for thing in _THINGS)


def same_amount(asked: str, sentence: str) -> bool:
    """Whether a sentence speaks of one of the amounts that the question speaks of; true when it speaks of none."""
    wanted = [p for p in _PATTERNS if p.search(asked)]
    return not wanted or any(p.search(sentence) for p in wanted)
