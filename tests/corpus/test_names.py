"""No name leads to two things."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus.names import check_glossary, check_names
from assistant.corpus.source import read_source
from assistant.library.glossary import load_glossary
from tests.corpus.conftest import Write


def test_an_alias_of_two_documents_is_found_in_both(write: Write) -> None:
    one = read_source(write("a", title="甲意见", aliases=["平台意见"]))
    two = read_source(write("b", title="乙意见", aliases=["平台 意见"]))
    found = list(check_names([one, two]))
    assert [(f.path.stem, "也是" in f.message) for f in found] == [("a", True), ("b", True)]
    assert one.raw[found[0].line - 1].startswith("aliases")


def test_versions_of_one_document_share_their_name(write: Write) -> None:
    old = read_source(write("a", title="甲条例", superseded_by="b"))
    new = read_source(write("b", title="甲条例", supersedes=["a"]))
    assert list(check_names([old, new])) == []


def test_names_of_the_shipped_corpus_count_too(write: Write) -> None:
    own, shipped = read_source(write("a", title="甲意见")), read_source(write("b", title="甲意见"))
    assert "也是 b 的名称" in next(iter(check_names([own], {"b": shipped.document}))).message


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ("- {term: 甲意见, short: [甲]}\n- {term: 园区, spoken: [园子]}", None),
        ("- {term: 平台, short: [台]}\n- {term: 园区, spoken: [台]}", "“台”既指 平台，又指 园区"),
        ("- {term: 平台, english: [hub]}\n- {term: 园区, english: [Hub]}", "既指"),
        ("- {term: 平台, definition: 平台是平台。, source: z}", "出处 z 不在文库中"),
        ("- {term: 平台, definition: 平台是平台。}", "同时有"),
        ("- {term: 甲意见, short: [乙意见]}", "在词表里指 a，在文库里是 b 的名称"),
    ],
)
def test_the_glossary_leads_to_one_thing(
    write: Write, tmp_path: Path, entries: str, message: str | None
) -> None:
    documents = {
        id_: read_source(write(id_, title=title)).document
        for id_, title in (("a", "甲意见"), ("b", "乙意见"))
    }
    path = tmp_path / "glossary.yaml"
    path.write_text(f"# 词表\n{entries}\n", encoding="utf-8")
    found = list(check_glossary(load_glossary(path), path, documents))
    assert [message in f.message for f in found] == ([True] if message else [])
    assert all(f.line > 1 for f in found)
