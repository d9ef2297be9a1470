"""The conversational chain: one question in, verified sentences out, as a LangChain Runnable of named steps.

understand (guard, rewrite, read the question) -> retrieve -> judge (scope, what can be answered) -> compose (each
sentence verified, then released) -> finish.
The compiled graph streams `AnswerEvent`s in its custom stream; `AnswerChain` wraps that for the rest of the house.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import asdict, replace
from typing import Any, TypedDict

from assistant.answering.answerable import Limits
from assistant.answering.citing import CitationBook, make_citation
from assistant.answering.events import AnswerEvent, ClaimReady, Done, Step
from assistant.answering.extractive import ExtractiveComposer
from assistant.answering.finish import finish
from assistant.answering.guard import is_unsafe
from assistant.answering.in_force import in_force
from assistant.answering.model_text import NOTHING_FOUND
from assistant.answering.modelled import ModelComposer
from assistant.answering.question import Ask, read_question
from assistant.answering.rewrite import rewrite
from assistant.answering.signals import Judge
from assistant.answering.statement import Statement
from assistant.answering.verify import verify
from assistant.answering.wording import FAILED
from assistant.answering.work import Work
from assistant.domain import Answer, Claim, Query, Status, Verdict
from assistant.errors import AssistantError, ModelError
from assistant.library.framework import Framework
from assistant.library.snapshot import Snapshot
from assistant.retrieval.retriever import HybridRetriever

HITS = 12
EXTRACTIVE = "extractive"
REPLACED = "本次改由摘录方式作答。"
CUT_OFF = "以下是此前已经核验的部分，可能不完整。"
log = logging.getLogger(__name__)


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
        work = Work(
            query, read_question(query.text), CitationBook(lambda d: self._library.validity(d, query.as_of))
        )
        try:
            async with aclosing(self.graph.astream({"work": work}, stream_mode="custom")) as events:
                async for event in events:
                    if isinstance(event, Done):
                        work.timings["total"] = (time.perf_counter() - begun) * 1000
                        event = Done(replace(event.answer, timings_ms=dict(work.timings)))
                    yield event
        except AssistantError:
            raise
        except Exception:  # of whatever library: the person gets a sentence, the conversation goes on
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
        said = self._retriever.names.named_in(f"{work.query.effective_text} {official}")
        work.named = self._retriever.versions.all_of(said)
        work.trace.update(
            kinds=sorted(work.asked.kinds), named=sorted(work.named), rewritten=work.query.rewritten
        )

    async def _retrieve(self, work: Work) -> None:
        findings = await asyncio.to_thread(self._retriever.find, work.query, HITS)
        work.hits, work.read, work.dropped = findings.hits, findings.read, findings.dropped
        work.warnings += findings.warnings
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
        if self._modelled is None:
            self._extract(work)
            return
        try:
            await self._with_model(work, self._modelled)
        except ModelError as problem:
            log.warning("%s", problem)
            work.warnings.append(f"{problem} {CUT_OFF if work.parts else REPLACED}")
        else:
            if not work.parts and work.status is None:
                work.warnings.append(f"大模型的回答没有通过核验。{REPLACED}")
        if not work.parts and work.status is None:
            self._extract(work)

    async def _with_model(self, work: Work, composer: ModelComposer) -> None:
        async with aclosing(composer.compose(work.query, work.hits, work.usage)) as statements:
            async for statement in statements:
                if NOTHING_FOUND in statement.text and not statement.spans:
                    work.status = None if work.parts else Status.DECLINED_NO_SOURCE
                    return
                self._release(work, statement)

    def _extract(self, work: Work) -> None:
        work.trace["composer"] = EXTRACTIVE
        if not any(work.answered):
            work.status = Status.DECLINED_NO_SOURCE
            return
        work.missing = [part.text for part, ok in zip(work.found.parts, work.answered, strict=True) if not ok]
        standing: list[Statement] = []
        if Ask.VALIDITY in work.asked.kinds:
            standing = in_force(self._library, work.found.statements, work.query.as_of)
        self._release(work, *standing)
        # Asked for nothing but its standing, a document's other sentences are beside the point.
        if not standing or work.asked.kinds - {Ask.VALIDITY, Ask.CHECK}:
            self._release(work, *work.found.statements)

    def _release(self, work: Work, *statements: Statement) -> None:
        """Verify statements one by one; send each when it holds, else keep it as withdrawn."""
        for statement in statements:
            self._release_one(work, statement)

    def _release_one(self, work: Work, statement: Statement) -> None:
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
        _send(Done(finish(work, self._library, self._framework)))


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
