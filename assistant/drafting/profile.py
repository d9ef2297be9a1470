"""The profile of a region, written by the consultant in YAML; its words are quoted in the draft, never changed."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from assistant.errors import DraftError

LARGEST = 1_000_000

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _as_list(value: object) -> object:
    """One entry may be written without a list; an empty key is an empty list."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_list)]


class RegionProfile(BaseModel):
    """What the consultant knows of the region; every entry is a sentence or a name in the region's own words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: Text
    industries: Texts = ()
    parks: Texts = ()
    platforms: Texts = ()
    chain_leaders: Texts = ()
    standards: Texts = ()
    firms: Texts = ()
    region_links: Texts = ()
    goals: Texts = ()
    notes: Texts = ()

    def words(self, field: str) -> tuple[str, ...]:
        """The entries of one field by its name; raises `DraftError` if a profile has no such field."""
        if field not in FIELD_NAMES:
            raise DraftError(f"框架文件引用了区域概况中没有的栏目 {field}；请改正 framework.yaml 后再试。")
        entries: tuple[str, ...] = getattr(self, field)
        return entries


# The list fields in the order a draft tells them, as they are called in print.
FIELD_NAMES = {
    "industries": "主导产业",
    "parks": "产业园区",
    "platforms": "平台",
    "chain_leaders": "链主企业",
    "standards": "技术标准",
    "firms": "企业基础",
    "region_links": "跨区域联系",
    "goals": "发展目标",
    "notes": "其他情况",
}


def load_profile(path: Path) -> RegionProfile:
    """Reads a profile; raises `DraftError` naming the first thing to put right."""
    try:
        if path.stat().st_size > LARGEST:
            raise DraftError(f"区域概况 {path} 超过1 MB；请只写栏目和简短条目。")
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise DraftError(f"读不到区域概况 {path}（{problem.strerror}）；请检查路径。") from problem
    except UnicodeDecodeError as problem:
        raise DraftError(f"区域概况 {path} 不是 UTF-8 文本；请另存为 UTF-8 后再试。") from problem
    except (
        yaml.YAMLError,
        ValueError,
        RecursionError,
    ) as problem:  # ValueError: impossible dates, huge numbers
        raise DraftError(f"区域概况 {path} 不是合格的 YAML（{_where(problem)}）；请改正后再试。") from problem
    if not isinstance(content, dict):
        raise DraftError(f"区域概况 {path} 应由“栏目: 内容”组成，至少写明 region；请参照示例改写。")
    try:
        return RegionProfile.model_validate(content)
    except ValidationError as problem:
        raise DraftError(f"区域概况 {path} 有误：{_sentence(problem.errors()[0])}") from problem


def _where(problem: Exception) -> str:
    mark = getattr(problem, "problem_mark", None)
    return f"第{mark.line + 1}行附近有误" if mark else "内容无法识别"


def _sentence(error: Any) -> str:
    key = str(error["loc"][0]) if error["loc"] else ""
    known = ["region", *FIELD_NAMES]
    if error["type"] in ("extra_forbidden", "invalid_key"):
        close = difflib.get_close_matches(key, known, n=1)
        hint = f"是否要写 {close[0]}？" if close else f"可用的栏目有 {'、'.join(known)}。"
        return f"没有 {key} 这个栏目，{hint}"
    if error["type"] == "missing":
        return f"缺少 {key} 栏目；请写明区域名称。"
    if error["type"] == "string_too_short":
        return f"{key} 栏目中有空的内容；请填写或删去。"
    return f"{key} 栏目应写成文字或文字的列表；数字和日期请加引号。"
