"""What an answer tells while it is made, in order: steps, then claims one by one, then the whole answer."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain import Answer, Citation, Claim


@dataclass(frozen=True, slots=True)
class Step:
    """A step has begun: understand, retrieve, judge, compose."""

    name: str


@dataclass(frozen=True, slots=True)
class ClaimReady:
    """A verified sentence, with the citations that have not been sent before; `is_item` makes it an item of a list."""

    claim: Claim
    citations: tuple[Citation, ...]
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The answer is complete."""

    answer: Answer


AnswerEvent = Step | ClaimReady | Done
