from __future__ import annotations

from assistant.domain import Document, Kind, Passage
from assistant.language.words import char_ngrams, words
from assistant.library.context import context, context_key, document_entry, passage_entry

TEXT = "平台接单周期缩短。"
DOCUMENT = Document("case", "云上织造案例", Kind.CASE, TEXT, (), "sha", "case.md", aliases=("织造云",))
PASSAGE = Passage("case#1", "case", ("云上织造案例", "成效"), TEXT, 0, len(TEXT), 1)


def test_what_is_indexed_has_the_title_once_and_the_headings() -> None:
    assert context(DOCUMENT, PASSAGE) == f"云上织造案例\n成效\n{TEXT}"
    entry = passage_entry(DOCUMENT, PASSAGE)
    assert entry.heading == char_ngrams("成效")
    assert set(entry.chars) >= {*char_ngrams("云上织造"), *char_ngrams("成效"), *char_ngrams("周期")}
    assert set(entry.words) >= {*words("云上织造案例"), *words("成效"), *words(TEXT)}


def test_a_document_is_found_by_the_names_people_call_it() -> None:
    entry = document_entry(DOCUMENT)
    assert set(entry.title) >= set(char_ngrams("织造云")) | set(char_ngrams("云上织造案例"))
    assert set(entry.chars) >= set(entry.title) | set(char_ngrams(TEXT))


def test_the_key_follows_all_that_is_embedded() -> None:
    moved = Passage("case#1", "case", ("云上织造案例", "做法"), TEXT, 0, len(TEXT), 1)
    renumbered = Passage("case#9", "case", PASSAGE.section_path, TEXT, 0, len(TEXT), 9)
    assert context_key(DOCUMENT, moved) != context_key(DOCUMENT, PASSAGE) == context_key(DOCUMENT, renumbered)
