"""Embeddings of a local sentence encoder: the layout of sentence-transformers with an ONNX export."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import EmbeddingError
from assistant.models.named import NamedEmbeddings
from assistant.models.onnx_model import OnnxModel

_BATCH = 16


class OnnxEmbeddings(NamedEmbeddings):
    """Unit vectors of the model in `directory` (`OnnxModel`).

    Honoured where there: `1_Pooling/config.json` (mean or first token; mean otherwise) and the query and passage prompts of
    `config_sentence_transformers.json`. Raises `EmbeddingError` when a file is missing or unusable.
    """

    def __init__(self, directory: Path) -> None:
        self._model = OnnxModel(directory, "嵌入模型", "embedding", EmbeddingError)
        prompts = self._model.config("config_sentence_transformers.json").get("prompts") or {}
        pooling = self._model.config("1_Pooling/config.json")
        self._first_token = bool(pooling.get("pooling_mode_cls_token"))
        self._query_prompt = str(prompts.get("query") or "")
        self._passage_prompt = str(prompts.get("passage") or prompts.get("document") or "")
        outputs = self._model.outputs
        self._output = "sentence_embedding" if "sentence_embedding" in outputs else outputs[0]
        way = "cls" if self._first_token else "mean"
        self.name = f"onnx:{self._model.digest}-{way}-{self._model.length}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embed([self._passage_prompt + text for text in texts])

    def embed_query(self, text: str) -> list[float]:
        return self._embed([self._query_prompt + text])[0]

    def _embed(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            states, mask = self._model.run(texts[start : start + _BATCH], self._output)
            vectors += _pool(states, mask, self._first_token).tolist()
        return vectors


def _pool(states: NDArray[np.float32], mask: NDArray[np.int64], first_token: bool) -> NDArray[np.float32]:
    """Unit rows [texts, dimensions] from token states [texts, tokens, dimensions].

    States that the model has pooled itself are only scaled.
    """
    if states.ndim == 3 and first_token:
        states = states[:, 0]
    elif states.ndim == 3:
        weights = mask[:, :, None].astype(np.float32)
        states = (states * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1.0)
    lengths = np.linalg.norm(states, axis=1, keepdims=True)
    return np.asarray(states / np.maximum(lengths, 1e-12), dtype=np.float32)
