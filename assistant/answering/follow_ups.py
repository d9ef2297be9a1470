"""Questions to ask next, from the framework's entries that the cited documents belong to."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Document
from assistant.language.normal import squeeze
from assistant.library.framework import Entry, Framework

_MOST = 3


def follow_ups(question: str, cited: Sequence[Document], framework: Framework) -> tuple[str, ...]:
    """Up to three questions that the corpus answers, none of them the one just asked."""
    tags = {tag for d in cited for tag in (*d.models, *d.pillars, *d.types)}
    ids = {d.id for d in cited}
    related = [e for e in framework.entries if e.id in tags] or list(framework.entries)
    related.sort(key=lambda e: not ids & _documents(e))
    queues = [[q for q in e.questions if squeeze(q) != squeeze(question)] for e in related]
    turns = [q for round_ in range(3) for queue in queues for q in queue[round_ : round_ + 1]]
    return tuple(dict.fromkeys(turns))[:_MOST]


def _documents(entry: Entry) -> set[str]:
    return {*getattr(entry, "cases", ()), *getattr(entry, "policies", ()), entry.source.document}
