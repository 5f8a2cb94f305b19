from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.exchange_samples import make_every_relation, say
from sigmine.assembly import assemble
from sigmine.exports.causaltab import COLUMNS, write_causaltab
from sigmine.exports.cells import flatten_text
from sigmine.known.causaltab import WIDTH, parse_cell, read_causaltab
from sigmine.known.claims import Claim
from sigmine.known.own_output import make_claim
from sigmine.model import Agent, Statement
from store.builders import DENIED, HEDGED, INDIRECT, NO_SUBJECT, PLAIN, UNGROUNDED, make_statements

LEFT_OUT = {"part_of", "member_of", "translocates", "converts", "inhibits_phosphorylation"}


def write(*statements: Statement) -> str:
    file = io.BytesIO()
    write_causaltab(statements, file)
    return file.getvalue().decode()


def make_rows(*statements: Statement) -> list[dict[str, str]]:
    head, *lines = write(*statements).splitlines()
    assert head == "#" + "\t".join(COLUMNS)
    cells = [line.split("\t") for line in lines]
    assert {len(row) for row in cells} <= {WIDTH}
    return [dict(zip(COLUMNS, row, strict=True)) for row in cells]


def test_a_row() -> None:
    (row,) = make_rows(*make_statements(PLAIN))
    assert {name: cell for name, cell in row.items() if cell != "-"} == {
        "ID(s) interactor A": "uniprotkb:P31749",
        "ID(s) interactor B": "uniprotkb:P49815",
        "Alt. ID(s) interactor A": "hgnc:391",
        "Alt. ID(s) interactor B": "hgnc:12363",
        "Alias(es) interactor A": "hgnc:AKT1(gene name)|sigmine:AKT1(display_short)",
        "Alias(es) interactor B": "hgnc:TSC2(gene name)|sigmine:TSC2(display_short)",
        "Interaction detection method(s)": 'psi-mi:"MI:0110"(text mining)',
        "Publication Identifier(s)": "pubmed:12345|doi:10.1000/x<1>y",
        "Taxid interactor A": "taxid:9606(human)",
        "Taxid interactor B": "taxid:9606(human)",
        "Interaction type(s)": 'psi-mi:"MI:0217"(phosphorylation reaction)',
        "Source database(s)": "sigmine:sigmine",
        "Interaction identifier(s)": f"sigmine:{make_statements(PLAIN)[0].id}",
        "Confidence value(s)": "sigmine-belief:0.8000",
        "Biological role(s) interactor A": 'psi-mi:"MI:0501"(enzyme)',
        "Biological role(s) interactor B": 'psi-mi:"MI:0502"(enzyme target)',
        "Experimental role(s) interactor A": 'psi-mi:"MI:0499"(unspecified role)',
        "Experimental role(s) interactor B": 'psi-mi:"MI:0499"(unspecified role)',
        "Type(s) interactor A": 'psi-mi:"MI:0326"(protein)',
        "Type(s) interactor B": 'psi-mi:"MI:0326"(protein)',
        "Interaction annotation(s)": f'comment:"{PLAIN.sentence}"',
        "Negative": "false",
        "Feature(s) interactor B": "phosphorylated residue:939-939(Ser939)",
        "Biological effect of interactor A": 'go:"GO:0016301"(kinase activity)',
    }


@pytest.mark.parametrize(
    ("subject", "relation", "object", "type", "statement"),
    [
        ("AKT1", "activates", "TSC2", "MI:2232", "MI:2236"),
        ("AKT1", "inhibits", "apoptosis", "MI:0190", "MI:2240"),
        ("AKT1", "decreases_amount", "TSC2", "MI:2232", "MI:2242"),
        ("AKT1", "binds", "TSC2", "MI:0915", "-"),
        ("AKT1", "ribosylates", "TSC2", "MI:0557", "-"),
    ],
)
def test_terms(subject: str, relation: str, object: str, type: str, statement: str) -> None:
    (row,) = make_rows(*assemble([say(subject, relation, object)]))
    assert f'"{type}"' in row["Interaction type(s)"]
    assert statement in row["Causal statement"]
    assert row["Causal Regulatory Mechanism"] == "-"


def test_what_is_not_direct_has_a_mechanism() -> None:
    (row,) = make_rows(*make_statements(INDIRECT))
    assert row["Causal Regulatory Mechanism"] == 'psi-mi:"MI:2245"(causal regulatory mechanism)'
    assert row["Biological role(s) interactor A"] == 'psi-mi:"MI:2274"(regulator)'
    assert row["Biological effect of interactor A"] == "-"


def test_what_is_denied_is_a_negative_row_and_what_is_supposed_is_none() -> None:
    (row,) = make_rows(*make_statements(DENIED))
    assert (row["Negative"], row["Confidence value(s)"]) == ("true", "-")
    assert make_rows(*make_statements(HEDGED)) == []
    assert make_rows(*make_statements(NO_SUBJECT)) == []


def test_text_is_quoted() -> None:
    (row,) = make_rows(*make_statements(UNGROUNDED))
    (comment,) = parse_cell(row["Interaction annotation(s)"])
    assert comment.id == UNGROUNDED.sentence.replace("\t", " ")
    assert parse_cell(row["ID(s) interactor A"])[0].id == "<script>alert(1)</script>"


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=30))
def test_any_name_is_one_value_of_one_cell(name: str) -> None:
    statement = replace(make_statements(PLAIN)[0], subject=Agent(name, "CHEMICAL"), evidence=())
    (row,) = make_rows(statement)
    (value,) = parse_cell(row["ID(s) interactor A"])
    assert (value.database, value.id) == ("sigmine", flatten_text(name))


def expect(statement: Statement) -> list[tuple[Any, ...]]:
    """What our own reader should read of it: a claim for what is said, one for what is denied."""
    claim = make_claim(statement, 0)
    if claim.relation in LEFT_OUT or claim.subject is None:
        return []
    sides = {one.mention.opposes for one in statement.evidence if one.mention.opposes or not one.mention.hedged}
    direct = claim.direct or claim.relation == "binds"
    return [(*claim.key, denied, direct, claim.source_id) for denied in sorted(sides)]


def test_our_own_reader_reads_it_back() -> None:
    statements = make_every_relation()
    items = list(read_causaltab(write(*statements).splitlines()))
    claims = [item for item in items if isinstance(item, Claim)]
    assert len(claims) == len(items)
    read = Counter((*claim.key, claim.denied, claim.direct, claim.source_id) for claim in claims)
    assert read == Counter(one for statement in statements for one in expect(statement))
    assert len(read) > 60
    assert {name for claim in claims for name in claim.publications} == {"pubmed:12150915", "pubmed:25242279"}
