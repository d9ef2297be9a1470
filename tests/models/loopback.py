"""A real HTTP server on loopback that answers JSON with JSON, and can misbehave."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = Mapping[str, Any]


class Endpoint(ThreadingHTTPServer):
    """Answers with `answer` of what was sent: with the statuses of `failures` first, with `refusal` where more than `most`
    items come at once, with `reply` instead when there is one.
    """

    def __init__(self, answer: Callable[[Body], object], items: str, refusal: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.items = items
        self.refusal = refusal
        self.failures: list[int] = []
        self.most = 1000
        self.reply: object = None
        self.requests: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    @contextmanager
    def serving(self) -> Iterator[Endpoint]:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        try:
            yield self
        finally:
            self.shutdown()
            self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def log_message(self, format: str, *args: object) -> None:
        """Keeps the test's output clean."""

    def do_POST(self) -> None:
        of = self.server
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        of.requests.append({"path": self.path, "key": self.headers["Authorization"], **body})
        status = of.failures.pop(0) if of.failures else 200
        if len(body[of.items]) > of.most:
            status = of.refusal
        found = (of.reply or of.answer(body)) if status == 200 else {"error": {"message": "no"}}
        data = json.dumps(found).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
