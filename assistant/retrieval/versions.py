"""Versions of one document: what is found in a text that does not hold on the day is looked up in the one that does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.domain import Document, Hit, Passage, Query, Validity
from assistant.language.numerals import dates
from assistant.language.words import content_words
from assistant.library.snapshot import Snapshot

# Words by which a question asks for an older text, or for what changed.
_ASKS_FOR_VERSIONS = re.compile(
    r"旧|原(?:条例|法|文本|规定)|新版|修[订正改]|新旧|变化|变了|区别|不同|对照|相比|取代|版本|文本|废止"
)
# Share of words in common from which two passages of two versions are one rule, differently worded.
_SAME_RULE = 0.3


class Versions:
    """Which documents of a library are versions of each other, by `supersedes` and `superseded_by`."""

    def __init__(self, library: Snapshot) -> None:
        self._library = library
        self._family = _families(library.documents())

    def in_force(self, hits: Sequence[Hit], query: Query) -> list[Hit]:
        """The hits, best first, each passage that is out of force on the query's day replaced by the same rule in the
        version that is in force; left as it is where that version has no such rule, or the question asks for the
        older text (by its year, or by words such as 旧 and 修订前)."""
        text = query.effective_text
        if not self._family or _ASKS_FOR_VERSIONS.search(text):
            return list(hits)
        years = {mention.year for mention in dates(text)}
        kept: dict[str, Hit] = {}
        for hit in hits:
            current = self._current(hit.document, query.as_of, years)
            same = self._same_rule(hit.passage, current) if current else None
            found = replace(hit, document=current, passage=same) if current and same else hit
            kept.setdefault(found.passage.id, found)
        return [replace(hit, rank=rank) for rank, hit in enumerate(kept.values(), 1)]

    def meant(self, named: Mapping[str, tuple[str, ...]], query: Query) -> dict[str, tuple[str, ...]]:
        """The documents named, each as the version that holds on the query's day; all versions when several are asked
        for. A document none of whose versions holds stays as named."""
        text = query.effective_text
        several = bool(_ASKS_FOR_VERSIONS.search(text) or dates(text))
        found: dict[str, tuple[str, ...]] = {}
        for id_, names in self.all_of(named).items():
            kin = [d for d in self._family.get(id_, ()) if d.id in named or self._holds(d, query.as_of)]
            held = self._holds(self._library.document(id_), query.as_of)
            if several or held or (id_ in named and not kin):
                found[id_] = names
        return found

    def all_of(self, named: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """The documents named and their other versions, which go by the same names."""
        found = dict(named)
        for id_, names in named.items():
            found |= {other.id: names for other in self._family.get(id_, ()) if other.id not in found}
        return found

    def _current(self, document: Document, day: date, years: set[int]) -> Document | None:
        """The other version that holds on the day, when this one does not and was not asked for by its year."""
        others = self._family.get(document.id, ())
        if not others or self._holds(document, day) or (document.begins and document.begins.year in years):
            return None
        return next((other for other in others if self._holds(other, day)), None)

    def _holds(self, document: Document, day: date) -> bool:
        return self._library.validity(document, day) in (Validity.IN_FORCE, Validity.UNKNOWN)

    def _same_rule(self, passage: Passage, document: Document) -> Passage | None:
        words = set(content_words(passage.text))
        candidates = [p for p in self._library.document_passages(document.id) if p.supports]
        best = max(candidates, key=lambda p: _overlap(words, p), default=None)
        return best if best and _overlap(words, best) >= _SAME_RULE else None


def _overlap(words: set[str], passage: Passage) -> float:
    """Jaccard index of the words."""
    other = set(content_words(passage.text))
    return len(words & other) / (len(words | other) or 1)


def _families(documents: Mapping[str, Document]) -> dict[str, tuple[Document, ...]]:
    """For each document that has other versions in the library, those others."""
    group: dict[str, set[str]] = {}
    for document in documents.values():
        for other in (*document.supersedes, document.superseded_by or ""):
            if other in documents:
                joined = group.get(document.id, {document.id}) | group.get(other, {other})
                group.update(dict.fromkeys(joined, joined))
    return {id_: tuple(documents[o] for o in sorted(ids - {id_})) for id_, ids in group.items()}
