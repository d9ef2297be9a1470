from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.service import Service
from assistant.web.app import build_app

QUESTION = "虚拟产业集群有哪些代表性模式？"


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(build_app(service)) as opened:
        yield opened


def test_health(client: TestClient) -> None:
    assert client.get("/api/health").json() == {"status": "ok", "documents": 153}


def test_an_answer_has_the_contracts_shape(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": QUESTION}).json()

    assert answer["status"] == "answered"
    assert {
        "question",
        "answer",
        "claims",
        "citations",
        "conflicts",
        "follow_ups",
        "timings_ms",
        "tokens",
        "warnings",
    } <= set(answer)
    numbers = {c["n"] for c in answer["citations"]}
    assert numbers and all(set(claim["citations"]) <= numbers for claim in answer["claims"])


def test_filters_day_and_history_are_taken(client: TestClient) -> None:
    body = {
        "question": "有哪些支持措施？",
        "as_of": "2024-03-01",
        "history": [{"q": QUESTION, "a": "四类。"}],
        "filters": {"kinds": ["law"], "year": 2017},
    }
    response = client.post("/api/ask", json=body)

    assert response.status_code == 200
    assert all(c["kind"] == "law" for c in response.json()["citations"])


def test_conditions_are_told_and_can_be_taken_off(client: TestClient) -> None:
    body = {"question": "浙江省出台的政策对产业集群怎么说？"}
    assert client.post("/api/ask", json=body).json()["filters"]["read"] == {"region": "浙江省"}
    free = client.post("/api/ask", json=body | {"unread": ["region"]}).json()
    assert free["filters"]["read"] == {}


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"question": " "}, 400, "问题是空的"),
        ({"question": "问" * 2001}, 400, "问题太长"),
        ({}, 422, "question"),
        ({"question": QUESTION, "as_of": "2026-02-30"}, 422, "as_of"),
        ({"question": QUESTION, "filters": {"kinds": ["novel"]}}, 422, "kinds"),
        ({"question": QUESTION, "colour": "red"}, 422, "colour"),
        ({"question": QUESTION, "unread": ["colour"]}, 422, "unread"),
        ("not an object", 422, "不是可用的 JSON"),
    ],
)
def test_wrong_input_is_one_sentence(client: TestClient, body: Any, status: int, said: str) -> None:
    response = client.post("/api/ask", json=body)

    assert response.status_code == status
    assert list(response.json()) == ["error"]
    assert said in response.json()["error"] and response.json()["error"].endswith("。")


def test_broken_json_is_said(client: TestClient) -> None:
    response = client.post("/api/ask", content=b"{", headers={"content-type": "application/json"})

    assert response.status_code == 422 and "error" in response.json()


def test_every_response_shuts_other_hosts_out(client: TestClient) -> None:
    for path in ("/", "/page/main.js", "/api/health", "/nothing"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'self'" in policy and "connect-src 'self'" in policy and "http" not in policy


def test_a_browser_gets_one_owner_that_scripts_cannot_read(service: Service) -> None:
    with TestClient(build_app(service)) as fresh:
        first = fresh.get("/").headers["set-cookie"]
        assert "HttpOnly" in first and "SameSite=Lax" in first
        assert "set-cookie" not in fresh.get("/").headers
        fresh.cookies.set("assistant_owner", "somebody")  # not one that this service gave out
        assert "set-cookie" in fresh.get("/", headers={"cookie": "assistant_owner=somebody"}).headers


def test_nothing_can_be_uploaded(client: TestClient) -> None:
    response = client.post("/gradio_api/upload", files={"files": ("a.txt", b"x")})

    assert response.status_code == 404
