from __future__ import annotations

import socket

import pytest

from assistant.errors import ServeError
from assistant.service import Service
from assistant.web.serve import address, serve


def test_a_port_in_use_is_said_before_anything_starts(service: Service) -> None:
    said: list[str] = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServeError) as problem:
            serve(service, "127.0.0.1", port, ready=said.append)

    assert str(problem.value) == f"端口 {port} 已被占用；请用 --port 换一个端口。"
    assert said == []


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_an_address_that_is_not_here_is_said(host: str, service: Service) -> None:
    with pytest.raises(ServeError, match="--host"):
        serve(service, host, 0)


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:7860"),
        ("0.0.0.0", "http://127.0.0.1:7860"),
        ("::", "http://[::1]:7860"),
        ("::1", "http://[::1]:7860"),
    ],
)
def test_the_address_told_can_be_opened(host: str, shown: str) -> None:
    assert address(host, 7860) == shown
