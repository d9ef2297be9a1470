"""What every response carries: nothing from other hosts may load, and a browser gets its owner cookie.

Plain ASGI, so that streams pass through unbuffered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWNER_COOKIE = "assistant_owner"
_A_YEAR = 365 * 24 * 3600
_UPLOAD = "/gradio_api/upload"

# 'unsafe-inline' and 'unsafe-eval' are Gradio's own needs; what may be reached stays this host alone.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


def owner_of(cookies: Mapping[str, str]) -> str | None:
    """The owner that a browser's cookies name, if they name one as this service gave it out."""
    value = cookies.get(OWNER_COOKIE, "")
    return value if re.fullmatch(r"[0-9a-f]{32}", value) else None


class PageHeaders:
    """ASGI middleware around the whole app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; refuses uploads, which this page does not have and which would fill the disk."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"].startswith(_UPLOAD):
            await send({"type": "http.response.start", "status": 404, "headers": list(_HEADERS)})
            await send({"type": "http.response.body", "body": b""})
            return
        extra = [*_HEADERS, *_cookie(scope), *_caching(scope)]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *extra]
            await send(message)

        await self._app(scope, receive, with_headers)


def _cookie(scope: Scope) -> list[tuple[bytes, bytes]]:
    """A new owner for a browser that opens the page without one."""
    if scope["path"] != "/" or scope["method"] != "GET":
        return []
    sent = SimpleCookie()
    try:
        sent.load(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1"))
    except CookieError:
        sent.clear()
    if owner_of({name: morsel.value for name, morsel in sent.items()}):
        return []
    secure = "; Secure" if scope["scheme"] == "https" else ""
    value = f"{OWNER_COOKIE}={uuid4().hex}; Path=/; Max-Age={_A_YEAR}; HttpOnly; SameSite=Lax{secure}"
    return [(b"set-cookie", value.encode())]


def _caching(scope: Scope) -> list[tuple[bytes, bytes]]:
    # The page's own files change with the program: always asked for again, answered 304 when unchanged.
    return [(b"cache-control", b"no-cache")] if scope["path"].startswith("/page/") else []
