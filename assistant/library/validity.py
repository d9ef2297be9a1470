"""时效性: whether a document is in force on a given day. Always computed, never stored."""

from __future__ import annotations

from datetime import date

from assistant.domain import Document, Kind, Validity

# Kinds that bind, or plan for a period. A report, a case or a study has no legal force.
_WITH_FORCE = frozenset({Kind.LAW, Kind.REGULATION, Kind.POLICY, Kind.PLAN})

_LABELS = {
    Validity.IN_FORCE: "现行有效",
    Validity.AMENDED: "已被修改",
    Validity.REPEALED: "已废止或失效",
    Validity.EXPIRED: "期满",
    Validity.NOT_YET: "尚未施行",
    Validity.UNKNOWN: "待核实",
}


def validity(document: Document, as_of: date, superseding_effective: date | None = None) -> Validity | None:
    """The validity of `document` on the day `as_of`; None for documents without legal force.

    `superseding_effective` is the day the document named by `superseded_by` takes effect. None means
    unknown: the successor then counts as in force already: an older text must not pass as current.
    Every date counts for the whole day: a plan is in force on its last day, a law on the day it takes effect.
    """
    dated = document.effective or document.until or document.repealed
    if document.kind not in _WITH_FORCE and not dated:
        return None
    if document.until and document.until < as_of:
        return Validity.EXPIRED
    if document.repealed and document.repealed <= as_of:
        return Validity.REPEALED
    if document.superseded_by and (superseding_effective is None or superseding_effective <= as_of):
        return Validity.REPEALED
    if document.effective is None:
        return Validity.UNKNOWN
    return Validity.NOT_YET if document.effective > as_of else Validity.IN_FORCE


def label(value: Validity) -> str:
    """The name of a validity as shown to people."""
    return _LABELS[value]
