"""Identifiers of publications: where they begin and end, in words, fields and links."""

from __future__ import annotations

import pytest

from sigmine.readers.publication_ids import (
    find_doi,
    find_link_ids,
    find_pmcid,
    find_pmid,
    find_spoken_doi,
    parse_doi,
    parse_pmcid,
    parse_pmid,
    remove_dois,
)

SICI = "10.1002/(SICI)1097-4644(19990401)73:1<1::AID-JCB1>3.0.CO;2-T"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("Cell 1:2. doi:10.1016/j.cell.2007.06.009.", "10.1016/j.cell.2007.06.009"),
        ("(doi: 10.1038/ncb999), and", "10.1038/ncb999"),
        ("[10.1038/ncb999]", "10.1038/ncb999"),
        ("<10.1038/ncb999>;", "10.1038/ncb999"),
        ("“10.1038/ncb999”", "10.1038/ncb999"),
        ("10.1016/S0210-5691(06)74455-2.", "10.1016/S0210-5691(06)74455-2"),
        ("see 10.1016/S0092-8674(00)80405-5)", "10.1016/S0092-8674(00)80405-5"),
        (f"{SICI}. Cell", SICI),
        (f"doi:{SICI}", SICI),
        ("10.1000.10/123456", "10.1000.10/123456"),
        ("version 10.12/3", None),
        ("Volume 110.1038/ncb", None),
        ("10.1038/.", None),
        ("10.1038/. and 10.1038/ncb1", "10.1038/ncb1"),
        ("", None),
    ],
)
def test_a_doi_in_words_ends_where_the_sentence_goes_on(text: str, doi: str | None) -> None:
    assert find_doi(text) == doi


@pytest.mark.parametrize(
    ("href", "ids"),
    [
        ("https://doi.org/10.1038%2Fncb999", {"doi": "10.1038/ncb999"}),
        ("http://dx.doi.org/10.1038/ncb999?nosfx=y", {"doi": "10.1038/ncb999"}),
        ("https://x.example/doi/full/10.1038/ncb999#sec", {"doi": "10.1038/ncb999"}),
        ("https://doi.org/10.1002/%28SICI%291097-4644%2819990401%2973:1%3C1::AID-JCB1%3E3.0.CO;2-T", {"doi": SICI}),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", {"pmid": "123"}),
        ("https://www.ncbi.nlm.nih.gov/pubmed/?term=123", {"pmid": "123"}),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/pmc123/", {"pmcid": "PMC123"}),
        ("https://scholar.google.com/scholar?q=doi/10.1038/ncb999", {}),
        ("#B12", {}),
        ("", {}),
    ],
)
def test_the_identifiers_of_a_link(href: str, ids: dict[str, str]) -> None:
    assert find_link_ids(href) == ids


@pytest.mark.parametrize(
    ("text", "pmid", "pmcid"),
    [
        ("PMID: 123", "123", None),
        ("PMID:123; PMCID: PMC456.", "123", "PMC456"),
        ("[PubMed 123]", "123", None),
        ("PMC456.2", None, "PMC456"),
        ("PMC 456", None, "PMC456"),
        ("PMID: PMC456", None, "PMC456"),
        ("PMID 12345678901", None, None),
        ("SPMC12 and PMCs", None, None),
        ("EPMID:12x", None, None),
    ],
)
def test_pubmed_ids_in_words(text: str, pmid: str | None, pmcid: str | None) -> None:
    assert find_pmid(text) == pmid
    assert find_pmcid(text) == pmcid


@pytest.mark.parametrize(
    "value", ["10.1038/ncb999", " doi:10.1038/ncb999 ", "https://doi.org/10.1038/ncb999", "10.1038/ncb999."]
)
def test_a_field_with_a_doi(value: str) -> None:
    assert parse_doi(value) == "10.1038/ncb999"


@pytest.mark.parametrize(
    ("value", "pmid", "pmcid"),
    [
        ("123", "123", "PMC123"),
        ("PMID:123", "123", None),
        ("PMC123.1", None, "PMC123"),
        ("PMCID: PMC123", None, "PMC123"),
        ("none", None, None),
        ("", None, None),
    ],
)
def test_fields_with_numbers(value: str, pmid: str | None, pmcid: str | None) -> None:
    assert parse_pmid(value) == pmid
    assert parse_pmcid(value) == pmcid


def test_a_doi_counts_where_it_is_called_one() -> None:
    assert find_spoken_doi("Cell 10.1038/1, doi 10.1038/ncb999.") == "10.1038/ncb999"
    assert find_spoken_doi("Cell 10.1038/1") is None
    assert remove_dois("A (10.1038/1). B 10.1038/2.") == "A (). B ."
