"""Which sentences of an answer may stand in a draft, and which of them belong together."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.domain import Answer, Citation, Claim, Verdict
from assistant.drafting.outline import Part, Question
from assistant.language.numerals import arabic
from assistant.language.words import content_words

# A sentence on one policy is on a pillar's subject when it shares this many of the pillar's words.
SHARED_WORDS = 2

_MARKER = re.compile(r"\s*\[\d+\]")
_LETTERS = re.compile(r"[^\W\d_]")
_ABOUT_THE_SOURCE = re.compile(
    r"发文字号|发文机关|前一版|来源页|发布机关|成文日期|公布日|(?:期限|行动期|规划期|实施期)(?:为|至)|号公布。"
    r"|(?:联合出台|联合印发|联合发布|对外公布|印发|发布)[。，]|日(?:由[^，。]{2,40})?(?:发布|印发|公布)《"
)
_COUNT = re.compile(
    r"([一二两三四五六七八九十]{1,3}|(?<!\d)\d{1,2})\s*(?:大)?(?:个方面|项|类|条|种|个|点|部分)"
)

Group = list[Claim]


def bare(claim: Claim) -> str:
    """The sentence without citation markers."""
    return _MARKER.sub("", claim.text).strip()


def groups(answer: Answer, question: Question, part: Part) -> list[Group]:
    """The usable claims of an answer, those together that stand or fall together.

    Usable is what is supported, cites only citations of the answer, and is on the subject of the question. What a
    source says of its own number, date and issuer is not: that belongs to the note. A sentence that introduces a list
    (…：) stands with its items; one that lost some of them would promise more than follows, so it is left out.
    """
    if not answer.status.is_answer:
        return []
    cited = {citation.n: citation for citation in answer.citations}
    found: list[Group] = []
    for claim in answer.claims:
        if (
            claim.verdict is not Verdict.SUPPORTED
            or not claim.citations
            or not cited.keys() >= set(claim.citations)
        ):
            continue
        if not _LETTERS.search(bare(claim)) or _ABOUT_THE_SOURCE.search(claim.text):
            continue
        opened = found[-1] if found and _introduces(found[-1][0]) else None
        if opened and _follows(cited[claim.citations[0]], cited[opened[-1].citations[0]]):
            opened.append(claim)
        elif _on_subject(claim, [cited[n] for n in claim.citations], question, part):
            found.append([claim])
    return [kept for group in found if (kept := group if _complete(group) else group[1:])]


def in_one_piece(citations: list[Citation]) -> tuple[int, int] | None:
    """Start and end of the whole run, if the quotes follow each other with nothing between them; else None."""
    for before, after in pairwise(citations):
        if not _follows(after, before) or before.document.text[before.end : after.start].strip():
            return None
    return citations[0].start, citations[-1].end


def _on_subject(claim: Claim, citations: list[Citation], question: Question, part: Part) -> bool:
    documents = [citation.document for citation in citations]
    if question.document and any(document.id != question.document for document in documents):
        return False
    if question.document and len(_topic(claim.text) & _topic(part.vocabulary)) < SHARED_WORDS:
        return False
    if question.region and question.region not in claim.text:
        return all(document.region and document.region in question.region for document in documents)
    if question.industry and question.industry not in claim.text:
        return any(question.industry in document.industries for document in documents)
    return True


def _topic(text: str) -> set[str]:
    return {word for word in content_words(text) if len(word) > 1}


def _complete(group: Group) -> bool:
    """Whether as many items follow as the introduction counts (…八项：); any number if it counts none."""
    if not _introduces(group[0]):
        return True
    counted = [arabic(run) or int(run) for run in _COUNT.findall(group[0].text)]
    return len(group) - 1 >= (counted[-1] if counted else 1)


def _introduces(claim: Claim) -> bool:
    return bare(claim).endswith(("：", ":"))


def _follows(citation: Citation, before: Citation) -> bool:
    same = citation.document.id == before.document.id and citation.section_path == before.section_path
    return same and citation.start >= before.end
