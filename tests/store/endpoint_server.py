"""Oxigraph's server on the loopback, for tests against a real SPARQL endpoint (``pip install oxigraph``)."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MISSING = "Oxigraph's server is not installed (pip install oxigraph)"


def find_server() -> str | None:
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.exists() else shutil.which("oxigraph")


@contextmanager
def serve(location: Path | None = None) -> Iterator[str]:
    """The address of a server that ends with the block; in memory without a location. Skips the test without one."""
    program = find_server()
    if program is None:
        pytest.skip(MISSING)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = ["--location", str(location)] if location else []
    server = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}", *place],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()
