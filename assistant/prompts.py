"""Prompt files: Markdown with front matter, `{{variable}}` placeholders, and a section for each role."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import PromptError

_FILE = re.compile(r"---\n(?P<header>.*?\n)---\n(?P<text>.*)", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_ROLE = re.compile(r"^## (system|user|assistant)[ \t]*$", re.MULTILINE)


class _Header(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    name: str = Field(min_length=1)
    version: str = Field(min_length=1)
    variables: list[str] = []
    output: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as written; `output` says in words what the model is to give back."""

    name: str
    version: str
    variables: tuple[str, ...]
    output: str
    text: str

    def render(self, **values: str) -> str:
        """The whole text with each placeholder replaced once: a value that holds `{{x}}` stays as it is.

        Raises `PromptError` when a variable is missing or not one of the prompt's.
        """
        self._check(values)
        return _fill(self.text, values)

    def messages(self, **values: str) -> list[tuple[str, str]]:
        """(role, text) of each section `## system`, `## user`, `## assistant`; the whole text as user if
        there is none.

        Sections are told apart before values are put in, so no value can open one. Raises `PromptError` as
        `render` does.
        """
        self._check(values)
        parts = _ROLE.split(self.text)
        if len(parts) == 1:
            return [("user", _fill(self.text, values).strip())]
        return [
            (role, _fill(text, values).strip()) for role, text in zip(parts[1::2], parts[2::2], strict=True)
        ]

    def _check(self, values: Mapping[str, str]) -> None:
        missing = [v for v in self.variables if v not in values]
        unknown = [v for v in values if v not in self.variables]
        if missing:
            raise PromptError(f"提示词 {self.name} 缺少变量 {'、'.join(missing)}；请在调用处补上。")
        if unknown:
            raise PromptError(f"提示词 {self.name} 没有变量 {'、'.join(unknown)}；请检查变量名。")


def load_prompt(directory: Path, name: str) -> Prompt:
    """The prompt in `<directory>/<name>.md`.

    Raises `PromptError` when it is missing, malformed, or its placeholders are not the variables it declares.
    """
    path = directory / f"{name}.md"
    try:
        raw = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise PromptError(f"提示词文件 {path} 无法读取；请检查设置 prompts 指的目录。") from problem
    parts = _FILE.fullmatch(raw)
    if parts is None:
        raise PromptError(
            f"提示词文件 {path} 没有完整的元数据；请以两行 --- 包住 name、version、variables、output。"
        )
    try:
        header = _Header.model_validate(yaml.safe_load(parts["header"]))
    except (yaml.YAMLError, ValidationError) as problem:
        raise PromptError(
            f"提示词文件 {path} 的元数据不正确（应有 name、version、variables、output）；请改正。"
        ) from problem
    text = parts["text"].strip() + "\n"
    used, declared = set(_PLACEHOLDER.findall(text)), set(header.variables)
    if header.name != name:
        raise PromptError(f"提示词文件 {path} 的 name 是 {header.name}，与文件名不符；请改成一致。")
    if used != declared:
        raise PromptError(
            f"提示词文件 {path} 的变量与正文不符：{'、'.join(sorted(used ^ declared))}；请改成一致。"
        )
    head = _ROLE.split(text)
    if len(head) > 1 and head[0].strip():
        raise PromptError(f"提示词文件 {path} 在第一个 ## system 或 ## user 之前有文字；请移入其中一节。")
    return Prompt(header.name, header.version, tuple(header.variables), header.output, text)


def _fill(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)
