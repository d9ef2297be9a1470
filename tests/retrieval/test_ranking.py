"""Fusion of features into one score."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.features import FEATURES
from assistant.retrieval.ranking import fuse, load_weights

WEIGHTS = {"coverage": 1.5, "dense": 0.5}


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=8), st.floats(0.1, 50), st.floats(-50, 50))
def test_fusion_does_not_depend_on_a_features_scale(values: list[float], scale: float, shift: float) -> None:
    if float(np.std(values)) < 1e-3:
        return
    column = np.array(values)
    moved = column * scale + shift
    weights = {"coverage": 1.5}
    assert np.allclose(fuse({"coverage": column}, weights), fuse({"coverage": moved}, weights), atol=1e-5)


def test_a_feature_that_tells_nothing_counts_nothing() -> None:
    table = {"coverage": np.array([3.0, 3.0]), "dense": np.array([0.0, 0.0])}
    assert list(fuse(table, WEIGHTS)) == [0.0, 0.0]


def test_features_are_weighed() -> None:
    table = {"coverage": np.array([1.0, -1.0]), "dense": np.array([-1.0, 1.0])}
    assert list(fuse(table, WEIGHTS)) == pytest.approx([1.0, -1.0])


def test_the_shipped_weights_are_those_of_the_features() -> None:
    assert load_weights().keys() == set(FEATURES)
