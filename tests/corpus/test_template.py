"""The template for a new document explains itself, and what is left to fill in is found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.corpus.template import new_document
from assistant.errors import CorpusError
from assistant.library.framework import load_framework
from assistant.reading.files import read_file
from assistant.reading.front_matter import FrontMatter

FRAMEWORK = load_framework(Path(__file__).parents[2] / "corpus" / "framework.yaml")
TODAY = date(2026, 11, 23)


def test_the_template_reads_as_a_document_with_every_field_named(tmp_path: Path) -> None:
    path = tmp_path / "new" / "x01-plan.md"
    new_document(path, "甲规划", FRAMEWORK, TODAY)
    document = read_file(path)
    assert (document.id, document.title, document.checked_on) == ("x01-plan", "甲规划", TODAY)
    text = path.read_text("utf-8")
    optional = {"year", "amends", "amended_by", "repealed"}
    assert all(f"\n{field}:" in text for field in FrontMatter.model_fields if field not in optional)
    for entry in FRAMEWORK.entries:
        assert entry.id in text


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CorpusError, match="已经存在"):
        new_document(path, "甲", FRAMEWORK, TODAY)
    assert path.read_text("utf-8") == "mine"
    with pytest.raises(CorpusError, match=r"x\.md"):
        new_document(tmp_path / "x.docx", "甲", FRAMEWORK, TODAY)
