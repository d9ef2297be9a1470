"""Filters on documents: as written on the command line or in the page, as shown, and whether a document passes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar

from assistant.domain import Document, Filters, Kind, Level, Standing
from assistant.errors import QueryError
from assistant.language.normal import squeeze
from assistant.language.titles import document_keys_in

LABELS = {
    "kinds": "类别",
    "issuer": "发文机关",
    "region": "地区",
    "years": "年份",
    "level": "效力层级",
    "number": "文号",
    "standing": "时效",
}
KIND_LABELS = {
    Kind.LAW: "法律",
    Kind.REGULATION: "法规规章",
    Kind.POLICY: "政策文件",
    Kind.PLAN: "规划",
    Kind.REPORT: "报告",
    Kind.CASE: "案例",
    Kind.RESEARCH: "研究",
    Kind.OTHER: "其他",
}
_STANDINGS = {Standing.CURRENT: "现行", Standing.PAST: "历史"}
# What each filter is called in `key=value`, and its field of `Filters`.
KEYS = {"kind": "kinds", "issuer": "issuer", "region": "region", "year": "years"} | {
    name: name for name in ("level", "number", "standing")
}
_Choice = TypeVar("_Choice", Kind, Level, Standing)
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?", re.ASCII)


def parse_filters(pairs: Iterable[str]) -> Filters:
    """Filters from `key=value` texts; kinds may be given several times. Raises `QueryError` naming what is wrong."""
    filters = Filters()
    for pair in pairs:
        key, found, value = pair.partition("=")
        key, value = key.strip(), value.strip()
        if not found or key not in KEYS or not value:
            raise QueryError(f"筛选条件“{pair}”不可用；请写成 key=value，key 可为 {'、'.join(KEYS)}。")
        filters = _with(filters, key, value)
    return filters


def parse_unread(keys: Iterable[str]) -> frozenset[str]:
    """The fields of `Filters` that are not to be read out of a question. Raises `QueryError` naming what is wrong."""
    wanted = [key.strip() for key in keys]
    for key in wanted:
        if key not in KEYS:
            raise QueryError(f"没有名为“{key}”的筛选条件；可为 {'、'.join(KEYS)}。")
    return frozenset(KEYS[key] for key in wanted)


def _with(filters: Filters, key: str, value: str) -> Filters:
    match key:
        case "kind":
            return replace(filters, kinds=(*filters.kinds, _choice(Kind, value, "文件类别")))
        case "year":
            return replace(filters, years=_years(value))
        case "level":
            return replace(filters, level=_choice(Level, value, "效力层级"))
        case "standing":
            named = {label: standing.value for standing, label in _STANDINGS.items()}
            return replace(filters, standing=_choice(Standing, named.get(value, value), "时效"))
        case "number":
            return replace(filters, number=next(iter(document_keys_in(value)), value))
        case "issuer":
            return replace(filters, issuer=value)
        case _:
            return replace(filters, region=value)


def _years(value: str) -> tuple[int, int]:
    match = _YEARS.fullmatch(value)
    if match is None or int(match[2] or match[1]) < int(match[1]):
        raise QueryError(f"年份“{value}”不可用；请写四位数字，例如 year=2024 或 year=2020-2024。")
    return int(match[1]), int(match[2] or match[1])


def _choice(choices: type[_Choice], value: str, what: str) -> _Choice:
    try:
        return choices(value)
    except ValueError:
        raise QueryError(f"{what}“{value}”不可用；可为 {'、'.join(choices)}。") from None


def shown(filters: Filters) -> dict[str, str]:
    """Each field of the filters that is set, with its value as people read it: {"years": "2020–2024年"}."""
    ways: dict[str, Callable[[Any], str]] = {
        "kinds": lambda kinds: "、".join(KIND_LABELS[kind] for kind in kinds),
        "years": lambda years: f"{years[0]}年" if years[0] == years[1] else f"{years[0]}–{years[1]}年",
        "standing": lambda standing: _STANDINGS[standing],
    }
    found = {f.name: getattr(filters, f.name) for f in fields(filters)}
    return {name: ways.get(name, str)(value) for name, value in found.items() if value}


def dropped_notice(dropped: Filters) -> str:
    """A sentence on conditions of a question that would leave no document."""
    conditions = "、".join(f"{LABELS[name]}“{value}”" for name, value in shown(dropped).items())
    return f"问题里的{conditions}没有用来筛选：再加上它，文库里就没有相符的文件了。"


def without(filters: Filters, names: Iterable[str]) -> Filters:
    """The filters without the fields named."""
    empty = Filters()
    return replace(filters, **{name: getattr(empty, name) for name in names})


def joined(given: Filters, read: Filters) -> Filters:
    """What is given and, in the fields that are not, what was read."""
    return replace(given, **{name: getattr(read, name) for name in shown(read) if name not in shown(given)})


def passes(document: Document, filters: Filters, holds: Callable[[Document], bool]) -> bool:
    """Whether a document meets every condition; issuer and region match by containment in their normal form.

    `holds` tells whether a document is in force on the day; it is asked only where the standing matters.
    """
    if filters.kinds and document.kind not in filters.kinds:
        return False
    if filters.years and not filters.years[0] <= (document.dated or 0) <= filters.years[1]:
        return False
    if filters.level and document.level is not filters.level:
        return False
    if filters.number and filters.number not in document_keys_in(document.doc_number or ""):
        return False
    if filters.issuer and not any(squeeze(filters.issuer) in squeeze(i) for i in document.issuers):
        return False
    if filters.region and squeeze(filters.region) not in squeeze(document.region or ""):
        return False
    return filters.standing is None or holds(document) is (filters.standing is Standing.CURRENT)
