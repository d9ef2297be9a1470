"""Embeddings of a local sentence encoder: the layout of sentence-transformers with an ONNX export."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # ships neither stubs nor py.typed
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.errors import EmbeddingError
from assistant.models.named import NamedEmbeddings

_BATCH = 16
_DEFAULT_LENGTH = 512


class OnnxEmbeddings(NamedEmbeddings):
    """Unit vectors of the model in `directory`: `model.onnx` (or `onnx/model.onnx`) and `tokenizer.json`.

    Honoured where there: `1_Pooling/config.json` (mean or first token; mean otherwise),
    `sentence_bert_config.json` (longest input in tokens) and the query and passage prompts of
    `config_sentence_transformers.json`. Raises `EmbeddingError` when a file is missing or unusable.
    """

    def __init__(self, directory: Path) -> None:
        if not directory.is_dir():
            raise EmbeddingError(f"嵌入模型目录 {directory} 不存在；请检查设置 embedding。")
        model = next(
            (p for p in (directory / "model.onnx", directory / "onnx" / "model.onnx") if p.is_file()), None
        )
        if model is None:
            raise EmbeddingError(f"嵌入模型目录 {directory} 里没有 model.onnx；请放入模型文件后再试。")
        if not (directory / "tokenizer.json").is_file():
            raise EmbeddingError(f"嵌入模型目录 {directory} 里没有 tokenizer.json；请放入分词文件后再试。")
        pooling = _read_json(directory / "1_Pooling" / "config.json")
        length = _read_json(directory / "sentence_bert_config.json").get("max_seq_length") or _DEFAULT_LENGTH
        prompts = _read_json(directory / "config_sentence_transformers.json").get("prompts") or {}
        self._first_token = bool(pooling.get("pooling_mode_cls_token"))
        self._query_prompt = str(prompts.get("query") or "")
        self._passage_prompt = str(prompts.get("passage") or prompts.get("document") or "")
        self._tokenizer = _load_tokenizer(directory / "tokenizer.json", int(length))
        try:
            self._session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
        except Exception as problem:  # onnxruntime raises a dozen unrelated classes for files it cannot load
            raise EmbeddingError(f"嵌入模型 {model} 无法载入；请换一个完整的 ONNX 文件。") from problem
        self._inputs = {i.name for i in self._session.get_inputs()}
        outputs = [o.name for o in self._session.get_outputs()]
        self._output = "sentence_embedding" if "sentence_embedding" in outputs else outputs[0]
        self.name = f"onnx:{_digest(model)}-{'cls' if self._first_token else 'mean'}-{length}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embed([self._passage_prompt + text for text in texts])

    def embed_query(self, text: str) -> list[float]:
        return self._embed([self._query_prompt + text])[0]

    def _embed(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            encoded = self._tokenizer.encode_batch(texts[start : start + _BATCH])
            fed: dict[str, NDArray[np.int64]] = {
                "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
                "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
                "token_type_ids": np.array([e.type_ids for e in encoded], dtype=np.int64),
            }
            try:
                states = self._session.run(
                    [self._output], {k: v for k, v in fed.items() if k in self._inputs}
                )[0]
            except Exception as problem:  # as above: no common base class below Exception
                raise EmbeddingError(
                    "嵌入模型运行失败；请确认它是句向量模型，且与 tokenizer.json 配套。"
                ) from problem
            vectors += _pool(
                np.asarray(states, dtype=np.float32), fed["attention_mask"], self._first_token
            ).tolist()
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


def _load_tokenizer(path: Path, length: int) -> Tokenizer:
    try:
        tokenizer: Tokenizer = Tokenizer.from_file(str(path))
    except Exception as problem:  # tokenizers raises plain Exception for a file it cannot parse
        raise EmbeddingError(f"分词文件 {path} 无法载入；请换一个完整的 tokenizer.json。") from problem
    tokenizer.enable_truncation(max_length=length)
    if tokenizer.padding:
        padding = {**tokenizer.padding, "length": None}  # to the longest of the batch, not to a fixed length
        tokenizer.enable_padding(**padding)
    else:
        token = next((t for t in ("[PAD]", "<pad>") if tokenizer.token_to_id(t) is not None), None)
        tokenizer.enable_padding(
            pad_id=tokenizer.token_to_id(token) if token else 0, pad_token=token or "[PAD]"
        )
    return tokenizer


def _read_json(path: Path) -> dict[str, Any]:
    """The object in a configuration file that may be absent."""
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise EmbeddingError(f"模型配置 {path} 无法读取；请换一个完整的文件。") from problem
    return found if isinstance(found, dict) else {}


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]
