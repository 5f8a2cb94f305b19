"""Why an article was not fetched, as far as callers tell the reasons apart."""

from __future__ import annotations

from sigmine.errors import FetchError


class NotFoundError(FetchError):
    """No source knows the identifier, or has the file."""


class NotOpenAccessError(FetchError):
    """The article is there, but its licence does not let programs copy it."""


class PassingError(FetchError):
    """What may be gone at the next try: a server that is busy, an answer that broke off.

    Attributes:
        wait: seconds that the server asks to wait, or None.
        silent: whether the server gave no usable answer at all, so that other requests to it will fail too.
    """

    def __init__(self, message: str, *, wait: float | None = None, silent: bool = False) -> None:
        super().__init__(message)
        self.wait = wait
        self.silent = silent
