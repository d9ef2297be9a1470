"""The one place where the parts are put together from settings."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answering.answer import AnswerChain
from assistant.answering.answerable import load_limits
from assistant.answering.events import AnswerEvent
from assistant.answering.extractive import ExtractiveComposer
from assistant.answering.modelled import ModelComposer
from assistant.answering.scoring import SentenceScorer
from assistant.answering.signals import Judge
from assistant.domain import Answer, Citation, Filters, Findings, Hit, Query, Turn
from assistant.errors import LibraryError, QueryError
from assistant.language.aliases import Aliases
from assistant.language.english import EnglishDictionary
from assistant.language.normal import encodable
from assistant.library.framework import Framework, load_framework
from assistant.library.glossary import Term, Wording, load_glossary, load_spoken
from assistant.library.library import Library
from assistant.library.report import IndexReport
from assistant.library.snapshot import Snapshot
from assistant.library.sync import Indexer
from assistant.models import NamedEmbeddings, WordVectors, chat_model, embeddings, reranker
from assistant.prompts import Prompt, load_prompt
from assistant.records.store import Records
from assistant.retrieval.reranking import SecondStage
from assistant.retrieval.retriever import HybridRetriever
from assistant.settings import Settings
from assistant.tokens import TokenCounter

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

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


@dataclass(frozen=True, slots=True)
class Fittings:
    """What does not change with the library: models, prompts, words."""

    settings: Settings
    framework: Framework
    embedding: NamedEmbeddings
    vectors: WordVectors | None
    terms: tuple[Term, ...]
    aliases: Aliases
    dictionary: EnglishDictionary
    spoken: Mapping[str, tuple[str, ...]]
    second_stage: SecondStage | None
    model: BaseChatModel | None
    prompt: Prompt
    counter: TokenCounter

    @classmethod
    def of(cls, settings: Settings) -> Fittings:
        """Load them from the places the settings name."""
        vectors = WordVectors(settings.data)
        second = reranker(settings)
        terms = load_glossary(settings.glossary)
        return cls(
            settings=settings,
            framework=load_framework(settings.framework),
            embedding=embeddings(settings),
            vectors=vectors if vectors.available else None,
            terms=terms,
            aliases=Wording.of(terms, {}, lambda _: False).aliases,
            dictionary=EnglishDictionary(settings.data / "english_chinese.tsv"),
            spoken=load_spoken(settings.spoken),
            second_stage=SecondStage(second, settings.rerank_timeout) if second else None,
            model=chat_model(settings),
            prompt=load_prompt(settings.prompts, "answer"),
            counter=TokenCounter(settings.data, settings.model),
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """Retrieval and answering over one generation of the library."""

    snapshot: Snapshot
    retriever: HybridRetriever
    chain: AnswerChain

    @classmethod
    def over(cls, snapshot: Snapshot, fittings: Fittings) -> Desk:
        """Put the parts together for a generation."""
        # What is looked for may be meant as it was said; what has been found is read in official words.
        wording = Wording.of(fittings.terms, fittings.spoken, snapshot.segments.uses)
        retriever = HybridRetriever(
            snapshot,
            fittings.embedding,
            fittings.vectors,
            wording,
            fittings.dictionary,
            fittings.second_stage,
        )
        scorer = SentenceScorer(retriever.terms, retriever.features, fittings.aliases)
        composer = None
        if fittings.model is not None:
            composer = ModelComposer(
                fittings.model,
                fittings.prompt,
                fittings.counter,
                retriever.terms,
                fittings.settings.model_context,
            )
        chain = AnswerChain(
            snapshot,
            retriever,
            fittings.framework,
            ExtractiveComposer(snapshot, scorer),
            composer,
            Judge(snapshot, retriever.terms, retriever.features, fittings.aliases),
            load_limits(),
        )
        return cls(snapshot, retriever, chain)


class Service:
    """Everything a way in (web, command, evaluation) needs."""

    def __init__(self, fittings: Fittings, library: Library) -> None:
        self._fittings = fittings
        self._desk = Desk.over(library.snapshot, fittings)
        self._lock = threading.Lock()
        self.library = library
        self.settings = fittings.settings
        self.framework = fittings.framework

    @classmethod
    def open(cls, settings: Settings, progress: Progress | None = None) -> Service:
        """Open the library of the home, building its index first when there is none or its embedding has changed."""
        fittings = Fittings.of(settings)
        name = fittings.embedding.name
        try:
            library = Library.open(settings.home, fittings.embedding, name)
        except LibraryError as problem:
            report = index(settings, progress=progress)
            if report.generation is None:
                raise problem
            library = Library.open(settings.home, fittings.embedding, name)
        return cls(fittings, library)

    @property
    def model_name(self) -> str | None:
        """The chat model's name, or None when answers are extracted from the sources."""
        return self._desk.chain.model_name

    @property
    def retriever(self) -> HybridRetriever:
        """Retrieval over the current generation."""
        return self._current().retriever

    def _current(self) -> Desk:
        """The desk of the newest generation; a question in hand keeps the one it began with."""
        if self.library.refresh():
            with self._lock:
                if self._desk.snapshot is not self.library.snapshot:
                    self._desk = Desk.over(self.library.snapshot, self._fittings)
        return self._desk

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
        unread: Collection[str] = (),
    ) -> Query:
        """A query from what a person typed; `unread` as in `Query`. Raises `QueryError` when it is empty or too long."""
        text = encodable(text).strip()
        if not text:
            raise QueryError("问题是空的；请输入要问的内容。")
        if len(text) > LONGEST_QUESTION:
            raise QueryError(f"问题太长（{len(text)} 字）；请缩短到 {LONGEST_QUESTION} 字以内。")
        return Query(
            text, as_of or date.today(), tuple(history), filters or Filters(), unread=frozenset(unread)
        )

    def stream(self, query: Query) -> AsyncGenerator[AnswerEvent]:
        """Events of one answer; closing the iterator stops the work."""
        return self._current().chain.stream(query)

    def ask(self, query: Query) -> Answer:
        """The whole answer."""
        return asyncio.run(self._current().chain.answer(query))

    def find(self, query: Query, k: int) -> Findings:
        """The best `k` passages for the question, understood in its conversation, and how it was taken."""
        desk = self._current()
        return desk.retriever.find(desk.chain.standing_alone(query), k)

    def standing_alone(self, query: Query) -> Query:
        """The query as understood in its conversation."""
        return self._current().chain.standing_alone(query)

    def search(self, query: Query, k: int) -> list[Hit]:
        """The hits of `find`."""
        return list(self.find(query, k).hits)

    def surroundings(self, citation: Citation) -> Surroundings:
        """What stands around a quote in its passage."""
        for passage in self._desk.snapshot.document_passages(citation.document.id):
            if passage.start <= citation.start < passage.end:
                text = citation.document.text
                return Surroundings(text[passage.start : citation.start], text[citation.end : passage.end])
        return Surroundings("", "")

    def examples(self) -> list[str]:
        """Questions to begin with."""
        first = [group[0].questions[0] for group in (self.framework.models, self.framework.pillars) if group]
        return [
            "虚拟产业集群有哪些代表性模式？",
            *first,
            "大型企业拖欠中小企业款项，最长多少天必须付？",
            "数据二十条由哪几部分组成？",
        ]

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
