"""The embedding that needs no model."""

import logging
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.language.words import content_words
from assistant.models.embedded import EmbeddedEmbeddings, hashed_bigrams

WORDING = EmbeddedEmbeddings(Path("no word vectors here"))
TEXTS = st.text(st.sampled_from("企业公司付款集群的了，。 \n2025年%aBé😀\x00"), max_size=300)


def cosine(a: list[float], b: list[float]) -> float:
    return float(np.dot(a, b))


def bigrams(text: str) -> list[float]:
    vector: list[float] = hashed_bigrams([content_words(text)])[0].tolist()
    return vector


def test_unit_vectors_that_know_wording_and_meaning(data: Path) -> None:
    embedding = EmbeddedEmbeddings(data)
    near, same, far = embedding.embed_documents(["公司付款", "企业付款", "天气"])
    query = embedding.embed_query("企业付款")
    assert (embedding.name, len(query)) == ("embedded-v3", 512)
    assert query == same
    assert abs(np.linalg.norm(query) - 1) < 1e-5
    assert cosine(query, same) > cosine(query, near) > cosine(query, far)
    assert cosine(bigrams("企业"), bigrams("公司")) < 0.1  # so it was the meaning


def test_without_word_vectors_it_says_so_and_has_another_name(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        embedding = EmbeddedEmbeddings(tmp_path)
    assert (embedding.name, len(embedding.embed_query("企业付款"))) == ("embedded-chars-v3", 412)
    assert "make setup" in caplog.text


def test_question_words_do_not_count() -> None:
    assert cosine(bigrams("中小企业付款期限"), bigrams("请问，中小企业的付款期限是多少？")) > 0.9


def test_long_texts_are_averaged_over_windows(data: Path) -> None:
    embedding = EmbeddedEmbeddings(data)
    drowned = embedding.embed_query("集群，" * 53 + "企业，" * 6)
    assert cosine(drowned, embedding.embed_query("企业")) > 0.3


def test_a_text_of_marks_only_is_like_nothing(data: Path) -> None:
    assert not any(EmbeddedEmbeddings(data).embed_query("？！ 😀"))


def test_no_texts_have_no_vectors(data: Path) -> None:
    assert EmbeddedEmbeddings(data).embed_documents([]) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(TEXTS, max_size=6))
def test_wording_is_the_same_alone_and_among_others(texts: list[str]) -> None:
    assert WORDING.embed_documents(texts) == [WORDING.embed_query(text) for text in texts]


def test_a_text_is_the_same_alone_and_in_any_batch(data: Path) -> None:
    embedding = EmbeddedEmbeddings(data)
    kinds = ["企业付款", "", "，。", "公司的天气。" * 90, "的", "COSMOPlat 集群"]
    alone = np.array([embedding.embed_query(text) for text in kinds])
    many = np.array(embedding.embed_documents(kinds * 50))  # more than one pass takes
    assert np.abs(many - np.tile(alone, (50, 1))).max() < 1e-6
    assert np.allclose(np.linalg.norm(alone, axis=1), [1, 0, 0, 1, 1, 1], atol=1e-5)


def test_the_hash_is_the_same_in_another_process() -> None:
    code = (
        "from assistant.models.embedded import hashed_bigrams as h;"
        "print(h([['虚拟', '产业', '集群']]).nonzero()[1].tolist())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(np.flatnonzero(bigrams("虚拟产业集群")).tolist())
