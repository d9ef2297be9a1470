"""How notes and references of a draft read: who issued what, digest or original, in force or not, and where from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.domain import Citation, Document, TextKind, Validity
from assistant.library.validity import label


def note_text(citation: Citation) -> str:
    """One note in full: 《题名》（发文字号）（摘编，核对于…），节：“quote”。来源：…

    A digest is quoted without quotation marks, since its words are not the document's own.
    """
    section = f"，{citation.section}" if citation.section else ""
    quote = " ".join(citation.quote.split())
    if citation.document.text_kind is TextKind.DIGEST:
        words = f"。摘编：{_ended(quote)}"
    else:
        words = f"：“{_inner(quote, '“”', '‘’')}”。"
    source = _source(citation)
    return (
        f"{_name(citation.document)}{_marks(citation)}{section}{words}{f'来源：{source}' if source else ''}"
    )


def reference_text(document: Document) -> str:
    """One entry of the list of references: issuers, title, number, date."""
    issuers = "、".join(document.issuers)
    dated = document.signed or document.published
    when = chinese_date(dated) if dated else (f"{document.dated}年" if document.dated else "日期待核实")
    digest = "（据文库摘编）" if document.text_kind is TextKind.DIGEST else ""
    where = f"，{document.url}" if document.url else ""
    return f"{issuers + '：' if issuers else ''}{_name(document)}，{when}{digest}{where}。"


def references(notes: Sequence[Citation]) -> tuple[Document, ...]:
    """The documents behind the notes, each once, in the order of first use."""
    return tuple({note.document.id: note.document for note in notes}.values())


def no_longer_current(notes: Sequence[Citation]) -> tuple[str, ...]:
    """The documents behind the notes that were not in force when asked, each with what it is: 《题名》（期满）."""
    past = {Validity.AMENDED, Validity.REPEALED, Validity.EXPIRED, Validity.NOT_YET}
    found = {
        n.document.id: f"{_name(n.document)}（{label(n.validity)}）" for n in notes if n.validity in past
    }
    return tuple(found.values())


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _name(document: Document) -> str:
    number = f"（{document.doc_number}）" if document.doc_number else ""
    return f"《{_inner(document.title, '《》', '〈〉')}》{number}"


def _marks(citation: Citation) -> str:
    """What a reader must know before relying on the note: a digest, or a text not simply in force."""
    marks: list[str] = []
    if citation.document.text_kind is TextKind.DIGEST:
        checked = citation.document.checked_on
        marks.append(f"摘编，核对于{chinese_date(checked)}" if checked else "摘编，核对日期不详")
    if citation.validity not in (None, Validity.IN_FORCE):
        marks.append(f"时效性：{label(citation.validity)}")
    return f"（{'；'.join(marks)}）" if marks else ""


def _source(citation: Citation) -> str:
    """The source note that follows the quoted span in a digest; else the document's own address."""
    document = citation.document
    note = next((n for n in document.notes if n.position >= citation.end), None)
    if note is not None:
        return note.text
    return citation.source_url or document.url or document.source_url or ""


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？", "…", "”", "；")) else f"{text}。"


def _inner(text: str, outer: str, inner: str) -> str:
    """Marks inside marks of the same sort become those of the second order."""
    return text.translate(str.maketrans(outer, inner))
