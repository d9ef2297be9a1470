"""Rerankers, local and behind an endpoint: one contract, real sessions and real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from assistant.errors import RerankError, SettingsError
from assistant.models import Reranker, reranker
from assistant.models.rerank_endpoint import EndpointReranker
from assistant.models.rerank_onnx import OnnxReranker
from assistant.settings import load_settings

from . import onnx_file
from .loopback import Body, Endpoint

WORDS = {"[PAD]": 0, "[UNK]": 1, "集群": 2, "天气": 3}
WORTH = np.array([[0], [0], [5], [-5]], dtype=np.float32)


def cross_encoder(folder: Path, table: np.ndarray[Any, np.dtype[np.float32]] = WORTH) -> Path:
    folder.mkdir()
    (folder / "model.onnx").write_bytes(onnx_file.classifier(table))
    tokenizer = Tokenizer(models.WordLevel(WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def ranked(body: Body, key: str = "relevance_score") -> list[dict[str, Any]]:
    """A document is worth as often as it says 集群, less 天气; the best first, not in the order of the documents."""
    worth = [text.count("集群") - text.count("天气") for text in body["documents"]]
    return sorted(({"index": i, key: w} for i, w in enumerate(worth)), key=lambda row: -row[key])


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint(lambda body: {"results": ranked(body)}, "documents", 413).serving() as server:
        yield server


@pytest.fixture(params=["onnx", "two logits", "jina", "tei"])
def any_reranker(request: pytest.FixtureRequest, tmp_path: Path, endpoint: Endpoint) -> Reranker:
    if request.param == "onnx":
        return OnnxReranker(cross_encoder(tmp_path / "m"))
    if request.param == "two logits":
        return OnnxReranker(cross_encoder(tmp_path / "m", np.hstack([-WORTH, WORTH])))
    if request.param == "tei":
        endpoint.answer = lambda body: ranked(body, "score")
    return EndpointReranker("bge-reranker", endpoint.url, "k", 5.0)


def test_scores_are_those_of_the_texts_in_their_order(any_reranker: Reranker) -> None:
    texts = ["天气", "集群", "集群 天气", "集群 集群 集群 集群 集群"] * 20
    scores = any_reranker.scores("集群", texts)
    assert len(scores) == len(texts)
    assert scores[1] > scores[2] > scores[0]
    assert scores[:4] == pytest.approx(scores[4:8])
    assert any_reranker.scores("集群", []) == []


@pytest.mark.parametrize("text", ["", "集" * 10_000, "😀🚀", "\x00\x07", "\ud800残", "'; DROP TABLE x;--"])
def test_any_text_has_a_score(any_reranker: Reranker, text: str) -> None:
    assert len(any_reranker.scores(text, [text, "集群"])) == 2


def test_the_endpoint_is_asked_as_it_wants(endpoint: Endpoint) -> None:
    EndpointReranker("m", endpoint.url, "secret", 5.0).scores("问", ["甲"])
    (sent,) = endpoint.requests
    assert (sent["path"], sent["key"], sent["model"], sent["query"]) == (
        "/v1/rerank",
        "Bearer secret",
        "m",
        "问",
    )


def test_a_smaller_batch_where_the_endpoint_takes_fewer_and_a_second_try_when_it_is_busy(
    endpoint: Endpoint,
) -> None:
    endpoint.most, endpoint.failures = 10, [503]
    assert EndpointReranker("m", endpoint.url, "k", 5.0).scores("问", ["集群"] * 40) == [1.0] * 40


@pytest.mark.parametrize(
    "reply",
    [
        {"results": [{"index": 0, "relevance_score": 1}]},
        {"results": [{"index": 0, "relevance_score": 1}, {"index": 0, "relevance_score": 1}]},
        {"results": [{"index": 0, "relevance_score": 1}, {"index": 2, "relevance_score": 1}]},
        {"results": [{"index": 0, "relevance_score": 1}, {"index": 1, "relevance_score": float("nan")}]},
        {"results": [{"index": 0}, {"index": 1}]},
        {"error": "no"},
        ["x", "y"],
    ],
)
def test_an_answer_that_is_none(endpoint: Endpoint, reply: object) -> None:
    endpoint.reply = reply
    with pytest.raises(RerankError, match="重排服务 m"):
        EndpointReranker("m", endpoint.url, "k", 5.0).scores("问", ["甲", "乙"])


@pytest.mark.parametrize(("statuses", "said"), [([401], "HTTP 401"), ([500, 500], "HTTP 500")])
def test_a_refusal_is_told(endpoint: Endpoint, statuses: list[int], said: str) -> None:
    endpoint.failures = statuses
    with pytest.raises(RerankError, match=said):
        EndpointReranker("m", endpoint.url, "k", 5.0).scores("问", ["甲"])


def test_nobody_there(endpoint: Endpoint) -> None:
    url = endpoint.url.replace(str(endpoint.server_port), "9")
    with pytest.raises(RerankError, match="rerank_url"):
        EndpointReranker("m", url, "k", 1.0).scores("问", ["甲"])


def test_an_unusable_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(RerankError, match="重排模型目录"):
        OnnxReranker(tmp_path / "none")
    folder = cross_encoder(tmp_path / "m", np.zeros((4, 3), dtype=np.float32))
    with pytest.raises(RerankError, match="一个分数"):
        OnnxReranker(folder).scores("问", ["甲"])


def test_settings_name_it(tmp_path: Path) -> None:
    assert reranker(load_settings()) is None
    folder = cross_encoder(tmp_path / "m")
    assert isinstance(reranker(load_settings(reranker=f"onnx:{folder}")), OnnxReranker)
    found = reranker(load_settings(reranker="endpoint:m", rerank_url="http://127.0.0.1:1/v1"))
    assert found is not None and found.name == "endpoint:m@127.0.0.1:1"
    for value in ("bert", "endpoint:", "endpoint:m", "onnx:"):
        with pytest.raises(SettingsError, match="rerank_url"):
            reranker(load_settings(reranker=value))
