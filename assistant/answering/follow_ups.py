"""Questions to ask next, from the framework's entries that the cited passages and documents belong to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from assistant.domain import Citation
from assistant.language.normal import squeeze
from assistant.library.framework import Entry, Framework

_MOST = 3


def follow_ups(question: str, citations: Sequence[Citation], framework: Framework) -> tuple[str, ...]:
    """Up to three questions that the corpus answers, none of them the one just asked.

    First those of entries described in the cited sections, then of entries that the cited documents exemplify or are
    tagged with; where nothing is cited, one of each group.
    """
    sections = {part for c in citations for part in c.section_path}
    ids = {c.document.id for c in citations}
    tags = {t for c in citations for t in (*c.document.models, *c.document.pillars, *c.document.types)}
    described = [e for e in framework.entries if e.source.section in sections]
    exemplified = [e for e in framework.entries if ids & _documents(e)]
    tagged = [e for e in framework.entries if e.id in tags]
    groups = (framework.models, framework.pillars, framework.types)
    queue = [
        *_in_turn(described),
        *_in_turn(exemplified),
        *_in_turn(tagged),
        *chain.from_iterable(zip_longest(*(_in_turn(group) for group in groups))),
    ]
    new = (q for q in queue if q and squeeze(q) != squeeze(question))
    return tuple(dict.fromkeys(new))[:_MOST]


def _in_turn(entries: Iterable[Entry]) -> list[str]:
    """The first question of each entry, then the second of each, and so on."""
    rounds = zip_longest(*(e.questions for e in entries))
    return [q for asked in rounds for q in asked if q]


def _documents(entry: Entry) -> set[str]:
    return {*getattr(entry, "cases", ()), *getattr(entry, "policies", ())}
