"""时效性: whether a document is in force on a given day. Always computed, never stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.domain import Document, Kind, Validity

# Kinds that bind, or plan for a period. A report, a case or a study has no legal force.
_WITH_FORCE = frozenset({Kind.LAW, Kind.REGULATION, Kind.POLICY, Kind.PLAN})

# Written into `status_note` by whoever could not find out whether the document still holds.
UNVERIFIED = "«未核实»"

_LABELS = {
    Validity.IN_FORCE: "现行有效",
    Validity.AMENDED: "已被修改",
    Validity.REPEALED: "已废止或失效",
    Validity.EXPIRED: "期满",
    Validity.NOT_YET: "尚未施行",
    Validity.UNKNOWN: "待核实",
}


def validity(
    document: Document,
    as_of: date,
    superseding: date | None = None,
    amending: Sequence[date | None] = (),
) -> Validity | None:
    """The validity of `document` on the day `as_of`; None for documents without legal force.

    `superseding` is the day from which the document named by `superseded_by` holds, `amending` the same for each
    of `amended_by`. None means unknown: that document then counts as holding already, since an older text must
    not pass as current. Every date counts for the whole day: a plan is in force on its last day, a law on the
    day it takes effect. What is not dated, or whose status is «未核实», is `UNKNOWN`, never taken as in force;
    but nothing holds before its own day.
    """
    dated = document.effective or document.until or document.repealed
    if document.kind not in _WITH_FORCE and not dated:
        return None
    if document.begins and document.begins > as_of:
        return Validity.NOT_YET
    if document.repealed and document.repealed <= as_of:
        return Validity.REPEALED
    if document.superseded_by and _holds(superseding, as_of):
        return Validity.REPEALED
    if document.until and document.until < as_of:
        return Validity.EXPIRED
    if any(_holds(day, as_of) for day in amending):
        return Validity.AMENDED
    if document.effective is None or UNVERIFIED in (document.status_note or ""):
        return Validity.UNKNOWN
    return Validity.IN_FORCE


def _holds(begins: date | None, as_of: date) -> bool:
    return begins is None or begins <= as_of


def label(value: Validity) -> str:
    """The name of a validity as shown to people."""
    return _LABELS[value]
