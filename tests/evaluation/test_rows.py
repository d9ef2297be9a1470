"""Rows and sets: what is read, and which sentence a wrong file gets."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.domain import Status, Turn
from assistant.errors import EvaluationError
from assistant.evaluation import load_set, load_sets

GOOD = {"id": "a", "question": "问？", "documents": ["d"], "key_points": ["甲"], "must_decline": False}


def write(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_row_gives_turns_dates_and_alternatives(tmp_path: Path) -> None:
    row = GOOD | {"history": [{"q": "前", "a": "答"}], "as_of": "2025-04-01", "documents": ["x|y", "z"]}
    found = load_set(write(tmp_path / "s.jsonl", row))[0]
    assert found.turns == (Turn("前", "答"),)
    assert found.as_of == date(2025, 4, 1)
    assert found.wanted == (frozenset({"x", "y"}), frozenset({"z"}))
    assert found.relevant == {"x", "y", "z"}


def test_blank_lines_are_skipped_and_decline_rows_may_name_a_status(tmp_path: Path) -> None:
    row = {"id": "o", "question": "天气？", "must_decline": True, "expected_status": "declined_out_of_scope"}
    assert load_set(write(tmp_path / "s.jsonl", "", row))[0].expected_status is Status.DECLINED_OUT_OF_SCOPE


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{oops", "JSON"),
        (GOOD | {"colour": 1}, "colour"),
        (GOOD | {"as_of": "2024-13-45"}, "as_of"),
        (GOOD | {"documents": []}, "documents"),
        (GOOD | {"key_points": []}, "key_points"),
        (GOOD | {"must_decline": True}, "must_decline"),
        ({"id": "n", "question": "问", "must_decline": True, "expected_status": "answered"}, "declined"),
    ],
)
def test_a_wrong_row_is_named_by_file_and_line(tmp_path: Path, row: object, says: str) -> None:
    with pytest.raises(EvaluationError) as problem:
        load_set(write(tmp_path / "facts.jsonl", GOOD, row))
    assert "facts.jsonl 第2行" in str(problem.value)
    assert says in str(problem.value)


def test_sets_are_all_or_the_named_ones(tmp_path: Path) -> None:
    write(tmp_path / "one.jsonl", GOOD)
    write(tmp_path / "two.jsonl", GOOD | {"id": "b"})
    assert [r.id for r in load_sets(tmp_path)] == ["a", "b"]
    assert [r.id for r in load_sets(tmp_path, ["two"])] == ["b"]


def test_an_id_in_two_sets_names_both(tmp_path: Path) -> None:
    write(tmp_path / "one.jsonl", GOOD)
    write(tmp_path / "two.jsonl", GOOD)
    with pytest.raises(EvaluationError, match=r"one\.jsonl.*two\.jsonl"):
        load_sets(tmp_path)


def test_missing_and_empty_files_are_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="没有评测集"):
        load_sets(tmp_path)
    with pytest.raises(EvaluationError, match="无法读取"):
        load_sets(tmp_path, ["none"])
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="没有题目"):
        load_set(tmp_path / "empty.jsonl")
