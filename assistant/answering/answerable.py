"""Whether a part of a question can be answered.

A logistic regression over a few signals, so that a judgement can be read from its trace, and a rule: what its best
sentence contradicts is not answered. `bench/fit_answerable.py` fits the weights; they are kept in `answerable.yaml`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from assistant.answering.signals import Signals

_WEIGHTS = Path(__file__).with_name("answerable.yaml")


@dataclass(frozen=True, slots=True)
class Limits:
    """Fitted weights; a part counts as answered from `answer` on, a question as out of scope below `scope`."""

    weights: Mapping[str, float]
    intercept: float
    answer: float
    scope: float

    def answerable(self, signals: Signals) -> bool:
        """Whether the part counts as answered: likely, and not contradicted by its best sentence."""
        return not signals.contradicted and self.probability(signals) >= self.answer

    def probability(self, signals: Signals) -> float:
        """The probability that the part can be answered, as far as its topic goes."""
        values = asdict(signals)
        score = self.intercept + sum(weight * values[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def load_limits(path: Path = _WEIGHTS) -> Limits:
    """The fitted limits that ship with the package."""
    return Limits(**yaml.safe_load(path.read_text(encoding="utf-8")))
