"""The composer with a chat model: numbered sources in the prompt, its stream read sentence by sentence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk

from assistant.answering.model_text import ModelSentence, SentenceStream
from assistant.answering.statement import Span, Statement
from assistant.answering.verify import bears_figures
from assistant.domain import Hit, Query
from assistant.errors import ModelError
from assistant.language.sentences import sentences
from assistant.language.words import content_words
from assistant.prompts import Prompt
from assistant.retrieval.terms import TermStatistics
from assistant.tokens import TokenCounter

ANSWER_TOKENS = 1024
_WIDEST_QUOTE = 3
_ATTEMPTS = 2


@dataclass
class Usage:
    """Tokens of one answer, as told by the endpoint, else as counted here."""

    prompt: int = 0
    completion: int = 0
    sources: list[Hit] = field(default_factory=list)


class ModelComposer:
    """Asks the model and turns its sentences into statements with exact spans of the sources they cite."""

    def __init__(
        self, model: BaseChatModel, prompt: Prompt, counter: TokenCounter, terms: TermStatistics, context: int
    ) -> None:
        self._model = model
        self._prompt = prompt
        self._counter = counter
        self._terms = terms
        self._context = context

    @property
    def name(self) -> str:
        """The model's name, for the trace and the page."""
        return str(getattr(self._model, "model_name", type(self._model).__name__))

    async def compose(self, query: Query, hits: Sequence[Hit], usage: Usage) -> AsyncGenerator[Statement]:
        """Statements as they arrive; closing the iterator closes the model's stream.

        Raises `ModelError` when the endpoint cannot be reached or refuses before the first sentence.
        """
        usage.sources = self.pack(query, hits)
        messages = self._messages(query, usage.sources)
        usage.prompt = sum(self._counter.count(text) for _, text in messages)
        for attempt in range(1, _ATTEMPTS + 1):
            begun = False
            try:
                async with aclosing(self._sentences(messages, usage)) as stream:
                    async for sentence in stream:
                        begun = True
                        yield self._statement(sentence, usage.sources)
                return
            except Exception as problem:  # whatever the client library raises; told as one ModelError
                if begun or attempt == _ATTEMPTS:
                    raise ModelError(
                        f"大模型接口没有完成回答（{type(problem).__name__}）；请检查地址、密钥与模型名。"
                    ) from problem
                await asyncio.sleep(0.5 * attempt)

    def pack(self, query: Query, hits: Sequence[Hit]) -> list[Hit]:
        """The best hits whose text fits the window beside the prompt and the answer."""
        room = (
            self._context
            - ANSWER_TOKENS
            - sum(self._counter.count(text) for _, text in self._messages(query, []))
        )
        packed: list[Hit] = []
        for hit in hits:
            if not hit.passage.supports:
                continue
            room -= self._counter.count(_source(len(packed) + 1, hit))
            if room < 0:
                break
            packed.append(hit)
        return packed

    def _messages(self, query: Query, sources: Sequence[Hit]) -> list[tuple[str, str]]:
        return self._prompt.messages(
            as_of=query.as_of.isoformat(),
            sources="\n\n".join(_source(n, hit) for n, hit in enumerate(sources, 1)),
            question=query.effective_text,
        )

    async def _sentences(
        self, messages: list[tuple[str, str]], usage: Usage
    ) -> AsyncGenerator[ModelSentence]:
        reader = SentenceStream()
        counted = ""
        async with aclosing(self._model.astream(messages)) as stream:  # type: ignore[type-var]  # typed as AsyncIterator, is a generator
            async for chunk in stream:
                piece = chunk.text if isinstance(chunk.text, str) else ""
                counted += piece
                _count(chunk, usage)
                for sentence in reader.feed(piece):
                    yield sentence
        for sentence in reader.close():
            yield sentence
        usage.completion = usage.completion or self._counter.count(counted)

    def _statement(self, sentence: ModelSentence, sources: Sequence[Hit]) -> Statement:
        """Numbers that are no source are dropped: a source cannot be invented."""
        spans = tuple(
            self._narrow(sentence.text, sources[n - 1]) for n in sentence.numbers if 1 <= n <= len(sources)
        )
        return Statement(sentence.text, spans, is_item=sentence.is_item)

    def _narrow(self, text: str, hit: Hit) -> Span:
        """The shortest run of sentences of the cited passage that bears most of the statement."""
        cut = sentences(hit.passage.text) or [(0, len(hit.passage.text))]
        weights = self._terms.weights(text)
        best, chosen = -1.0, (cut[0][0], cut[-1][1])
        for i in range(len(cut)):
            for j in range(i, min(i + _WIDEST_QUOTE, len(cut))):
                quote = hit.passage.text[cut[i][0] : cut[j][1]]
                score = self._terms.coverage(weights, content_words(quote)) - 0.06 * (j - i)
                score += 1.0 if bears_figures(text, quote) else 0.0
                if score > best:
                    best, chosen = score, (cut[i][0], cut[j][1])
        start = hit.passage.start
        return Span(hit.document, hit.passage, start + chosen[0], start + chosen[1])


def _source(n: int, hit: Hit) -> str:
    number = f"（{hit.document.doc_number}）" if hit.document.doc_number else ""
    section = " / ".join(p for p in hit.passage.section_path if p != hit.document.title)
    return f"[{n}] 《{hit.document.title}》{number} {section}\n{hit.passage.text}"


def _count(chunk: object, usage: Usage) -> None:
    if isinstance(chunk, AIMessageChunk) and chunk.usage_metadata:
        usage.prompt = chunk.usage_metadata["input_tokens"] or usage.prompt
        usage.completion = chunk.usage_metadata["output_tokens"] or usage.completion
