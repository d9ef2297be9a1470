"""The layout of official documents after GB/T 9704: page, fonts, spacing, page numbers."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

TITLE_FONT, BODY_FONT, HEADING_FONT, SUBHEADING_FONT = "方正小标宋简体", "仿宋", "黑体", "楷体"
LATIN_FONT = "Times New Roman"
# What Word takes instead where a font is not installed.
FALLBACKS = {
    TITLE_FONT: "华文中宋",
    BODY_FONT: "仿宋_GB2312",
    HEADING_FONT: "SimHei",
    SUBHEADING_FONT: "楷体_GB2312",
}

SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_5 = Pt(22), Pt(16), Pt(14), Pt(9)  # 二号, 三号, 四号, 小五
LINE, TITLE_LINE, NOTE_LINE = Pt(28), Pt(35), Pt(13)


def apply_layout(word: WordDocument) -> None:
    """Sets page and styles of a new document: Title, Subtitle, Normal, Heading 1 and 2, footnote text and reference."""
    _page(word)
    _paragraph(word.styles["Normal"], BODY_FONT, SIZE_3, LINE, indent=2)
    word.styles["Normal"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for name, font, size, line in (
        ("Title", TITLE_FONT, SIZE_2, TITLE_LINE),
        ("Subtitle", SUBHEADING_FONT, SIZE_3, LINE),
    ):
        _paragraph(word.styles[name], font, size, line, indent=0)
        word.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.styles["Subtitle"].paragraph_format.space_after = LINE
    _paragraph(word.styles["Heading 1"], HEADING_FONT, SIZE_3, LINE, indent=2)
    _paragraph(word.styles["Heading 2"], SUBHEADING_FONT, SIZE_3, LINE, indent=2)
    note = word.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    note.base_style = word.styles["Normal"]
    note.element.set(qn("w:styleId"), "FootnoteText")
    _paragraph(note, BODY_FONT, SIZE_SMALL_5, NOTE_LINE, indent=0)
    note.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    reference = word.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    reference.element.set(qn("w:styleId"), "FootnoteReference")
    reference.font.superscript = True
    _name_fallbacks(word)


def _page(word: WordDocument) -> None:
    """A4 with the margins of the standard; page numbers “— 1 —” outside, odd right and even left."""
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    page.footer_distance = Mm(26)
    word.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (page.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (page.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        line = footer.paragraphs[0]
        line.alignment = side
        line.paragraph_format.first_line_indent = Pt(0)
        # One character in from the edge of the text, as the standard has it.
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = SIZE_4
        for text in ("— ", None, " —"):
            run = line.add_run(text or "")
            run.font.size = SIZE_4
            _fonts(run._r.get_or_add_rPr(), "宋体", "宋体")
            if text is None:
                _page_field(run._r)


def _page_field(run: Any) -> None:
    for kind in ("begin", None, "end"):
        element = OxmlElement("w:instrText" if kind is None else "w:fldChar")
        if kind is None:
            element.text = "PAGE"
        else:
            element.set(qn("w:fldCharType"), kind)
        run.append(element)


def _paragraph(style: Any, font: str, size: Pt, line: Pt, *, indent: int) -> None:
    """One paragraph style; `indent` is the first line's, in characters."""
    assert isinstance(style, ParagraphStyle)
    _character(style, font, size)
    form = style.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line
    form.space_before = form.space_after = Pt(0)
    form.first_line_indent = Pt(size.pt * indent)
    properties = style.element.get_or_add_pPr()
    # Word counts the indent in characters of the actual font where it knows how; the length is for all others.
    properties.find(qn("w:ind")).set(qn("w:firstLineChars"), str(indent * 100))
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _character(style: CharacterStyle, font: str, size: Pt) -> None:
    style.font.size, style.font.bold, style.font.italic = size, False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    _fonts(properties, LATIN_FONT, font)
    # The template spaces and kerns the letters of its titles.
    for name in ("w:spacing", "w:kern"):
        for element in properties.findall(qn(name)):
            properties.remove(element)


def _fonts(properties: Any, latin: str, chinese: str) -> None:
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()  # theme fonts would win over the names
    for script, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{script}"), name)
    # Quotation marks and dashes are shared with Latin script: here they are Chinese.
    fonts.set(qn("w:hint"), "eastAsia")


def _name_fallbacks(word: WordDocument) -> None:
    """Adds our fonts to the font table with the name of another that may stand in for each."""
    for part in word.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            table = parse_xml(part.blob)
            for name, other in FALLBACKS.items():
                entry = f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{other}"/></w:font>'
                table.append(parse_xml(entry))
            part._blob = serialize_part_xml(table)
