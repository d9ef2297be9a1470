"""What is indexed of a passage: its text with the title and the headings above it.

What is quoted is another thing: always `Passage.text`, exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from assistant.domain import Document, Passage
from assistant.language.canonical import canonical
from assistant.language.grams import Symbols, joined, symbols, word_ids
from assistant.language.words import cut_chars, cut_words
from assistant.library.cards import Card, facets
from assistant.library.forward import DocumentForm, PassageForm
from assistant.library.lexicon import DocumentEntry, PassageEntry


def headings(document: Document, passage: Passage) -> str:
    """The section path without the document's own title, one heading a line."""
    return "\n".join(part for part in passage.section_path if part != document.title)


def context(document: Document, passage: Passage) -> str:
    """The text a passage is embedded and looked up by: title, headings, text."""
    return "\n".join(part for part in (document.title, headings(document, passage), passage.text) if part)


def context_key(document: Document, passage: Passage) -> str:
    """The key under which the vector of a passage's context is kept: equal texts are embedded once."""
    return sha256(context(document, passage).encode("utf-8", "surrogatepass")).hexdigest()


def analyse(document: Document, passages: Sequence[Passage]) -> tuple[DocumentEntry, DocumentForm]:
    """The document with its passages as the lexicon takes them and as the forward index does.

    Everything is cut from the canonical form, the same as questions. The names people call a document by count as its
    title.
    """
    names = canonical("\n".join((document.title, *document.aliases)))
    name_chars, name_symbols = cut_chars(names), symbols(names)
    marks = facets(Card.of(document))
    entries: list[PassageEntry] = []
    forms: list[PassageForm] = []
    whole_chars, whole = [*name_chars], [name_symbols]
    above: dict[tuple[str, ...], tuple[list[str], Symbols]] = {}
    for passage in passages:
        if passage.section_path not in above:
            heading = canonical(headings(document, passage))
            above[passage.section_path] = cut_chars(heading), symbols(heading)
            whole_chars += above[passage.section_path][0]
            whole.append(above[passage.section_path][1])
        heading_chars, heading_symbols = above[passage.section_path]
        text = canonical(passage.text)
        cut, chars, form = cut_words(text), cut_chars(text), symbols(text)
        forms.append(PassageForm(form, heading_symbols, word_ids(cut)))
        entries.append(PassageEntry(passage.id, heading_chars, cut, [*name_chars, *heading_chars, *chars]))
        whole_chars += chars
        whole.append(form)
    return (
        DocumentEntry(document.id, name_chars, whole_chars, marks, entries),
        DocumentForm(name_symbols, joined(whole), forms),
    )
