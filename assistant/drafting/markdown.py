"""A draft as Markdown with footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.drafting.closing import closing_paragraphs, references_heading, shown, subtitle
from assistant.drafting.notes import note_text, reference_text, references
from assistant.drafting.types import Draft, DraftSection, Paragraph

_ADDRESS_OR_SPECIAL = re.compile(r"(https?://[!-~]+)|([\\`*_\[\]<>#|~])")


def to_markdown(draft: Draft) -> str:
    """The whole draft; note n is the footnote `[^n]`."""
    blocks = [f"# {_escape(draft.title)}", _escape(subtitle(draft))]
    for section in draft.sections:
        blocks.extend(_section(section, 2))
    blocks.append(f"## {references_heading(draft)}")
    listed = references(draft.notes)
    blocks.append("\n".join(f"{i}. {_escape(reference_text(d))}" for i, d in enumerate(listed, 1)) or "无。")
    blocks.append("## 编制说明")
    blocks.extend(_escape(text) for text in closing_paragraphs(draft))
    blocks.append("\n".join(f"[^{note.n}]: {_escape(note_text(note))}" for note in draft.notes))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _section(section: DraftSection, level: int) -> Iterator[str]:
    yield f"{'#' * level} {_escape(section.heading)}"
    for paragraph in section.paragraphs:
        yield _paragraph(paragraph)
    for below in section.sections:
        yield from _section(below, level + 1)


def _paragraph(paragraph: Paragraph) -> str:
    return "".join(_escape(shown(s)) + "".join(f"[^{n}]" for n in s.notes) for s in paragraph.sentences)


def _escape(text: str) -> str:
    """Text that Markdown shows as it is; addresses stay whole, so that they can be followed."""
    line = " ".join(text.split())
    return _ADDRESS_OR_SPECIAL.sub(lambda found: found[1] or f"\\{found[2]}", line)
