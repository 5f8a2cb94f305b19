from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.exchange_samples import make_every_relation, say
from interop import run_with
from sigmine.assembly import assemble
from sigmine.exports.bel import make_bel, write_bel
from sigmine.model import Agent, Statement
from store.builders import DENIED, HEDGED, INDIRECT, NO_SUBJECT, PLAIN, make_statements


def write(*statements: Statement) -> str:
    file = io.BytesIO()
    write_bel(statements, file)
    return file.getvalue().decode()


@pytest.mark.parametrize(
    ("subject", "relation", "object", "site", "said"),
    [
        ("AKT1", "phosphorylates", "TSC2", "S939",
         "act(p(HGNC:391 ! AKT1), ma(kin)) => p(HGNC:12363 ! TSC2, pmod(Ph, Ser, 939))"),
        ("AKT1", "dephosphorylates", "TSC2", "S",
         "act(p(HGNC:391 ! AKT1), ma(phos)) =| p(HGNC:12363 ! TSC2, pmod(Ph, Ser))"),
        ("rapamycin", "phosphorylates", "TSC2", "", "a(CHEBI:9168 ! sirolimus) -> p(HGNC:12363 ! TSC2, pmod(Ph))"),
        ("OSI-027", "inhibits_phosphorylation", "AKT1", "S473",
         'a(PUBCHEM:56965966 ! "OSI-027") -| p(HGNC:391 ! AKT1, pmod(Ph, Ser, 473))'),
        ("mTORC1", "ubiquitinates", "AKT", "",
         "act(complex(FPLX:mTORC1 ! mTORC1), ma(cat)) => p(FPLX:AKT ! AKT, pmod(Ub))"),
        ("AKT1", "activates", "mTORC1", "", "p(HGNC:391 ! AKT1) -> act(complex(FPLX:mTORC1 ! mTORC1))"),
        ("AKT1", "inhibits", "apoptosis", "", 'p(HGNC:391 ! AKT1) -| bp(GO:0006915 ! "apoptotic process")'),
        ("AKT1", "decreases_amount", "TSC2", "", "p(HGNC:391 ! AKT1) -| p(HGNC:12363 ! TSC2)"),
        ("AKT1", "part_of", "mTORC1", "", "p(HGNC:391 ! AKT1) partOf complex(FPLX:mTORC1 ! mTORC1)"),
        ("AKT1", "member_of", "AKT", "", "p(HGNC:391 ! AKT1) isA p(FPLX:AKT ! AKT)"),
        ("PKCβ", "activates", 'IκB"α\\', "", 'p(TEXT:"PKCβ") -> act(p(TEXT:"IκB\\"α\\\\"))'),
        (None, "phosphorylates", "TSC2", "T1462", "p(HGNC:12363 ! TSC2, pmod(Ph, Thr, 1462))"),
        (None, "dephosphorylates", "TSC2", "T1462", None),
        (None, "translocates", "AKT1", "", None),
        ("AKT1", "converts", "PIP2", "", None),
        ("AKT1", "phosphorylates", "PIP2", "", None),
    ],
)  # fmt: skip
def test_forms(subject: str | None, relation: str, object: str, site: str, said: str | None) -> None:
    (statement,) = assemble([say(subject, relation, object, site)])
    assert make_bel(statement) == said


def test_who_only_brings_it_about_is_no_kinase() -> None:
    (statement,) = make_statements(INDIRECT)
    assert make_bel(statement) == "a(CHEBI:145810 ! insulin) -> p(FPLX:AKT ! AKT, pmod(Ph))"


def test_each_passage_that_says_so_has_its_lines() -> None:
    text = write(*make_statements(PLAIN, HEDGED, DENIED, NO_SUBJECT))
    assert text.count("act(p(HGNC:391") == 1
    assert f'SET SupportingText = "{PLAIN.sentence}"' in text
    assert 'SET Cites = {"pubmed:12345", "doi:10.1000/x<1>y"}' in text
    assert HEDGED.sentence not in text
    assert DENIED.sentence not in text
    assert "RHEB" not in text


def test_a_text_cannot_write_lines_of_its_own() -> None:
    evil = 'x"\nSET Citation = {"Other", "y"}\np(HGNC:1) -> p(HGNC:2)\\'
    statement = replace(
        make_statements(PLAIN)[0],
        subject=Agent(evil, "PROTEIN"),
        evidence=(replace(PLAIN, sentence=evil, document=evil),),
    )
    lines = write(statement).splitlines()
    assert sum(line.startswith("SET Citation") for line in lines) == 1
    assert not [line for line in lines if line.startswith("p(HGNC:1)")]


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=40))
def test_any_text_stays_on_its_line(text: str) -> None:
    statement = replace(make_statements(PLAIN)[0], evidence=(replace(PLAIN, sentence=text, document=text),))
    plain = write(*make_statements(PLAIN)).splitlines()
    lines = write(statement).splitlines()
    assert [line.partition(" = ")[0] for line in lines] == [line.partition(" = ")[0] for line in plain]
    assert not [line for line in lines if " //" in line]


CHECK = """
import json, logging, sys
from collections import Counter

logging.disable(logging.CRITICAL)
import pybel

graph = pybel.from_bel_script(sys.argv[1])
edges = list(graph.edges(data=True))
print(json.dumps({
    "warnings": [str(warning[1]) for warning in graph.warnings],
    "relations": Counter(data["relation"] for *_, data in edges),
    "evidence": sorted({data["evidence"] for *_, data in edges if data.get("evidence")}),
    "citations": sorted({data["citation"].curie for *_, data in edges if data.get("citation")}),
}))
"""


@pytest.mark.slow
def test_pybel_parses_every_line(tmp_path: Path) -> None:
    odd = [
        'a "quoted\\" /// end # of \\',
        "trailing \\\\",
        "% {braces}, 'single' \t and\nlines",
        "β → α (x) => p(HGNC:1)",
    ]
    (plain,) = make_statements(PLAIN)
    strange = replace(plain, evidence=tuple(replace(PLAIN, sentence=text, document=text) for text in odd))
    (tmp_path / "all.bel").write_text(write(*make_every_relation(), strange))
    found = run_with(CHECK, tmp_path / "all.bel", needs=("pybel",))
    assert found["warnings"] == []
    assert found["relations"]["directlyIncreases"] > 10
    assert {"increases", "decreases", "directlyDecreases", "partOf", "isA", "hasVariant"} <= found["relations"].keys()
    assert len([text for text in found["evidence"] if "others" not in text]) == len(odd)
    assert {"pmc:PMC4253687", "pubmed:25242279"} <= {one.lower().replace("pmc4", "PMC4") for one in found["citations"]}
