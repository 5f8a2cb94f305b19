from __future__ import annotations

import pytest

from sigmine.resources.prefixes import PREFIXES, compress_iri, expand_curie, normalize_curie


@pytest.mark.parametrize(
    ("curie", "iri"),
    [
        ("hgnc:391", "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/391"),
        ("fplx:AKT", "https://sorgerlab.github.io/famplex/AKT"),
        ("chebi:9168", "http://purl.obolibrary.org/obo/CHEBI_9168"),
        ("pubchem.compound:5284616", "https://pubchem.ncbi.nlm.nih.gov/compound/5284616"),
        ("RO:0002447", "http://purl.obolibrary.org/obo/RO_0002447"),
        ("MOD:00046", "http://purl.obolibrary.org/obo/MOD_00046"),
        ("oa:exact", "http://www.w3.org/ns/oa#exact"),
    ],
)
def test_a_curie_becomes_an_iri_and_the_same_curie_again(curie: str, iri: str) -> None:
    assert expand_curie(curie) == iri
    assert compress_iri(iri) == curie


@pytest.mark.parametrize("text", ["", "AKT1", "unknown:1", ":", "https://example.org/x"])
def test_what_has_no_known_prefix_gives_none(text: str) -> None:
    assert expand_curie(text) is None
    assert normalize_curie(text) is None


@pytest.mark.parametrize(("text", "curie"), [("HGNC:391", "hgnc:391"), ("ro:0002447", "RO:0002447")])
def test_the_case_of_a_prefix_does_not_matter(text: str, curie: str) -> None:
    assert normalize_curie(text) == curie
    assert expand_curie(text) == expand_curie(curie)


def test_the_longest_iri_wins() -> None:
    assert compress_iri("https://example.org/x") is None
    for prefix, iri in PREFIXES.items():
        assert compress_iri(f"{iri}1") == f"{prefix}:1"
