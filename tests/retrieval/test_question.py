"""A question as retrieval takes it."""

from __future__ import annotations

import pytest

from assistant.language.expansions import Expansions
from assistant.retrieval.question import Question, plans_of, years_of


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年河北省政府工作报告", {2024}),
        ("25年底前要建多少个平台", {2025}),
        ("21到23年那个计划", {2021, 2023}),
        ("98年的报告", {1998}),
        ("10年内翻一番", set()),
        ("第25条", set()),
        ("最近30年代", set()),
    ],
)
def test_years(text: str, years: set[int]) -> None:
    assert years_of(text) == years


def test_tokens_and_grams_belong_together() -> None:
    question = Question.of("COSMOPlat聚集多少企业", "COSMOPlat聚集多少企业", Expansions({}))
    assert len(question.tokens) == len(question.grams) == len(set(question.tokens))
    assert set(question.topic.tolist()) <= set(question.grams.tolist())
    assert "聚集" in question.tokens


def test_stop_words_are_not_the_topic() -> None:
    question = Question.of("听说平台是什么", "听说平台是什么", Expansions({}))
    assert len(question.topic) == 3  # 平, 台, 平台


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("21到25年的总规划", ["十四五"]),
        ("2006—2010年的规划", ["十一五"]),
        ("2026年至2030年", ["十五五"]),
        ("2021—2024年", []),
        ("1953—1957年", []),
        ("2022—2026年", []),
    ],
)
def test_the_years_of_a_five_year_plan_are_its_name(text: str, plans: list[str]) -> None:
    assert plans_of(text) == plans
