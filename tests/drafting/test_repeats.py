from __future__ import annotations

from assistant.drafting.repeats import Said


def test_the_same_words_in_other_punctuation_are_a_repeat() -> None:
    said = Said()
    said.add("政府应推动传统基础设施智能化改造。")
    assert said.has("政府应推动传统基础设施智能化改造；")
    assert said.has("推动传统基础设施智能化改造")
    assert not said.has("政府应布局建设数字技术创新平台。")


def test_sentences_that_differ_in_a_figure_are_not_repeats() -> None:
    said = Said()
    said.add("到2025年，全省培育50家以上战略性产业集群龙头企业和1000家以上专精特新企业。")
    assert not said.has("到2025年，全省培育60家以上战略性产业集群龙头企业和1000家以上专精特新企业。")
    assert said.has("到2025年，全省将培育50家以上战略性产业集群龙头企业和1000家以上专精特新企业。")
