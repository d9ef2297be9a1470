"""What a question is read to ask for."""

from __future__ import annotations

import pytest

from assistant.answering.question import Ask, read_question, topic_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("该平台聚集了多少家企业？", Ask.FIGURE),
        ("省会城市最多奖多少钱？", Ask.MONEY),
        ("核心产业占GDP的比重是多少？", Ask.SHARE),
        ("最迟多少天必须付款？", Ask.DURATION),
        ("数据安全法何时施行？", Ask.DATE),
        ("这个规划的发文字号是什么？", Ask.DOC_NUMBER),
        ("公平竞争审查条例是国务院令第几号？", Ask.DOC_NUMBER),
        ("由哪些部门联合印发？", Ask.ISSUER),
        ("这个行动计划现在还有效吗？", Ask.VALIDITY),
        ("这个行动计划还在计划期内吗？", Ask.VALIDITY),
        ("总经理是谁？", Ask.PERSON),
        ("作者叫什么名字？", Ask.PERSON),
        ("税收按几比几分？", Ask.SHARE),
        ("湖北的办法是省政府第几号令？", Ask.DOC_NUMBER),
        ("可信数据空间分为哪几类？", Ask.LIST),
        ("什么是虚拟集聚？", Ask.DEFINITION),
        ("两者有什么区别？", Ask.COMPARISON),
        ("听说压缩到七十条了，对吗？", Ask.CHECK),
    ],
)
def test_kinds_are_read_from_the_interrogative(text: str, kind: Ask) -> None:
    assert kind in read_question(text).kinds


@pytest.mark.parametrize(
    "text", ["方案要缩小哪几方面的差距？", "集群里几家同行一起定价，违法吗？", "这几个数字代表什么？"]
)
def test_a_few_is_not_how_many(text: str) -> None:
    assert not read_question(text).wants_figure


def test_how_many_firms_were_invested_in_is_no_sum_of_money() -> None:
    assert Ask.MONEY not in read_question("小米系到底投了多少家企业？").kinds


def test_a_number_of_a_document_is_not_a_figure() -> None:
    assert read_question("发文字号是多少？").kinds == {Ask.DOC_NUMBER}


def test_parts_each_ask_and_keep_what_was_said_before_them() -> None:
    parts = [p.text for p in read_question("整个园子多大？两国一起开发的那块又有多大？").parts]
    assert parts == ["整个园子多大？", "两国一起开发的那块又有多大？"]
    parts = [p.text for p in read_question("我们县想申报集群，材料交给谁，最后由谁认定？").parts]
    assert len(parts) == 2
    assert parts[0].startswith("我们县想申报集群")


def test_a_closing_remark_is_no_part() -> None:
    assert [p.text for p in read_question("到底聚了多少企业？我看到的数字不一样。").parts] == [
        "到底聚了多少企业？"
    ]


def test_units_and_head_of_a_figure() -> None:
    (part,) = read_question("SHEIN在2025年赚了多少净利润？").parts
    assert part.head == "净利润"
    (part,) = read_question("注册企业有多少家？").parts
    assert part.units == {"家"}
    assert "企业" in part.head


def test_the_topic_has_no_interrogatives() -> None:
    assert topic_of("可信数据空间分为哪几类？") == "可信数据空间分为 类"
