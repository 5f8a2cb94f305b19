"""One polite way to the sources: paced, patient with what passes, strict about what it takes.

Retries are made here and not by urllib3: an answer that breaks off, or whose XML is not closed, is known only once it
is read, and each try has to keep the pace.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin, urlsplit

from sigmine.errors import FetchError
from sigmine.fetch.problems import NotFoundError, PassingError
from sigmine.manifest import find_version
from sigmine.readers.sources import MAX_DOCUMENT_BYTES

if TYPE_CHECKING:
    from requests import Response, Session

T = TypeVar("T")

_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_ANY_MEDIA = ("octet-stream", "text/plain")
"""What file stores call anything."""
_MAX_REDIRECTS = 5
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask.

    Attributes:
        rate: requests a second at most, all hosts together.
        timeout: seconds to wait for a connection, and for the next piece of an answer.
        deadline: seconds that one answer may take from the question to its last byte.
        retries: how often to ask again after what may pass.
        pause: seconds before the first of them; each time twice as long.
        longest_wait: seconds; a server that asks for a longer rest (``Retry-After``) is left alone for that long.
        max_bytes: of an answer, unpacked; a longer one is refused. No larger article could be read.
        email: how the sources can reach whoever asks, or None.
    """

    rate: float = 3.0
    timeout: float = 30.0
    deadline: float = 300.0
    retries: int = 4
    pause: float = 0.5
    longest_wait: float = 120.0
    max_bytes: int = MAX_DOCUMENT_BYTES
    email: str | None = None

    @property
    def user_agent(self) -> str:
        return f"sigmine/{find_version('sigmine') or '0'}" + (f" (mailto:{self.email})" if self.email else "")


def check_base(url: str) -> str:
    """The address of a source without a slash at its end.

    Raises:
        FetchError: unless it is https, or http on this machine.
    """
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and is_local(url)):
        return url.rstrip("/")
    raise FetchError(f"Will not ask {url}: give an address that starts with https:// (http:// on this machine only).")


def is_local(url: str) -> bool:
    """Whether the address is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Client:
    """Asks and waits. Not for several threads at once."""

    def __init__(
        self,
        manners: Manners,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._manners = manners
        self._clock = clock
        self._sleep = sleep
        self._session: Session | None = None
        self._next = 0.0
        self._rests: dict[str, float] = {}
        self._silent: set[str] = set()

    def close(self) -> None:
        if self._session is not None:
            self._session.close()

    def get(
        self, url: str, *, media: str, parse: Callable[[bytes], T], params: Mapping[str, str | int] | None = None
    ) -> T:
        """What ``parse`` makes of the answer.

        A host that stayed silent through all tries is asked once only, until it answers again: a source that is down
        must not cost minutes for each article.

        Args:
            media: a word that the content type must hold (``xml``), unless it says nothing.
            parse: raises PassingError for an answer that is damaged, so that it is asked for again, and FetchError
                for one that will stay wrong.

        Raises:
            NotFoundError: if the server has no such thing.
            FetchError: if no try gave a good answer.
        """
        host = urlsplit(url).netloc
        left = self._rests.get(host, 0.0) - self._clock()
        if left > 0:
            raise FetchError(f"{host} asked for a rest; try again in {left:.0f} s.")
        tries = 1 if host in self._silent else 1 + self._manners.retries
        for count in range(1, tries + 1):
            try:
                answer = parse(self._load(url, params, media))
            except PassingError as error:
                self._take_rest(host, error, count, tries)
            else:
                self._silent.discard(host)
                return answer
        raise AssertionError("the last try returns or raises")

    def _take_rest(self, host: str, error: PassingError, count: int, tries: int) -> None:
        """Waits for the next try.

        Raises:
            FetchError: if there is none, or the server asks for too long a rest.
        """
        if error.wait is not None and error.wait > self._manners.longest_wait:
            self._rests[host] = self._clock() + error.wait
            raise FetchError(f"{error}; it asks for a rest of {error.wait:.0f} s: try again then.") from error
        if count == tries:
            if error.silent:
                self._silent.add(host)
            raise FetchError(f"{error} (asked {count} times)." if count > 1 else f"{error}.") from error
        pause = self._manners.pause * 2 ** (count - 1)
        self._sleep(min(pause if error.wait is None else error.wait, self._manners.longest_wait))

    def _keep_pace(self) -> None:
        now = self._clock()
        if now < self._next:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + 1 / self._manners.rate

    def _open_session(self) -> Session:
        if self._session is None:
            from requests import Session

            self._session = Session()
            self._session.headers["User-Agent"] = self._manners.user_agent
        return self._session

    def _load(self, url: str, params: Mapping[str, str | int] | None, media: str) -> bytes:
        from requests import exceptions
        from urllib3.exceptions import HTTPError, ReadTimeoutError

        host = urlsplit(url).netloc
        seconds = self._manners.timeout
        try:
            return self._follow(url, params, media)
        except (exceptions.Timeout, ReadTimeoutError) as error:
            raise PassingError(f"{host} did not answer within {seconds:g} s", silent=True) from error
        except exceptions.SSLError as error:
            raise FetchError(f"{host} could not prove who it is: {_find_cause(error)}.") from error
        except exceptions.ConnectionError as error:
            raise PassingError(f"{host} cannot be reached: {_find_cause(error)}", silent=True) from error
        except HTTPError as error:  # while reading: broken off, or wrongly compressed
            raise PassingError(f"the answer of {host} broke off: {_find_cause(error)}") from error
        except exceptions.RequestException as error:
            raise FetchError(f"{host} cannot be asked: {_find_cause(error)}.") from error

    def _follow(self, url: str, params: Mapping[str, str | int] | None, media: str) -> bytes:
        ends = self._clock() + self._manners.deadline
        for _ in range(1 + _MAX_REDIRECTS):
            self._keep_pace()
            with self._open_session().get(
                url, params=params, stream=True, timeout=self._manners.timeout, allow_redirects=False
            ) as response:
                if not response.is_redirect:
                    _check_status(response)
                    _check_media(response, media)
                    return self._read(response, ends)
                target = urljoin(url, response.headers["Location"])
            _check_redirect(url, target)
            url, params = target, None
        raise FetchError(f"{urlsplit(url).netloc} sends on and on ({_MAX_REDIRECTS} times).")

    def _read(self, response: Response, ends: float) -> bytes:
        limit = self._manners.max_bytes
        host = urlsplit(response.url).netloc
        too_long = FetchError(f"the answer of {host} has over {limit:,} bytes, the limit of an article.")
        stated = response.headers.get("Content-Length", "")
        if stated.isdecimal() and int(stated) > limit:
            raise too_long
        data = bytearray()
        # read1 gives what has come, so that an answer that drips is noticed; read would wait for the block to fill.
        while piece := response.raw.read1(_BLOCK, decode_content=True):
            data += piece
            if len(data) > limit:
                raise too_long
            if self._clock() > ends:
                raise PassingError(f"{host} took more than {self._manners.deadline:g} s for one answer", silent=True)
        return bytes(data)


def _check_status(response: Response) -> None:
    status = response.status_code
    if status == HTTPStatus.OK:
        return
    said = f"{urlsplit(response.url).netloc} answered {status}" + (f" ({response.reason})" if response.reason else "")
    if status in _GONE:
        raise NotFoundError(f"{said}.")
    if status in _PASSING:
        raise PassingError(said, wait=_find_wait(response), silent=status != HTTPStatus.TOO_MANY_REQUESTS)
    raise FetchError(f"{said}.")


def _find_wait(response: Response) -> float | None:
    """Seconds of ``Retry-After``, which may be a number or a date; None without one that can be read."""
    from urllib3.exceptions import InvalidHeader
    from urllib3.util import Retry

    try:
        return float(Retry().parse_retry_after(response.headers["Retry-After"]))
    except (KeyError, InvalidHeader):
        return None


def _check_media(response: Response, media: str) -> None:
    found = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if found and not any(word in found for word in (media, *_ANY_MEDIA)):
        raise FetchError(f"{urlsplit(response.url).netloc} answered with {found}, not {media}.")


def _check_redirect(url: str, target: str) -> None:
    safe = urlsplit(target).scheme == "https" and not is_local(target)
    if not safe and not (is_local(url) and is_local(target)):
        raise FetchError(f"{urlsplit(url).netloc} sends on to {target}, which is not a public https address.")


def _find_cause(error: BaseException) -> str:
    """What the innermost error says, on one line: libraries wrap it several times."""
    seen: list[BaseException] = [error]
    while (inner := seen[-1].__cause__ or seen[-1].__context__) is not None and inner not in seen:
        seen.append(inner)
    said = " ".join(str(seen[-1]).split())
    return said[:200] or type(seen[-1]).__name__
