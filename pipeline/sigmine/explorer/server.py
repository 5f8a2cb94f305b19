"""Serving an explorer on this machine until somebody stops it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from sigmine.errors import MissingDependency, StoreError

if TYPE_CHECKING:
    from starlette.applications import Starlette

HOSTS: tuple[str, ...] = ("127.0.0.1", "localhost", "::1")
"""Where it may listen: addresses that no other machine can reach."""


def serve(app: Starlette, *, host: str = "127.0.0.1", port: int = 8765, ready: Callable[[str], None]) -> None:
    """Serves until Ctrl-C or SIGTERM.

    Args:
        host: one of ``HOSTS``.
        port: 0 takes a free one.
        ready: is told the address as soon as it can be opened.

    Raises:
        ValueError: if the host is none of ``HOSTS``.
        StoreError: if the port is taken.
        MissingDependency: if uvicorn is not installed.
    """
    if host not in HOSTS:
        raise ValueError(f"The explorer listens on {', '.join(HOSTS)} only, not on {host}.")
    try:
        import uvicorn
    except ImportError as error:
        raise MissingDependency("The explorer needs: pip install 'sigmine[web]'") from error
    family = socket.AF_INET6 if host == "::1" else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise StoreError(
                f"Port {port} of {host} cannot be used ({error.strerror}). Give another, or --port 0 for a free one."
            ) from error
        listener.listen()
        name = f"[{host}]" if host == "::1" else host
        address = f"http://{name}:{listener.getsockname()[1]}/"
        config = uvicorn.Config(app, log_level="warning", access_log=False, ws="none", timeout_graceful_shutdown=1)

        class Server(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                ready(address)

        Server(config).run(sockets=[listener])
