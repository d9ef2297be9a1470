"""The table in the README of the corpus is made from the framework and the documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus.table import BEGIN, END, write_table
from assistant.errors import CorpusError


def test_only_what_stands_between_the_marks_is_replaced(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"# 文库\n\n{BEGIN}\n旧表\n{END}\n\n尾\n", encoding="utf-8")
    write_table(readme, "新表")
    assert readme.read_text("utf-8") == f"# 文库\n\n{BEGIN}\n新表\n{END}\n\n尾\n"


def test_a_readme_without_marks_is_left_as_it_is(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# 文库\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="标记"):
        write_table(readme, "新表")
    assert readme.read_text("utf-8") == "# 文库\n"
