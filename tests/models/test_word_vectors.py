"""Word vectors read from the data directory."""

from pathlib import Path

import numpy as np

from assistant.models import WordVectors


def test_known_words_have_unit_rows_and_unknown_ones_zeros(data: Path) -> None:
    matrix = WordVectors(data).matrix(["公司", "不存在", "企业", "cosmoplat"])
    assert matrix.shape == (4, 100)
    assert matrix.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(matrix, axis=1), [1, 0, 1, 1], atol=1e-3)
    assert matrix[0] @ matrix[2] > 0.95


def test_frequent_words_weigh_less(data: Path) -> None:
    weights = WordVectors(data).weights(["企业", "付款", "不存在"])
    assert 0 < weights[0] < weights[1] < 1
    assert weights[2] == 0


def test_without_data_every_word_is_unknown(tmp_path: Path) -> None:
    vectors = WordVectors(tmp_path)
    assert not vectors.available
    assert not vectors.matrix(["企业"]).any()
    assert not vectors.weights(["企业"]).any()
    assert vectors.matrix([]).shape == (0, 100)
