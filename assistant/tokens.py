"""Counting tokens and cutting text to a budget, never over the network."""

from __future__ import annotations

import hashlib
import logging
import math
import os
import re
from bisect import bisect_right
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.language.sentences import sentences

if TYPE_CHECKING:
    import tiktoken

_log = logging.getLogger(__name__)

# Vocabulary -> the name of its file in tiktoken's cache, and the file's sha256.
_FILES = {
    "o200k_base": (
        "fb374d419588a4632f3f557e76b4b70aebbca790",
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    ),
    "cl100k_base": (
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    ),
}
_CL100K_MODELS = re.compile(r"(?:ft:)?gpt-(?:4(?![o.\d])|3\.?5)")
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_PER_CJK_CHARACTER = 0.73
_PER_OTHER_CHARACTER = 0.25


class TokenCounter:
    """Tokens as the chat model counts them; `data` is the directory that set-up filled.

    o200k_base, or cl100k_base for the GPT-4 and GPT-3.5 family. Models of other makers have vocabularies of
    their own, to which o200k_base comes near for Chinese. Without the vocabulary file counts are estimates
    and `exact` is False.
    """

    def __init__(self, data: Path, model: str | None = None) -> None:
        self.encoding_name = "cl100k_base" if model and _CL100K_MODELS.match(model) else "o200k_base"
        self._folder = data / "tiktoken"

    @property
    def exact(self) -> bool:
        return self._encoding is not None

    def count(self, text: str) -> int:
        """Tokens of `text`; what looks like a special token counts as the plain text it is."""
        if self._encoding is not None:
            return len(self._encoding.encode_ordinary(text))
        chinese = len(_CJK.findall(text))
        return math.ceil(_PER_CJK_CHARACTER * chinese + _PER_OTHER_CHARACTER * (len(text) - chinese))

    def truncate(self, text: str, limit: int) -> str:
        """The longest beginning of `text` within `limit` tokens that ends a sentence; inside one if the first
        is too long.
        """
        if self.count(text) <= limit:
            return text
        return self._longest(text, [end for _, end in sentences(text)], limit) or self._longest(
            text, range(1, len(text)), limit
        )

    def _longest(self, text: str, ends: list[int] | range, limit: int) -> str:
        fitting = bisect_right(ends, limit, key=lambda end: self.count(text[:end]))
        # Merges across a cut can make a longer beginning the cheaper one, so the search may be off by a step.
        while fitting and self.count(text[: ends[fitting - 1]]) > limit:
            fitting -= 1
        return text[: ends[fitting - 1]] if fitting else ""

    @cached_property
    def _encoding(self) -> tiktoken.Encoding | None:
        name, sha256 = _FILES[self.encoding_name]
        path = self._folder / name
        # tiktoken replaces a file with another hash by downloading it, without a time limit: look first.
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            _log.warning(
                "没有找到词表 %s（%s），token 数按估计值计；请运行 make setup 补上。",
                self.encoding_name,
                path,
            )
            return None
        import tiktoken

        # tiktoken takes its directory from the environment and from nowhere else.
        os.environ["TIKTOKEN_CACHE_DIR"] = str(self._folder)
        return tiktoken.get_encoding(self.encoding_name)
