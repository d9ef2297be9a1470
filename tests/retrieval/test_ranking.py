"""Fusion and text features."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.ranking import WEIGHTS, TextFeatures, fuse, longest_common_substring
from assistant.retrieval.terms import TermStatistics

WORD = st.text(st.sampled_from("政策集群甲乙"), max_size=12)


@given(WORD, WORD)
def test_longest_common_substring_is_the_longest(query: str, text: str) -> None:
    runs = {query[i:j] for i in range(len(query)) for j in range(i, len(query) + 1)}
    assert longest_common_substring(query, text) == max((len(r) for r in runs if r in text), default=0)


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=8), st.floats(0.1, 50), st.floats(-50, 50))
def test_fusion_does_not_depend_on_a_features_scale(values: list[float], scale: float, shift: float) -> None:
    if float(np.std(values)) < 1e-3:
        return
    bonus = [0.0] * len(values)
    moved = [v * scale + shift for v in values]
    assert np.allclose(fuse({"chars": values}, bonus), fuse({"chars": moved}, bonus), atol=1e-5)


def test_a_feature_that_tells_nothing_counts_nothing() -> None:
    assert list(fuse({"chars": [3.0, 3.0], "dense": [0.0, 0.0]}, [0.5, 0.0])) == [0.5, 0.0]


def test_features_are_weighed_and_the_bonus_is_added() -> None:
    total = fuse({"chars": [1.0, -1.0], "words": [-1.0, 1.0]}, [0.0, 10.0])
    gain = WEIGHTS["chars"] - WEIGHTS["words"]
    assert list(total) == pytest.approx([gain, 10.0 - gain])


def test_text_features_without_word_vectors() -> None:
    texts = ["中小企业付款期限为60日", "数据交易所"]
    features = TextFeatures(TermStatistics(texts), None).of("付款期限", texts)
    assert features["coverage"][0] > features["coverage"][1] == 0.0
    assert features["max_sim"] == [0.0, 0.0]
    assert features["substring"] == [4.0, 0.0]


class TestTermStatistics:
    TERMS = TermStatistics(["数据 数据 平台", "数据 企业", "企业"])

    def test_rare_words_tell_more_and_unknown_words_most(self) -> None:
        assert self.TERMS.idf("平台") > self.TERMS.idf("数据") > 0
        assert self.TERMS.idf("天气") == self.TERMS.highest
        assert self.TERMS.knows("平台")
        assert not self.TERMS.knows("天气")

    def test_coverage_is_a_share(self) -> None:
        weights = self.TERMS.weights("数据平台")
        assert self.TERMS.coverage(weights, ["数据", "平台"]) == pytest.approx(1.0)
        assert 0 < self.TERMS.coverage(weights, ["数据"]) < 0.5
        assert self.TERMS.coverage({}, ["数据"]) == 0.0
