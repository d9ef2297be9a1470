"""Hybrid retrieval: lexical and dense candidates, named documents, fused and reranked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from assistant.domain import Document, Filters, Hit, Passage, Query
from assistant.language.aliases import Aliases
from assistant.language.titles import articles_in
from assistant.language.words import char_ngrams, content_words
from assistant.library.context import context
from assistant.library.snapshot import Snapshot
from assistant.models import WordVectors
from assistant.retrieval.filters import passes
from assistant.retrieval.names import NameIndex
from assistant.retrieval.ranking import ARTICLE_BONUS, NAMED_BONUS, TextFeatures, fuse
from assistant.retrieval.terms import TermStatistics
from assistant.retrieval.versions import Versions

LEXICAL_CANDIDATES = 150
DENSE_CANDIDATES = 60
# Passages of outdated versions are left out of the ranking: so many more are looked at.
_SPARE = 20
_INDEXED = ("title", "heading", "words", "chars", "document")


class HybridRetriever:
    """Ranks the passages of one generation of the library."""

    def __init__(
        self, library: Snapshot, embeddings: Embeddings, vectors: WordVectors | None, aliases: Aliases
    ) -> None:
        self._library = library
        self._embeddings = embeddings
        self.aliases = aliases
        self.names = NameIndex(library.documents().values())
        self.terms = TermStatistics(
            context(library.documents()[p.document_id], p) for p in library.passages().values() if p.supports
        )
        self.features = TextFeatures(self.terms, vectors)
        self.versions = Versions(library)

    def search(self, query: Query, k: int) -> list[Hit]:
        """The best `k` passages, best first; fewer when the library or the filters leave fewer."""
        text = query.effective_text
        official = self.aliases.official(text)
        # What was said and the official words for it are searched together, and judged by the official ones.
        both = f"{text} {official}"
        named = self.versions.meant(self.names.named_in(both), query)
        lexical = self._library.lexical(content_words(both), char_ngrams(both), LEXICAL_CANDIDATES)
        dense = self._dense(official)
        candidates = self._candidates({*lexical, *dense}, named, query.filters)
        if not candidates:
            return []
        contexts = [context(d, p) for d, p in candidates]
        features: dict[str, Sequence[float]] = {
            name: [lexical.get(p.id, {}).get(name, 0.0) for _, p in candidates] for name in _INDEXED
        }
        features["dense"] = [dense.get(p.id, 0.0) for _, p in candidates]
        features.update(self.features.of(official, contexts))
        articles = set(articles_in(text))
        bonus = [_bonus(d, p, named, articles) for d, p in candidates]
        totals = fuse(features, bonus)
        order = sorted(range(len(candidates)), key=lambda i: (-totals[i], candidates[i][1].id))
        hits = [
            Hit(
                candidates[i][1],
                candidates[i][0],
                rank,
                {"total": float(totals[i]), **{name: float(values[i]) for name, values in features.items()}},
            )
            for rank, i in enumerate(order[: k + _SPARE], 1)
        ]
        return self.versions.in_force(hits, query, named.keys())[:k]

    def _dense(self, text: str) -> dict[str, float]:
        if not text.strip():
            return {}
        return self._library.dense(self._embeddings.embed_query(text), DENSE_CANDIDATES)

    def _candidates(self, found: set[str], named: Any, filters: Filters) -> list[tuple[Document, Passage]]:
        documents, passages = self._library.documents(), self._library.passages()
        chosen = [passages[i] for i in found if i in passages]
        if named:
            chosen += [p for d in named for p in self._library.document_passages(d) if p.id not in found]
        pairs = [(documents[p.document_id], p) for p in chosen]
        return [(d, p) for d, p in pairs if filters.empty or passes(d, filters)]


class ClusterRetriever(BaseRetriever):
    """The same retrieval as LangChain's `BaseRetriever`, for chains and tracing."""

    hybrid: Any
    k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        hits: list[Hit] = self.hybrid.search(Query(query, date.today()), self.k)
        return [to_langchain(hit) for hit in hits]


def to_langchain(hit: Hit) -> LangChainDocument:
    """A hit as a LangChain document: exact text, and where it stands as metadata."""
    return LangChainDocument(
        page_content=hit.passage.text,
        id=hit.passage.id,
        metadata={
            "document_id": hit.document.id,
            "title": hit.document.title,
            "doc_number": hit.document.doc_number,
            "section": list(hit.passage.section_path),
            "start": hit.passage.start,
            "end": hit.passage.end,
            "score": hit.score,
        },
    )


def _bonus(document: Document, passage: Passage, named: Any, articles: set[str]) -> float:
    bonus = NAMED_BONUS if document.id in named else 0.0
    labels = set(articles_in(" ".join(passage.section_path[-1:]) + passage.text[:12]))
    if articles and document.id in named and articles & labels:
        bonus += ARTICLE_BONUS
    # What is not verified and what speaks of the digest itself come after the digest's statements.
    return bonus - (0.0 if passage.supports else 1.0)
