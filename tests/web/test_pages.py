from __future__ import annotations

import pytest

from web.pages import find_fetches, read_page


@pytest.mark.parametrize(
    "page",
    [
        '<script src="x.js"></script>',
        '<a href="https://example.org">x</a>',
        '<link rel="stylesheet" href="#a">',
        "<style>@import 'x.css';</style>",
        "<style>b { background: url(x.png) }</style>",
        '<b style="background: url(//example.org/x)">x</b>',
        '<svg><image xlink:href="x.png"/></svg>',
        "<script>fetch('x')</script>",
    ],
)
def test_what_would_be_fetched_is_found(page: str) -> None:
    assert find_fetches(page)


def test_what_is_in_the_page_is_not_fetched() -> None:
    assert find_fetches('<p>src="x.js" @import url(x) http://example.org</p><svg><use xlink:href="#a"/></svg>') == []


def test_an_element_that_is_not_closed_is_found() -> None:
    with pytest.raises(AssertionError):
        read_page("<p><b>x</p>")
