"""The YAML front matter of a document file: its fields, checked one by one, each error with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from assistant.domain import Kind, Level, TextKind
from assistant.errors import ReadingError

_FENCE = "---"
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _date(value: object) -> object:
    """Only 2024-03-01: pydantic alone would also take a number of seconds."""
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        raise ValueError("不是日期（应写作 2024-03-01）")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("不是日历上有的日期（应写作 2024-03-01）") from None


def _year(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"(19|20)\d{2}", value):
        raise ValueError("不是年份（应写作 2024）")
    return int(value)


def _text(value: object) -> object:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("应是一段文字")
    return value.strip()


def _texts(value: object) -> object:
    """A list of texts; one text alone counts as a list of one."""
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or any(not isinstance(item, str) or not item.strip() for item in items):
        raise ValueError("应是列表（如 [国务院, 财政部]），每一项是一段文字")
    return tuple(item.strip() for item in items)


def _address(value: object) -> object:
    """Shown as a link later on, so nothing but web addresses."""
    if not isinstance(value, str) or not re.fullmatch(r"https?://\S+", value):
        raise ValueError("不是网址（应以 http:// 或 https:// 开头）")
    return value


def _id(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"[\w.-]+", value):
        raise ValueError("只能由文字、数字和 _ . - 组成")
    return value


def _title(value: object) -> object:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("不能为空，应是一段文字")
    return " ".join(value.split())


OptionalDate = Annotated[date | None, BeforeValidator(_date)]
OptionalText = Annotated[str | None, BeforeValidator(_text)]
OptionalAddress = Annotated[str | None, BeforeValidator(_address)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_texts)]


class FrontMatter(BaseModel):
    """The fields of a document file, named as in `Document`; only `id` and `title` are required."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, BeforeValidator(_id)]
    title: Annotated[str, BeforeValidator(_title)]
    kind: Kind = Kind.OTHER
    issuers: Texts = ()
    doc_number: OptionalText = None
    signed: OptionalDate = None
    published: OptionalDate = None
    effective: OptionalDate = None
    until: OptionalDate = None
    status_note: OptionalText = None
    year: Annotated[int | None, BeforeValidator(_year)] = None
    level: Level | None = None
    region: OptionalText = None
    industries: Texts = ()
    topics: Texts = ()
    types: Texts = ()
    models: Texts = ()
    pillars: Texts = ()
    measures: Texts = ()
    related: Texts = ()
    supersedes: Texts = ()
    superseded_by: OptionalText = None
    amends: Texts = ()
    amended_by: Texts = ()
    repealed: OptionalDate = None
    aliases: Texts = ()
    text_kind: TextKind = TextKind.ORIGINAL
    access: Annotated[str, BeforeValidator(_text)] = "public"
    url: OptionalAddress = None
    source_url: OptionalAddress = None
    source_kind: OptionalText = None
    checked_on: OptionalDate = None


@dataclass(frozen=True, slots=True)
class Split:
    """A file's text in its two parts. Lines count from 1 in the file."""

    fields: Mapping[str, object]
    lines: Mapping[str, int]
    body: str
    first_body_line: int


def read_front_matter(raw: str) -> tuple[FrontMatter, str, int]:
    """The checked fields, the body after them, and the file's line on which the body begins.

    Raises `ReadingError` naming the first field that is wrong and its line.
    """
    parts = split(raw)
    try:
        fields = FrontMatter.model_validate(parts.fields)
    except ValidationError as problem:
        raise ReadingError(_sentence(problem, parts.lines)) from problem
    if fields.effective and fields.until and fields.until < fields.effective:
        raise ReadingError(f"第{parts.lines['until']}行 until：早于 effective，请改正其中之一。")
    return fields, parts.body, parts.first_body_line


def split(raw: str) -> Split:
    """Separate front matter and body; `raw` has only "\\n" as line ends. Values are texts or lists of texts;
    empty fields are left out.

    Raises `ReadingError` when the front matter is missing, never ends, or is not YAML.
    """
    lines = raw.split("\n")
    if lines[0].rstrip() != _FENCE:
        raise ReadingError("文件开头没有元数据；请在第一行写 ---，接着写 id 和 title，再以 --- 结束。")
    end = next((i for i, line in enumerate(lines[1:], start=1) if line.rstrip() in (_FENCE, "...")), None)
    if end is None:
        raise ReadingError("第1行开始的元数据没有结束行；请在元数据之后另起一行写 ---。")
    fields, at = _mapping("\n".join(lines[1:end]))
    return Split(fields, at, "\n".join(lines[end + 1 :]), end + 2)


def _mapping(block: str) -> tuple[dict[str, object], dict[str, int]]:
    """Values and lines of a YAML mapping; the base loader keeps 001 and 2024-13-45 as written."""
    try:
        loader = yaml.BaseLoader(block)
        node = loader.get_single_node()
        if node is None:
            return {}, {}
        if not isinstance(node, yaml.MappingNode):
            raise ReadingError("第2行：元数据应逐行写成“字段: 值”。")
        lines: dict[str, int] = {}
        for key, _ in node.value:
            name, line = str(key.value), key.start_mark.line + 2
            if name in lines:
                raise ReadingError(f"第{line}行 {name}：与第{lines[name]}行重复，请留下一个。")
            lines[name] = line
        values: dict[Any, Any] = loader.construct_document(node)
    except yaml.MarkedYAMLError as problem:
        mark = problem.context_mark or problem.problem_mark
        line = mark.line + 2 if mark else 2
        raise ReadingError(
            f"第{line}行：元数据不是正确的 YAML，请检查括号、引号和冒号（冒号后要有空格）。"
        ) from problem
    except yaml.YAMLError as problem:
        raise ReadingError("元数据含有 YAML 不允许的字符；请删去后再试。") from problem
    except RecursionError as problem:  # brackets nested a thousand deep
        raise ReadingError("元数据嵌套过深；请改写成“字段: 值”。") from problem
    # A field left empty or null is as good as not there.
    return {str(name): value for name, value in values.items() if value not in ("", "null", "~")}, lines


def _sentence(problem: ValidationError, lines: Mapping[str, int]) -> str:
    """The first error in the order of the file; what is missing comes last, since it has no line."""
    found = min(problem.errors(), key=lambda e: lines.get(str(e["loc"][0]), len(lines) + 2))
    name = str(found["loc"][0])
    line = lines.get(name)
    if found["type"] == "missing":
        return f"元数据缺少 {name}；请在开头的两行 --- 之间写上“{name}: …”。"
    if found["type"] == "extra_forbidden":
        near = get_close_matches(name, FrontMatter.model_fields, n=1)
        hint = f"是否应为 {near[0]}" if near else f"可用的字段有 {'、'.join(FrontMatter.model_fields)}"
        return f"第{line}行 {name}：没有这个字段，{hint}。"
    if found["type"] == "enum":
        allowed = Kind if name == "kind" else Level if name == "level" else TextKind
        return f"第{line}行 {name}：只能是 {'、'.join(allowed)} 之一。"
    if found["type"] == "value_error":
        return f"第{line}行 {name}：{found['ctx']['error']}。"
    return f"第{line}行 {name}：值不可用（{found['msg']}）。"
