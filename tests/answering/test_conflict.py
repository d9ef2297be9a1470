"""Different figures for the same thing are told as they are printed."""

from __future__ import annotations

from assistant.answering.citing import make_citation
from assistant.answering.conflict import find_conflicts
from assistant.answering.question import read_question
from assistant.domain import Citation, Claim, Document, Kind, Passage, Verdict

QUESTION = "论坛有多少家企业参加？"


def side(n: int, text: str) -> tuple[Claim, Citation]:
    document = Document(f"d{n}", f"论坛文件{n}", Kind.CASE, text, (), "", "")
    passage = Passage(f"d{n}#1", document.id, (), text, 0, len(text), 1)
    return Claim(text, (n,), Verdict.SUPPORTED), make_citation(n, document, passage, 0, len(text), None)


def values(one: str, two: str) -> list[str]:
    sides = [side(1, one), side(2, two)]
    found = find_conflicts(read_question(QUESTION), QUESTION, [c for c, _ in sides], [c for _, c in sides])
    return [s.value for conflict in found for s in conflict.sides]


def test_the_figure_is_the_one_that_differs_not_one_that_looks_like_it() -> None:
    assert values("2020年论坛有20家企业参加。", "论坛有23家企业参加。") == ["20家", "23家"]


def test_words_between_figure_and_unit_stay() -> None:
    assert values("论坛有400万余家企业参加。", "论坛有390万家企业参加。") == ["400万余家", "390万家"]


def test_equal_figures_are_no_conflict() -> None:
    assert values("论坛有20家企业参加。", "参加论坛的企业有二十家。") == []
