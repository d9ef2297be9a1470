"""The conversational chain: one question in, verified sentences out, as a LangChain Runnable of named steps.

understand (guard, rewrite, read the question) -> retrieve -> judge (scope, what can be answered) -> compose (each
sentence verified, then released) -> finish.
The compiled graph streams `AnswerEvent`s in its custom stream; `AnswerChain` wraps that for the rest of the house.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypedDict

from assistant.answering.answerable import Judge, Limits
from assistant.answering.citing import CitationBook, make_citation
from assistant.answering.conflict import find_conflicts
from assistant.answering.events import AnswerEvent, ClaimReady, Done, Step
from assistant.answering.evidence import sentences_of
from assistant.answering.extractive import Composition, ExtractiveComposer
from assistant.answering.follow_ups import follow_ups
from assistant.answering.guard import is_unsafe
from assistant.answering.model_text import NOTHING_FOUND
from assistant.answering.modelled import ModelComposer, Usage
from assistant.answering.question import Ask, Asked, read_question
from assistant.answering.rewrite import rewrite
from assistant.answering.statement import Span, Statement
from assistant.answering.verify import verify
from assistant.answering.wording import FAILED, answer_text, refusal, validity_notice, validity_sentence
from assistant.domain import Answer, Claim, Document, Hit, Query, Status, Validity, Verdict
from assistant.errors import AssistantError, ModelError
from assistant.library.framework import Framework
from assistant.library.snapshot import Snapshot
from assistant.retrieval.retriever import HybridRetriever

HITS = 12
NEAREST = 3
EXTRACTIVE = "extractive"
_PERIOD = re.compile(r"期")
log = logging.getLogger(__name__)


@dataclass
class Work:
    """What the steps of one question have found so far."""

    query: Query
    asked: Asked
    book: CitationBook
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hits: Sequence[Hit] = ()
    found: Composition = field(default_factory=lambda: Composition(()))
    answered: Sequence[bool] = ()
    parts: list[tuple[Claim, bool]] = field(default_factory=list)
    withdrawn: list[Claim] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    trace: dict[str, object] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    status: Status | None = None
    shown: set[int] = field(default_factory=set)

    @property
    def claims(self) -> list[Claim]:
        return [claim for claim, _ in self.parts]


class State(TypedDict):
    """The graph's state: one piece of work, handed from step to step."""

    work: Work


class AnswerChain:
    """Answers questions over one generation of the library."""

    def __init__(
        self,
        library: Snapshot,
        retriever: HybridRetriever,
        framework: Framework,
        extractive: ExtractiveComposer,
        modelled: ModelComposer | None,
        judge: Judge,
        limits: Limits,
    ) -> None:
        self._library = library
        self._retriever = retriever
        self._framework = framework
        self._extractive = extractive
        self._modelled = modelled
        self._judge_of = judge
        self._limits = limits
        self.graph = self._build()

    @property
    def model_name(self) -> str | None:
        """The name of the chat model, or None when answers are extracted from the sources."""
        return self._modelled.name if self._modelled else None

    async def stream(self, query: Query) -> AsyncGenerator[AnswerEvent]:
        """Events of one answer; the last is `Done`. Closing the iterator cancels the model's work."""
        begun = time.perf_counter()
        work = Work(query, read_question(query.text), CitationBook(lambda d: self.validity_of(d, query)))
        try:
            async with aclosing(self.graph.astream({"work": work}, stream_mode="custom")) as events:
                async for event in events:
                    if isinstance(event, Done):
                        work.timings["total"] = (time.perf_counter() - begun) * 1000
                        event = Done(replace(event.answer, timings_ms=dict(work.timings)))
                    yield event
        except AssistantError:
            raise
        except (
            Exception
        ):  # whatever a library raises: the person gets a sentence and the conversation goes on
            log.exception("the answer to %r failed", query.text)
            yield Done(Answer(query.text, Status.ERROR_INTERNAL, FAILED))

    async def answer(self, query: Query) -> Answer:
        """The whole answer."""
        async with aclosing(self.stream(query)) as events:
            async for event in events:
                if isinstance(event, Done):
                    return event.answer
        raise RuntimeError("the chain ended without an answer")

    def standing_alone(self, query: Query) -> Query:
        """The query with its question rewritten to stand alone, where the conversation is needed to understand it."""
        rewritten = rewrite(
            query.text,
            query.history,
            self._retriever.names,
            self._library.documents(),
            self._judge_of.is_foreign,
        )
        return replace(query, rewritten=rewritten)

    def validity_of(self, document: Document, query: Query) -> Validity | None:
        """时效性 of a document on the query's day."""
        return self._library.validity(document, query.as_of)

    def _build(self) -> Any:
        from langgraph.graph import END, START, StateGraph

        graph = StateGraph(State)
        for step in (self._understand, self._retrieve, self._judge, self._compose, self._finish):
            graph.add_node(step.__name__.strip("_"), _timed(step))
        graph.add_edge(START, "understand")
        graph.add_conditional_edges("understand", _unless_declined("retrieve"))
        graph.add_edge("retrieve", "judge")
        graph.add_conditional_edges("judge", _unless_declined("compose"))
        graph.add_edge("compose", "finish")
        graph.add_edge("finish", END)
        return graph.compile()

    async def _understand(self, work: Work) -> None:
        if is_unsafe(work.query.text):
            work.status = Status.DECLINED_UNSAFE
            return
        work.query = self.standing_alone(work.query)
        official = self._retriever.aliases.official(work.query.effective_text)
        work.named = self._retriever.names.named_in(f"{work.query.effective_text} {official}")
        work.trace.update(
            kinds=sorted(work.asked.kinds), named=sorted(work.named), rewritten=work.query.rewritten
        )

    async def _retrieve(self, work: Work) -> None:
        work.hits = await asyncio.to_thread(self._retriever.search, work.query, HITS)
        work.trace.update(hits=[f"{h.passage.id} {h.score:.2f}" for h in work.hits[:5]])

    async def _judge(self, work: Work) -> None:
        """Find the sentences that would answer, and how likely each part of the question is answered by them."""
        work.found = await asyncio.to_thread(self._extractive.compose, work.asked, work.named, work.hits)
        best = list(zip(work.found.parts, work.found.best, work.found.doubts, strict=False))
        signals = self._judge_of.signals(work.query, best, work.hits, work.named)
        work.answered = [self._limits.answerable(s) for s in signals]
        chances = [self._limits.probability(s) for s in signals]
        work.trace.update(
            signals=[{k: round(v, 2) for k, v in asdict(s).items()} for s in signals],
            chances=[round(c, 2) for c in chances],
            best=[scored.evidence.text[:60] for _, scored, _ in best],
        )
        if max(chances, default=0.0) < self._limits.scope and not work.named:
            work.status = Status.DECLINED_OUT_OF_SCOPE

    async def _compose(self, work: Work) -> None:
        work.trace["composer"] = self.model_name or EXTRACTIVE
        if self._modelled is not None:
            try:
                await self._with_model(work, self._modelled)
            except ModelError as problem:
                log.warning("%s", problem)
                work.warnings.append(f"{problem} 本次改由摘录方式作答。")
                work.parts.clear()
                await self._extract(work)
            else:
                if not work.parts and work.status is None:
                    work.warnings.append("大模型的回答没有通过核验，本次改由摘录方式作答。")
                    await self._extract(work)
        else:
            await self._extract(work)

    async def _with_model(self, work: Work, composer: ModelComposer) -> None:
        async with aclosing(composer.compose(work.query, work.hits, work.usage)) as statements:
            async for statement in statements:
                if NOTHING_FOUND in statement.text and not statement.spans:
                    work.status = None if work.parts else Status.DECLINED_NO_SOURCE
                    return
                self._release(work, statement)

    async def _extract(self, work: Work) -> None:
        work.trace["composer"] = EXTRACTIVE
        if not any(work.answered):
            work.status = Status.DECLINED_NO_SOURCE
            return
        work.missing = [part.text for part, ok in zip(work.found.parts, work.answered, strict=True) if not ok]
        if Ask.VALIDITY in work.asked.kinds:
            self._release_validity(work, work.found.statements)
        for statement in work.found.statements:
            self._release(work, statement)

    def _release_validity(self, work: Work, statements: Sequence[Statement]) -> None:
        """The catalogue's own answer to whether a document is in force, with the sentence that gives its dates."""
        for statement in statements:
            span = statement.spans[0]
            state = self.validity_of(span.document, work.query)
            if state is not None:
                dated, until = self._period_of(span)
                text = validity_sentence(span.document, state, work.query.as_of, until)
                self._release(work, Statement(text, (dated,), computed=True))
                return

    def _period_of(self, span: Span) -> tuple[Span, int | None]:
        """The sentence of the document that says when its period ends, with that year; else the span itself."""
        document = span.document
        if document.until is not None:
            for passage in self._library.document_passages(document.id):
                for e in sentences_of(document, passage) if passage.supports else ():
                    if f"{document.until.year}年" in e.text and _PERIOD.search(e.text):
                        return Span(document, passage, e.start, e.end), document.until.year
        return span, None

    def _release(self, work: Work, statement: Statement) -> None:
        """Verify one statement; send it when it holds, else keep it as withdrawn."""
        provisional = [make_citation(0, s.document, s.passage, s.start, s.end, None) for s in statement.spans]
        finding = verify(statement.text, provisional, self._retriever.terms)
        if not statement.computed and finding.verdict is Verdict.UNSUPPORTED:
            work.withdrawn.append(Claim(statement.text, (), finding.verdict, finding.reason))
            return
        cited = [work.book.cite(s.document, s.passage, s.start, s.end) for s in statement.spans]
        verdict = Verdict.SUPPORTED if statement.computed else finding.verdict
        reason = "由文库著录的日期推算" if statement.computed else finding.reason
        claim = Claim(statement.text, tuple(c.n for c in cited), verdict, reason)
        work.parts.append((claim, statement.is_item))
        fresh = tuple(c for c in cited if c.n not in work.shown)
        work.shown.update(c.n for c in fresh)
        _send(ClaimReady(claim, fresh, statement.is_item))

    async def _finish(self, work: Work) -> None:
        citations = work.book.citations
        status = work.status or self._status(work)
        nearest = () if status.is_answer else self._nearest(work)
        asked_next = follow_ups(work.query.text, [c.document for c in citations], self._framework)
        conflicts = find_conflicts(work.asked, work.query.effective_text, work.claims, citations)
        text = (
            answer_text(work.parts, [*self._notices(work), *_conflict_notices(conflicts)])
            if status.is_answer
            else refusal(status, nearest, asked_next)
        )
        _send(
            Done(
                Answer(
                    question=work.query.text,
                    status=status,
                    text=text,
                    claims=tuple(work.claims),
                    citations=citations,
                    conflicts=conflicts,
                    nearest=nearest,
                    follow_ups=asked_next,
                    withdrawn=tuple(work.withdrawn),
                    rewritten=work.query.rewritten,
                    timings_ms=work.timings,
                    prompt_tokens=work.usage.prompt,
                    completion_tokens=work.usage.completion,
                    warnings=tuple(work.warnings),
                    trace=work.trace,
                )
            )
        )

    def _status(self, work: Work) -> Status:
        if not any(claim.citations for claim in work.claims):
            return Status.DECLINED_NO_SOURCE
        return Status.ANSWERED_PARTLY if work.missing else Status.ANSWERED

    def _notices(self, work: Work) -> list[str]:
        """What the reader must know beside the claims: documents not in force, parts without a source."""
        notices = []
        if Ask.VALIDITY not in work.asked.kinds:
            for document in dict.fromkeys(c.document.id for c in work.book.citations):
                found = self._library.documents()[document]
                state = self.validity_of(found, work.query)
                if state in (Validity.EXPIRED, Validity.REPEALED, Validity.AMENDED, Validity.NOT_YET):
                    notices.append(validity_notice(found, state, work.query.as_of))
        notices += [f"“{part.strip('，,。？? ')}”这一问，文库中没有依据。" for part in work.missing]
        if work.withdrawn:
            notices.append("有句子未能在来源中得到支持，已撤下。")
        return notices

    def _nearest(self, work: Work) -> tuple[Any, ...]:
        if work.status in (Status.DECLINED_UNSAFE, Status.DECLINED_OUT_OF_SCOPE):
            return ()
        return tuple(
            make_citation(
                n,
                h.document,
                h.passage,
                h.passage.start,
                h.passage.end,
                self.validity_of(h.document, work.query),
            )
            for n, h in enumerate(work.hits[:NEAREST], 1)
        )


def _timed(step: Any) -> Any:
    """A graph node that announces and times a step."""
    name = step.__name__.strip("_")

    async def node(state: State) -> State:
        if name != "finish":
            _send(Step(name))
        begun = time.perf_counter()
        await step(state["work"])
        state["work"].timings[name] = (time.perf_counter() - begun) * 1000
        return state

    return node


def _unless_declined(step: str) -> Any:
    def choose(state: State) -> str:
        return "finish" if state["work"].status else step

    return choose


def _send(event: AnswerEvent) -> None:
    from langgraph.config import get_stream_writer

    get_stream_writer()(event)


def _conflict_notices(conflicts: Sequence[Any]) -> list[str]:
    return [
        f"注意：来源说法不一：{'；'.join(f'{s.value}[{s.n}]' for s in c.sides)}。{c.rule}，引用时请注明出处。"
        for c in conflicts
    ]
