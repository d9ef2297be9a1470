"""Embeddings from an endpoint: a real HTTP server on loopback that can misbehave."""

from collections.abc import Iterator
from typing import Any

import pytest

from assistant.errors import EmbeddingError
from assistant.models.openai import EndpointEmbeddings

from .loopback import Body, Endpoint


def embedded(body: Body) -> object:
    """A text as [its length, 1]."""
    rows = [
        {"object": "embedding", "index": i, "embedding": [len(t), 1.0]} for i, t in enumerate(body["input"])
    ]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    return {"object": "list", "model": "m", "data": rows, "usage": usage}


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint(embedded, "input", 400).serving() as server:
        yield server


def client(endpoint: Endpoint) -> EndpointEmbeddings:
    return EndpointEmbeddings("bge-m3", endpoint.url, "none", 5.0)


def test_texts_go_as_they_are_in_batches(endpoint: Endpoint) -> None:
    embedding = client(endpoint)
    texts = ["甲" * i for i in range(70)]
    vectors = embedding.embed_documents(texts)
    assert [v[0] for v in vectors] == [1, *range(1, 70)]  # an empty text goes as a space
    assert [len(r["input"]) for r in endpoint.requests] == [32, 32, 6]
    assert endpoint.requests[0]["model"] == "bge-m3"
    assert endpoint.requests[0]["encoding_format"] == "float"
    assert endpoint.requests[0]["key"] == "Bearer none"
    assert embedding.embed_query("甲乙") == [2.0, 1.0]
    assert embedding.name == f"openai:bge-m3@127.0.0.1:{endpoint.server_port}"


def test_one_failure_is_tried_again_two_are_an_error(endpoint: Endpoint) -> None:
    endpoint.failures = [503]
    assert client(endpoint).embed_query("甲") == [1.0, 1.0]
    endpoint.failures = [503, 429]
    with pytest.raises(EmbeddingError, match=r"bge-m3.*HTTP 429"):
        client(endpoint).embed_query("甲")
    assert len(endpoint.requests) == 4


def test_a_refused_key_is_not_tried_again(endpoint: Endpoint) -> None:
    endpoint.failures = [401]
    with pytest.raises(EmbeddingError, match="OPENAI_API_KEY"):
        client(endpoint).embed_query("甲")
    assert len(endpoint.requests) == 1


def test_batches_shrink_for_an_endpoint_that_takes_few(endpoint: Endpoint) -> None:
    endpoint.most = 10
    vectors = client(endpoint).embed_documents(["甲" * i for i in range(1, 41)])
    assert [v[0] for v in vectors] == list(range(1, 41))
    assert [len(r["input"]) for r in endpoint.requests] == [32, 16, 8, 8, 8, 8, 8]


def test_a_text_that_is_refused_alone_is_an_error(endpoint: Endpoint) -> None:
    endpoint.most = 0
    with pytest.raises(EmbeddingError, match="HTTP 400"):
        client(endpoint).embed_documents(["甲", "乙"])


@pytest.mark.parametrize(
    "reply", [{"object": "list", "data": []}, {"nonsense": 1}, {"object": "list", "data": None}]
)
def test_an_answer_in_another_form_is_an_error(endpoint: Endpoint, reply: dict[str, Any]) -> None:
    endpoint.reply = reply
    with pytest.raises(EmbeddingError):
        client(endpoint).embed_query("甲")


def test_nobody_there() -> None:
    with pytest.raises(EmbeddingError, match="连接不上"):
        EndpointEmbeddings("m", "http://127.0.0.1:9/v1", "none", 2.0).embed_query("甲")
