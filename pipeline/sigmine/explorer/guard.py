"""Who is answered: only pages of our own, in a browser on this machine."""

from __future__ import annotations

import json
import logging
import secrets
import time
from typing import TYPE_CHECKING

from sigmine.explorer.refusal import Refused

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger(__name__)

LOOPBACK: frozenset[str] = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""The names of this machine that a browser may have used."""

MAX_BODY = 1_000_000
"""Bytes of a request."""

TOKEN_HEADER = "x-sigmine-token"

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS: tuple[tuple[str, str], ...] = (
    ("content-security-policy", _POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
)
"""On every answer. The policy lets a page load our own files alone, run no script that stands in the page, and turn no
text into markup."""


class Guard:
    """An ASGI application around another, which it lets see only requests that may be answered.

    - The host must be this machine by name, so that no other site can give itself this address (DNS rebinding).
    - What other sites send is refused under ``/api/`` (``Sec-Fetch-Site``, which browsers set and pages cannot).
    - What is not a GET must come from the page that was served: its origin, its token, JSON, of a bounded size.
    """

    def __init__(self, app: ASGIApp, *, token: str) -> None:
        self.app = app
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no socket is ever opened by our pages
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        started = time.perf_counter()

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                seconds = round(time.perf_counter() - started, 3)
                # The path alone: what is asked for may hold words of a document.
                fields = {"method": scope["method"], "path": scope["path"], "status": message["status"]}
                _log.info("answered", extra={"fields": {**fields, "seconds": seconds}})
                names = {name for name, _ in HEADERS}
                kept = [pair for pair in message["headers"] if pair[0].decode("latin-1").lower() not in names]
                added = [(name.encode(), value.encode()) for name, value in HEADERS]
                message = {**message, "headers": [*kept, *added]}
            await send(message)

        try:
            self._check(scope["method"], scope["path"], headers)
            body = b"" if scope["method"] in ("GET", "HEAD") else await _read(receive, headers)
        except Refused as refusal:
            await _refuse(refusal, send_guarded)
            return
        await self.app(scope, _replay(body, receive), send_guarded)

    def _check(self, method: str, path: str, headers: dict[str, str]) -> None:
        """Raises Refused."""
        host = headers.get("host", "")
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if name.lower() not in LOOPBACK:
            raise Refused("The explorer answers to localhost and 127.0.0.1 only.", 403)
        site = headers.get("sec-fetch-site", "same-origin")
        if path.startswith("/api/") and site not in ("same-origin", "none"):
            raise Refused("Requests of other sites are refused.", 403)
        if method in ("GET", "HEAD"):
            return
        if headers.get("origin", f"http://{host}") != f"http://{host}":
            raise Refused("Requests of other sites are refused.", 403)
        if not secrets.compare_digest(headers.get(TOKEN_HEADER, "").encode(), self.token.encode()):
            raise Refused("The page is of an earlier start of the explorer; reload it.", 403)
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise Refused("A request is JSON (content-type: application/json).", 415)


async def _read(receive: Receive, headers: dict[str, str]) -> bytes:
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > MAX_BODY:
        raise Refused(f"A request may have {MAX_BODY:,} bytes.", 413)
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Refused("The request was cut short.")
        body += bytes(message.get("body", b""))
        if len(body) > MAX_BODY:
            raise Refused(f"A request may have {MAX_BODY:,} bytes.", 413)
        if not message.get("more_body", False):
            return body


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body as one message, then what the server says next."""
    waiting = [body]

    async def receive_again() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return receive_again


async def _refuse(refusal: Refused, send: Send) -> None:
    body = json.dumps({"error": str(refusal)}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
