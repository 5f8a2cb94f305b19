from __future__ import annotations

import pytest

from sigmine.grounding import explain_grounding
from sigmine.grounding.candidates import find_candidates
from sigmine.resources.lexicon import load_lexicon


def choose(text: str, type_: str | None = None) -> tuple[str | None, str] | None:
    chosen = [c for c in explain_grounding(text, type=type_) if c.chosen]
    assert len(chosen) <= 1
    return (chosen[0].curie, chosen[0].name) if chosen and (chosen[0].curie or chosen[0].name == "rapalog") else None


@pytest.mark.parametrize(
    ("text", "type_", "curie", "name"),
    [
        ("AKT", "FAMILY", "fplx:AKT", "AKT"),
        ("Akt", "PROTEIN", "fplx:AKT", "AKT"),
        ("mTOR", "PROTEIN", "hgnc:3942", "MTOR"),
        ("4EBP1", "PROTEIN", "hgnc:3288", "EIF4EBP1"),
        ("p70S6K", "PROTEIN", "hgnc:10436", "RPS6KB1"),
        ("PDK1", "PROTEIN", "hgnc:8816", "PDPK1"),
        ("GLUT4", "PROTEIN", "hgnc:11009", "SLC2A4"),
        ("EIF4E", "PROTEIN", "hgnc:3287", "EIF4E"),
        ("phospho-AKT1", "PROTEIN", "hgnc:391", "AKT1"),
        ("human TSC2 protein", "PROTEIN", "hgnc:12363", "TSC2"),
        ("TSC1–TSC2 complex", "COMPLEX", "fplx:TSC", "TSC"),
        ("mTORC2 complex", "COMPLEX", "fplx:mTORC2", "mTORC2"),
        ("Everolimus", "CHEMICAL", "chebi:68478", "everolimus"),
        ("rapalogs", "CHEMICAL", None, "rapalog"),
        ("mTOR pathway", "PROCESS", "go:0031929", "TOR signaling"),
        ("hBRCA2", "PROTEIN", "hgnc:1101", "BRCA2"),
        ("pAkt", "PROTEIN", "fplx:AKT", "AKT"),
        ("YAP1 S61", "PROTEIN", "hgnc:16262", "YAP1"),
        ("Rolipram", "CHEMICAL", "chebi:104872", "rolipram"),
        ("Gαs", "PROTEIN", "fplx:G_s_alpha", "G_s_alpha"),
        ("neogenin", "PROTEIN", "hgnc:7754", "NEO1"),
        ("BRK", "PROTEIN", "hgnc:9617", "PTK6"),  # not brinker, of the fly
        ("Tax", "PROTEIN", "uniprot:P03409", "Tax"),  # of a virus, and spelled so
    ],
)
def test_a_name_has_one_identity(text: str, type_: str, curie: str | None, name: str) -> None:
    assert choose(text, type_) == (curie, name)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("TEL", "PROTEIN"),  # short, and a synonym of one gene among other meanings
        ("PAP", "PROTEIN"),  # a synonym of several genes
        ("Zyxo4", "PROTEIN"),
        ("GR", "PROTEIN"),  # a receptor and a reductase
        ("CAT", "PROTEIN"),  # catalase, and the reporter enzyme
        ("PI3", "PROTEIN"),  # elafin, or half of "PI3 kinase"
        ("calponin", "PROTEIN"),  # three genes, and no family in FamPlex
        ("rapamycin", "PROTEIN"),  # another kind of thing
        ("AKT", "DISEASE"),
        ("", "PROTEIN"),
    ],
)
def test_a_guess_is_not_made(text: str, type_: str) -> None:
    assert choose(text, type_) is None


def test_explanations_say_why() -> None:
    best, second = explain_grounding("PDK1")[:2]
    assert best.chosen
    assert not second.chosen
    assert best.score > second.score
    assert "curated name 'PDK1' of famplex" in best.reasons
    assert "symbol name 'PDK1' of hgnc" in second.reasons
    assert any("types agree" in reason for reason in explain_grounding("PDK1", type="PROTEIN")[0].reasons)


def test_explanations_say_why_not() -> None:
    candidates = explain_grounding("PAP", type="PROTEIN")
    assert len(candidates) > 1
    assert "not told apart from others by the name" in candidates[0].reasons


def test_a_complex_can_be_known_by_its_parts() -> None:
    lexicon = load_lexicon()
    (found,) = find_candidates("PRKAA1-PRKAB1-PRKAG1 complex", "COMPLEX", lexicon)
    assert found.curie == "fplx:AMPK_A1B1G1"
    assert found.reasons == ("the only complex that holds PRKAA1 and PRKAB1 and PRKAG1",)
    assert find_candidates("PRKAA1-TSC2 complex", "COMPLEX", lexicon) == []
