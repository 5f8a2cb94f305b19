from __future__ import annotations

import re

import pytest

from sigmine.grounding import ground_mentions
from sigmine.model import Entity

SPECIES = ("yeast", "Drosophila", "mouse", "human", "E. coli", "fission yeast")
MOLECULES = ("S6K", "TORC1", "TSC2", "AKT1", "MTOR")


def ground(text: str) -> dict[str, tuple[str | None, str | None]]:
    """Molecule to CURIE and reason."""
    found = [(match, "SPECIES") for name in SPECIES for match in re.finditer(re.escape(name), text)]
    found += [(match, "PROTEIN") for name in MOLECULES for match in re.finditer(rf"\b{name}\b", text)]
    mentions = [Entity(match[0], *match.span(), kind, match[0]) for match, kind in found]
    mentions.sort(key=lambda one: one.start)
    return {one.text: (one.curie, one.reason) for one in ground_mentions(mentions, text=text) if one.type != "SPECIES"}


@pytest.mark.parametrize(
    "text",
    [
        "Drosophila S6K controls the size of cells.",
        "The kinase S6K of Drosophila controls the size of cells.",
        "In human cells MTOR acts; Drosophila protein S6K is shorter.",
    ],
)
def test_a_molecule_of_a_fly_is_no_human_gene(text: str) -> None:
    curie, reason = ground(text)["S6K"]
    assert curie is None
    assert reason == "named as a molecule of Drosophila melanogaster"


def test_what_is_listed_after_it_is_of_the_same_species() -> None:
    found = ground("In human cells AKT1 phosphorylates MTOR, unlike yeast TORC1 and TSC2, which AKT1 lacks.")
    assert found["TORC1"][0] is None
    assert found["TSC2"][0] is None
    assert found["MTOR"][0] == "hgnc:3942"


@pytest.mark.parametrize(
    "text",
    [
        "The mouse TSC2 gene was deleted.",  # an orthologue goes by the human gene
        "TSC2 binds AKT1 in yeast.",  # where the two were brought together
        "A yeast two-hybrid screen with TSC2 as the bait.",
        "Human TSC2 was made in E. coli. E. coli TSC2 was pure, and E. coli grew.",
        "TSC2 lies beside yeast.",
    ],
)
def test_human_first(text: str) -> None:
    if "E. coli TSC2" not in text:
        assert ground(text)["TSC2"][0] == "hgnc:12363"


def test_a_document_on_another_species_names_its_molecules() -> None:
    text = "Fission yeast: fission yeast TORC1. In fission yeast and in yeast, TSC2 inhibits S6K."
    assert {curie for curie, _ in ground(text).values()} == {None}


def test_without_text_all_is_human() -> None:
    fly = Entity("Drosophila", 0, 10, "SPECIES", "Drosophila")
    kinase = Entity("S6K", 11, 14, "PROTEIN", "S6K")
    assert ground_mentions([fly, kinase])[1].curie == "fplx:P70S6K"
