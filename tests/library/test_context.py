from __future__ import annotations

from assistant.domain import Document, Kind, Passage
from assistant.language.grams import symbols
from assistant.language.words import cut_chars, cut_words
from assistant.library.context import analyse, context, context_key

TEXT = "平台接单周期缩短百分之三十。"
DOCUMENT = Document("case", "云上织造案例", Kind.CASE, TEXT, (), "sha", "case.md", aliases=("织造云",))
PASSAGE = Passage("case#1", "case", ("云上织造案例", "成效"), TEXT, 0, len(TEXT), 1)


def test_what_is_indexed_has_the_title_once_and_the_headings() -> None:
    assert context(DOCUMENT, PASSAGE) == f"云上织造案例\n成效\n{TEXT}"
    entry, form = analyse(DOCUMENT, [PASSAGE])
    (passage,) = entry.passages
    assert passage.heading == cut_chars("成效")
    assert set(passage.chars) >= {*cut_chars("云上织造"), *cut_chars("成效"), *cut_chars("周期")}
    assert set(passage.words) >= set(cut_words("平台周期")), "the words are those of the text"
    assert form.passages[0].symbols.tolist() == symbols("平台接单周期缩短30%。").tolist()


def test_numbers_are_indexed_in_one_form() -> None:
    (passage,) = analyse(DOCUMENT, [PASSAGE])[0].passages
    assert "30%" in passage.words
    assert not {"百分之", "三十"} & set(passage.words)


def test_a_document_is_found_by_the_names_people_call_it() -> None:
    entry, _ = analyse(DOCUMENT, [PASSAGE])
    assert set(entry.title) >= set(cut_chars("织造云")) | set(cut_chars("云上织造案例"))
    assert set(entry.chars) >= set(cut_chars("接单周期")) | set(cut_chars("成效"))


def test_the_key_follows_all_that_is_embedded() -> None:
    moved = Passage("case#1", "case", ("云上织造案例", "做法"), TEXT, 0, len(TEXT), 1)
    renumbered = Passage("case#9", "case", PASSAGE.section_path, TEXT, 0, len(TEXT), 9)
    assert context_key(DOCUMENT, moved) != context_key(DOCUMENT, PASSAGE) == context_key(DOCUMENT, renumbered)
