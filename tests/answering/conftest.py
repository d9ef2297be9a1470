"""A real HTTP server that speaks the OpenAI chat protocol and says what a test tells it to, right or wrong."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

Reply = Callable[[str], str]


@dataclass
class ChatServer:
    """The server's address, the prompts it got, and how it replies; `status` other than 200 makes it refuse, `cut` breaks off."""

    url: str
    prompts: list[str] = field(default_factory=list)
    reply: Reply = lambda prompt: "没有依据"
    status: int = 200
    pause: float = 0.0
    cut: bool = False
    disconnected: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def chat_server() -> Iterator[ChatServer]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    state = ChatServer(f"http://127.0.0.1:{server.server_port}/v1")

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is logged: the test's output stays clean."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            prompt = "\n".join(str(m["content"]) for m in body["messages"])
            state.prompts.append(prompt)
            self.send_response(state.status)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            if state.status != 200:
                self.wfile.write(b'{"error": {"message": "refused"}}')
                return
            text = state.reply(prompt)
            try:
                for i in range(0, len(text), 5):
                    self._event({"content": text[i : i + 5]}, None)
                    if state.pause:
                        threading.Event().wait(state.pause)
                if state.cut:
                    self.wfile.write(b"data: {broken\n\n")
                    return
                self._event({}, "stop")
                self.wfile.write(b"data: [DONE]\n\n")
            except (BrokenPipeError, ConnectionResetError):
                state.disconnected.set()

        def _event(self, delta: dict[str, str], finish: str | None) -> None:
            choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
            chunk = {
                "id": "c",
                "object": "chat.completion.chunk",
                "created": 0,
                "model": "m",
                "choices": [choice],
            }
            self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
            self.wfile.flush()

    server.RequestHandlerClass = Handler
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()
