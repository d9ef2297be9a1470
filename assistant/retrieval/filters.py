"""Filters on documents, as said on the command line or in the page, and whether a document passes."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.domain import Document, Filters, Kind
from assistant.errors import QueryError
from assistant.language.normal import squeeze

KEYS = ("kind", "issuer", "region", "year")


def parse_filters(pairs: Iterable[str]) -> Filters:
    """Filters from `key=value` texts; kinds may be given several times. Raises `QueryError` naming what is wrong."""
    kinds: list[Kind] = []
    values: dict[str, str] = {}
    for pair in pairs:
        key, found, value = pair.partition("=")
        key, value = key.strip(), value.strip()
        if not found or key not in KEYS or not value:
            raise QueryError(f"筛选条件“{pair}”不可用；请写成 key=value，key 可为 {'、'.join(KEYS)}。")
        if key == "kind":
            kinds.append(_kind(value))
        else:
            values[key] = value
    year = values.get("year")
    if year is not None and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise QueryError(f"年份“{year}”不可用；请写四位数字，例如 year=2024。")
    return Filters(tuple(kinds), values.get("issuer"), values.get("region"), int(year) if year else None)


def passes(document: Document, filters: Filters) -> bool:
    """Whether a document meets every condition; issuer and region match by containment in their normal form."""
    if filters.kinds and document.kind not in filters.kinds:
        return False
    if filters.year is not None and document.dated != filters.year:
        return False
    if filters.issuer and not any(squeeze(filters.issuer) in squeeze(i) for i in document.issuers):
        return False
    return not filters.region or squeeze(filters.region) in squeeze(document.region or "")


def _kind(value: str) -> Kind:
    try:
        return Kind(value)
    except ValueError:
        raise QueryError(f"文件类别“{value}”不可用；可为 {'、'.join(Kind)}。") from None
