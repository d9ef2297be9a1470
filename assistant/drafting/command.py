"""The command `assistant draft`: from a profile file to a draft file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Protocol

from assistant.domain import Answer, Document, Query
from assistant.drafting.export import check_target, export
from assistant.drafting.notes import references
from assistant.drafting.profile import load_profile
from assistant.drafting.write import Drafter, Progress
from assistant.library.framework import Framework


class Titled(Protocol):
    """What drafting needs of the library."""

    def documents(self) -> Mapping[str, Document]: ...


class Answering(Protocol):
    """What drafting needs of the service."""

    @property
    def framework(self) -> Framework: ...

    @property
    def library(self) -> Titled: ...

    def query(self, text: str) -> Query: ...

    def ask(self, query: Query) -> Answer: ...


def write_draft(
    service: Answering, profile: Path, out: Path, *, on: date | None = None, progress: Progress | None = None
) -> dict[str, object]:
    """Writes the draft for the region of `profile` to `out` (.md or .docx) and returns a summary of it.

    Raises `DraftError` if the profile cannot be used or the file cannot be written; both are looked at first.
    """
    check_target(out)
    region = load_profile(profile)
    titles = {id: document.title for id, document in service.library.documents().items()}
    drafter = Drafter(lambda question: service.ask(service.query(question)), service.framework, titles)
    draft = drafter.write(region, on=on or date.today(), progress=progress)
    export(draft, out)
    return {
        "out": str(out),
        "title": draft.title,
        "models": [fit.model_id for fit in draft.diagnosis.leading],
        "sections": len(draft.sections) + 1,
        "references": len(draft.notes),
        "documents": len(references(draft.notes)),
        "unanswered": list(draft.unanswered),
        "warnings": list(draft.warnings),
    }
