"""Writing a draft: the questions of its outline go through the answering chain, and only verified sentences stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.domain import Answer, Citation, Conflict
from assistant.drafting.claims import Group, bare, groups, in_one_piece
from assistant.drafting.diagnosis import diagnose
from assistant.drafting.outline import Outline, Part, numbered, outline
from assistant.drafting.profile import RegionProfile
from assistant.drafting.repeats import Said
from assistant.drafting.situation import fit_section, profile_section
from assistant.drafting.types import Basis, Diagnosis, Draft, DraftSection, Paragraph, Sentence
from assistant.library.framework import Framework

Ask = Callable[[str], Answer]
Progress = Callable[[str, int, int], None]

MOST_PARAGRAPHS = 6
MOST_CASE_PARAGRAPHS = 4
MOST_GROUPS = 4  # sentences, or lists with their introduction, of one paragraph
FIRST_HEADING = "基本情况与模式诊断"
NOTHING_FOUND = "文库中没有找到可引用的依据。"


class Drafter:
    """Makes drafts with one way of asking (question in, verified answer out) and one framework.

    `titles` (document id to title) lets the draft ask for the policies that the framework names.
    """

    def __init__(self, ask: Ask, framework: Framework, titles: Mapping[str, str] | None = None) -> None:
        self._ask = ask
        self._framework = framework
        self._titles = titles or {}

    def write(self, profile: RegionProfile, *, on: date, progress: Progress | None = None) -> Draft:
        """The whole draft for a region, dated `on`.

        `progress` hears of each part before it is written: its heading, how many are done, how many there are.
        Errors of asking go through; a question without a usable answer is only noted.
        """
        diagnosis = diagnose(profile, self._framework)
        plan = outline(profile, diagnosis, self._framework, self._titles)
        headings = [
            numbered(i, name) for i, name in enumerate((FIRST_HEADING, *(p.heading for p in plan.pillars)))
        ]
        work = _Work(self._ask)
        sections: list[DraftSection] = []
        for done, heading in enumerate(headings):
            if progress:
                progress(heading, done, len(headings))
            if done == 0:
                sections.append(_first(heading, profile, diagnosis, plan, work))
            else:
                sections.append(
                    DraftSection(heading, work.paragraphs(plan.pillars[done - 1], MOST_PARAGRAPHS))
                )
        return Draft(
            title=plan.title,
            region=profile.region,
            made_on=on,
            diagnosis=diagnosis,
            sections=tuple(sections),
            notes=tuple(work.notes),
            unanswered=tuple(work.unanswered),
            warnings=tuple(dict.fromkeys(work.warnings)),
        )


def _first(
    heading: str, profile: RegionProfile, diagnosis: Diagnosis, plan: Outline, work: _Work
) -> DraftSection:
    sections = [profile_section("（一）基本情况", profile), fit_section("（二）模式诊断", diagnosis)]
    if plan.cases:
        written = work.paragraphs(plan.cases, MOST_CASE_PARAGRAPHS)
        sections.append(DraftSection(f"（三）{plan.cases.heading}", written))
    return DraftSection(heading, sections=tuple(sections))


@dataclass
class _Work:
    """What has been written so far, over all parts: notes in one numbering, sentences said, questions left open."""

    ask: Ask
    notes: list[Citation] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    said: Said = field(default_factory=Said)
    numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def paragraphs(self, part: Part, most: int) -> tuple[Paragraph, ...]:
        """One paragraph for each question that adds something, until there are `most`; never none at all."""
        written: list[Paragraph] = []
        for question in part.questions:
            if len(written) == most:
                break
            answer = self.ask(question.text)
            self.warnings.extend(answer.warnings)
            found = groups(answer, question, part)
            if not found:
                self.unanswered.extend([] if question.tried else [question.text])
            elif sentences := self._new(found, answer):
                written.append(Paragraph(tuple(sentences)))
                self.warnings.extend(_conflict(conflict, answer) for conflict in answer.conflicts)
        return tuple(written) or (Paragraph((Sentence(NOTHING_FOUND, Basis.RULE),)),)

    def _new(self, found: list[Group], answer: Answer) -> list[Sentence]:
        """The first groups of an answer that say something not said before; a list is kept whole or left out."""
        cited = {citation.n: citation for citation in answer.citations}
        written: list[Sentence] = []
        taken = 0
        for group in found:
            if taken < MOST_GROUPS and not all(self.said.has(bare(claim)) for claim in group):
                written.extend(self._sentences(group, cited))
                taken += 1
        return written

    def _sentences(self, group: Group, cited: Mapping[int, Citation]) -> list[Sentence]:
        """A group with its notes; a list that stands in one piece in its source gets one note, at its end."""
        quoted = [cited[n] for claim in group for n in claim.citations]
        whole = _whole(quoted) if len(group) > 1 else None
        written: list[Sentence] = []
        for claim in group:
            self.said.add(bare(claim))
            citations = (
                [cited[n] for n in claim.citations] if whole is None else [whole] * (claim is group[-1])
            )
            numbers = sorted({self._number(citation) for citation in citations})
            written.append(Sentence(bare(claim), Basis.SOURCE, tuple(numbers)))
        return written

    def _number(self, citation: Citation) -> int:
        key = (citation.document.id, citation.start, citation.end)
        if key not in self.numbers:
            self.numbers[key] = len(self.notes) + 1
            self.notes.append(replace(citation, n=self.numbers[key]))
        return self.numbers[key]


def _whole(citations: list[Citation]) -> Citation | None:
    """One citation of all that several quote, if they quote one run of text."""
    span = in_one_piece(citations)
    if span is None:
        return None
    start, end = span
    return replace(citations[0], quote=citations[0].document.text[start:end], start=start, end=end)


def _conflict(conflict: Conflict, answer: Answer) -> str:
    names = {citation.n: f"《{citation.document.title}》" for citation in answer.citations}
    sides = "，".join(f"{names.get(side.n, '另一来源')}为{side.value}" for side in conflict.sides)
    if conflict.prevails is None:
        return f"关于{conflict.subject}，资料不一致：{sides}；以何者为准尚不能确定。"
    rule = f"（{conflict.rule}）" if conflict.rule else ""
    return (
        f"关于{conflict.subject}，资料不一致：{sides}；以{names.get(conflict.prevails, '前者')}为准{rule}。"
    )
