"""Counting a question's grams in many texts at once, against counting them one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.canonical import canonical
from assistant.language.grams import codes, grams, symbols
from assistant.language.words import cut_chars
from assistant.retrieval.matching import WINDOW, Occurrences, bm25, coverage, idf

TEXT = st.text(st.sampled_from("数据要素市场平台a1 ，。"), max_size=90)


def together(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    rows = [symbols(canonical(text)) for text in texts]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    return np.concatenate(rows).astype(np.uint32), starts


@given(TEXT, st.lists(TEXT, min_size=1, max_size=5))
def test_frequencies_are_those_of_the_n_grams(question: str, texts: list[str]) -> None:
    terms = np.unique(grams(symbols(canonical(question))))
    row, starts = together(texts)
    counted = Occurrences(terms, row, starts).frequencies()
    for i, text in enumerate(texts):
        cut = cut_chars(canonical(text))
        held = codes(cut)
        assert counted[i].tolist() == [int((held == term).sum()) for term in terms]


@given(TEXT, st.lists(TEXT, min_size=1, max_size=5))
def test_closeness_is_the_densest_window(question: str, texts: list[str]) -> None:
    terms = np.unique(grams(symbols(canonical(question))))
    row, starts = together(texts)
    close = Occurrences(terms, row, starts).closeness()
    for i in range(len(texts)):
        hit = np.isin(row[starts[i] : starts[i + 1]], terms[terms > 0])
        width = min(WINDOW, len(hit))
        shares = [hit[j : j + width].mean() for j in range(len(hit) - width + 1)] if width else [0.0]
        assert close[i] == pytest.approx(max(shares))


def test_bm25_prefers_the_short_and_the_rare() -> None:
    weights = idf(np.array([1, 50]), 100)
    assert weights[0] > weights[1] > 0
    scores = bm25(
        np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), np.array([10.0, 100.0, 10.0]), 40.0, weights
    )
    assert scores[0] > scores[1]
    assert scores[0] > scores[2]


def test_coverage_is_a_weighted_share() -> None:
    present = np.array([[True, True], [True, False], [False, False]])
    assert coverage(present, np.array([3.0, 1.0])).tolist() == [1.0, 0.75, 0.0]
    assert coverage(present, np.array([0.0, 0.0])).tolist() == [0.0, 0.0, 0.0]
