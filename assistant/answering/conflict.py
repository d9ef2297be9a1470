"""Different values for the same thing in different documents, shown side by side."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.question import Asked
from assistant.domain import Citation, Claim, Conflict, ConflictSide
from assistant.language.numerals import Figure, figures
from assistant.language.words import content_words

_SHARED_WORDS = 3
# Dates, and the numbers by which parts of a text are called.
_NO_QUANTITY = ("", "年", "月", "日", "条", "款", "章", "节", "号", "期", "届", "次")


def find_conflicts(
    asked: Asked, subject: str, claims: Sequence[Claim], citations: Sequence[Citation]
) -> tuple[Conflict, ...]:
    """Claims of different documents that give different figures of one unit for what was asked.

    Only looked for where a figure is asked; which side prevails cannot be told from figures alone.
    """
    if not asked.wants_figure or not claims:
        return ()
    by_number = {c.n: c for c in citations}
    first, *others = [c for c in claims if c.citations]
    for other in others:
        one, two = by_number[first.citations[0]], by_number[other.citations[0]]
        if one.document.id == two.document.id or not _same_thing(first.text, other.text, subject):
            continue
        pair = _differing(first.text, other.text, subject)
        if pair:
            sides = (
                ConflictSide(one.n, _said(first.text, pair[0])),
                ConflictSide(two.n, _said(other.text, pair[1])),
            )
            return (Conflict(subject, sides, None, "两处口径或时间不同，无法仅凭文库判断以哪个为准"),)
    return ()


def _same_thing(one: str, two: str, subject: str) -> bool:
    """Whether both sentences speak of the named subject and share the asked words."""
    asked = set(content_words(subject))
    shared = asked & set(content_words(one)) & set(content_words(two))
    names = {w for w in asked if w.isascii() and len(w) > 2}
    return len(shared) >= min(_SHARED_WORDS, len(asked)) or bool(names & shared)


def _differing(one: str, two: str, subject: str) -> tuple[Figure, Figure] | None:
    known = {f.value for f in figures(subject)}
    left = [f for f in figures(one) if f.value not in known and f.unit not in _NO_QUANTITY]
    right = [f for f in figures(two) if f.value not in known]
    for a in left:
        same_unit = [b for b in right if b.unit == a.unit]
        if same_unit and all(b.value != a.value for b in same_unit):
            # Orders of magnitude apart means another quantity.
            near = [b for b in same_unit if a.value and abs(b.value - a.value) <= a.value]
            if near:
                return a, near[0]
    return None


def _said(text: str, figure: Figure) -> str:
    """The figure as printed, with its unit and what stands between (400万余家)."""
    tail = text[figure.end : figure.end + 4]
    stop = tail.find(figure.unit) + len(figure.unit) if figure.unit in tail else 0
    return text[figure.start : figure.end + stop]
