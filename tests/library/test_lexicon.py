from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import LibraryError
from assistant.language.words import cut_chars, cut_words
from assistant.library.context import analyse
from assistant.library.lexicon import DOCUMENT_FIELDS, PASSAGE_FIELDS, LexiconReader, TantivyLexicon
from tests.library.pieces import document

TITLES = {"law": "数据安全条例", "park": "星海市虚拟园区试行办法"}
TEXTS = {
    "law": ["数据处理者应当建立安全管理制度。", "本条例自2024年3月1日起施行。"],
    "park": ["星海市设立虚拟园区服务中心。", "注册企业满37家即可启动。"],
}
ROWS = ["law#1", "law#2", "park#1", "park#2"]


@pytest.fixture
def lexicon(tmp_path: Path) -> LexiconReader:
    fields: dict[str, dict[str, object]] = {"park": {"region": "星海市"}, "law": {}}
    documents = [document(id_, TITLES[id_], TEXTS[id_], **fields[id_]) for id_ in TITLES]
    TantivyLexicon().build(tmp_path / "lexicon", [analyse(*d)[0] for d in documents])
    return TantivyLexicon().open(tmp_path / "lexicon")


def found(lexicon: LexiconReader, field: str, text: str, k: int = 10, **conditions: object) -> list[str]:
    tokens = cut_words(text) if field == "words" else cut_chars(text)
    names = list(TITLES) if field in DOCUMENT_FIELDS else ROWS
    return [names[row] for row in lexicon.top(field, tokens, k, **conditions)]  # type: ignore[arg-type]


def test_every_field_finds_by_what_it_holds(lexicon: LexiconReader) -> None:
    assert found(lexicon, "words", "虚拟园区服务中心")[0] == "park#1"
    assert found(lexicon, "chars", "满37家启动")[0] == "park#2"
    assert set(found(lexicon, "chars", "数据安全条例", 2)) == {"law#1", "law#2"}, "by the title above it"
    assert found(lexicon, "title", "数据安全") == ["law"]
    assert found(lexicon, "document", "服务中心")[0] == "park"
    assert found(lexicon, "title", "服务中心") == [], "no title speaks of a 服务中心"


def test_conditions_are_met_by_all_that_is_found(lexicon: LexiconReader) -> None:
    question = "企业安全管理制度服务中心"
    assert set(found(lexicon, "chars", question, documents=["park"])) == {"park#1", "park#2"}
    assert found(lexicon, "chars", question, documents=[]) == []
    assert found(lexicon, "chars", question, facets=[()]) == [], "an empty group lets nothing pass"


def test_counts_and_frequencies(lexicon: LexiconReader) -> None:
    assert {lexicon.count(f) for f in PASSAGE_FIELDS} == {4}
    assert {lexicon.count(f) for f in DOCUMENT_FIELDS} == {2}
    assert lexicon.frequencies("title", ["条例", "火星"]).tolist() == [1, 0]
    assert lexicon.frequencies("words", cut_words("企业")).tolist() == [1]
    assert {"企业", "启动"} <= set(lexicon.vocabulary())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        'AND OR NOT ("*~^:',
        "' OR 1=1; DROP TABLE documents;--",
        "？" * 10000,
        "😀🚀",
        "chars:服务 +title:*",
        "a" * 70000,
        "\x00\ud7ff",
    ],
)
def test_hostile_questions_are_only_words(lexicon: LexiconReader, text: str) -> None:
    raw = [text, *text.split(), *text[:300]]
    for field in (*PASSAGE_FIELDS, *DOCUMENT_FIELDS):
        rows = lexicon.top(field, raw, 10).tolist()
        assert len(set(rows)) == len(rows) <= lexicon.count(field)


def test_no_room_and_no_passages(lexicon: LexiconReader, tmp_path: Path) -> None:
    assert found(lexicon, "chars", "企业", 0) == []
    TantivyLexicon().build(tmp_path / "none", [])
    empty = TantivyLexicon().open(tmp_path / "none")
    assert (empty.count("chars"), empty.top("chars", ["企业"], 5).tolist()) == (0, [])


def test_missing_or_damaged_is_a_library_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        TantivyLexicon().open(tmp_path / "nowhere")
    TantivyLexicon().build(tmp_path / "l", [])
    (tmp_path / "l" / "passages" / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(LibraryError):
        TantivyLexicon().open(tmp_path / "l")
    with pytest.raises(LibraryError):
        TantivyLexicon().build(tmp_path / "l", [])
