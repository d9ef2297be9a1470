"""From settings to models."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from assistant.errors import SettingsError
from assistant.models.named import NamedEmbeddings
from assistant.models.rerank import Reranker
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

DEFAULT_MODEL = "gpt-4o-mini"
DEFAULT_BASE_URL = "https://api.openai.com/v1"

# Reasoning models refuse any temperature but their own.
_OWN_TEMPERATURE = re.compile(r"(?:o\d|gpt-[5-9])(?!.*chat)")


def embeddings(settings: Settings) -> NamedEmbeddings:
    """The embeddings of `settings.embedding`: embedded, openai:<model>, or onnx:<directory>.

    Raises `SettingsError` for any other value, `EmbeddingError` for a directory that holds no usable model.
    """
    kind, _, rest = settings.embedding.strip().partition(":")
    if kind == "embedded" and not rest:
        from assistant.models.embedded import EmbeddedEmbeddings

        return EmbeddedEmbeddings(settings.data)
    if kind == "openai" and rest:
        from assistant.models.openai import EndpointEmbeddings

        return EndpointEmbeddings(rest, _base_url(settings), _key(settings), settings.model_timeout)
    if kind == "onnx" and rest:
        from assistant.models.onnx import OnnxEmbeddings

        return OnnxEmbeddings(Path(rest).expanduser())
    raise SettingsError(
        f"设置 embedding 的值 {settings.embedding!r} 不可用；请写 embedded、openai:<模型名> 或 onnx:<目录>。"
    )


def chat_model(settings: Settings) -> BaseChatModel | None:
    """The chat model, or None when neither a model nor a key is set: then answers are extracted.

    Nothing is sent yet. The client does not retry by itself: the caller bounds its tries and falls back.
    """
    key = settings.openai_api_key
    if not settings.model and not (key and key.get_secret_value()):
        return None
    from langchain_openai import ChatOpenAI

    name = settings.model or DEFAULT_MODEL
    return ChatOpenAI(
        model=name,
        base_url=_base_url(settings),
        api_key=SecretStr(_key(settings)),
        timeout=settings.model_timeout,
        max_retries=0,
        temperature=None if _OWN_TEMPERATURE.match(name) else 0,
        stream_usage=True,
        use_responses_api=False,  # left open, the client guesses from the model's name
    )


def reranker(settings: Settings) -> Reranker | None:
    """The reranker of `settings.reranker`: endpoint:<model> at `rerank_url`, onnx:<directory>, or None when unset.

    Raises `SettingsError` for any other value, `RerankError` for a directory that holds no usable model.
    """
    kind, _, rest = (settings.reranker or "").strip().partition(":")
    if not kind:
        return None
    if kind == "endpoint" and rest and settings.rerank_url:
        from assistant.models.rerank_endpoint import EndpointReranker

        key = settings.rerank_key.get_secret_value() if settings.rerank_key else ""
        return EndpointReranker(rest, settings.rerank_url, key or "none", settings.rerank_timeout)
    if kind == "onnx" and rest:
        from assistant.models.rerank_onnx import OnnxReranker

        return OnnxReranker(Path(rest).expanduser())
    raise SettingsError(
        f"设置 reranker 的值 {settings.reranker!r} 不可用；"
        "请写 endpoint:<模型名>（并设置 rerank_url）或 onnx:<目录>，不用时留空。"
    )


def _base_url(settings: Settings) -> str:
    return settings.openai_base_url or DEFAULT_BASE_URL


def _key(settings: Settings) -> str:
    """Never empty: the client refuses to be built without a key, and local servers take any."""
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
    return key or "none"
