"""Signals that the library holds what is asked: the topic, the thing asked of it, and the kind of thing it should be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.answering.amounts import same_amount
from assistant.answering.question import Ask, Part, topic_of
from assistant.answering.scoring import Scored, without
from assistant.domain import Document, Hit, Kind, Query
from assistant.language.aliases import Aliases
from assistant.language.normal import is_chinese, squeeze
from assistant.language.titles import doc_numbers_in, titles_in
from assistant.language.words import char_ngrams, content_words, nouns, nouns_and_verbs, words
from assistant.library.snapshot import Snapshot
from assistant.retrieval.similarity import TextFeatures
from assistant.retrieval.terms import TermStatistics

_LATIN = re.compile(r"[a-z][a-z0-9\-]{2,}")
# A body is known by the end of its name; short names (半导体协会) may be other words for the same.
_BODY = re.compile(
    r"(?:(?![的是由在和与经把被对])[\u4e00-\u9fff]){4,16}?(?:协会|学会|大学|学院|研究所|有限公司|委员会|博物馆|剧院|图书馆|医院)"
)
# How well, and how much better, an unverified sentence must match before it counts.
_DOUBT = 0.1
_DOUBT_MATCH = 0.5
# From which cosine on a word counts as another word for the same thing.
_ALIKE = 0.6
# What has come about is not told by what was meant to, nor by a rule.
_STATUTES = (Kind.LAW, Kind.REGULATION)
_ACTUAL = re.compile(r"实际|已经|一共|累计|以来|完成了|实现了|达成了|到今")
_RULED = re.compile(r"条(?:还)?规定")
_PLANNED = re.compile(r"拟|计划|目标|力争|提出，(?:到|从)?\d{4}年|到\d{4}年.{0,20}(?:达到|超过|建成|实现)")
_TODAY = re.compile(r"今天|今年|目前|现在|当前|眼下|如今|最新|到今|至今")


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer to one part of a question, and what against it.

    `match`, `coverage`: the best sentence against the part's topic, softly and exactly, 0 to 1.
    `document`, `grams`: the question's words and character bigrams in the best sentence's document, 0 to 1.
    `known`: its words in the library; `strange`: the share of its nouns and verbs that the library does not know.
    `dense`: the best cosine of a passage; `head`: what the figure is of, softly, in the sentence.
    The others are 1 or 0 where they allow an answer and -1 where they rule it out: `fits` (the kind asked for is not
    there), `named` (another document is named), `year`, `place`, `article` (not those asked for), `thing` (a figure of
    another thing), `current` (today's or the actual figure is asked, the sentence is of old or tells a plan), `subject` (a proper name of the
    question stands nowhere in the document), `verified` (the document says that it is not verified, 待核实).
    """

    match: float
    coverage: float
    fits: float
    document: float
    grams: float
    known: float
    strange: float
    dense: float
    named: float
    year: float
    place: float
    article: float
    head: float
    thing: float
    current: float
    subject: float
    verified: float

    @property
    def contradicted(self) -> bool:
        """Whether the sentence lacks the kind, the document, the year, the place, the article or the name
        asked for, or the document says that it is not verified: no answer then."""
        return -1.0 in (
            self.fits,
            self.named,
            self.year,
            self.place,
            self.article,
            self.thing,
            self.current,
            self.subject,
            self.verified,
        )


class Judge:
    """Gathers the signals of the parts of a question."""

    def __init__(
        self, library: Snapshot, terms: TermStatistics, features: TextFeatures, aliases: Aliases
    ) -> None:
        self._library = library
        self._terms = terms
        self._features = features
        self._aliases = aliases

    def signals(
        self,
        query: Query,
        best: Sequence[tuple[Part, Scored, Scored | None]],
        hits: Sequence[Hit],
        named: Mapping[str, tuple[str, ...]],
    ) -> list[Signals]:
        """One `Signals` for each part with its best sentence and the best unverified one."""
        names = {name for names in named.values() for name in names}
        topic = topic_of(self._aliases.official(without(query.effective_text, names)))
        asked = content_words(topic)
        weights = self._terms.weights(topic)
        grams = [g for g in char_ngrams(topic) if len(g) > 1]
        known = sum(self._terms.knows(w) for w in asked) / len(asked) if asked else float(bool(named))
        things = nouns_and_verbs(self._aliases.official(query.effective_text))
        strange = sum(not self._terms.knows(w) for w in things) / len(things) if things else 0.0
        dense = max((h.scores["dense"] for h in hits), default=0.0)
        found = []
        for part, scored, doubt in best:
            document = scored.evidence.document
            text = self._bearing_text(document)
            in_document, tokens = set(char_ngrams(text)), words(text)
            found.append(
                Signals(
                    match=scored.match,
                    coverage=scored.coverage,
                    fits=_fits(part, scored),
                    document=self._terms.coverage(weights, tokens) if weights else float(bool(named)),
                    grams=sum(g in in_document for g in grams) / len(grams) if grams else float(bool(named)),
                    known=known,
                    strange=strange,
                    dense=dense,
                    named=_named(scored, named),
                    year=float(scored.year),
                    place=float(scored.place),
                    article=float(scored.article),
                    head=self._soft(part.head, scored),
                    thing=self._thing(part, scored),
                    current=_current(part, scored, doubt, query.as_of),
                    subject=self._subject(query.effective_text, text, named),
                    verified=_verified(part, scored, doubt),
                )
            )
        return found

    def is_foreign(self, question: str) -> bool:
        """Whether a question speaks of something the library does not know, nor knows another word for."""
        things = nouns(self._aliases.official(question))
        return any(
            not self._terms.knows(w) and self._features.nearest(w, self._vocabulary) < _ALIKE for w in things
        )

    @cached_property
    def _vocabulary(self) -> tuple[str, ...]:
        """The library's words of two characters or more."""
        return tuple(w for w in self._terms.known_words if len(w) > 1)

    def _bearing_text(self, document: Document) -> str:
        """What a document says that may bear a fact, with what it is called and who issued it."""
        passages = [p for p in self._library.document_passages(document.id) if p.supports]
        said = (" ".join((*p.section_path, p.text)) for p in passages)
        return " ".join((document.title, *document.aliases, *document.issuers, *said))

    def _thing(self, part: Part, scored: Scored) -> float:
        """-1 when the figure is of another thing: another amount, or what the library has no word for, nor the sentence."""
        if not part.wants_figure:
            return 0.0
        text = scored.evidence.text
        headings = " ".join(scored.evidence.passage.section_path[1:])
        if not same_amount(self._aliases.official(part.focus), f"{headings} {text}"):
            return -1.0
        for noun in nouns(self._aliases.official(part.head)):
            pairs = [noun[i : i + 2] for i in range(len(noun) - 1)]
            alike = sum(p in text for p in pairs) >= len(pairs) / 2 or self._soft(noun, scored) >= _ALIKE
            if not self._terms.knows(noun) and not alike:
                return -1.0
        return 0.0

    def _subject(self, question: str, text: str, named: Mapping[str, tuple[str, ...]]) -> float:
        """-1 when the question names a title, a body or a Latin name that the document's text does not know."""
        held = squeeze(text + " ".join(name for names in named.values() for name in names))
        official = self._aliases.official(question)
        wanted = [*titles_in(question), *(b[-7:] for b in _BODY.findall(official) if len(b) >= 7)]
        if is_chinese(question):
            wanted += [w for w in _LATIN.findall(official) if not self._terms.knows(w)]
        return 0.0 if all(squeeze(w) in held for w in wanted) else -1.0

    def _soft(self, text: str, scored: Scored) -> float:
        """How well the words of `text` are found in the best sentence and its heading; the whole match when there are none."""
        weights = self._terms.weights(self._aliases.official(text))
        evidence = scored.evidence
        if not weights:
            return scored.match
        tokens = words(f"{' '.join(evidence.passage.section_path[1:])} {evidence.text}")
        return self._features.max_sim(weights, [tokens])[0]


def _named(scored: Scored, named: Mapping[str, tuple[str, ...]]) -> float:
    if not named:
        return 0.0
    evidence = scored.evidence
    said = any(name and name in squeeze(evidence.text) for names in named.values() for name in names)
    return 1.0 if evidence.document.id in named or said else -1.0


def _verified(part: Part, scored: Scored, doubt: Scored | None) -> float:
    # Whether a document is in force is answered by its dates, or by saying that they are not verified.
    if doubt is None or Ask.VALIDITY in part.kinds:
        return 0.0
    if set(doc_numbers_in(part.text)) & set(doc_numbers_in(scored.evidence.text)):
        return 0.0
    return -1.0 if doubt.match >= _DOUBT_MATCH and doubt.topical > scored.topical + _DOUBT else 0.0


def _current(part: Part, scored: Scored, doubt: Scored | None, as_of: date) -> float:
    meant = _PLANNED if scored.evidence.document.kind not in _STATUTES else _RULED
    if part.wants_figure and _ACTUAL.search(part.text) and meant.search(scored.evidence.text):
        return -1.0
    if not part.wants_figure or not _TODAY.search(part.text):
        return 0.0
    years = [int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d{2})年", scored.evidence.text)]
    if years and max(years) < as_of.year - 1:
        return -1.0
    return -1.0 if doubt is not None and doubt.match >= _DOUBT_MATCH else 0.0


def _fits(part: Part, scored: Scored) -> float:
    if not part.wants_figure and not part.kinds & {Ask.DOC_NUMBER, Ask.DATE, Ask.ISSUER, Ask.PERSON}:
        return 0.0
    return 1.0 if scored.fits else -1.0
