"""What an index run tells about itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.library.catalogue import Catalogue, Member
from assistant.library.plan import FailedFile, Plan


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an index run found and did. `documents` = added + changed + unchanged; counts are by document id.

    A file that failed is in `failed`; its document, when indexed before, stays and counts as unchanged.
    `generation` is the one readers now open; None when nothing could be indexed.
    """

    documents: int
    passages: int
    added: int
    changed: int
    removed: int
    unchanged: int
    failed: tuple[FailedFile, ...]
    seconds: float
    generation: str | None


def report(
    catalogue: Catalogue, plan: Plan, before: Sequence[Member], generation: str | None, seconds: float
) -> IndexReport:
    """The report on a plan that was carried out on a library consisting of `before`."""
    old = {member.document_id for member in before}
    kept = {member.document_id for member in plan.kept}
    new = {revision.content.document.id for revision in plan.new}
    return IndexReport(
        documents=len(kept) + len(new),
        passages=catalogue.size(generation)[1] if generation else 0,
        added=len(new - old),
        changed=len(new & old),
        removed=len(old - new - kept),
        unchanged=len(kept),
        failed=plan.failed,
        seconds=seconds,
        generation=generation,
    )
