"""The one place where the parts are put together from settings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.domain import Answer, Citation, Filters, Hit, Query, Turn
from assistant.errors import IndexMissingError, LibraryError, QueryError
from assistant.library.framework import Framework, load_framework
from assistant.library.glossary import aliases_of, load_glossary
from assistant.library.library import Library
from assistant.library.sync import Indexer, IndexReport
from assistant.models import WordVectors, chat_model, embeddings
from assistant.prompts import load_prompt
from assistant.records.store import Records
from assistant.retrieval.retriever import HybridRetriever
from assistant.settings import Settings
from assistant.tokens import TokenCounter
from assistant.answering.answer import AnswerChain
from assistant.answering.answerable import Judge, load_limits
from assistant.answering.events import AnswerEvent
from assistant.answering.extractive import ExtractiveComposer
from assistant.answering.modelled import ModelComposer
from assistant.answering.scoring import SentenceScorer

LONGEST_QUESTION = 2000
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class LibraryStats:
    """What the library holds: number of documents and the latest day one was checked."""

    documents: int
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The text of the same passage before and after a quote."""

    before: str
    after: str


class Service:
    """Everything a way in (web, command, evaluation) needs."""

    def __init__(
        self, settings: Settings, library: Library, framework: Framework, retriever: HybridRetriever, chain: AnswerChain
    ) -> None:
        self.settings = settings
        self.library = library
        self.framework = framework
        self.retriever = retriever
        self.chain = chain
        self.model_name = chain.model_name

    @classmethod
    def open(cls, settings: Settings, progress: Progress | None = None) -> Service:
        """Open the library of the home, building its index first when there is none or its embedding has changed."""
        embedding = embeddings(settings)
        try:
            library = Library.open(settings.home, embedding, embedding.name)
        except LibraryError as problem:
            index(settings, progress=progress)
            try:
                library = Library.open(settings.home, embedding, embedding.name)
            except IndexMissingError:
                raise problem from None
        framework = load_framework(settings.framework)
        vectors = WordVectors(settings.data)
        aliases = aliases_of(load_glossary(settings.glossary))
        retriever = HybridRetriever(library, embedding, vectors if vectors.available else None, aliases)
        model = chat_model(settings)
        composer = None
        if model is not None:
            counter = TokenCounter(settings.data, settings.model)
            prompt = load_prompt(settings.prompts, "answer")
            composer = ModelComposer(model, prompt, counter, retriever.terms, settings.model_context)
        scorer = SentenceScorer(retriever.terms, retriever.features, aliases)
        judge = Judge(retriever.terms, retriever.features, aliases)
        extractive = ExtractiveComposer(library, scorer)
        chain = AnswerChain(library, retriever, framework, extractive, composer, judge, load_limits())
        return cls(settings, library, framework, retriever, chain)

    def open_records(self) -> Records:
        """The conversations store of the settings."""
        return Records.open(self.settings.effective_records_url)

    def query(
        self,
        text: str,
        *,
        as_of: date | None = None,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
    ) -> Query:
        """A query from what a person typed; raises `QueryError` when it is empty or too long."""
        text = text.strip()
        if not text:
            raise QueryError("问题是空的；请输入要问的内容。")
        if len(text) > LONGEST_QUESTION:
            raise QueryError(f"问题太长（{len(text)} 字）；请缩短到 {LONGEST_QUESTION} 字以内。")
        return Query(text, as_of or date.today(), tuple(history), filters or Filters())

    def stream(self, query: Query) -> AsyncIterator[AnswerEvent]:
        """Events of one answer; closing the iterator stops the work."""
        return self.chain.stream(query)

    def ask(self, query: Query) -> Answer:
        """The whole answer."""
        return asyncio.run(self.chain.answer(query))

    def search(self, query: Query, k: int) -> list[Hit]:
        """The best `k` passages."""
        return self.retriever.search(query, k)

    def surroundings(self, citation: Citation) -> Surroundings:
        """What stands around a quote in its passage."""
        for passage in self.library.passages().values():
            if passage.document_id == citation.document.id and passage.start <= citation.start < passage.end:
                text = citation.document.text
                return Surroundings(text[passage.start : citation.start], text[citation.end : passage.end])
        return Surroundings("", "")

    def examples(self) -> list[str]:
        """Questions to begin with."""
        first = [group[0].questions[0] for group in (self.framework.models, self.framework.pillars) if group]
        return ["虚拟产业集群有哪些代表性模式？", *first, "大型企业拖欠中小企业款项，最长多少天必须付？", "数据二十条由哪几部分组成？"]

    def stats(self) -> LibraryStats:
        """Size and freshness of the library."""
        documents = self.library.documents().values()
        days = [d.checked_on for d in documents if d.checked_on]
        return LibraryStats(len(documents), max(days, default=None))


def index(
    settings: Settings,
    paths: Sequence[Path] = (),
    *,
    with_corpus: bool = False,
    forget: Sequence[Path] = (),
    progress: Progress | None = None,
) -> IndexReport:
    """Bring the home's index up to date with its roots; see `Indexer.index` for what it raises."""
    indexer = Indexer(settings.home, embeddings(settings), shipped=settings.corpus)
    return indexer.index(paths, settings.corpus if with_corpus else None, forget, progress)
