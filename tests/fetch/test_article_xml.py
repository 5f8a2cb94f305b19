"""What is let into the folder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetch.sources import make_article
from sigmine.errors import FetchError
from sigmine.fetch.article_xml import check_article
from sigmine.fetch.problems import PassingError


def test_an_article_with_its_doctype_and_licence() -> None:
    assert check_article(make_article(), "PMC111").licence == "https://cc.example/by/4.0/"


def test_the_licence_may_be_an_element_or_missing() -> None:
    ali = (
        '<license xmlns:ali="http://www.niso.org/schemas/ali/1.0/">'
        "<ali:license_ref> https://a.example </ali:license_ref></license>"
    )
    assert check_article(make_article(licence=ali), "PMC111").licence == "https://a.example"
    assert check_article(make_article(licence=""), "PMC111").licence is None


def test_a_declared_entity_is_refused_before_it_is_expanded() -> None:
    bomb = '<!DOCTYPE article [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with pytest.raises(FetchError, match="declares an entity"):
        check_article(make_article(doctype=bomb, body="<body><p>&b;</p></body>"), "PMC111")
    outside = '<!DOCTYPE article [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(FetchError, match="declares an entity"):
        check_article(make_article(doctype=outside, body="<body><p>&a;</p></body>"), "PMC111")
    parameter = '<!DOCTYPE article [<!ENTITY % a SYSTEM "http://127.0.0.1/x.dtd"> %a;]>'
    with pytest.raises(FetchError, match="declares an entity"):
        check_article(make_article(doctype=parameter), "PMC111")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<html><body>Please log in</body></html>", "root element is <html>"),
        (b"<collection><document/></collection>", "root element is <collection>"),
        (make_article("PMC999"), "PMC999 instead of PMC111"),
        (make_article(body=""), "no text"),
        (make_article(body="<sub-article><body/></sub-article>"), "no text"),
    ],
)
def test_what_is_no_such_article_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(FetchError, match=message) as caught:
        check_article(data, "PMC111")
    assert not isinstance(caught.value, PassingError), "asking again would not help"


def test_another_number_inside_the_article_is_not_its_own() -> None:
    body = '<body><p>x</p></body><back><article-id pub-id-type="pmcid">PMC999</article-id></back>'
    check_article(make_article("111", body=body), "PMC111")


@given(st.integers(0, len(make_article()) - 1))
def test_every_article_that_broke_off_is_noticed(length: int) -> None:
    with pytest.raises(PassingError):
        check_article(make_article()[:length], "PMC111")


@given(st.binary(max_size=200))
def test_no_bytes_break_it(data: bytes) -> None:
    with pytest.raises(FetchError):
        check_article(data, "PMC111")
