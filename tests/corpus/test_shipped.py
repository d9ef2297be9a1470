"""The corpus that ships passes its own check, and holds what was promised of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.corpus.check import Checked, Shipped, check
from assistant.corpus.sheets import load_sheet_figures
from assistant.corpus.table import BEGIN, END, table
from assistant.domain import Document, Kind, Validity
from assistant.library.framework import load_framework
from assistant.library.glossary import load_glossary
from assistant.library.validity import UNVERIFIED, validity

CORPUS = Path(__file__).parents[2] / "corpus"
FIGURES = Path(__file__).with_name("figures.json")
FRAMEWORK = load_framework(CORPUS / "framework.yaml")
FOLDERS = {
    Kind.LAW: "laws",
    Kind.REGULATION: "laws",
    Kind.POLICY: "policies",
    Kind.PLAN: "policies",
    Kind.REPORT: "reports",
    Kind.CASE: "cases",
    Kind.RESEARCH: "research",
}


@pytest.fixture(scope="module")
def checked() -> Checked:
    shipped = Shipped(
        CORPUS, CORPUS / "framework.yaml", CORPUS / "glossary.yaml", load_sheet_figures(FIGURES)
    )
    return check(CORPUS, shipped)


@pytest.fixture(scope="module")
def documents(checked: Checked) -> dict[str, Document]:
    return {s.document.id: s.document for s in checked.sources}


def test_nothing_is_to_be_put_right(checked: Checked) -> None:
    assert [str(finding) for finding in checked.findings] == []


def test_every_sheet_became_a_document_and_every_document_has_a_sheet(documents: dict[str, Document]) -> None:
    assert sorted(documents) == sorted(json.loads(FIGURES.read_text("utf-8")))
    assert len(documents) >= 150


def test_documents_lie_in_the_folder_of_their_kind(documents: dict[str, Document]) -> None:
    assert [d.id for d in documents.values() if Path(d.path).parent.name != FOLDERS[d.kind]] == []


def test_no_version_holds_before_its_own_day_and_the_unverified_never_passes_as_current(
    documents: dict[str, Document],
) -> None:
    day = date(2026, 11, 23)
    for document in documents.values():
        if document.begins:
            assert validity(document, document.begins.replace(year=document.begins.year - 1)) in (
                Validity.NOT_YET,
                None,
            ), document.id
        if UNVERIFIED in (document.status_note or ""):
            assert validity(document, day) is not Validity.IN_FORCE, document.id


@pytest.mark.parametrize(
    ("day", "old", "new"),
    [
        (date(2020, 8, 31), Validity.NOT_YET, Validity.NOT_YET),
        (date(2020, 9, 1), Validity.IN_FORCE, Validity.NOT_YET),
        (date(2025, 5, 31), Validity.IN_FORCE, Validity.NOT_YET),
        (date(2025, 6, 1), Validity.REPEALED, Validity.IN_FORCE),
    ],
)
def test_one_version_of_the_payment_regulation_holds_on_a_day(
    documents: dict[str, Document], day: date, old: Validity, new: Validity
) -> None:
    current = documents["p27-kuanxiang-2025"]
    assert validity(documents["p27-kuanxiang-2020"], day, current.begins) is old
    assert validity(current, day) is new


def test_every_model_has_cases_and_every_pillar_measures() -> None:
    assert all(len(model.cases) >= 6 for model in FRAMEWORK.models)
    for pillar in FRAMEWORK.pillars:
        assert sum(len(measure.policies) for measure in pillar.measures) >= 8
        assert len(pillar.policies) >= 8


def test_the_table_of_the_readme_is_up_to_date(documents: dict[str, Document]) -> None:
    readme = (CORPUS / "README.md").read_text("utf-8")
    shown = readme.split(f"{BEGIN}\n")[1].split(f"\n{END}")[0]
    assert shown == table(FRAMEWORK, documents), "run: assistant corpus table --write"


def test_the_glossary_is_large_and_its_definitions_have_sources(documents: dict[str, Document]) -> None:
    terms = load_glossary(CORPUS / "glossary.yaml")
    assert len(terms) >= 200
    assert sum(1 for term in terms if term.definition) >= 50
    assert {term.source for term in terms if term.source} <= set(documents)
