"""Whether the evidence holds what is asked: the subject, and the kind of thing asked of it. Related facts alone are no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.scoring import Scored


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Below these a part of a question counts as unanswered. Fitted on the shipped evaluation sets; see docs/adr/0004."""

    scope: float = 0.45
    match: float = 0.55
    match_fitting: float = 0.45


def answered_parts(best: Sequence[Scored], wants_kind: bool, limits: Thresholds) -> list[bool]:
    """For each part whether its best sentence answers it: it is on the topic, and it holds the kind of thing asked."""
    found = []
    for scored in best:
        if wants_kind and not scored.fits:
            found.append(False)
        else:
            found.append(scored.match >= (limits.match_fitting if scored.fits else limits.match))
    return found
