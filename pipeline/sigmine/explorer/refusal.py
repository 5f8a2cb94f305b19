"""What a request is answered with when it cannot be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refused(Exception):  # noqa: N818 - it is answered, not reported
    """A request that is refused; never leaves the package.

    Attributes:
        status: of HTTP: 400 not understood, 403 forbidden, 404 not there, 409 in conflict, 413 too large.
        more: what else the answer holds beside the message.
    """

    def __init__(self, message: str, status: int = 400, more: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.more = dict(more or {})
