"""Embeddings from an endpoint: a real HTTP server on loopback that can misbehave."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from assistant.errors import EmbeddingError
from assistant.models.openai import EndpointEmbeddings


class Endpoint(ThreadingHTTPServer):
    """Embeds a text as [its length, 1]; answers with the statuses of `failures` first."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.failures: list[int] = []
        self.most = 1000
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.reply: dict[str, Any] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def log_message(self, format: str, *args: object) -> None:
        """Keeps the test's output clean."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        self.server.keys.append(self.headers["Authorization"])
        status = self.server.failures.pop(0) if self.server.failures else 200
        if len(body["input"]) > self.server.most:
            status = 400
        rows = [
            {"object": "embedding", "index": i, "embedding": [len(t), 1.0]}
            for i, t in enumerate(body["input"])
        ]
        found = self.server.reply or {
            "object": "list",
            "model": "m",
            "data": rows,
            "usage": {"prompt_tokens": 1, "total_tokens": 1},
        }
        data = json.dumps(found if status == 200 else {"error": {"message": "no"}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


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
    assert endpoint.keys[0] == "Bearer none"
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
