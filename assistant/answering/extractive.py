"""The composer for no model: whole sentences of the sources, the direct answer first, enumerations kept whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.evidence import Evidence, evidence_of, items_after, sentences_of
from assistant.answering.in_force import is_standing
from assistant.answering.question import Ask, Asked, Part
from assistant.answering.scoring import Scored, SentenceScorer, held, years_in
from assistant.answering.statement import Span, Statement
from assistant.domain import Hit, Passage
from assistant.language.normal import squeeze
from assistant.language.places import places_in
from assistant.library.snapshot import Snapshot

# An answer is as short as the question allows: characters, sentences, and how far behind the best a sentence may be.
LONGEST = 280
MOST_SENTENCES = 5
MARGIN = 0.75
# A sentence of yet another document must be nearly as good as the best.
MARGIN_ELSEWHERE = 0.35
# And speak of the topic at least this much of what the best one does.
TOPICAL = 0.5


@dataclass(frozen=True, slots=True)
class Composition:
    """What the composer found: its statements, and for each part of the question the best sentence.

    `doubts` holds, for each part, the best sentence of what that sentence's document says is not verified, if it has any.
    """

    statements: tuple[Statement, ...]
    best: tuple[Scored, ...] = ()
    parts: tuple[Part, ...] = ()
    doubts: tuple[Scored | None, ...] = ()


class ExtractiveComposer:
    """Composes answers from the sentences of the hits."""

    def __init__(self, library: Snapshot, scorer: SentenceScorer) -> None:
        self._library = library
        self._scorer = scorer

    def compose(self, asked: Asked, named: Mapping[str, tuple[str, ...]], hits: Sequence[Hit]) -> Composition:
        """Choose sentences for each part of the question; empty when the hits hold no quotable sentence."""
        evidence = _of_named(evidence_of(hits), named)
        if Ask.COMPARISON not in asked.kinds:
            evidence += self._leads(named, hits)
        if Ask.VALIDITY not in asked.kinds:
            evidence = [e for e in evidence if not is_standing(e.text)]
        if not evidence:
            return Composition((), (), asked.parts)
        ranked = [self._scorer.score(part, named, evidence) for part in asked.parts]
        margin = MARGIN if Ask.COMPARISON in asked.kinds else MARGIN_ELSEWHERE
        chosen = _choose([*ranked, *_sides(ranked, asked, named)], margin)
        statements: list[Statement] = []
        for item in dict.fromkeys(_introduced(item, evidence) for item in chosen):
            for statement in self._expand(item, evidence, asked):
                if all(squeeze(statement.text) != squeeze(s.text) for s in statements):
                    statements.append(statement)
        best = tuple(r[0] for r in ranked)
        doubts = tuple(self._doubt(part, named, s) for part, s in zip(asked.parts, best, strict=True))
        return Composition(tuple(statements), best, asked.parts, doubts)

    def _leads(self, named: Mapping[str, tuple[str, ...]], hits: Sequence[Hit]) -> list[Evidence]:
        """What the documents named say of themselves at their head, where that is not among the hits."""
        have = {h.passage.id for h in hits}
        leads = (
            (self._library.document(id_), p)
            for id_ in named
            for p in self._library.document_passages(id_)
            if p.supports and len(p.section_path) < 2 and p.id not in have
        )
        return [e for document, p in leads for e in sentences_of(document, p)]

    def _doubt(self, part: Part, named: Mapping[str, tuple[str, ...]], best: Scored) -> Scored | None:
        document = best.evidence.document
        unverified = [p for p in self._library.document_passages(document.id) if p.is_unverified]
        sentences = [e for p in unverified for e in sentences_of(document, p)]
        return self._scorer.score(part, named, sentences)[0] if sentences else None

    def _expand(self, item: Evidence, evidence: Sequence[Evidence], asked: Asked) -> list[Statement]:
        """A chosen sentence with what belongs to it: the items it introduces, or the sections it announces."""
        statements = [_statement(item)]
        whole = [*evidence, *self._rest_of(item, evidence)]
        if item.introduces:
            statements += [_statement(i, is_item=True) for i in items_after(item, whole)]
        elif Ask.LIST in asked.kinds:
            statements += [_statement(e, is_item=True) for e in self._announced(item)]
        return statements

    def _rest_of(self, item: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Sentences of the following passages of the same document that were not among the hits."""
        have = {e.passage.id for e in evidence}
        following = [
            p
            for p in self._library.document_passages(item.document.id)
            if p.ordinal > item.passage.ordinal
            and p.id not in have
            and p.section_path == item.passage.section_path
        ]
        return [e for p in following for e in sentences_of(item.document, p)]

    def _announced(self, item: Evidence) -> list[Evidence]:
        """The first sentence of each sub-section, when the sentence stands before sub-sections that it names."""
        path = item.passage.section_path
        children: dict[tuple[str, ...], Passage] = {}
        for passage in self._library.document_passages(item.document.id):
            below = passage.section_path[: len(path) + 1]
            if len(below) > len(path) and below[: len(path)] == path:
                children.setdefault(below, passage)
        if len(path) < 2 or not 2 <= len(children) <= 9:
            return []
        first = [sentences_of(item.document, p) for p in children.values()]
        named = [sentences[0] for sentences in first if sentences and _names(item.text, sentences[0].passage)]
        return named if len(named) == len(children) else []


def _introduced(item: Evidence, evidence: Sequence[Evidence]) -> Evidence:
    """An item of a list that is no sentence of its own stands with its list: then the sentence before the list."""
    if not item.is_item or (item.text.endswith("。") and "，" in item.text):
        return item
    before = [e for e in evidence if e.passage.id == item.passage.id and e.introduces and e.end <= item.start]
    introduction = max(before, key=lambda e: e.start, default=item)
    return introduction if item in items_after(introduction, evidence) else item


def _choose(ranked: Sequence[Sequence[Scored]], margin_elsewhere: float) -> list[Evidence]:
    """The best sentence of each ranking, then the next best of any while they are close and there is room."""
    chosen = list(dict.fromkeys(scored[0].evidence for scored in ranked))
    length = sum(len(e.text) for e in chosen)
    rest = sorted(
        (
            (s.score - scored[0].score, s.evidence)
            for scored in ranked
            for s in scored[1:12]
            if s.topical >= TOPICAL * scored[0].topical
        ),
        key=lambda x: -x[0],
    )
    for behind, candidate in rest:
        if behind < -MARGIN or len(chosen) >= MOST_SENTENCES:
            break
        elsewhere = all(candidate.document.id != c.document.id for c in chosen)
        if elsewhere and behind < -margin_elsewhere:
            continue
        if candidate in chosen or length + len(candidate.text) > LONGEST:
            continue
        chosen.append(candidate)
        length += len(candidate.text)
    return chosen


def _sides(
    ranked: Sequence[Sequence[Scored]], asked: Asked, named: Mapping[str, tuple[str, ...]]
) -> list[list[Scored]]:
    """The rankings of each side when a question sets several documents, years or places side by side.

    A side is kept only where it fits as well as the whole: what is asked must be there too.
    """
    sides: list[list[Scored]] = []
    for part, scored in zip(asked.parts, ranked, strict=True):
        groups: list[list[Scored]] = []
        compared = _sides_named(named, scored, asked)
        if len(compared) > 1:
            groups = [[s for s in scored if s.evidence.document.id == i] for i in compared]
        for wanted in (years_in(part.text), places_in(part.text)):
            if len(wanted) > 1:
                groups += [[s for s in scored if held([w], s.evidence) > 0] for w in wanted]
        sides += [g[:1] for g in groups if g and (g[0].fits or not scored[0].fits)]
    return sides[:MOST_SENTENCES]


def _sides_named(named: Mapping[str, tuple[str, ...]], scored: Sequence[Scored], asked: Asked) -> list[str]:
    """The documents named; a version replaced by another of them is a side only where texts are compared."""
    if Ask.COMPARISON in asked.kinds:
        return list(named)
    replaced = {s.evidence.document.id for s in scored if s.evidence.document.superseded_by in named}
    return [id_ for id_ in named if id_ not in replaced]


def _of_named(evidence: list[Evidence], named: Mapping[str, tuple[str, ...]]) -> list[Evidence]:
    """What stands in the documents that the question names, or speaks of them; everything when it names none."""
    kept = [
        e
        for e in evidence
        if e.document.id in named
        or any(name and name in squeeze(e.text) for names in named.values() for name in names)
    ]
    return kept if named else evidence


def _names(sentence: str, passage: Passage) -> bool:
    """Whether a sentence names a section by its heading (numbering left out)."""
    heading = squeeze(passage.section_path[-1].split("）")[-1])
    return heading in squeeze(sentence)


def _statement(item: Evidence, *, is_item: bool = False) -> Statement:
    span = Span(item.document, item.passage, item.start, item.end)
    return Statement(item.shown, (span,), is_item=is_item)
