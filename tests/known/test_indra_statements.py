from __future__ import annotations

import io
import json
from typing import Any

import pytest

from sigmine.errors import ReadError
from sigmine.known import Claim, Skipped
from sigmine.known.indra_statements import read_indra

Row = dict[str, Any]
AKT1 = {"name": "AKT1", "db_refs": {"HGNC": "391", "UP": "P31749", "TEXT": "Akt"}}
TSC2 = {"name": "TSC2", "db_refs": {"UP": "P49815"}}
RAPAMYCIN = {"name": "rapamycin", "db_refs": {"CHEBI": "CHEBI:9168"}}
MTORC1 = {"name": "mTORC1", "db_refs": {"FPLX": "mTORC1"}}
PHOSPHORYLATION: Row = {
    "type": "Phosphorylation", "enz": AKT1, "sub": TSC2, "residue": "S", "position": "939", "id": "s1", "belief": 0.9,
    "evidence": [{"pmid": "1"}, {"text_refs": {"PMID": "2"}, "epistemics": {"negated": True}}, {"pmid": None}],
}  # fmt: skip


def read(text: str) -> list[Claim | Skipped]:
    return list(read_indra(io.StringIO(text)))


def describe(*rows: Any) -> list[str]:
    return [item.label if isinstance(item, Claim) else item.reason for item in read(json.dumps(rows))]


def test_a_phosphorylation_with_its_site_and_papers() -> None:
    (claim,) = read(json.dumps([PHOSPHORYLATION]))
    assert isinstance(claim, Claim)
    assert claim.subject is not None
    assert (claim.label, claim.subject.curie, claim.object.curie) == (
        "AKT1 phosphorylates TSC2 at S939", "hgnc:391", "hgnc:12363",
    )  # fmt: skip
    assert (claim.publications, claim.denied, claim.belief, claim.place) == (("pubmed:1", "pubmed:2"), False, 0.9, 1)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"type": "Inhibition", "subj": RAPAMYCIN, "obj": MTORC1}, ["rapamycin inhibits mTORC1"]),
        ({"type": "IncreaseAmount", "subj": AKT1, "obj": TSC2}, ["AKT1 increases_amount TSC2"]),
        ({"type": "Phosphorylation", "enz": None, "sub": TSC2}, ["something phosphorylates TSC2"]),
        ({"type": "Complex", "members": [AKT1, TSC2, MTORC1]},
         ["AKT1 binds TSC2", "AKT1 binds mTORC1", "TSC2 binds mTORC1"]),
        ({"type": "Activation", "subj": AKT1, "obj": TSC2, "evidence": [{"epistemics": {"negated": True}}]},
         ["not: AKT1 activates TSC2"]),
        ({"type": "Activation", "subj": AKT1, "obj": TSC2, "evidence": [{"epistemics": {"direct": False}}]},
         ["AKT1 activates (indirectly) TSC2"]),
        ({"type": "ActiveForm", "agent": AKT1}, ["no relation"]),
        ({"type": "Activation", "subj": AKT1}, ["malformed"]),
        ({"type": "Activation", "subj": AKT1, "obj": {"name": None}}, ["malformed"]),
        ({"type": "Activation", "subj": "AKT1", "obj": "TSC2"}, ["malformed"]),
        ({}, ["malformed"]),
        (7, ["malformed"]),
    ],
)  # fmt: skip
def test_types_become_our_relations(row: Any, said: list[str]) -> None:
    assert describe(row, PHOSPHORYLATION) == [*said, "AKT1 phosphorylates TSC2 at S939"]


def test_a_name_that_is_no_text_loses_what_is_none() -> None:
    (claim,) = read('[{"type": "Activation", "subj": {"name": "A\\ud800\\u001b[1m"}, "obj": {"name": "B"}}]')
    assert isinstance(claim, Claim)
    assert claim.label == "A[1m activates B"


def test_the_three_forms_of_a_file_say_the_same() -> None:
    rows = [PHOSPHORYLATION, {"type": "Complex", "members": [AKT1, TSC2]}]
    array = read(json.dumps(rows))
    assert len(array) == 2
    assert read(json.dumps(rows, indent=2)) == array
    assert read(json.dumps({"statements": rows}, indent=1)) == array
    assert read(json.dumps({"statements": {"12": rows[0], "13": rows[1]}})) == array
    assert read("\n".join(map(json.dumps, rows))) == array


def test_a_large_array_is_read_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sigmine.known.indra_statements._PIECE", 7)
    rows = [PHOSPHORYLATION] * 20
    assert [item.place for item in read(json.dumps(rows))] == list(range(1, 21))


def test_a_file_that_was_cut_short_gives_what_it_has() -> None:
    text = json.dumps([PHOSPHORYLATION, PHOSPHORYLATION])
    items = read(text[:-30])
    assert isinstance(items[0], Claim)
    assert isinstance(items[1], Skipped)
    assert "what follows is not read" in items[1].text
    assert "not closed" in str(read(text[:-1])[-1])


def test_a_bad_line_is_named_and_the_rest_goes_on() -> None:
    items = read("\n".join([json.dumps(PHOSPHORYLATION), "{oh", json.dumps(PHOSPHORYLATION)]))
    assert [(item.place, isinstance(item, Claim)) for item in items] == [(1, True), (2, False), (3, True)]


@pytest.mark.parametrize("text", ["{oh", '{"some": "thing"\n}', '"text"'])
def test_what_is_no_indra_is_an_error(text: str) -> None:
    with pytest.raises(ReadError, match="array of statements"):
        read(text)
