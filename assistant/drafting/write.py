"""Writing a draft: the questions of its outline go through the answering chain, and only verified sentences stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from assistant.domain import Answer, Citation, Claim, Conflict, Verdict
from assistant.drafting.diagnosis import diagnose
from assistant.drafting.outline import Outline, Part, numbered, outline
from assistant.drafting.profile import RegionProfile
from assistant.drafting.repeats import Said
from assistant.drafting.situation import fit_section, profile_section
from assistant.drafting.types import Basis, Diagnosis, Draft, DraftSection, Paragraph, Sentence
from assistant.language.numerals import arabic
from assistant.library.framework import Framework

Ask = Callable[[str], Answer]
Progress = Callable[[str, int, int], None]

MOST_PARAGRAPHS = 6
MOST_CASE_PARAGRAPHS = 4
MOST_GROUPS = 4  # sentences, or lists with their introduction, of one paragraph
NOTHING_FOUND = "文库中没有找到可引用的依据。"

_MARKER = re.compile(r"\s*\[\d+\]")
_ABOUT_THE_SOURCE = re.compile(
    r"发文字号|发文机关|发布机关|成文日期|公布日|(?:期限|行动期|规划期|实施期)(?:为|至)|号公布。"
    r"|(?:联合出台|联合印发|联合发布|对外公布|印发|发布)[。，]|日(?:由[^，。]{2,40})?(?:发布|印发|公布)《"
)
_COUNT = re.compile(
    r"([一二两三四五六七八九十]{1,3}|(?<!\d)\d{1,2})\s*(?:大)?(?:个方面|项|类|条|种|个|点|部分)"
)


class Drafter:
    """Makes drafts with one way of asking (question in, verified answer out) and one framework.

    `titles` (document id to title) lets the draft ask for the policies that the framework names.
    """

    def __init__(self, ask: Ask, framework: Framework, titles: Mapping[str, str] | None = None) -> None:
        self._ask = ask
        self._framework = framework
        self._titles = titles or {}

    def write(self, profile: RegionProfile, *, on: date, progress: Progress | None = None) -> Draft:
        """The whole draft for a region, dated `on`. `progress` hears of each part: its heading, how many are done,
        and how many there are. Errors of asking go through; a question without an answer is only noted."""
        diagnosis = diagnose(profile, self._framework)
        plan = outline(profile, diagnosis, self._framework, self._titles)
        work = _Work(self._ask)
        parts = len(plan.pillars) + 1
        sections: list[DraftSection] = []
        for done, part in enumerate((None, *plan.pillars)):
            heading = numbered(done, part.heading if part else "基本情况与模式诊断")
            if progress:
                progress(heading, done, parts)
            if part is None:
                sections.append(_first(heading, profile, diagnosis, plan, work))
            else:
                sections.append(DraftSection(heading, work.paragraphs(part, MOST_PARAGRAPHS)))
        if progress:
            progress("", parts, parts)
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
        sections.append(DraftSection(f"（三）{plan.cases.subject}的{plan.cases.heading}", written))
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
            answer = self.ask(question)
            self.warnings.extend(answer.warnings)
            groups = _groups(usable_claims(answer), answer) if answer.status.is_answer else []
            if not groups:
                self.unanswered.append(question)
                continue
            sentences = self._new(groups, answer)
            if sentences:
                written.append(Paragraph(tuple(sentences)))
                self.warnings.extend(_conflict(conflict, answer) for conflict in answer.conflicts)
        return tuple(written) or (Paragraph((Sentence(NOTHING_FOUND, Basis.RULE),)),)

    def _new(self, groups: list[list[Claim]], answer: Answer) -> list[Sentence]:
        """The first groups of an answer that say something not said before; a list is kept whole or left out."""
        cited = {citation.n: citation for citation in answer.citations}
        written: list[Sentence] = []
        taken = 0
        for group in groups:
            if taken < MOST_GROUPS and not all(self.said.has(claim.text) for claim in group):
                written.extend(self._sentences(group, cited))
                taken += 1
        return written

    def _sentences(self, group: list[Claim], cited: Mapping[int, Citation]) -> list[Sentence]:
        """A group with its notes; a list that stands in one piece in its source gets one note, at its end."""
        whole = (
            _in_one_piece([cited[n] for claim in group for n in claim.citations]) if len(group) > 1 else None
        )
        written: list[Sentence] = []
        for claim in group:
            self.said.add(claim.text)
            citations = (
                [cited[n] for n in claim.citations] if whole is None else [whole] * (claim is group[-1])
            )
            numbers = sorted({self._number(citation) for citation in citations})
            written.append(Sentence(_MARKER.sub("", claim.text).strip(), Basis.SOURCE, tuple(numbers)))
        return written

    def _number(self, citation: Citation) -> int:
        key = (citation.document.id, citation.start, citation.end)
        if key not in self.numbers:
            self.numbers[key] = len(self.notes) + 1
            self.notes.append(replace(citation, n=self.numbers[key]))
        return self.numbers[key]


def usable_claims(answer: Answer) -> list[Claim]:
    """The claims that may stand in a draft: supported, on the subject, with citations that all resolve.

    What a source says of its own number, date and issuer belongs to the note and not to the text.
    """
    numbers = {citation.n for citation in answer.citations}
    return [
        claim
        for claim in answer.claims
        if claim.verdict is Verdict.SUPPORTED
        and re.search(r"[^\W\d_]", _MARKER.sub("", claim.text))
        and not _ABOUT_THE_SOURCE.search(claim.text)
        and claim.citations
        and numbers.issuperset(claim.citations)
    ]


def _groups(claims: list[Claim], answer: Answer) -> list[list[Claim]]:
    """Claims that stand or fall together: a sentence that introduces a list (…：) with its items, others alone.

    An introduction that lost some of its items would promise more than follows, so it is left out.
    """
    cited = {citation.n: citation for citation in answer.citations}
    groups: list[list[Claim]] = []
    for claim in claims:
        opened = groups[-1] if groups and _introduces(groups[-1][0]) else None
        if opened and _follows(cited[claim.citations[0]], cited[opened[-1].citations[0]]):
            opened.append(claim)
        else:
            groups.append([claim])
    return [kept for group in groups if (kept := group if _complete(group) else group[1:])]


def _complete(group: list[Claim]) -> bool:
    """Whether as many items follow as the introduction counts (…八项：); any number if it counts none."""
    if not _introduces(group[0]):
        return True
    counted = [arabic(run) or int(run) for run in _COUNT.findall(group[0].text)]
    return len(group) - 1 >= (counted[-1] if counted else 1)


def _in_one_piece(citations: list[Citation]) -> Citation | None:
    """One citation of the whole run, if the quotes follow each other with nothing between them; else None."""
    first, last = citations[0], citations[-1]
    text = first.document.text
    for before, after in pairwise(citations):
        if not _follows(after, before) or text[before.end : after.start].strip():
            return None
    return replace(first, quote=text[first.start : last.end], end=last.end)


def _introduces(claim: Claim) -> bool:
    return _MARKER.sub("", claim.text).rstrip().endswith(("：", ":"))


def _follows(citation: Citation, before: Citation) -> bool:
    same = citation.document.id == before.document.id and citation.section_path == before.section_path
    return same and citation.start >= before.end


def _conflict(conflict: Conflict, answer: Answer) -> str:
    names = {citation.n: f"《{citation.document.title}》" for citation in answer.citations}
    sides = "，".join(f"{names.get(side.n, '另一来源')}为{side.value}" for side in conflict.sides)
    if conflict.prevails is None:
        return f"关于{conflict.subject}，资料不一致：{sides}；以何者为准尚不能确定。"
    rule = f"（{conflict.rule}）" if conflict.rule else ""
    return (
        f"关于{conflict.subject}，资料不一致：{sides}；以{names.get(conflict.prevails, '前者')}为准{rule}。"
    )
