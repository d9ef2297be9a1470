"""How telling a word is."""

from __future__ import annotations

import pytest

from assistant.retrieval.terms import TermStatistics

HELD = {"数据": 2, "企业": 2, "平台": 1}


class TestTermStatistics:
    TERMS = TermStatistics(lambda words: [HELD.get(word, 0) for word in words], 3)

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
