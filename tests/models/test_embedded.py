"""The embedding that needs no model."""

import logging
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.models.embedded import EmbeddedEmbeddings, hashed_bigrams


def cosine(a: list[float], b: list[float]) -> float:
    return float(np.dot(a, b))


def test_unit_vectors_that_know_wording_and_meaning(data: Path) -> None:
    embedding = EmbeddedEmbeddings(data)
    near, same, far = embedding.embed_documents(["公司付款", "企业付款", "天气"])
    query = embedding.embed_query("企业付款")
    assert (embedding.name, len(query)) == ("embedded-v1", 1124)
    assert query == same
    assert abs(np.linalg.norm(query) - 1) < 1e-5
    assert cosine(query, same) > cosine(query, near) > cosine(query, far)
    assert (
        cosine(hashed_bigrams("企业").tolist(), hashed_bigrams("公司").tolist()) < 0.1
    )  # so it was the meaning


def test_without_word_vectors_it_says_so_and_has_another_name(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        embedding = EmbeddedEmbeddings(tmp_path)
    assert (embedding.name, len(embedding.embed_query("企业付款"))) == ("embedded-chars-v1", 1024)
    assert "make setup" in caplog.text


def test_question_words_do_not_count() -> None:
    plain = hashed_bigrams("中小企业付款期限")
    asked = hashed_bigrams("请问，中小企业的付款期限是多少？")
    assert plain @ asked > 0.9


def test_long_texts_are_averaged_over_windows(data: Path) -> None:
    embedding = EmbeddedEmbeddings(data)
    drowned = embedding.embed_query("集群，" * 53 + "企业，" * 6)
    assert cosine(drowned, embedding.embed_query("企业")) > 0.3


def test_a_text_of_marks_only_is_like_nothing(data: Path) -> None:
    assert not any(EmbeddedEmbeddings(data).embed_query("？！ 😀"))


def test_the_hash_is_the_same_in_another_process() -> None:
    code = (
        "from assistant.models.embedded import hashed_bigrams as h;"
        "print(h('虚拟产业集群').nonzero()[0].tolist())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(hashed_bigrams("虚拟产业集群").nonzero()[0].tolist())
