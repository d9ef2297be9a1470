"""The shipped questions against the shipped corpus: answerable from it, complete, in other words."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from assistant.domain import Document
from assistant.evaluation import Row, load_sets
from assistant.evaluation.gate import load_gates
from assistant.evaluation.matching import holds
from assistant.language.sentences import sentences
from assistant.language.words import words
from assistant.reading import read_file

ROOT = Path(__file__).resolve().parents[2]
SETS = {
    "facts",
    "enumerations",
    "figures",
    "metadata",
    "multi_turn",
    "must_decline",
    "out_of_scope",
    "injection",
}


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return load_sets(ROOT / "evals")


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    found = (read_file(path) for path in sorted((ROOT / "corpus").glob("*/*.md")))
    return {document.id: document for document in found}


def supporting(document: Document) -> list[str]:
    """The sentences that may answer: not those of 待核实 and 来源与说明."""
    mute = [s for s in document.outline if s.is_unverified or s.heading.startswith("来源与说明")]
    spans = sentences(document.text)
    return [document.text[a:b] for a, b in spans if not any(s.start <= a < s.end for s in mute)]


def answering(row: Row, documents: dict[str, Document]) -> list[str]:
    """The sentences that hold the most of what the row asks for; all of them when several tie."""
    points = row.key_points or row.figures
    candidates = [s for i in sorted(row.relevant) for s in supporting(documents[i])]
    scores = [sum(holds(point, s) for point in points) for s in candidates]
    return [s for s, score in zip(candidates, scores, strict=True) if score == max(scores)]


def two_word_runs(text: str) -> set[tuple[str, str]]:
    cut = words(text)
    # 十三部门 is one name to people, and the number in it one word.
    return {run for run in pairwise(cut) if not any(c.isdigit() for c in "".join(run))}


def test_all_sets_are_there_and_enough(rows: list[Row]) -> None:
    names = {path.stem for path in (ROOT / "evals").glob("*.jsonl")}
    assert names >= SETS | {"paraphrase", "english", "traditional"}
    assert len(rows) >= 75


def test_every_document_is_asked_about_and_no_other(rows: list[Row], documents: dict[str, Document]) -> None:
    asked = frozenset().union(*(row.relevant for row in rows))
    assert asked == set(documents)


def test_what_a_row_expects_stands_in_its_documents(rows: list[Row], documents: dict[str, Document]) -> None:
    missing = []
    for row in rows:
        for group in row.wanted:
            for document_id in group:
                document = documents[document_id]
                held = f"{' '.join(supporting(document))} {document.title} {document.doc_number or ''}"
                # Latin names of English questions stand beside the Chinese ones as alternatives.
                wrong = [p for p in (*row.key_points, *row.figures) if not holds(p, held)]
                if wrong and len(row.wanted) == 1:
                    missing.append((row.id, document_id, wrong))
    assert not missing


def test_sections_of_rows_are_headings(rows: list[Row], documents: dict[str, Document]) -> None:
    for row in rows:
        headings = " ".join(" ".join(s.path) for i in row.relevant for s in documents[i].outline)
        for part in row.sections:
            assert holds(part, headings), (row.id, part)


def test_a_third_shares_no_two_word_run_with_its_answer(
    rows: list[Row], documents: dict[str, Document]
) -> None:
    # English questions share none by their nature, so they are not counted.
    answerable = [r for r in rows if not r.must_decline and "english" not in r.tags]
    apart = [
        row
        for row in answerable
        if two_word_runs(row.question).isdisjoint(set().union(*map(two_word_runs, answering(row, documents))))
    ]
    assert len(apart) >= len(answerable) / 3, f"{len(apart)} of {len(answerable)}"


def test_paraphrases_are_paraphrases(rows: list[Row], documents: dict[str, Document]) -> None:
    shared = {
        row.id: runs
        for row in rows
        if "paraphrase" in row.tags
        and (
            runs := two_word_runs(row.question) & set().union(*map(two_word_runs, answering(row, documents)))
        )
    }
    assert not shared


def test_questions_are_not_asked_twice(rows: list[Row]) -> None:
    asked = [(row.question, row.history, row.as_of) for row in rows]
    assert len(set(asked)) == len(asked)


def test_gates_file_is_usable() -> None:
    assert load_gates(ROOT / "evals" / "gates.yaml").metrics
