"""From outcomes to figures: one score a row and metric, means, and how sure they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from assistant.evaluation.metrics import METRICS
from assistant.evaluation.outcomes import Outcome

_RESAMPLES = 1000
_SEED = 20201


@dataclass(frozen=True, slots=True)
class Summary:
    """The mean of one metric over the rows it applies to, with the 95% bootstrap interval of that mean."""

    mean: float
    low: float
    high: float
    rows: int


@dataclass(frozen=True, slots=True)
class Results:
    """What a run saw and how it scored; each of `scores` holds the metrics that apply to its outcome."""

    outcomes: tuple[Outcome, ...]
    scores: tuple[Mapping[str, float], ...]
    metrics: Mapping[str, Summary]
    answer_length: float | None
    seconds: float

    @property
    def errors(self) -> list[Outcome]:
        return [o for o in self.outcomes if o.failed]

    def worst(self, limit: int) -> list[tuple[Outcome, Mapping[str, float]]]:
        """The rows with the lowest mean score, worst first; rows without any fault are left out."""
        pairs = [(o, s) for o, s in zip(self.outcomes, self.scores, strict=True) if s and min(s.values()) < 1]
        pairs.sort(
            key=lambda pair: (not pair[0].failed, sum(pair[1].values()) / len(pair[1]), pair[0].row.id)
        )
        return pairs[:limit]


def score(outcomes: Sequence[Outcome]) -> Results:
    """Score outcomes, new or loaded from an older run; needs no service."""
    scores = tuple(
        {name: value for name, metric in METRICS.items() if (value := metric(o)) is not None}
        for o in outcomes
    )
    columns = {name: [s[name] for s in scores if name in s] for name in METRICS}
    # Enumerations are as long as their list; the length that matters is that of plain answers.
    lengths = [
        len(o.answer.answer)
        for o in outcomes
        if o.answer.status.startswith("answered") and "enumeration" not in o.row.tags
    ]
    return Results(
        outcomes=tuple(outcomes),
        scores=scores,
        metrics={name: summarise(values) for name, values in columns.items() if values},
        answer_length=float(median(lengths)) if lengths else None,
        seconds=sum(o.seconds for o in outcomes),
    )


def by_tag(results: Results, least: int = 5) -> dict[str, dict[str, float]]:
    """The means of each metric over the rows of each tag that `least` rows bear: which kind is weak."""
    tags = sorted({tag for o in results.outcomes for tag in o.row.tags})
    found: dict[str, dict[str, float]] = {}
    for tag in tags:
        of_tag = [s for o, s in zip(results.outcomes, results.scores, strict=True) if tag in o.row.tags]
        if len(of_tag) >= least:
            columns = {name: [s[name] for s in of_tag if name in s] for name in METRICS}
            found[tag] = {name: sum(values) / len(values) for name, values in columns.items() if values}
    return found


def summarise(values: Sequence[float]) -> Summary:
    """The mean with its interval; `values` is not empty."""
    low, high = ci95(values)
    return Summary(sum(values) / len(values), low, high, len(values))


def ci95(values: Sequence[float], seed: int = _SEED) -> tuple[float, float]:
    """The 95% interval of the mean by bootstrap over rows; the same values and seed give the same."""
    data = np.asarray(values, dtype=np.float64)
    picks = np.random.default_rng(seed).integers(0, len(data), size=(_RESAMPLES, len(data)))
    low, high = np.percentile(data[picks].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
