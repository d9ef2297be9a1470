"""A local model as exported for ONNX: one directory with `model.onnx` (or `onnx/model.onnx`) and `tokenizer.json`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # ships neither stubs nor py.typed
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.errors import AssistantError
from assistant.models.sendable import sendable

_DEFAULT_LENGTH = 512


class OnnxModel:
    """The model in `directory`. `role` is what it is called in sentences, `setting` the setting that names it, and `failure`
    what is raised when a file is missing or unusable or a run fails.

    The longest input in tokens is that of `sentence_bert_config.json`, 512 without it. `digest` changes with the model.
    """

    def __init__(self, directory: Path, role: str, setting: str, failure: type[AssistantError]) -> None:
        self._role = role
        self._failure = failure
        self._directory = directory
        if not directory.is_dir():
            raise failure(f"{role}目录 {directory} 不存在；请检查设置 {setting}。")
        model = next(
            (p for p in (directory / "model.onnx", directory / "onnx" / "model.onnx") if p.is_file()), None
        )
        if model is None:
            raise failure(f"{role}目录 {directory} 里没有 model.onnx；请放入模型文件后再试。")
        if not (directory / "tokenizer.json").is_file():
            raise failure(f"{role}目录 {directory} 里没有 tokenizer.json；请放入分词文件后再试。")
        self.length = int(self.config("sentence_bert_config.json").get("max_seq_length") or _DEFAULT_LENGTH)
        self._tokenizer = self._load_tokenizer(directory / "tokenizer.json")
        try:
            self._session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
        except Exception as problem:  # onnxruntime raises a dozen unrelated classes for files it cannot load
            raise failure(f"{role} {model} 无法载入；请换一个完整的 ONNX 文件。") from problem
        self._inputs = {i.name for i in self._session.get_inputs()}
        self.outputs: list[str] = [o.name for o in self._session.get_outputs()]
        with model.open("rb") as stream:
            self.digest = hashlib.file_digest(stream, "sha256").hexdigest()[:16]

    def config(self, name: str) -> dict[str, Any]:
        """The object in a configuration file of the directory that may be absent."""
        path = self._directory / name
        if not path.is_file():
            return {}
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            raise self._failure(f"模型配置 {path} 无法读取；请换一个完整的文件。") from problem
        return found if isinstance(found, dict) else {}

    def run(
        self, texts: Sequence[str] | Sequence[tuple[str, str]], output: str
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """One output for a batch of texts, or of pairs of texts, and the attention mask [texts, tokens]."""
        encoded = self._tokenizer.encode_batch([_sendable(text) for text in texts])
        fed: dict[str, NDArray[np.int64]] = {
            "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
            "token_type_ids": np.array([e.type_ids for e in encoded], dtype=np.int64),
        }
        try:
            found = self._session.run([output], {k: v for k, v in fed.items() if k in self._inputs})[0]
        except Exception as problem:  # as above: no common base class below Exception
            raise self._failure(
                f"{self._role}运行失败；请确认模型的用途，且与 tokenizer.json 配套。"
            ) from problem
        return np.asarray(found, dtype=np.float32), fed["attention_mask"]

    def _load_tokenizer(self, path: Path) -> Tokenizer:
        try:
            tokenizer: Tokenizer = Tokenizer.from_file(str(path))
        except Exception as problem:  # tokenizers raises plain Exception for a file it cannot parse
            raise self._failure(f"分词文件 {path} 无法载入；请换一个完整的 tokenizer.json。") from problem
        tokenizer.enable_truncation(max_length=self.length)
        if tokenizer.padding:
            padding = {**tokenizer.padding, "length": None}  # to the longest of the batch
            tokenizer.enable_padding(**padding)
        else:
            token = next((t for t in ("[PAD]", "<pad>") if tokenizer.token_to_id(t) is not None), None)
            tokenizer.enable_padding(
                pad_id=tokenizer.token_to_id(token) if token else 0, pad_token=token or "[PAD]"
            )
        return tokenizer


def _sendable(text: str | tuple[str, str]) -> str | tuple[str, str]:
    return sendable(text) if isinstance(text, str) else (sendable(text[0]), sendable(text[1]))
