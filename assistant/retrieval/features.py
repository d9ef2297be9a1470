"""What speaks for each candidate passage: one number a passage for each feature, all candidates at once.

A passage is judged with its title and its headings around it; each of the three is also a feature of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.language.grams import word_ids
from assistant.language.places import places_in
from assistant.language.words import content_words
from assistant.library.cards import Card
from assistant.library.forward import Texts
from assistant.library.segments import Segments
from assistant.models import WordVectors
from assistant.retrieval.matching import Column, Matrix, Occurrences, bm25, coverage, idf
from assistant.retrieval.question import Question, years_of

FEATURES = (
    "title",  # BM25 of character n-grams in the document's names
    "document",  # BM25 of character n-grams in the whole document
    "dense",  # cosine of the embeddings
    "coverage",  # share of the question's n-grams, by rarity, that stand in title, headings or text
    "topic",  # the same of those n-grams that no stop word cuts or is part of
    "max_sim",  # for each word of the question the nearest word of the passage, mean by rarity
    "meant",  # share of its spoken words of which an official meaning stands in the text
    "closeness",  # how closely the question's characters stand together
    "place",  # 1: of a place that is asked for, -1: of another one
    "year",  # 1: of a year that is asked for, -1: of another one
)

Table = Mapping[str, Column]


class Features:
    """Computes the features of passages for questions over one generation of the library."""

    def __init__(self, library: Segments, cards: Mapping[str, Card], vectors: WordVectors | None) -> None:
        self._library = library
        self._cards = cards
        self._vectors = vectors
        self._places = lru_cache(maxsize=1 << 14)(_places)

    def of(self, question: Question, rows: NDArray[np.intp], cosines: Column) -> Table:
        """The features of the passages in these rows, each [len(rows)]; `cosines` are those with the question."""
        library = self._library
        texts = library.texts(rows)
        numbers, at = np.unique(library.document_of(rows), return_inverse=True)
        weights = idf(library.frequencies("chars", question.tokens), library.count("chars"))
        terms, order = np.unique(question.grams, return_index=True)
        weights = weights[order]

        body = Occurrences(terms, texts.symbols, texts.symbol_starts)
        head = Occurrences(terms, texts.heading_symbols, texts.heading_starts)
        in_body, in_head = body.frequencies(), head.frequencies()
        table = self._of_documents(question, terms, order, numbers)
        in_title = table.pop("frequency")[at]
        whole = in_body + in_head + in_title
        found = {name: column[at] for name, column in table.items()}
        return found | {
            "dense": cosines,
            "coverage": coverage(whole > 0, weights),
            "topic": coverage(whole > 0, weights * np.isin(terms, question.topic)),
            "max_sim": self._max_sim(question, texts),
            "meant": self._meant(question, texts),
            "closeness": body.closeness(),
        }

    def _of_documents(
        self,
        question: Question,
        terms: NDArray[np.uint32],
        order: NDArray[np.intp],
        numbers: NDArray[np.intp],
    ) -> dict[str, NDArray[np.float64]]:
        """Features that all passages of a document share, [len(numbers)], and how often each term stands in its title."""
        library = self._library
        documents = library.document_grams(numbers)
        named = Occurrences(terms, documents.title_symbols, documents.title_starts)
        in_title = named.frequencies()
        lengths = np.diff(documents.title_starts).astype(np.float64)
        tokens = [question.tokens[i] for i in order]
        rarity = {
            field: idf(library.frequencies(field, tokens), library.count("title"))
            for field in ("title", "document")
        }
        cards = [self._cards[library.id_of(number)] for number in numbers.tolist()]
        return {
            "frequency": in_title,
            "title": bm25(in_title, lengths, library.average("title"), rarity["title"]),
            "document": bm25(
                documents.frequencies(terms),
                documents.lengths,
                library.average("document"),
                rarity["document"],
            ),
            "place": np.array([self._place(question, card) for card in cards]),
            "year": np.array([_year(question, card) for card in cards]),
        }

    def _max_sim(self, question: Question, texts: Texts) -> Column:
        """The mean over the question's words, by rarity, of the best cosine with a word of the text; 1 for itself."""
        lengths = np.diff(texts.word_starts)
        filled = np.nonzero(lengths)[0]
        if self._vectors is None or not question.words or not len(filled):
            return np.zeros(len(lengths))
        present, place = np.unique(texts.words, return_inverse=True)
        alike = self._vectors.matrix(question.words) @ self._vectors.of_ids(present).T
        alike = np.maximum(alike, question.word_ids[:, None] == present[None, :])
        best: Matrix = np.maximum.reduceat(alike[:, place], texts.word_starts[filled], axis=1)
        weights = idf(self._library.frequencies("words", question.words), self._library.count("words"))
        found = np.zeros(len(lengths))
        found[filled] = weights @ best / weights.sum()
        return found

    def _meant(self, question: Question, texts: Texts) -> Column:
        """The share of the question's spoken words of which a meaning stands in the text, or is its nearest word."""
        lengths = np.diff(texts.word_starts)
        found = np.zeros(len(lengths))
        filled = np.nonzero(lengths)[0]
        if not question.meanings or not len(filled):
            return found
        present, place = np.unique(texts.words, return_inverse=True)
        for meant in question.meanings:
            best = np.zeros(len(filled))
            for official in meant:
                asked = content_words(official) or [official]
                alike = word_ids(asked)[:, None] == present[None, :]
                held = np.maximum.reduceat(
                    alike[:, place].astype(np.float64), texts.word_starts[filled], axis=1
                )
                best = np.maximum(best, held.mean(axis=0))
            found[filled] += best
        return found / len(question.meanings)

    def _place(self, question: Question, card: Card) -> float:
        if not question.places:
            return 0.0
        places = self._places(card.title, card.region or "")
        if places.intersection(question.places):
            return 1.0
        return -1.0 if places else 0.0


def _places(title: str, region: str) -> frozenset[str]:
    return frozenset(places_in(f"{title} {region}"))


def _year(question: Question, card: Card) -> float:
    """Judged by the years that a document calls itself by: its date says little about the years it speaks of."""
    own = years_of(card.title) | ({card.labelled} if card.labelled else set())
    if not question.years or not own:
        return 0.0
    return 1.0 if any(min(own) <= year <= max(own) for year in question.years) else -1.0
