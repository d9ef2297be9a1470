"""Versions of one document: what is found in a text that does not hold on the day is looked up in the one that does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date

from assistant.domain import Document, Hit, Passage, Query, Validity
from assistant.language.numerals import dates
from assistant.language.titles import document_keys_in
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
        self._family = _families(library)

    def in_force(self, hits: Sequence[Hit], query: Query, named: Set[str]) -> list[Hit]:
        """The hits, best first, each passage of a version that is not wanted replaced by the same rule in one that is.

        Where that version has no such rule, the passage stays if its document was named, so that the answer can say
        what replaced it, and is left out otherwise.
        """
        kept: dict[str, Hit] = {}
        for hit in hits:
            wanted = self._wanted(hit.document, query)
            found: Hit | None = hit
            if hit.document not in wanted:
                found = self._same_rule(hit, wanted[0])
                if found is None and {hit.document.id, wanted[0].id} & named and not _named(wanted, query):
                    found = hit
            if found:
                kept.setdefault(found.passage.id, found)
        return [replace(hit, rank=rank) for rank, hit in enumerate(kept.values(), 1)]

    def meant(self, named: Mapping[str, tuple[str, ...]], query: Query) -> dict[str, tuple[str, ...]]:
        """The documents named, each as the versions of it that are wanted."""
        versions = self.all_of(named)
        wanted = {d.id for id_ in versions for d in self._wanted(self._library.document(id_), query)}
        return {id_: names for id_, names in versions.items() if id_ in wanted}

    def all_of(self, named: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """The documents named and their other versions, which go by the same names."""
        found = dict(named)
        for id_, names in named.items():
            found |= {other.id: names for other in self._family.get(id_, ()) if other.id not in found}
        return found

    def _wanted(self, document: Document, query: Query) -> Sequence[Document]:
        """Of all versions of a document those that a question is about: all when it asks what changed, those whose number
        or year it names, else those that hold on its day; all when none does."""
        versions = self._family.get(document.id, (document,))
        if len(versions) < 2 or _ASKS_FOR_VERSIONS.search(query.effective_text):
            return versions
        holding = [d for d in versions if self._holds(d, query.as_of)]
        return _named(versions, query) or holding or versions

    def _holds(self, document: Document, day: date) -> bool:
        return self._library.validity(document, day) in (Validity.IN_FORCE, Validity.UNKNOWN)

    def _same_rule(self, hit: Hit, version: Document) -> Hit | None:
        words = set(content_words(hit.passage.text))
        candidates = [p for p in self._library.document_passages(version.id) if p.supports]
        best = max(candidates, key=lambda p: _overlap(words, p), default=None)
        if best is None or _overlap(words, best) < _SAME_RULE:
            return None
        return replace(hit, document=version, passage=best)


def _named(versions: Sequence[Document], query: Query) -> list[Document]:
    """The versions whose number, else whose year the question names."""
    numbers = set(document_keys_in(query.effective_text))
    numbered = [d for d in versions if numbers & set(document_keys_in(d.doc_number or ""))]
    if numbered:
        return numbered
    years = {mention.year for mention in dates(query.effective_text)}
    days = {d.id: (d.signed, d.published, d.effective) for d in versions}
    return [d for d in versions if years & {day.year for day in days[d.id] if day}]


def _overlap(words: set[str], passage: Passage) -> float:
    """Jaccard index of the words."""
    other = set(content_words(passage.text))
    return len(words & other) / (len(words | other) or 1)


def _families(library: Snapshot) -> dict[str, tuple[Document, ...]]:
    """For each document that has other versions in the library, all of them with itself."""
    cards = library.cards()
    group: dict[str, set[str]] = {}
    for card in cards.values():
        for other in (*card.supersedes, card.superseded_by or ""):
            if other in cards:
                joined = group.get(card.id, {card.id}) | group.get(other, {other})
                group.update(dict.fromkeys(joined, joined))
    return {id_: tuple(library.document(o) for o in sorted(ids)) for id_, ids in group.items()}
