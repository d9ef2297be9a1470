from __future__ import annotations

from datetime import date

import pytest

from assistant.domain import Document, Kind, Validity
from assistant.library.validity import label, validity

DAY = date(2026, 11, 23)
BEFORE, AFTER = date(2026, 11, 22), date(2026, 11, 24)


def document(kind: Kind = Kind.POLICY, **fields: object) -> Document:
    return Document(id="d", title="题", kind=kind, text="", outline=(), sha256="", path="d.md", **fields)  # type: ignore[arg-type]  # fields of several types


@pytest.mark.parametrize(
    ("fields", "superseding", "expected"),
    [
        ({"effective": DAY}, None, Validity.IN_FORCE),
        ({"effective": AFTER}, None, Validity.NOT_YET),
        ({}, None, Validity.UNKNOWN),
        ({"until": AFTER}, None, Validity.UNKNOWN),
        ({"until": BEFORE}, None, Validity.EXPIRED),
        ({"effective": BEFORE, "until": DAY}, None, Validity.IN_FORCE),
        ({"effective": BEFORE, "until": BEFORE}, None, Validity.EXPIRED),
        ({"effective": BEFORE, "repealed": DAY}, None, Validity.REPEALED),
        ({"effective": BEFORE, "repealed": AFTER}, None, Validity.IN_FORCE),
        ({"effective": BEFORE, "superseded_by": "new"}, None, Validity.REPEALED),
        ({"effective": BEFORE, "superseded_by": "new"}, DAY, Validity.REPEALED),
        ({"effective": BEFORE, "superseded_by": "new"}, AFTER, Validity.IN_FORCE),
        ({"superseded_by": "new"}, AFTER, Validity.UNKNOWN),
        ({"effective": BEFORE}, BEFORE, Validity.IN_FORCE),
        ({"published": AFTER}, None, Validity.NOT_YET),
        ({"signed": BEFORE}, None, Validity.UNKNOWN),
        ({"effective": AFTER, "superseded_by": "new"}, DAY, Validity.NOT_YET),
        ({"effective": BEFORE, "status_note": "是否现行有效«未核实»。"}, None, Validity.UNKNOWN),
        ({"effective": AFTER, "status_note": "«未核实»"}, None, Validity.NOT_YET),
        ({"effective": BEFORE, "until": BEFORE, "status_note": "«未核实»"}, None, Validity.EXPIRED),
        ({"effective": BEFORE, "status_note": "文号«核实»"}, None, Validity.IN_FORCE),
    ],
)
@pytest.mark.parametrize("kind", [Kind.LAW, Kind.REGULATION, Kind.POLICY, Kind.PLAN])
def test_documents_with_force(
    kind: Kind, fields: dict[str, object], superseding: date | None, expected: Validity
) -> None:
    assert validity(document(kind, **fields), DAY, superseding) is expected


@pytest.mark.parametrize(
    ("amending", "expected"),
    [
        ([], Validity.IN_FORCE),
        ([DAY], Validity.AMENDED),
        ([AFTER], Validity.IN_FORCE),
        ([AFTER, None], Validity.AMENDED),  # an unknown day counts as past: old text must not pass as current
    ],
)
def test_amended_text_is_told_from_the_day_of_the_amendment(
    amending: list[date | None], expected: Validity
) -> None:
    assert validity(document(effective=BEFORE, amended_by=("change",)), DAY, None, amending) is expected


@pytest.mark.parametrize("kind", [Kind.REPORT, Kind.CASE, Kind.RESEARCH, Kind.OTHER])
def test_documents_without_force_have_none_unless_dated(kind: Kind) -> None:
    assert validity(document(kind), DAY) is None
    assert validity(document(kind, superseded_by="new"), DAY) is None
    assert validity(document(kind, until=BEFORE), DAY) is Validity.EXPIRED
    assert validity(document(kind, effective=BEFORE), DAY) is Validity.IN_FORCE


def test_every_validity_has_a_chinese_name() -> None:
    names = {label(value) for value in Validity}
    assert len(names) == len(Validity)
    assert label(Validity.UNKNOWN) == "待核实"
