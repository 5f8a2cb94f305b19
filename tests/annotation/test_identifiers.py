from __future__ import annotations

import pytest

from sigmine.annotation.identifiers import find_curie, find_type


@pytest.mark.parametrize(
    ("name", "type", "curie"),
    [
        ("AKT1", "PROTEIN", "hgnc:391"),
        ("akt1", "PROTEIN", "hgnc:391"),
        ("TP53", "PROTEIN", "hgnc:11998"),
        ("AKT", "FAMILY", "fplx:AKT"),
        ("AKT", "COMPLEX", "fplx:AKT"),
        ("mTORC1", "COMPLEX", "fplx:mTORC1"),
        ("mTORC1", "FAMILY", "fplx:mTORC1"),
        ("p53", "PROTEIN", None),  # a synonym, not the standard name
        ("PKB", "FAMILY", None),
        ("AKT1", "CHEMICAL", None),
        ("AKT", "PROTEIN", None),
        ("no such protein", "PROTEIN", None),
        ("", "PROTEIN", None),
    ],
)
def test_a_standard_name_of_its_type_has_an_identifier(name: str, type: str, curie: str | None) -> None:
    assert find_curie(name, type) == curie


@pytest.mark.parametrize(
    ("curie", "type"),
    [
        ("hgnc:391", "PROTEIN"),
        ("uniprot:P31749", "PROTEIN"),
        ("chebi:15422", "CHEMICAL"),
        ("pubchem.compound:5330286", "CHEMICAL"),
        ("go:0006914", "PROCESS"),
        ("fplx:AKT", "FAMILY"),
        ("fplx:mTORC1", "COMPLEX"),
        ("fplx:of_no_table", "FAMILY"),
        ("mesh:D000818", None),
        ("mesh:C000609471", "CHEMICAL"),
        ("AKT1", None),
    ],
)
def test_an_identifier_has_a_type(curie: str, type: str | None) -> None:
    assert find_type(curie) == type


def test_a_name_that_our_lexicon_has_with_the_identifier_tells_the_type() -> None:
    assert find_type("mesh:D006973", "hypertension") == "DISEASE"
    assert find_type("mesh:D006973", "obesity") is None
    assert find_type("hgnc:391", "no such protein") == "PROTEIN"
