"""Documents and passages as rows of the catalogue and back, without loss."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from assistant.domain import Document, Passage


@cache
def _adapter() -> TypeAdapter[Document]:
    """The adapter follows the fields of `Document`, so that a new field is stored without a change here."""
    return TypeAdapter(Document)


def document_row(document: Document) -> dict[str, Any]:
    """Column values of `documents`: the text by itself, every other field in `meta` as JSON values."""
    meta = _adapter().dump_python(document, mode="json", exclude={"text"})
    return {"id": document.id, "sha256": document.sha256, "meta": meta, "text": document.text}


def document_from_row(row: Mapping[str, Any]) -> Document:
    """The document that `document_row` was made from."""
    return _adapter().validate_python({**row["meta"], "text": row["text"]})


def passage_row(passage: Passage, revision: int, text_sha: str) -> dict[str, Any]:
    """Column values of `passages`; the text is not repeated, it is a span of the document's."""
    return {
        "revision": revision,
        "ordinal": passage.ordinal,
        "passage_id": passage.id,
        "section_path": list(passage.section_path),
        "start": passage.start,
        "end": passage.end,
        "text_sha": text_sha,
    }


def passage_from_row(row: Mapping[str, Any], document: Document) -> Passage:
    """The passage that `passage_row` was made from; `document` is the one it belongs to."""
    return Passage(
        id=row["passage_id"],
        document_id=document.id,
        # Interned: each heading stands above many passages, the title above all.
        section_path=tuple(map(sys.intern, row["section_path"])),
        text=document.text[row["start"] : row["end"]],
        start=row["start"],
        end=row["end"],
        ordinal=row["ordinal"],
    )
