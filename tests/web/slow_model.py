"""A real OpenAI-compatible endpoint on loopback that quotes one of its sources and then goes on, slowly."""

from __future__ import annotations

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

SENTENCE = "虚拟产业集群有四类代表性模式"
_PATIENCE = 15.0  # seconds it would go on if nobody stopped it


class SlowModel:
    """Serves until left. `closed` is set when a reader hangs up before the end."""

    def __init__(self) -> None:
        self.closed = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                prompt = "\n".join(str(m["content"]) for m in body["messages"])
                numbers = [
                    source.group(1)
                    for source in re.finditer(
                        r"\[(\d+)\] 《[^\n]*\n(.*?)(?=\n\n\[\d+\] 《|\Z)", prompt, re.DOTALL
                    )
                    if SENTENCE in source.group(2)
                ]
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                try:
                    self._say(f"{SENTENCE}[{numbers[0] if numbers else 1}]。\n")
                    end = time.monotonic() + _PATIENCE
                    while time.monotonic() < end:
                        time.sleep(0.1)
                        self._say("此")
                except OSError:
                    outer.closed.set()

            def _say(self, text: str) -> None:
                chunk = {
                    "id": "1",
                    "object": "chat.completion.chunk",
                    "created": 0,
                    "model": "slow",
                    "choices": [
                        {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
                    ],
                }
                self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
                self.wfile.flush()

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
