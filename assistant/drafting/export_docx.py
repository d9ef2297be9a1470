"""A draft as a Word document in the layout of official documents (after GB/T 9704), with real footnotes."""

from __future__ import annotations

import re
from datetime import datetime, time
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from assistant.drafting.closing import closing_paragraphs, references_heading, shown, subtitle
from assistant.drafting.docx_footnotes import Footnotes
from assistant.drafting.docx_layout import apply_layout
from assistant.drafting.notes import note_text, reference_text, references
from assistant.drafting.types import Draft, DraftSection, Paragraph

AUTHOR = "虚拟集群政策助手"
TITLE_LENGTH = 20  # characters of the title's size that fit one line

# XML has no place for control characters and half surrogates.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_docx(draft: Draft) -> bytes:
    """The whole draft as the bytes of a .docx; note n is footnote n."""
    word = docx.Document()
    apply_layout(word)
    _properties(word, draft)
    footnotes = Footnotes(word, {note.n: _clean(note_text(note)) for note in draft.notes})
    word.add_paragraph(_clean(_title_lines(draft)), style="Title")
    word.add_paragraph(_clean(subtitle(draft)), style="Subtitle")
    for section in draft.sections:
        _section(word, section, 1, footnotes)
    word.add_heading(references_heading(draft), 1)
    for number, document in enumerate(references(draft.notes), 1):
        _left(word.add_paragraph(_clean(f"{number}. {reference_text(document)}")))
    if not draft.notes:
        word.add_paragraph("无。")
    word.add_heading("编制说明", 1)
    for text in closing_paragraphs(draft):
        word.add_paragraph(_clean(text))
    footnotes.attach()
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def _section(word: WordDocument, section: DraftSection, level: int, footnotes: Footnotes) -> None:
    word.add_heading(_clean(section.heading), level)
    for paragraph in section.paragraphs:
        _paragraph(word, paragraph, footnotes)
    for below in section.sections:
        _section(word, below, level + 1, footnotes)


def _paragraph(word: WordDocument, paragraph: Paragraph, footnotes: Footnotes) -> None:
    written = word.add_paragraph()
    for sentence in paragraph.sentences:
        written.add_run(_clean(shown(sentence)))
        for number in sentence.notes:
            footnotes.refer(written, number)


def _title_lines(draft: Draft) -> str:
    """The title, broken after the region where it does not fit one line: a last line of one character looks careless."""
    start = f"关于{draft.region}"
    if len(draft.title) <= TITLE_LENGTH or not draft.title.startswith(start):
        return draft.title
    return f"{start}\n{draft.title.removeprefix(start)}"


def _left(paragraph: WordParagraph) -> None:
    """References hold long addresses, which justified text would tear apart."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _properties(word: WordDocument, draft: Draft) -> None:
    """The template's own author and dates must not pass as ours."""
    made = datetime.combine(draft.made_on, time())
    properties = word.core_properties
    properties.title, properties.author, properties.last_modified_by = _clean(draft.title), AUTHOR, AUTHOR
    properties.created = properties.modified = made
    properties.comments, properties.language = "", "zh-CN"
    for relation in list(word.part.package.rels.values()):
        if relation.reltype.endswith("/thumbnail"):
            word.part.package.rels.pop(relation.rId)
    defaults = word.styles.element.find(
        f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}"
    )
    if defaults is not None:
        defaults.set(qn("w:eastAsia"), "zh-CN")


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
