"""A local cross-encoder: a sequence classifier over pairs of question and passage, exported for ONNX."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.errors import RerankError
from assistant.models.onnx_model import OnnxModel

_BATCH = 8


class OnnxReranker:
    """`Reranker` on the model in `directory` (`OnnxModel`), with logits [pairs, 1], or [pairs, 2] of which the second is yes.

    Raises `RerankError` when a file is missing or unusable.
    """

    def __init__(self, directory: Path) -> None:
        self._model = OnnxModel(directory, "重排模型", "reranker", RerankError)
        outputs = self._model.outputs
        self._output = "logits" if "logits" in outputs else outputs[0]
        self.name = f"onnx:{self._model.digest}"

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """The logit of each text. Texts of like length share a batch, so that little is padded."""
        found = np.zeros(len(texts))
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            logits, _ = self._model.run([(query, texts[i]) for i in batch], self._output)
            if logits.shape not in ((len(batch),), (len(batch), 1), (len(batch), 2)):
                raise RerankError("重排模型的输出不是每对文本一个分数；请换一个交叉编码器。")
            rows = logits.reshape(len(batch), -1)
            found[batch] = rows[:, 0] if rows.shape[1] == 1 else rows[:, 1] - rows[:, 0]
        if not np.isfinite(found).all():
            raise RerankError("重排模型给出了不是数字的分数；请换一个完整的模型文件。")
        return [float(score) for score in found]
