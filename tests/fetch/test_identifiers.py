"""What names an article, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmine.errors import FetchError
from sigmine.fetch import Identifier, parse_identifier, parse_identifiers


@pytest.mark.parametrize(
    "text",
    [
        "PMC4253687",
        "pmc4253687",
        " PMCID: PMC4253687 ",
        "PMC4253687.2",
        "pmc:PMC4253687",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC4253687/",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC4253687/figure/F1/",
        "http://www.ncbi.nlm.nih.gov/pmc/articles/PMC4253687/?report=reader",
        "https://europepmc.org/article/PMC/PMC4253687",
        "https://europepmc.org/articles/PMC4253687",
        "europepmc.org/abstract/PMC/PMC4253687",
    ],
)
def test_pmcid(text: str) -> None:
    assert parse_identifier(text) == Identifier("pmcid", "PMC4253687")


@pytest.mark.parametrize(
    "text",
    [
        "25242279",
        "PMID: 25242279",
        "PMID 25242279",
        "pmid:25242279",
        "https://pubmed.ncbi.nlm.nih.gov/25242279/",
        "pubmed.ncbi.nlm.nih.gov/25242279",
        "https://www.ncbi.nlm.nih.gov/pubmed/25242279",
        "https://europepmc.org/article/MED/25242279#abstract",
    ],
)
def test_pmid(text: str) -> None:
    assert parse_identifier(text) == Identifier("pmid", "25242279")


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1016/j.cell.2017.02.004", "10.1016/j.cell.2017.02.004"),
        ("10.1016/S0092-8674(00)81810-1", "10.1016/s0092-8674(00)81810-1"),
        ("doi:10.3390/cells8121597.", "10.3390/cells8121597"),
        ("DOI 10.3390/cells8121597,", "10.3390/cells8121597"),
        ("https://doi.org/10.3390/CELLS8121597", "10.3390/cells8121597"),
        ("http://dx.doi.org/10.1002/(SICI)1097%3C1%3A%3AAID%3E3.0", "10.1002/(sici)1097<1::aid>3.0"),
        ("doi.org/10.1000/a?b#c", "10.1000/a?b#c"),
    ],
)
def test_doi(text: str, doi: str) -> None:
    assert parse_identifier(text) == Identifier("doi", doi)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PMC",
        "PMC0",
        "0",
        "1234567890",
        "٢٣٤",
        "25242279 PMC4253687",
        "10.1016",
        "10.1016/",
        "../../etc/passwd",
        "PMC1/../../x",
        "PMC1\n",
        "https://www.nature.com/articles/nrm3025",
        "https://evil.example/articles/PMC4253687",
        "https://pmc.ncbi.nlm.nih.gov.evil.example/articles/PMC4253687",
        "ftp://doi.org/10.1000/a",
        "file:///10.1000/a",
        "https://[doi.org/10.1000/a",
        "NIHMS734261",
    ],
)
def test_anything_else_is_refused_with_what_is_allowed(text: str) -> None:
    if text == "PMC1\n":  # white space around is nothing
        assert parse_identifier(text).value == "PMC1"
        return
    with pytest.raises(FetchError, match="give a PMCID"):
        parse_identifier(text)


@given(st.text(max_size=60))
def test_no_text_breaks_it_and_what_it_gives_is_safe(text: str) -> None:
    try:
        found = parse_identifier(text)
    except FetchError:
        return
    assert parse_identifier(found.value) == found
    assert found.value.isascii()
    assert found.kind == "doi" or "/" not in found.value


@given(st.integers(1, 99_999_999))
def test_numbers_are_kept(number: int) -> None:
    assert parse_identifier(f"PMC{number}") == Identifier("pmcid", f"PMC{number}")
    assert parse_identifier(f"PMID:{number}") == Identifier("pmid", str(number))


def test_a_list_of_identifiers() -> None:
    text = "\ufeff# my papers\r\nPMC111  # the first\r\n\r\n  PMID: 222\n10.1000/a#b\n#PMC333\n"
    assert parse_identifiers(text) == ("PMC111", "PMID: 222", "10.1000/a#b")
