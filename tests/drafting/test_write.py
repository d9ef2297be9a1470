from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from assistant.domain import Answer, Conflict, ConflictSide, Document, Status
from assistant.drafting.profile import RegionProfile
from assistant.drafting.types import Basis, Draft, Sentence
from assistant.drafting.write import NOTHING_FOUND, Drafter
from assistant.errors import ModelError
from assistant.library.framework import Framework

Answering = Callable[..., Answer]

DAY = date(2026, 11, 23)
PROFILE = RegionProfile(region="某县", chain_leaders=("甲集团",), industries=("纺织服装",))
FIRST = "政府应推动传统基础设施智能化改造。"
SECOND = "政府应布局建设数字技术创新平台。"
NOTHING = Answer("问", Status.DECLINED_NO_SOURCE, "没有找到。")


def sourced(draft: Draft) -> list[Sentence]:
    every = [s for section in draft.sections for p in section.walk() for s in p.sentences]
    return [s for s in every if s.basis is Basis.SOURCE]


def test_sections_follow_the_pillars_in_order_with_numbered_headings(framework: Framework) -> None:
    draft = Drafter(lambda question: NOTHING, framework).write(PROFILE, on=DAY)
    assert [section.heading for section in draft.sections] == [
        "一、基本情况与模式诊断",
        *(f"{n}、{pillar.name}" for n, pillar in zip("二三四五", framework.pillars, strict=True)),
    ]
    assert draft.title == "关于某县建设虚拟产业集群的对策建议"


def test_a_pillar_without_anything_to_cite_says_so_and_its_questions_are_kept(framework: Framework) -> None:
    draft = Drafter(lambda question: NOTHING, framework).write(PROFILE, on=DAY)
    for section in draft.sections[1:]:
        assert [s.text for p in section.walk() for s in p.sentences] == [NOTHING_FOUND]
    assert "某县在政府引导方面有哪些政策要求？" in draft.unanswered
    assert framework.pillars[0].questions[0] in draft.unanswered
    assert not any("哪些政策文件要求" in question for question in draft.unanswered)
    assert draft.notes == ()


def test_notes_are_numbered_over_the_whole_draft_in_the_order_of_first_use(
    framework: Framework, article: Document, plan: Document, answering: Answering
) -> None:
    answers = {
        framework.pillars[0].questions[0]: answering((article, FIRST)),
        framework.pillars[1].questions[0]: answering((article, SECOND)),
        framework.pillars[3].questions[0]: answering((plan, _sentence(plan))),
    }
    draft = Drafter(lambda question: answers.get(question, NOTHING), framework).write(PROFILE, on=DAY)
    assert [(s.text, s.notes) for s in sourced(draft)] == [
        (FIRST, (1,)),
        (SECOND, (2,)),
        (_sentence(plan), (3,)),
    ]
    assert [(note.n, note.quote) for note in draft.notes] == [(1, FIRST), (2, SECOND), (3, _sentence(plan))]


def test_a_sentence_is_said_once_in_the_whole_draft(
    framework: Framework, article: Document, answering: Answering
) -> None:
    draft = Drafter(lambda question: answering((article, FIRST), (article, SECOND)), framework).write(
        PROFILE, on=DAY
    )
    assert [s.text for s in sourced(draft)] == [FIRST, SECOND]


def test_a_quote_used_again_keeps_its_number(
    framework: Framework, article: Document, answering: Answering
) -> None:
    answers = {
        framework.pillars[0].questions[0]: answering((article, FIRST)),
        framework.pillars[1].questions[0]: answering((article, FIRST), text="改造传统基础设施，使之智能化。"),
    }
    draft = Drafter(lambda question: answers.get(question, NOTHING), framework).write(PROFILE, on=DAY)
    assert [s.notes for s in sourced(draft)] == [(1,), (1,)]
    assert len(draft.notes) == 1


def test_a_list_that_stands_in_one_piece_gets_one_exact_note_at_its_end(
    framework: Framework, article: Document, answering: Answering
) -> None:
    start = article.text.index("统筹布局数字产业集群，有以下六项措施：")
    run = article.text[start : article.text.index("综合体。", start) + 4]
    answer = answering(*((article, line) for line in run.split("\n") if line))
    asked = framework.pillars[3].questions[0]
    draft = Drafter(lambda question: answer if question == asked else NOTHING, framework).write(
        PROFILE, on=DAY
    )
    assert [s.notes for s in sourced(draft)] == [(), (), (), (), (), (), (1,)]
    (note,) = draft.notes
    assert note.quote == run == article.text[note.start : note.end]


def test_a_pillar_has_at_most_six_paragraphs(
    framework: Framework, article: Document, answering: Answering
) -> None:
    asked: list[str] = []

    def ask(question: str) -> Answer:
        asked.append(question)
        return answering((article, FIRST), text=f"第{len(asked)}条：{question}")

    profile = RegionProfile(region="某县")
    draft = Drafter(ask, framework).write(profile, on=DAY)
    assert [len(list(section.walk())) for section in draft.sections[1:]] == [6, 6, 6, 6]


def test_policies_of_a_pillar_are_asked_for_by_title_when_the_library_has_them(framework: Framework) -> None:
    asked: list[str] = []

    def ask(question: str) -> Answer:
        asked.append(question)
        return NOTHING

    named = [policy for pillar in framework.pillars for policy in pillar.policies]
    policy = next(policy for policy in named if named.count(policy) == 1)
    Drafter(ask, framework, {policy: "某规划"}).write(PROFILE, on=DAY)
    assert [q for q in asked if q.startswith("《")] == ["《某规划》对产业集群有哪些要求？"]


def test_what_the_region_says_of_itself_is_never_passed_as_sourced(framework: Framework) -> None:
    draft = Drafter(lambda question: NOTHING, framework).write(PROFILE, on=DAY)
    told = [
        s for section in draft.sections for p in section.walk() for s in p.sentences if "甲集团" in s.text
    ]
    assert told and all(s.basis is Basis.PROFILE and s.notes == () for s in told)


def test_conflicts_and_warnings_of_answers_are_told_once(
    framework: Framework, article: Document, answering: Answering
) -> None:
    one = answering((article, FIRST))
    conflict = Conflict(
        "企业数", (ConflictSide(1, "400万余家"), ConflictSide(9, "16万家")), 1, "新法优于旧法"
    )
    answer = replace(one, conflicts=(conflict,), warnings=("模型不可用，已改用摘录作答。",))
    draft = Drafter(lambda question: answer, framework).write(PROFILE, on=DAY)
    assert draft.warnings == (
        "模型不可用，已改用摘录作答。",
        "关于企业数，资料不一致：《建设跨越地理边界的虚拟产业集群》为400万余家，另一来源为16万家；"
        "以《建设跨越地理边界的虚拟产业集群》为准（新法优于旧法）。",
    )


def test_errors_of_asking_go_through(framework: Framework) -> None:
    def ask(question: str) -> Answer:
        raise ModelError("模型连接不上；请检查地址。")

    with pytest.raises(ModelError):
        Drafter(ask, framework).write(PROFILE, on=DAY)


def test_progress_tells_each_part_before_it_is_written(framework: Framework) -> None:
    told: list[tuple[str, int, int]] = []
    drafter = Drafter(lambda question: NOTHING, framework)
    draft = drafter.write(PROFILE, on=DAY, progress=lambda *step: told.append(step))
    assert told == [(section.heading, i, 5) for i, section in enumerate(draft.sections)]


def _sentence(plan: Document) -> str:
    start = plan.text.index("《“十四五”数字经济发展规划》要求推动产业园区")
    return plan.text[start : plan.text.index("。", start) + 1]
