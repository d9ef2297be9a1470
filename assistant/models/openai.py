"""Embeddings of any OpenAI-compatible endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import openai
from langchain_openai import OpenAIEmbeddings
from pydantic import SecretStr

from assistant.errors import EmbeddingError
from assistant.models.named import NamedEmbeddings
from assistant.models.sendable import sendable

_BATCH = 32
_TRIES = 2


class EndpointEmbeddings(NamedEmbeddings):
    """Asks `<base_url>/embeddings` in batches, each at most twice; any failure is an `EmbeddingError`."""

    def __init__(self, model: str, base_url: str, api_key: str, timeout: float) -> None:
        self.name = f"openai:{model}@{urlsplit(base_url).netloc}"
        self._where = f"{model}（{urlsplit(base_url).netloc}）"
        self._batch = _BATCH
        self._client = OpenAIEmbeddings(
            model=model,
            base_url=base_url,
            api_key=SecretStr(api_key),
            timeout=timeout,
            max_retries=0,
            chunk_size=_BATCH,
            check_embedding_ctx_length=False,  # else texts go as token numbers, which only OpenAI takes
            model_kwargs={"encoding_format": "float"},  # several endpoints know no base64
        )

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = []
        while len(vectors) < len(texts):
            batch = texts[len(vectors) : len(vectors) + self._batch]
            try:
                vectors += self._ask(batch)
            except openai.APIStatusError as problem:
                if problem.status_code not in (400, 413, 422) or len(batch) == 1:
                    raise EmbeddingError(self._sentence(problem)) from problem
                # Endpoints differ in how many texts they take at once (some only 10) and say so by refusing.
                self._batch = len(batch) // 2
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    def _ask(self, batch: Sequence[str]) -> list[list[float]]:
        """One request, and one more if the endpoint was unreachable, busy or broken. Empty texts are refused
        by many.
        """
        for remaining in reversed(range(_TRIES)):
            try:
                vectors = self._client.embed_documents([sendable(text) for text in batch])
            except openai.APIStatusError as problem:
                if remaining and (problem.status_code == 429 or problem.status_code >= 500):
                    continue
                if problem.status_code in (400, 413, 422):
                    raise
                raise EmbeddingError(self._sentence(problem)) from problem
            except (openai.OpenAIError, ValueError, TypeError, AttributeError) as problem:
                # The last three: the client stumbles over an answer that is not in the form of the API.
                if remaining and isinstance(problem, openai.APIConnectionError):
                    continue
                raise EmbeddingError(self._sentence(problem)) from problem
            if len(vectors) != len(batch):
                raise EmbeddingError(f"嵌入模型 {self._where} 返回的向量数与文本数不符；请检查该服务。")
            return vectors
        raise AssertionError("unreachable: the last try returns or raises")

    def _sentence(self, problem: Exception) -> str:
        if isinstance(problem, openai.APITimeoutError):
            what = "没有及时回应"
        elif isinstance(problem, openai.APIConnectionError):
            what = "连接不上"
        elif isinstance(problem, openai.APIStatusError):
            what = f"拒绝了请求（HTTP {problem.status_code}）"
        else:
            what = "返回的内容不合接口约定"
        advice = "请检查 OPENAI_BASE_URL、OPENAI_API_KEY 和模型名，或改用 embedded。"
        return f"嵌入模型 {self._where} {what}；{advice}"
