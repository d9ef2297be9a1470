"""Filters as typed, and the documents that pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain import Document, Filters, Kind
from assistant.errors import QueryError
from assistant.retrieval.filters import parse_filters, passes

PLAN = Document(
    id="plan",
    title="规划",
    kind=Kind.PLAN,
    text="正文。",
    outline=(),
    sha256="",
    path="plan.md",
    issuers=("工业和信息化部", "财政部"),
    signed=date(2022, 11, 1),
    region="浙江省",
)


def test_pairs_become_filters() -> None:
    assert parse_filters(
        ["kind=law", "kind=plan", "issuer = 财政部 ", "region=浙江", "year=2022"]
    ) == Filters((Kind.LAW, Kind.PLAN), "财政部", "浙江", 2022)
    assert parse_filters([]).empty


@pytest.mark.parametrize(
    "pair", ["kind", "=law", "kind=", "colour=red", "kind=poem", "year=24", "year=二〇二四", "year=20245", ""]
)
def test_what_is_no_filter_is_named(pair: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse_filters([pair])
    assert pair.partition("=")[2] in str(raised.value)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), True),
        (Filters(kinds=(Kind.LAW, Kind.PLAN)), True),
        (Filters(kinds=(Kind.LAW,)), False),
        (Filters(issuer="財政部"), True),
        (Filters(issuer="国务院"), False),
        (Filters(region="浙江"), True),
        (Filters(region="广东"), False),
        (Filters(year=2022), True),
        (Filters(year=2023), False),
        (Filters(kinds=(Kind.PLAN,), issuer="财政部", region="浙江省", year=2021), False),
    ],
)
def test_every_condition_must_be_met(filters: Filters, expected: bool) -> None:
    assert passes(PLAN, filters) is expected


def test_what_is_not_known_does_not_pass() -> None:
    unknown = replace(PLAN, issuers=(), signed=None, region=None)
    for filters in (Filters(issuer="财政部"), Filters(region="浙江"), Filters(year=2022)):
        assert not passes(unknown, filters)
    assert passes(replace(unknown, year=2022), Filters(year=2022))
