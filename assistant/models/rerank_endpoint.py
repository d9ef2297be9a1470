"""A reranker behind an endpoint: `POST <base_url>/rerank` as Jina, Cohere, vLLM, Xinference and TEI serve it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import openai

from assistant.errors import RerankError
from assistant.models.sendable import sendable

_BATCH = 64
_REFUSED = (400, 413, 422)


class EndpointReranker:
    """`Reranker` on an endpoint; a request is sent at most twice. `timeout` are the seconds one request may take."""

    def __init__(self, model: str, base_url: str, api_key: str, timeout: float) -> None:
        self.name = f"endpoint:{model}@{urlsplit(base_url).netloc}"
        self._model = model
        self._where = f"重排服务 {model}（{urlsplit(base_url).netloc}）"
        self._client = openai.OpenAI(base_url=base_url, api_key=api_key, timeout=timeout, max_retries=1)

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """The endpoint's score of each text. Raises `RerankError` for whatever it cannot or does not answer."""
        found: list[float] = []
        size = _BATCH
        while len(found) < len(texts):
            batch = [sendable(text) for text in texts[len(found) : len(found) + size]]
            body = {
                "model": self._model,
                "query": sendable(query),
                "documents": batch,
                "texts": batch,  # as TEI calls them
                "top_n": len(batch),
                "return_documents": False,
            }
            try:
                answer = self._client.post("/rerank", cast_to=object, body=body)
            except openai.APIStatusError as problem:
                if problem.status_code not in _REFUSED or len(batch) == 1:
                    raise RerankError(
                        f"{self._where}拒绝了请求（HTTP {problem.status_code}）；请检查设置。"
                    ) from problem
                size = len(batch) // 2  # endpoints differ in how many texts they take at once
                continue
            except openai.APITimeoutError as problem:
                raise RerankError(f"{self._where}没有及时回应；请检查该服务。") from problem
            except openai.OpenAIError as problem:
                raise RerankError(f"{self._where}连接不上；请检查设置 rerank_url。") from problem
            except ValueError as problem:  # an answer that is not JSON though it says so
                raise RerankError(f"{self._where}返回的内容不合接口约定；请检查该服务。") from problem
            found += self._read(answer, len(batch))
        return found

    def _read(self, answer: Any, count: int) -> list[float]:
        """`{"results": [{"index", "relevance_score"}]}`, the same under "data", or TEI's `[{"index", "score"}]`."""
        if isinstance(answer, dict):
            answer = answer.get("results", answer.get("data"))
        try:
            scores = {int(r["index"]): float(r.get("relevance_score", r.get("score"))) for r in answer}
        except (TypeError, ValueError, KeyError, AttributeError) as problem:
            raise RerankError(f"{self._where}返回的内容不合接口约定；请检查该服务。") from problem
        if (
            set(scores) != set(range(count))
            or len(answer) != count
            or not all(map(math.isfinite, scores.values()))
        ):
            raise RerankError(f"{self._where}没有给每段文本一个分数；请检查该服务。")
        return [scores[i] for i in range(count)]
