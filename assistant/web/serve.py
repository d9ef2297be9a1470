"""Serves the web application on one address."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from contextlib import suppress

from assistant.errors import ServeError
from assistant.service import Service

_LET_GO = 3  # seconds that open streams get at the end


def serve(service: Service, host: str, port: int, ready: Callable[[str], None] | None = None) -> None:
    """Serves until interrupted. `ready` gets the address once it can be opened.

    Raises `ServeError` if the address cannot be listened on; nothing has been started then.
    """
    # Gradio reads it while it is imported: nothing may be sent to other hosts.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    with listen(host, port) as listener:
        import uvicorn

        from assistant.web.app import build_app

        class Server(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                if self.started and ready:
                    ready(address(host, listener.getsockname()[1]))

        config = uvicorn.Config(
            build_app(service), log_level="warning", access_log=False, timeout_graceful_shutdown=_LET_GO
        )
        with suppress(KeyboardInterrupt):  # Ctrl-C is how a person ends it
            Server(config).run([listener])


def listen(host: str, port: int) -> socket.socket:
    """A listening socket: held from here on, so that the port cannot be lost while the page is being built."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as problem:
        raise ServeError(f"监听地址 {host} 不可用；请用 --host 换一个，例如 127.0.0.1。") from problem
    try:
        if os.name != "nt":  # on Windows this option would share a port in use
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except (OSError, OverflowError) as problem:
        listener.close()
        raise ServeError(_why(problem, host, port)) from problem
    return listener


def _why(problem: Exception, host: str, port: int) -> str:
    code = getattr(problem, "errno", None)
    if code == errno.EADDRINUSE:
        return f"端口 {port} 已被占用；请用 --port 换一个端口。"
    if code == errno.EACCES:
        return f"没有权限使用端口 {port}；请用 --port 换一个 1024 以上的端口。"
    if code == errno.EADDRNOTAVAIL:
        return f"这台机器没有地址 {host}；请用 --host 换一个，例如 127.0.0.1。"
    return f"不能在 {host}:{port} 上提供服务；请用 --host 或 --port 换一个地址。"


def address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"
