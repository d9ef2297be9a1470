"""Filters as typed, and the documents that pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain import Document, Filters, Kind, Level, Standing
from assistant.errors import QueryError
from assistant.retrieval.filters import (
    dropped_notice,
    joined,
    parse_filters,
    parse_unread,
    passes,
    shown,
    without,
)

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
    doc_number="工信部联企业【2022】140号",
    level=Level.STATE_COUNCIL,
    region="浙江省",
)


def _in_force(_document: Document) -> bool:
    return True


def test_pairs_become_filters() -> None:
    assert parse_filters(
        ["kind=law", "kind=plan", "issuer = 财政部 ", "region=浙江", "year=2022"]
    ) == Filters((Kind.LAW, Kind.PLAN), "财政部", "浙江", (2022, 2022))
    assert parse_filters([]).empty
    assert parse_filters(["year=2020-2024", "standing=现行", "number=发改高技[2020]1157号"]) == Filters(
        years=(2020, 2024), standing=Standing.CURRENT, number="发改高技〔2020〕1157号"
    )


@pytest.mark.parametrize(
    "pair",
    [
        "kind",
        "=law",
        "kind=",
        "colour=red",
        "kind=poem",
        "level=高",
        "standing=废",
        "year=2024-2020",
        "year=24",
        "year=二〇二四",
        "year=20245",
        "",
    ],
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
        (Filters(years=(2022, 2022)), True),
        (Filters(years=(2023, 2024)), False),
        (Filters(years=(2020, 2022)), True),
        (Filters(level=Level.STATE_COUNCIL), True),
        (Filters(level=Level.LAW), False),
        (Filters(number="工信部联企业〔2022〕140号"), True),
        (Filters(number="工信部联企业〔2022〕141号"), False),
        (Filters(standing=Standing.CURRENT), True),
        (Filters(standing=Standing.PAST), False),
        (Filters(kinds=(Kind.PLAN,), issuer="财政部", region="浙江省", years=(2021, 2021)), False),
    ],
)
def test_every_condition_must_be_met(filters: Filters, expected: bool) -> None:
    assert passes(PLAN, filters, _in_force) is expected


def test_what_is_not_known_does_not_pass() -> None:
    unknown = replace(PLAN, issuers=(), signed=None, region=None)
    for filters in (Filters(issuer="财政部"), Filters(region="浙江"), Filters(years=(2022, 2022))):
        assert not passes(unknown, filters, _in_force)
    assert passes(replace(unknown, year=2022), Filters(years=(2022, 2022)), _in_force)


def test_what_is_read_fills_in_what_is_not_given_and_can_be_taken_off() -> None:
    given, read = Filters(region="浙江"), Filters(kinds=(Kind.LAW,), region="广东", years=(2020, 2024))
    both = joined(given, read)
    assert both == Filters((Kind.LAW,), region="浙江", years=(2020, 2024))
    assert shown(both) == {"kinds": "法律", "region": "浙江", "years": "2020–2024年"}
    assert without(both, ("years", "kinds")) == given


def test_filters_not_to_be_read_are_named_as_on_the_command_line() -> None:
    assert parse_unread(["year", " kind ", "region"]) == {"years", "kinds", "region"}
    with pytest.raises(QueryError, match="colour"):
        parse_unread(["colour"])


def test_what_was_dropped_is_said_in_a_sentence() -> None:
    dropped = Filters(years=(1961, 1961), region="浙江省")
    assert dropped_notice(dropped) == (
        "问题里的地区“浙江省”、年份“1961年”没有用来筛选：再加上它，文库里就没有相符的文件了。"
    )
