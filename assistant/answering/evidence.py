"""Sentences of the retrieved passages, each with where it stands: what an answer may be made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain import Document, Hit, Passage
from assistant.language.sentences import sentences

_LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d{1,2}[.、)]|[（(][一二三四五六七八九十\d]{1,3}[)）])\s*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence (or list item) of a passage. `score` is the passage's total, scaled to 0..1 within the query."""

    document: Document
    passage: Passage
    start: int
    end: int
    passage_score: float

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @property
    def is_item(self) -> bool:
        return bool(_LIST_MARK.match(self.text))

    @property
    def introduces(self) -> bool:
        """Whether a list follows."""
        return self.text.rstrip().endswith(("：", ":"))

    @property
    def shown(self) -> str:
        """The sentence without its list mark, as it is shown."""
        return _LIST_MARK.sub("", self.text).strip()


def sentences_of(document: Document, passage: Passage, score: float = 0.0) -> list[Evidence]:
    """The sentences of one passage in order."""
    return [
        Evidence(document, passage, passage.start + start, passage.start + end, score)
        for start, end in sentences(passage.text)
    ]


def evidence_of(hits: Sequence[Hit]) -> list[Evidence]:
    """Every quotable sentence of the hits, in the order of the hits; notes and 待核实 sections bear no fact."""
    usable = [h for h in hits if h.passage.supports]
    if not usable:
        return []
    best, worst = usable[0].score, min(h.score for h in usable)
    spread = (best - worst) or 1.0
    found = (e for h in usable for e in sentences_of(h.document, h.passage, (h.score - worst) / spread))
    # Passages may overlap: a sentence counts once, with its best passage.
    return list({(e.document.id, e.start): e for e in reversed(list(found))}.values())[::-1]


def items_after(introduction: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The list items that follow an introducing sentence directly, in the order of the document."""
    following = sorted(
        (e for e in evidence if e.document.id == introduction.document.id and e.start >= introduction.end),
        key=lambda e: e.start,
    )
    items: list[Evidence] = []
    end = introduction.end
    for candidate in following:
        if not candidate.is_item or introduction.document.text[end : candidate.start].strip():
            break
        items.append(candidate)
        end = candidate.end
    return items
