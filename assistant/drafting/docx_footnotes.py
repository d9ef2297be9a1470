"""Real Word footnotes, which python-docx has no interface for: the footnotes part, its references and its styles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph as WordParagraph

# Word keeps the ids 0 and 1 for the two separator lines; note n has the id n + 1.
_FIRST_ID = 2
_SEPARATORS = ((0, "separator"), (1, "continuationSeparator"))


class Footnotes:
    """The footnotes of one document. `texts` gives each note by its number, counted from 1 in the order of first use.

    The first reference to a note is the footnote's own; further ones are cross-references to it (NOTEREF), as Word
    makes them, since a second footnote reference would count as a new note. `attach` once all is written.
    """

    def __init__(self, word: WordDocument, texts: Mapping[int, str]) -> None:
        self._word = word
        self._texts = texts
        self._used: list[int] = []

    def refer(self, paragraph: WordParagraph, number: int) -> None:
        """Puts the mark [n] at the end of a paragraph."""
        self._mark(paragraph, "[")
        if number in self._used:
            self._cross_reference(paragraph, number)
        else:
            self._used.append(number)
            self._own_reference(paragraph, number)
        self._mark(paragraph, "]")

    def attach(self) -> None:
        """Adds the notes that were referred to, in their order, to the document."""
        root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
        for id_, kind in _SEPARATORS:
            root.append(
                parse_xml(
                    f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{id_}"><w:p><w:pPr><w:spacing w:after="0" '
                    f'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
                )
            )
        for position, number in enumerate(self._used):
            root.append(_footnote(position + _FIRST_ID, self._texts[number]))
        blob = serialize_part_xml(root)
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, self._word.part.package)
        self._word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._settings()

    def _own_reference(self, paragraph: WordParagraph, number: int) -> None:
        bookmark = str(number)
        start = _element("w:bookmarkStart", id=bookmark, name=_bookmark(number))
        reference = _element("w:footnoteReference", id=str(len(self._used) - 1 + _FIRST_ID))
        paragraph._p.append(start)
        paragraph.add_run(style="footnote reference")._r.append(reference)
        paragraph._p.append(_element("w:bookmarkEnd", id=bookmark))

    def _cross_reference(self, paragraph: WordParagraph, number: int) -> None:
        instruction = _element("w:instrText")
        instruction.text = f" NOTEREF {_bookmark(number)} \\f \\h "
        instruction.set(qn("xml:space"), "preserve")
        for content in (
            _element("w:fldChar", fldCharType="begin"),
            instruction,
            _element("w:fldChar", fldCharType="separate"),
            str(number),
            _element("w:fldChar", fldCharType="end"),
        ):
            run = paragraph.add_run(style="footnote reference")
            if isinstance(content, str):
                run.text = content
            else:
                run._r.append(content)

    @staticmethod
    def _mark(paragraph: WordParagraph, sign: str) -> None:
        paragraph.add_run(sign, style="footnote reference")

    def _settings(self) -> None:
        """Names the separators in the settings, at the place the schema gives them."""
        properties = OxmlElement("w:footnotePr")
        for id_, _ in _SEPARATORS:
            properties.append(_element("w:footnote", id=str(id_)))
        settings = self._word.settings.element
        following = settings.find(qn("w:compat"))
        if following is not None:
            following.addprevious(properties)
        else:
            settings.append(properties)


def _footnote(id_: int, text: str) -> Any:
    paragraph = _element("w:p")
    properties = _element("w:pPr")
    properties.append(_element("w:pStyle", val="FootnoteText"))
    paragraph.append(properties)
    for content in ("[", None, "] ", text):
        run = _element("w:r")
        if content is not text:
            style = _element("w:rPr")
            style.append(_element("w:rStyle", val="FootnoteReference"))
            run.append(style)
        if content is None:
            run.append(_element("w:footnoteRef"))
        else:
            words = _element("w:t")
            words.text = content
            words.set(qn("xml:space"), "preserve")
            run.append(words)
        paragraph.append(run)
    note = _element("w:footnote", id=str(id_))
    note.append(paragraph)
    return note


def _element(tag: str, /, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _bookmark(number: int) -> str:
    return f"_RefNote{number}"
