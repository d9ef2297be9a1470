"""Figures of a digest stand in its fact sheet, however they are written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.sheets import check_figures, figures_of, load_sheet_figures
from assistant.corpus.source import read_source
from assistant.errors import LibraryError
from tests.corpus.conftest import BODY, Write


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("达到12,345家", {"12345"}),
        ("400万余家", {"400", "4000000"}),
        ("１２．５％", {"12.5"}),
        ("第一百一十六条和第7条", {"116", "第116条", "7", "第7条"}),
        ("七十八个", {"78"}),
        ("十四五时期的三项任务", set()),
        ("1. 平台\n（二）园区\n## 3. 措施", set()),
        ("平台12个。[^3]\n[^3]: 官方页面：https://e.org/2024", {"12"}),
    ],
)
def test_figures_in_one_form(text: str, figures: set[str]) -> None:
    assert figures_of(text) == figures


@given(st.integers(1, 10**9))
def test_thousands_separators_and_units_do_not_matter(number: int) -> None:
    assert str(number) in figures_of(f"共有{number:,}家")
    assert str(number * 10**4) in figures_of(f"共有{number}万家")


def test_a_figure_that_the_sheet_does_not_give_is_found(write: Write) -> None:
    sheet = {"a": frozenset({"2024", "1"})}
    found = list(check_figures(read_source(write()), sheet))
    assert [f.message for f in found] == ["数字 12 不在事实单里，请核对或删去。"]
    raw = write().read_text("utf-8").split("\n")
    assert "12个平台" in raw[found[0].line - 1]


def test_the_day_of_checking_needs_no_sheet(write: Write) -> None:
    body = BODY.replace("12个", "截至2026年11月23日核对的")
    assert list(check_figures(read_source(write("a", body)), {"a": frozenset({"2024", "1"})})) == []


def test_documents_without_a_sheet_are_left_alone(write: Write) -> None:
    assert list(check_figures(read_source(write()), {"b": frozenset()})) == []


def test_the_file_of_figures_is_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    path.write_text(json.dumps({"a": ["1", "2"]}), encoding="utf-8")
    assert load_sheet_figures(path) == {"a": frozenset({"1", "2"})}
    for bad in ("[]", "{", '{"a": 1}'):
        path.write_text(bad, encoding="utf-8")
        with pytest.raises(LibraryError, match="数字对照表"):
            load_sheet_figures(path)
