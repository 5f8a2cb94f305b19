"""Patience with what passes, none with what does not; the pace; redirects; sizes."""

from __future__ import annotations

import gzip
import time
from email.utils import formatdate
from typing import Any

import pytest

from fetch.sources import Answer, Served
from sigmine.errors import FetchError
from sigmine.fetch.client import Client, Manners, check_base
from sigmine.fetch.problems import NotFoundError, PassingError

GOOD = Answer(b"<a>good</a>")


class Clock:
    """Time that only passes when someone sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def make_client(clock: Clock | None = None, **manners: Any) -> Client:
    settings = Manners(**{"rate": 1e6, "timeout": 5.0, "retries": 3, "pause": 1.0, **manners})
    clock = clock or Clock()
    return Client(settings, clock=clock, sleep=clock.sleep)


def get(client: Client, url: str) -> bytes:
    try:
        return client.get(url, media="xml", parse=bytes)
    finally:
        client.close()


def test_what_passes_is_asked_again_with_longer_and_longer_pauses(served: Served) -> None:
    clock = Clock()
    served.script("/x", Answer(status=500), Answer(status=502), Answer(status=503), GOOD)
    assert get(make_client(clock, rate=1e9), f"{served.url}/x") == GOOD.body
    assert [pause for pause in clock.slept if pause > 0.1] == [1.0, 2.0, 4.0]


def test_a_failure_that_stays_is_reported_with_the_count(served: Served) -> None:
    served.script("/x", Answer(status=500))
    with pytest.raises(FetchError, match=r"answered 500 .* \(asked 4 times\)"):
        get(make_client(), f"{served.url}/x")
    assert served.count("/x") == 4


def test_a_source_that_is_down_is_asked_once_only_until_it_answers(served: Served) -> None:
    client = make_client(retries=2)
    served.script("/x", Answer(status=503))
    served.script("/y", GOOD)
    for expected in (3, 4, 5):
        with pytest.raises(FetchError):
            client.get(f"{served.url}/x", media="xml", parse=bytes)
        assert served.count("/x") == expected
    assert client.get(f"{served.url}/y", media="xml", parse=bytes) == GOOD.body
    with pytest.raises(FetchError):
        get(client, f"{served.url}/x")
    assert served.count("/x") == 8


@pytest.mark.parametrize("status", [429, 503])
def test_the_server_says_how_long_to_wait(served: Served, status: int) -> None:
    clock = Clock()
    served.script("/x", Answer(status=status, headers={"Retry-After": "7"}), GOOD)
    assert get(make_client(clock), f"{served.url}/x") == GOOD.body
    assert 7.0 in clock.slept


def test_the_server_may_give_a_date_or_nonsense(served: Served) -> None:
    clock = Clock()
    date = formatdate(time.time() + 20, usegmt=True)
    served.script(
        "/x",
        Answer(status=429, headers={"Retry-After": date}),
        Answer(status=429, headers={"Retry-After": "soon"}),
        GOOD,
    )
    assert get(make_client(clock), f"{served.url}/x") == GOOD.body
    first, second = [pause for pause in clock.slept if pause > 0.1]
    assert 15 < first <= 20
    assert second == 2.0


def test_a_long_rest_is_not_waited_for_but_kept(served: Served) -> None:
    clock = Clock()
    client = make_client(clock, longest_wait=60)
    served.script("/x", Answer(status=429, headers={"Retry-After": "3600"}), GOOD)
    for message in ("a rest of 3600 s", "try again in 3600 s"):
        with pytest.raises(FetchError, match=message):
            client.get(f"{served.url}/x", media="xml", parse=bytes)
    assert (served.count("/x"), sum(clock.slept) < 1) == (1, True)
    clock.now += 3601
    assert get(client, f"{served.url}/x") == GOOD.body


@pytest.mark.parametrize(("status", "error"), [(404, NotFoundError), (410, NotFoundError), (403, FetchError)])
def test_a_clear_no_is_not_asked_again(served: Served, status: int, error: type[FetchError]) -> None:
    served.script("/x", Answer(status=status))
    with pytest.raises(error, match=f"answered {status}"):
        get(make_client(), f"{served.url}/x")
    assert served.count("/x") == 1


def test_an_answer_that_breaks_off_is_asked_again(served: Served) -> None:
    served.script("/x", Answer(GOOD.body, length=500), GOOD)
    assert get(make_client(), f"{served.url}/x") == GOOD.body
    served.script("/y", Answer(GOOD.body, length=500))
    with pytest.raises(FetchError, match="broke off"):
        get(make_client(retries=1), f"{served.url}/y")
    assert served.count("/y") == 2


def test_an_answer_that_the_reader_finds_damaged_is_asked_again(served: Served) -> None:
    served.script("/x", Answer(b"<a>"), GOOD)

    def parse(data: bytes) -> bytes:
        if data == b"<a>":
            raise PassingError("not closed")
        return data

    assert make_client().get(f"{served.url}/x", media="xml", parse=parse) == GOOD.body


def test_a_slow_answer_is_given_up(served: Served) -> None:
    served.script("/x", Answer(GOOD.body, delay=0.4), GOOD)
    assert get(make_client(timeout=0.1), f"{served.url}/x") == GOOD.body
    served.script("/y", Answer(GOOD.body, delay=0.4))
    with pytest.raises(FetchError, match=r"did not answer within 0\.1 s"):
        get(make_client(timeout=0.1, retries=0), f"{served.url}/y")


def test_an_answer_that_drips_is_given_up(served: Served) -> None:
    served.script("/x", Answer(b"x" * 100, drip=0.02))
    client = Client(Manners(rate=1e6, timeout=5, deadline=0.1, retries=0))
    started = time.monotonic()
    with pytest.raises(FetchError, match=r"more than 0\.1 s"):
        get(client, f"{served.url}/x")
    assert time.monotonic() - started < 1


def test_a_stall_within_the_answer_is_given_up(served: Served) -> None:
    served.script("/x", Answer(b"xx", drip=0.5))
    with pytest.raises(FetchError, match="did not answer within"):
        get(make_client(timeout=0.1, retries=0), f"{served.url}/x")


@pytest.mark.parametrize("stated", [True, False])
def test_a_huge_answer_is_refused_and_not_asked_for_again(served: Served, stated: bool) -> None:
    headers = {} if stated else {"Content-Encoding": "gzip"}
    body = b"x" * 5000 if stated else gzip.compress(b"x" * 100_000)
    served.script("/x", Answer(body, headers=headers))
    with pytest.raises(FetchError, match="over 1,000 bytes"):
        get(make_client(max_bytes=1000), f"{served.url}/x")
    assert served.count("/x") == 1


def test_compressed_answers_are_read(served: Served) -> None:
    served.script("/x", Answer(gzip.compress(GOOD.body), headers={"Content-Encoding": "gzip"}))
    assert get(make_client(), f"{served.url}/x") == GOOD.body


@pytest.mark.parametrize("media", ["text/html", "application/pdf", "image/png"])
def test_a_wrong_content_type_is_refused(served: Served, media: str) -> None:
    served.script("/x", Answer(GOOD.body, media=media))
    with pytest.raises(FetchError, match=f"answered with {media}, not xml"):
        get(make_client(), f"{served.url}/x")


@pytest.mark.parametrize("media", ["text/xml; charset=utf-8", "application/jats+xml", "binary/octet-stream", ""])
def test_other_content_types_are_taken(served: Served, media: str) -> None:
    served.script("/x", Answer(GOOD.body, media=media))
    assert get(make_client(), f"{served.url}/x") == GOOD.body


def test_redirects_are_followed_on_this_machine_only(served: Served) -> None:
    served.script("/x", Answer(status=302, headers={"Location": "/y"}))
    served.script("/y", GOOD)
    assert get(make_client(), f"{served.url}/x") == GOOD.body
    for target in ("http://example.org/a.xml", "ftp://example.org/a.xml", "file:///etc/passwd"):
        served.script("/z", Answer(status=301, headers={"Location": target}))
        with pytest.raises(FetchError, match="not a public https address"):
            get(make_client(), f"{served.url}/z")


def test_a_public_source_cannot_send_to_this_machine_or_to_http() -> None:
    from sigmine.fetch.client import _check_redirect

    _check_redirect("https://a.example/x", "https://b.example/y")
    for target in ("https://127.0.0.1/y", "http://localhost/y", "https://[::1]/y", "http://b.example/y"):
        with pytest.raises(FetchError, match="not a public https address"):
            _check_redirect("https://a.example/x", target)


def test_redirects_end(served: Served) -> None:
    served.script("/x", Answer(status=302, headers={"Location": "/x"}))
    with pytest.raises(FetchError, match="sends on and on"):
        get(make_client(), f"{served.url}/x")
    assert served.count("/x") == 6


def test_the_pace_is_kept_also_by_retries_and_redirects(served: Served) -> None:
    served.script("/x", Answer(status=500), Answer(status=302, headers={"Location": "/y"}))
    served.script("/y", GOOD)
    clock = Clock()
    client = make_client(clock, rate=20, pause=0.0)
    assert get(client, f"{served.url}/x") == GOOD.body
    assert [pause for pause in clock.slept if pause] == pytest.approx([0.05, 0.05])


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(FetchError, match=r"127\.0\.0\.1:9 cannot be reached: .*refused"):
        get(make_client(retries=0), "http://127.0.0.1:9/x")


def test_the_client_says_who_asks(served: Served) -> None:
    served.script("/x", GOOD)
    get(make_client(email="me@example.org"), f"{served.url}/x")
    [agent] = served.agents
    assert agent.startswith("sigmine/")
    assert agent.endswith("(mailto:me@example.org)")


def test_bases_are_https_or_on_this_machine() -> None:
    assert check_base("https://mirror.example/rest/") == "https://mirror.example/rest"
    assert check_base("http://localhost:8000/rest") == "http://localhost:8000/rest"
    for url in ("http://mirror.example", "ftp://mirror.example", "mirror.example", "", "http://localhost.evil.example"):
        with pytest.raises(FetchError, match="https://"):
            check_base(url)
