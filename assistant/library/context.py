"""What is indexed of a passage: its text with the title and the headings above it.

What is quoted is another thing: always `Passage.text`, exactly.
"""

from __future__ import annotations

from hashlib import sha256

from assistant.domain import Document, Passage
from assistant.language.words import char_ngrams, words
from assistant.library.lexicon import DocumentEntry, PassageEntry


def headings(document: Document, passage: Passage) -> str:
    """The section path without the document's own title, one heading a line."""
    return "\n".join(part for part in passage.section_path if part != document.title)


def context(document: Document, passage: Passage) -> str:
    """The text a passage is embedded and looked up by: title, headings, text."""
    return "\n".join(part for part in (document.title, headings(document, passage), passage.text) if part)


def context_key(document: Document, passage: Passage) -> str:
    """The key under which the vector of a passage's context is kept: equal texts are embedded once."""
    return sha256(context(document, passage).encode("utf-8")).hexdigest()


def passage_entry(document: Document, passage: Passage) -> PassageEntry:
    """The passage as tokens of the lexicon."""
    text = context(document, passage)
    return PassageEntry(
        id=passage.id,
        document_id=document.id,
        heading=char_ngrams(headings(document, passage)),
        words=words(text),
        chars=char_ngrams(text),
    )


def document_entry(document: Document) -> DocumentEntry:
    """The document as tokens of the lexicon; the names people call it by count as its title."""
    names = "\n".join((document.title, *document.aliases))
    return DocumentEntry(
        id=document.id, title=char_ngrams(names), chars=char_ngrams(f"{names}\n{document.text}")
    )
