from __future__ import annotations

import pytest

from sigmine.nlp.mention_types import map_type


@pytest.mark.parametrize(
    ("given", "ours"),
    [
        ("Protein", "PROTEIN"),
        ("GENE_OR_GENE_PRODUCT", "PROTEIN"),
        ("Gene_or_gene_product", "PROTEIN"),
        ("Simple_chemical", "CHEMICAL"),
        ("SIMPLE_CHEMICAL", "CHEMICAL"),
        ("Cellular_component", "LOCATION"),
        ("complex", "COMPLEX"),
        ("FAMILY", "FAMILY"),
        ("Disease", "DISEASE"),
    ],
)
def test_known_types(given: str, ours: str) -> None:
    assert map_type(given, assume_protein=False) == ours


def test_an_unknown_type_is_kept_unless_proteins_are_assumed() -> None:
    assert map_type("Wonder", assume_protein=False) == "Wonder"
    assert map_type("Wonder", assume_protein=True) == "PROTEIN"
