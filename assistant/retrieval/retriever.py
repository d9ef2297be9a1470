"""Hybrid retrieval: exact keys, lexical and dense candidates, ranked by one fitted score, shaped for people."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.domain import Document, Filters, Findings, Hit, Passage, Query, Validity
from assistant.language.canonical import canonical
from assistant.language.english import EnglishDictionary
from assistant.language.normal import is_chinese
from assistant.language.titles import article_numbers
from assistant.language.words import cut_chars, words
from assistant.library.glossary import Wording
from assistant.library.snapshot import Snapshot
from assistant.models import WordVectors
from assistant.retrieval.candidates import Candidates, Rows
from assistant.retrieval.conditions import read_filters
from assistant.retrieval.features import Features, Table
from assistant.retrieval.filters import dropped_notice, joined, passes, shown, without
from assistant.retrieval.names import NameIndex
from assistant.retrieval.question import MOST_TOKENS, Question
from assistant.retrieval.ranking import fuse, load_weights
from assistant.retrieval.reranking import SecondStage
from assistant.retrieval.shape import Shaper
from assistant.retrieval.similarity import TextFeatures
from assistant.retrieval.terms import TermStatistics
from assistant.retrieval.versions import Versions

# Added for what a question calls by its name, in standard deviations of the candidates' scores: at least so much, and more
# where the best passage of a document whose name is said in full would not come first.
NAMED = 5.0
ARTICLE = 5.0
# The same for what the conversation has cited: it settles a close call, no more.
CITED = 0.3
UNSUPPORTING = -1.0
# Passages of outdated versions, reposts and neighbours leave the list: so many more are looked at.
_SPARE = 20
_NEAREST_TITLES = 20
_LATER = 0.5  # what a translation further down the dictionary's list loses, in units of log frequency


class HybridRetriever:
    """Ranks the passages of one generation of the library."""

    def __init__(
        self,
        library: Snapshot,
        embeddings: Embeddings,
        vectors: WordVectors | None,
        wording: Wording,
        dictionary: EnglishDictionary,
        second_stage: SecondStage | None = None,
    ) -> None:
        self._library = library
        self._embeddings = embeddings
        self._second_stage = second_stage
        self.aliases = wording.aliases
        self._dictionary = dictionary
        self._meanings = wording.meanings
        segments = library.segments
        self.names = NameIndex(
            library.cards().values(),
            self._nearest_titles,
            lambda grams: segments.frequencies("document", grams),
        )
        self.terms = TermStatistics(
            lambda words: segments.frequencies("words", words), segments.count("words"), segments.vocabulary
        )
        self.features = TextFeatures(self.terms, vectors)
        self.versions = Versions(library)
        self._candidates = Candidates(segments, library.cards())
        self._table = Features(segments, library.cards(), vectors)
        self._weights = load_weights()
        self._shaper = Shaper(library.segments)
        self._regions = {c.region for c in library.cards().values() if c.region}
        self._issuers = {issuer for c in library.cards().values() for issuer in c.issuers}

    def find(self, query: Query, k: int) -> Findings:
        """The best `k` passages, best first; fewer when the library or the filters leave fewer."""
        text = query.effective_text
        official = self.official(text)
        question = self.understood(text)
        # Documents are looked for by what was said and by the official words for it.
        named = self.versions.meant(self.names.named_in(f"{text} {official}"), query)
        read, dropped = self._read(question, query, named)
        filters = joined(query.filters, read)
        hits = self._ranked(question, query, named, filters, k)
        hits = self.versions.in_force(hits, query, named.keys())
        warnings: tuple[str, ...] = () if dropped.empty else (dropped_notice(dropped),)
        if self._second_stage and hits:
            hits, failures = self._second_stage.reranked(text, hits, named.keys())
            warnings += failures
        return Findings(tuple(self._shaper.shaped(hits, named.keys(), k)), read, dropped, warnings)

    def understood(self, text: str) -> Question:
        """A question as it is looked up and judged."""
        return Question.of(text, self.official(text), self._meanings)

    def official(self, text: str) -> str:
        """A question in official words: short, spoken and English names replaced, and what is left of an English one
        translated word by word."""
        official = self.aliases.official(text)
        if is_chinese(text):
            return official
        groups = self._dictionary.translate(official)
        return (
            " ".join(max(group, key=lambda w: self._likely(w, group.index(w))) for group in groups if group)
            or official
        )

    def _likely(self, word: str, place: int) -> float:
        """How well one of several translations, best first, fits this library: its rarest word should be known here."""
        frequencies = self._library.segments.frequencies("words", words(word))
        return math.log1p(min(frequencies, default=0)) - _LATER * place

    def search(self, query: Query, k: int) -> list[Hit]:
        """The hits of `find`."""
        return list(self.find(query, k).hits)

    def looked_at(
        self, question: Question, named: Collection[str], filters: Filters
    ) -> tuple[Rows, Table, dict[str, list[int]]]:
        """The candidate passages' rows, sorted, their features, and what each way of looking found, best first."""
        segments = self._library.segments
        vector = np.asarray(self._embeddings.embed_query(question.official), dtype=np.float32)
        rows, ranks = self._candidates.of(question, vector, tuple(named), filters)
        if not len(rows):
            return rows, {}, ranks
        cosines = (segments.vectors(rows) @ vector).astype(np.float64)
        return rows, self._table.of(question, rows, cosines), ranks

    def _ranked(
        self, question: Question, query: Query, named: Mapping[str, Sequence[str]], filters: Filters, k: int
    ) -> list[Hit]:
        segments = self._library.segments
        rows, table, ranks = self.looked_at(question, named, filters)
        if not len(rows):
            return []
        scores = fuse(table, self._weights)
        ids = [segments.id_of(n) for n in segments.document_of(rows).tolist()]
        scores += _named_first(scores, ids, named)
        cited = self._cited(query)
        scores += CITED * np.array([id_ in cited for id_ in ids])
        exact = self._exact(question, rows, ids, named)
        scores += ARTICLE * exact
        hits: list[Hit] = []
        for i in np.lexsort((rows, -scores)).tolist():
            passage = self._library.passage_at(int(rows[i]))
            document = self._library.document(ids[i])
            if filters.empty or passes(document, filters, lambda d: self._holds(d, query)):
                values = {name: float(column[i]) for name, column in table.items()}
                score = float(scores[i]) + (0.0 if passage.supports else UNSUPPORTING)
                own = {name: list_.index(rows[i]) + 1 for name, list_ in ranks.items() if rows[i] in list_}
                hits.append(
                    Hit(
                        passage,
                        document,
                        len(hits) + 1,
                        {"total": score, "exact": float(exact[i]), **values},
                        own,
                    )
                )
            if len(hits) == k + _SPARE:
                break
        return sorted(hits, key=lambda hit: -hit.score)

    def _cited(self, query: Query) -> set[str]:
        """The documents of the last answer, where the question goes on from it: those it cited, else those it named."""
        if query.rewritten is None or not query.history:
            return set()
        last = query.history[-1]
        return set(last.cited or self.names.named_in(last.answer))

    def _exact(
        self, question: Question, rows: NDArray[Any], ids: Sequence[str], named: Mapping[str, Sequence[str]]
    ) -> NDArray[Any]:
        """1 for each passage that is the article of a named document that the question asks for."""
        articles = set(article_numbers(question.official))
        exact = np.zeros(len(rows))
        for i, id_ in enumerate(ids):
            if articles and id_ in named:
                exact[i] = float(not articles.isdisjoint(_articles(self._library.passage_at(int(rows[i])))))
        return exact

    def _read(
        self, question: Question, query: Query, named: Mapping[str, Sequence[str]]
    ) -> tuple[Filters, Filters]:
        """The filters the question states, and those of them that would leave nothing."""
        read = read_filters(question.official, self._regions, self._issuers)
        read = without(read, {*query.unread, *shown(query.filters)})
        # A document called by its name is wanted whatever else the question says of it.
        if named and not read.number:
            return Filters(), Filters()
        dropped = Filters()
        for name in reversed(list(shown(read))):
            if any(
                passes(d, joined(query.filters, read), lambda d: self._holds(d, query))
                for d in self._library.documents().values()
            ):
                break
            dropped = joined(dropped, replace(Filters(), **{name: getattr(read, name)}))
            read = without(read, [name])
        return read, dropped

    def _holds(self, document: Document, query: Query) -> bool:
        return self._library.validity(document, query.as_of) in (Validity.IN_FORCE, Validity.AMENDED)

    def _nearest_titles(self, text: str) -> list[str]:
        segments = self._library.segments
        tokens = list(dict.fromkeys(cut_chars(canonical(text))))[:MOST_TOKENS]
        return [segments.id_of(n) for n in segments.top("title", tokens, _NEAREST_TITLES).tolist()]


def _named_first(
    scores: NDArray[np.float64], ids: Sequence[str], named: Mapping[str, Sequence[str]]
) -> NDArray[np.float64]:
    """What each passage gains by its document being named, [len(scores)]."""
    of = {id_: np.array([other == id_ for other in ids]) for id_ in named if id_ in ids}
    others = scores[~np.logical_or.reduce([*of.values(), np.zeros(len(ids), dtype=bool)])]
    gain = np.zeros(len(scores))
    for id_, own in of.items():
        said = bool(named[id_][0])
        short = others.max(initial=-np.inf) - scores[own].max() - UNSUPPORTING
        gain[own] = max(NAMED, short) if said else NAMED
    return gain


def _articles(passage: Passage) -> Sequence[str]:
    """The article labels in a passage's own heading and at its beginning, in their canonical form."""
    return _labels(" ".join(passage.section_path[-1:]) + " " + passage.text[:12])


_labels = lru_cache(maxsize=1 << 14)(article_numbers)
