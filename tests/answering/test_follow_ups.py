"""What to ask next belongs to what was cited and is not what was asked."""

from __future__ import annotations

from assistant.answering.follow_ups import follow_ups
from assistant.service import Service


def test_questions_of_the_cited_sections_come_first(service: Service) -> None:
    answer = service.ask(service.query("什么是围绕技术标准的虚拟产业集群？"))
    (model,) = [m for m in service.framework.models if m.id == "technical-standard"]
    assert answer.follow_ups[0] in model.questions


def test_the_question_itself_is_not_asked_again(service: Service) -> None:
    for entry in service.framework.entries:
        for question in entry.questions:
            assert question not in follow_ups(question, (), service.framework)


def test_without_citations_each_group_is_offered(service: Service) -> None:
    offered = follow_ups("今天天气怎么样？", (), service.framework)
    groups = (service.framework.models, service.framework.pillars, service.framework.types)
    assert [any(q in e.questions for e in g) for q, g in zip(offered, groups, strict=True)] == [True] * 3


def test_every_question_offered_is_answered(service: Service) -> None:
    """A question that the product itself proposes must not be declined."""
    declined = [
        q
        for entry in service.framework.entries
        for q in entry.questions
        if not service.ask(service.query(q)).status.is_answer
    ]
    assert declined == []


def test_every_example_is_answered(service: Service) -> None:
    assert all(service.ask(service.query(q)).status.is_answer for q in service.examples())
