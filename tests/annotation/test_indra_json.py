"""Statements of our own, in INDRA's JSON."""

from __future__ import annotations

from typing import Any

import pytest

from sigmine.annotation.indra_json import parse_indra
from sigmine.annotation.place import FoundClaim

Row = dict[str, Any]


def make_agent(name: str, **references: object) -> Row:
    return {"name": name, "db_refs": references}


ATM = make_agent("ATM", HGNC="795", UP="Q13315", TEXT="ATM kinase")
CHEK2 = make_agent("CHEK2", HGNC="16627")
RAS = make_agent("RAS", FPLX="RAS")


def make_evidence(text: str, *words: str | None, **more: Any) -> Row:
    return {"source_api": "reach", "text": text, "annotations": {"agents": {"raw_text": list(words)}}, **more}


def parse(kind: str, **more: Any) -> list[FoundClaim]:
    return list(parse_indra([{"type": kind, "id": "s1", **more}]))


def describe(claim: FoundClaim) -> tuple[str, str | None, str]:
    return claim.relation, claim.subject.name if claim.subject else None, claim.object.name


def test_a_phosphorylation_with_a_site() -> None:
    evidence = make_evidence(
        "ATM kinase phosphorylates Chk2 on threonine 68.", "ATM kinase", "Chk2", source_hash=-12, source_id="doc",
        pmid="11", text_refs={"PMID": "11", "DOI": "10.1000/1"}, epistemics={"direct": True},
    )  # fmt: skip
    (claim,) = parse(
        "Phosphorylation", enz=ATM, sub=CHEK2, residue="T", position="68", belief=0.75, evidence=[evidence]
    )
    assert claim.subject is not None
    assert (claim.subject.name, claim.subject.type, claim.subject.curie) == ("ATM", "PROTEIN", "hgnc:795")
    assert (claim.object.name, claim.object.curie) == ("CHEK2", "hgnc:16627")
    assert (claim.relation, claim.sites, claim.belief) == ("phosphorylates", ("T68",), 0.75)
    assert (claim.id, claim.rule) == ("s1--12", "reach")
    assert claim.sentence == "ATM kinase phosphorylates Chk2 on threonine 68."
    assert claim.documents == ("doc", "11", "11", "10.1000/1")
    assert claim.words == ("ATM kinase", "Chk2")
    assert (claim.negated, claim.hedged, claim.direct) == (False, False, True)


@pytest.mark.parametrize(
    ("given", "sites"),
    [({"residue": "S"}, ("S",)), ({"position": "68"}, ()), ({"residue": None, "position": None}, ()), ({}, ())],
)
def test_a_site_needs_its_residue(given: Row, sites: tuple[str, ...]) -> None:
    assert parse("Phosphorylation", enz=ATM, sub=CHEK2, **given)[0].sites == sites


def test_an_enzyme_may_be_missing() -> None:
    evidence = make_evidence("CHEK2 is ubiquitinated.", None, "CHEK2")
    (claim,) = parse("Ubiquitination", enz=None, sub=CHEK2, evidence=[evidence])
    assert describe(claim) == ("ubiquitinates", None, "CHEK2")
    assert claim.words == (None, "CHEK2")


def test_each_evidence_is_a_claim_and_none_gives_one_without_a_sentence() -> None:
    evidence = [make_evidence("ATM activates CHEK2.", "ATM", "CHEK2"), make_evidence("CHEK2 is switched on by ATM.")]
    claims = parse("Activation", subj=ATM, obj=CHEK2, evidence=evidence)
    assert [claim.sentence for claim in claims] == ["ATM activates CHEK2.", "CHEK2 is switched on by ATM."]
    assert [claim.words for claim in claims] == [("ATM", "CHEK2"), (None, None)]
    (bare,) = parse("Activation", subj=ATM, obj=CHEK2)
    assert (bare.sentence, bare.documents, bare.belief) == ("", (), 1.0)


def test_the_annotations_of_an_evidence_may_be_missing() -> None:
    for missing in (None, {}, {"agents": None}, {"agents": {"raw_text": None}}):
        (claim,) = parse("Activation", subj=ATM, obj=CHEK2, evidence=[{"text": "x", "annotations": missing}])
        assert (claim.words, claim.rule) == ((None, None), "")


def test_a_complex_of_three_is_three_pairs_each_with_its_own_words() -> None:
    members = [make_agent(name) for name in ("EZH2", "SUZ12", "EED")]
    evidence = make_evidence("PRC2 holds EZH2, Suz12 and EED.", "EZH2", "Suz12", "EED")
    claims = parse("Complex", members=members, evidence=[evidence])
    assert [describe(claim) for claim in claims] == [
        ("binds", "EZH2", "SUZ12"),
        ("binds", "EZH2", "EED"),
        ("binds", "SUZ12", "EED"),
    ]
    assert [claim.words for claim in claims] == [("EZH2", "Suz12"), ("EZH2", "EED"), ("Suz12", "EED")]


def test_a_complex_of_one_is_nothing() -> None:
    assert parse("Complex", members=[make_agent("EGFR")]) == []


def test_an_autophosphorylation_has_the_same_ends() -> None:
    evidence = make_evidence("JAK2 autophosphorylates at Tyr1007.", "JAK2")
    (claim,) = parse("Autophosphorylation", enz=make_agent("JAK2"), residue="Y", position="1007", evidence=[evidence])
    assert describe(claim) == ("phosphorylates", "JAK2", "JAK2")
    assert (claim.sites, claim.words) == (("Y1007",), ("JAK2", "JAK2"))


@pytest.mark.parametrize(
    ("kind", "role", "name", "relation"), [("Gef", "gef", "SOS1", "activates"), ("Gap", "gap", "NF1", "inhibits")]
)
def test_what_acts_on_a_gtpase(kind: str, role: str, name: str, relation: str) -> None:
    (claim,) = parse(kind, **{role: make_agent(name), "ras": RAS})
    assert describe(claim) == (relation, name, "RAS")
    assert (claim.object.type, claim.object.curie) == ("FAMILY", "fplx:RAS")
    assert parse(kind, ras=RAS) == []


def test_a_conversion_is_one_claim_for_each_substrate() -> None:
    products = [make_agent("glucose 6-phosphate"), make_agent("ADP")]
    substrates = [make_agent("glucose", CHEBI="CHEBI:17234"), make_agent("ATP", CHEBI="CHEBI:15422")]
    evidence = make_evidence(
        "HK2 turns glucose and ATP into ...", "HK2", "glucose", "ATP", "glucose 6-phosphate", "ADP"
    )
    claims = parse("Conversion", subj=make_agent("HK2"), obj_from=substrates, obj_to=products, evidence=[evidence])
    assert [describe(claim) for claim in claims] == [("converts", "HK2", "glucose"), ("converts", "HK2", "ATP")]
    assert [claim.words for claim in claims] == [("HK2", "glucose"), ("HK2", "ATP")]
    assert (claims[0].object.type, claims[0].object.curie) == ("CHEMICAL", "chebi:17234")


def test_a_translocation_has_no_subject() -> None:
    evidence = make_evidence("STAT1 enters the nucleus.", "STAT1")
    (claim,) = parse("Translocation", agent=make_agent("STAT1"), to_location="nucleus", evidence=[evidence])
    assert (describe(claim), claim.words) == (("translocates", None, "STAT1"), ("STAT1",))


@pytest.mark.parametrize(
    ("epistemics", "flags"),
    [
        ({"negated": True}, (True, False, True)),
        ({"hypothesis": True}, (False, True, True)),
        ({"direct": False}, (False, False, False)),
        ({"direct": None, "negated": False}, (False, False, True)),
        (None, (False, False, True)),
    ],
)
def test_epistemics_are_flags(epistemics: Row | None, flags: tuple[bool, bool, bool]) -> None:
    evidence = make_evidence("ATM inhibits CHEK2.", epistemics=epistemics)
    (claim,) = parse("Inhibition", subj=ATM, obj=CHEK2, evidence=[evidence])
    assert (claim.negated, claim.hedged, claim.direct) == flags


@pytest.mark.parametrize(
    "statement",
    [
        {"type": "ActiveForm", "agent": ATM, "activity": "kinase", "is_active": True},
        {"type": "Influence", "subj": {"concept": {"name": "rain"}}, "obj": {"concept": {"name": "flood"}}},
        {"type": "Myristoylation", "enz": ATM, "sub": CHEK2},
        {"type": "Activation", "subj": ATM, "obj": None},
        {"type": "Phosphorylation", "enz": ATM, "sub": None},
        {},
    ],
)
def test_what_has_no_relation_or_no_ends_is_left_out(statement: Row) -> None:
    kept = {"type": "IncreaseAmount", "subj": ATM, "obj": CHEK2}
    assert [describe(claim) for claim in parse_indra([statement, kept])] == [("increases_amount", "ATM", "CHEK2")]


@pytest.mark.parametrize(
    ("references", "type", "curie"),
    [
        ({"HGNC": "795"}, "PROTEIN", "hgnc:795"),
        ({"UP": "Q13315"}, "PROTEIN", None),
        ({"FPLX": "AKT", "TEXT": "Akt"}, "FAMILY", "fplx:AKT"),
        ({"CHEBI": ["CHEBI:15422"]}, "CHEMICAL", "chebi:15422"),
        ({"PUBCHEM": "5330286"}, "CHEMICAL", "pubchem.compound:5330286"),
        ({"GO": "GO:0006915"}, "PROCESS", "go:0006915"),
        ({"MESH": "D017209"}, "PROCESS", "mesh:D017209"),
        ({"TEXT": "the kinase"}, "PROTEIN", None),
        ({}, "PROTEIN", None),
    ],
)
def test_references_give_type_and_identifier(references: Row, type: str, curie: str | None) -> None:
    (claim,) = parse("Activation", subj=make_agent("x", **references), obj=CHEK2)
    assert claim.subject is not None
    assert (claim.subject.type, claim.subject.curie, claim.subject.spans) == (type, curie, ())
