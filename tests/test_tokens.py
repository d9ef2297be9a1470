"""Counting tokens, with and without the vocabularies of set-up."""

import logging
import shutil
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.settings import load_settings
from assistant.tokens import TokenCounter

DATA = load_settings().data
needs_data = pytest.mark.skipif(not (DATA / "tiktoken").is_dir(), reason="词表由 make setup 备好")
TEXT = "到2025年，广东省建成10个虚拟产业园。园区由龙头企业牵头建设！COSMOPlat has 4 million users."


@needs_data
def test_counts_are_those_of_the_models_vocabulary() -> None:
    import tiktoken

    for model, name in [(None, "o200k_base"), ("qwen-plus", "o200k_base"), ("gpt-4o-mini", "o200k_base")]:
        counter = TokenCounter(DATA, model)
        assert (counter.encoding_name, counter.exact) == (name, True)
        assert counter.count("hello world") == 2
        assert counter.count(TEXT) == len(tiktoken.get_encoding(name).encode(TEXT))
    for model in ("gpt-4", "gpt-4-turbo", "gpt-3.5-turbo-0125"):
        assert TokenCounter(DATA, model).encoding_name == "cl100k_base"
    assert TokenCounter(DATA, "gpt-4.1").encoding_name == "o200k_base"
    assert TokenCounter(DATA, "gpt-4").count(TEXT) > TokenCounter(DATA).count(TEXT)


@needs_data
def test_what_looks_like_a_special_token_is_text() -> None:
    assert TokenCounter(DATA).count("<|endoftext|>") > 1


def test_without_vocabulary_an_estimate(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        counter = TokenCounter(tmp_path)
        assert (
            counter.exact,
            counter.count("虚拟产业集群"),
            counter.count("cluster!"),
            counter.count(""),
        ) == (False, 5, 2, 0)
    assert "make setup" in caplog.text


@needs_data
def test_a_spoilt_vocabulary_is_not_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(DATA / "tiktoken", tmp_path / "tiktoken")
    for path in (tmp_path / "tiktoken").iterdir():
        path.write_bytes(path.read_bytes()[:1000])

    def no_network(*args: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    assert not TokenCounter(tmp_path).exact


def test_truncation_ends_a_sentence(tmp_path: Path) -> None:
    counter = TokenCounter(tmp_path)
    first = "到2025年，广东省建成10个虚拟产业园。"
    assert counter.truncate(TEXT, counter.count(TEXT)) == TEXT
    assert counter.truncate(TEXT, counter.count(first) + 3) == first
    assert counter.truncate(TEXT, 5) == TEXT[:9]
    assert counter.truncate(TEXT, 0) == ""


@needs_data
@given(st.text(alphabet="甲乙集群，。！ab C1\n", max_size=120), st.integers(0, 60))
def test_truncation_keeps_to_the_limit(text: str, limit: int) -> None:
    counter = TokenCounter(DATA)
    cut = counter.truncate(text, limit)
    assert text.startswith(cut)
    assert counter.count(cut) <= limit
    assert cut == text or counter.count(text) > limit
