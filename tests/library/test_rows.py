from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Document, Kind, Level, Note, Passage, Section, TextKind
from assistant.library.rows import document_from_row, document_row, passage_from_row, passage_row

_text = st.text(st.characters(codec="utf-8"), max_size=40)
_words = st.lists(_text, max_size=3).map(tuple)
_day = st.none() | st.dates()
_count = st.integers(0, 10_000)
_sections = st.builds(Section, _text, _text, _count, _words, _count, _count)
_notes = st.builds(Note, _count, _text, st.none() | _text)
_documents = st.builds(
    Document,
    id=_text,
    title=_text,
    kind=st.sampled_from(Kind),
    text=_text,
    outline=st.lists(_sections, max_size=3).map(tuple),
    sha256=_text,
    path=_text,
    issuers=_words,
    doc_number=st.none() | _text,
    signed=_day,
    published=_day,
    effective=_day,
    until=_day,
    year=st.none() | st.integers(1, 9999),
    status_note=st.none() | _text,
    level=st.none() | st.sampled_from(Level),
    region=st.none() | _text,
    industries=_words,
    topics=_words,
    types=_words,
    models=_words,
    pillars=_words,
    supersedes=_words,
    superseded_by=st.none() | _text,
    repealed=_day,
    aliases=_words,
    access=_text,
    text_kind=st.sampled_from(TextKind),
    url=st.none() | _text,
    source_url=st.none() | _text,
    source_kind=st.none() | _text,
    checked_on=_day,
    notes=st.lists(_notes, max_size=3).map(tuple),
)


@settings(deadline=None)  # the first example builds the adapter
@given(_documents)
def test_documents_come_back_as_they_were(document: Document) -> None:
    row = document_row(document)
    stored = {**row, "meta": json.loads(json.dumps(row["meta"]))}
    assert document_from_row(stored) == document
    assert "text" not in row["meta"], "the text is stored once"


def test_types_survive() -> None:
    given_ = Document("d", "题", Kind.LAW, "文", (), "sha", "p", effective=date(2024, 3, 1), level=Level.LAW)
    back = document_from_row(document_row(given_))
    assert isinstance(back.kind, Kind)
    assert isinstance(back.level, Level)
    assert isinstance(back.effective, date)
    assert isinstance(back.issuers, tuple)


def test_a_passage_is_the_span_of_its_document() -> None:
    document = Document("d", "题", Kind.LAW, "甲。乙。丙。", (), "sha", "p")
    passage = Passage("d#2", "d", ("题", "第二条"), "乙。", 2, 4, 2)
    assert passage_from_row(passage_row(passage, 7, "key"), document) == passage
