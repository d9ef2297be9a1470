"""How far a mean over questions can be trusted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

RESAMPLES = 2000
SEED = 20261124


def interval(values: Sequence[float], share: float = 0.95) -> tuple[float, float]:
    """The bounds of the mean of `values`, one or more, that hold `share` of the means of resampled questions.

    Percentile bootstrap (Efron 1979); seeded, so that the same values give the same bounds.
    """
    sample = np.asarray(values, dtype=np.float64)
    random = np.random.default_rng(SEED)
    # One resample at a time: all at once would be a matrix of some megabytes a thousand questions.
    means = [random.choice(sample, len(sample)).mean() for _ in range(RESAMPLES)]
    low, high = np.quantile(means, [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)
