"""One score from many features: each is normalised over the candidates of a question, weighed and added.

The weights are fitted by `bench/fit_ranking.py`, which writes `ranking.yaml` with the gain of each feature. Plain
reciprocal rank fusion with a weak dense side was measured to hurt easy questions; z-normalised scores do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

Column = NDArray[np.float64]

WEIGHTS_FILE = Path(__file__).with_name("ranking.yaml")


def load_weights(path: Path = WEIGHTS_FILE) -> Mapping[str, float]:
    """The weight of each feature."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))["features"]
    return {name: float(feature["weight"]) for name, feature in found.items()}


def normalised(values: Column) -> Column:
    """Mean 0 and standard deviation 1 over the candidates; zeros where all are alike."""
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 1e-9 else np.zeros(len(values))


def fuse(features: Mapping[str, Column], weights: Mapping[str, float]) -> Column:
    """The score of each candidate from its features, all of the same length."""
    length = len(next(iter(features.values())))
    return sum((weights[name] * normalised(features[name]) for name in weights), np.zeros(length))
