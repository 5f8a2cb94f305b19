from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from known.builders import HEAD, make_signor
from sigmine.known import Claim, Skipped
from sigmine.known.signor import read_signor


def read(*lines: str, head: str = HEAD) -> tuple[list[Claim], list[Skipped]]:
    items = list(read_signor([head, *lines] if head else lines))
    return [one for one in items if isinstance(one, Claim)], [one for one in items if isinstance(one, Skipped)]


def describe(claims: list[Claim]) -> list[str]:
    return [claim.label for claim in claims]


def test_a_row_states_its_mechanism_and_its_effect() -> None:
    line = make_signor("AKT1", "TSC2", "down-regulates activity", "phosphorylation", "Ser939", PMID="12150915")
    claims, skipped = read(line + "\t\t\t\t0.8\tSIGNOR-7", head=HEAD + "\tNOTES\tANNOTATOR\tSENTENCE\tSCORE\tSIGNOR_ID")
    assert (describe(claims), skipped) == (["AKT1 phosphorylates TSC2 at S939", "AKT1 inhibits TSC2"], [])
    one = claims[0]
    assert one.subject is not None
    assert (one.subject.curie, one.object.curie, one.place) == ("hgnc:391", "hgnc:12363", 2)
    assert (one.publications, one.source_id, one.direct) == (("pubmed:12150915",), "SIGNOR-7", True)
    assert one.words == "phosphorylation, down-regulates activity"


@pytest.mark.parametrize(
    ("effect", "mechanism", "relations"),
    [
        ("up-regulates activity", "", ["activates"]),
        ("up-regulates", "binding", ["binds", "activates"]),
        ("down-regulates", "chemical inhibition", ["inhibits"]),
        ("down-regulates quantity by destabilization", "polyubiquitination", ["ubiquitinates", "decreases_amount"]),
        ("up-regulates quantity by expression", "transcriptional regulation", ["increases_amount"]),
        ("up-regulates", "transcriptional regulation", ["increases_amount"]),
        ("down-regulates", "destabilization", ["decreases_amount"]),
        ("form complex", "binding", ["binds"]),
        ("unknown", "Dephosphorylation", ["dephosphorylates"]),
        ("Up-Regulates Activity", "GTPase-activating protein", ["activates"]),
    ],
)
def test_words_become_our_relations(effect: str, mechanism: str, relations: list[str]) -> None:
    claims, skipped = read(make_signor("AKT1", "TSC2", effect, mechanism))
    assert ([claim.relation for claim in claims], skipped) == (relations, [])


@pytest.mark.parametrize(
    ("effect", "mechanism", "kept", "reason", "text"),
    [
        ("down-regulates activity", "cleavage", ["inhibits"], "no relation", "mechanism 'cleavage'"),
        ("up-regulates", "telepathy", ["activates"], "unknown word", "mechanism 'telepathy'"),
        ("sideways", "phosphorylation", ["phosphorylates"], "unknown word", "effect 'sideways'"),
        ("unknown", "", [], "no relation", "effect 'unknown' alone"),
    ],
)
def test_what_has_no_relation_of_ours_is_told(
    effect: str, mechanism: str, kept: list[str], reason: str, text: str
) -> None:
    claims, skipped = read(make_signor("CASP3", "TSC2", effect, mechanism))
    assert [claim.relation for claim in claims] == kept
    assert [(one.reason, one.text) for one in skipped] == [(reason, text)]


def test_each_residue_is_a_claim_and_belongs_to_the_modification_alone() -> None:
    claims, _ = read(make_signor("AKT1", "TSC2", "down-regulates", "phosphorylation", "Ser939; Thr1462"))
    assert [(claim.relation, claim.site) for claim in claims] == [
        ("phosphorylates", "S939"), ("phosphorylates", "T1462"), ("inhibits", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("type", "database", "identifier", "name", "curie"),
    [
        ("protein", "UNIPROT", "P31749-2", "AKT1", "hgnc:391"),
        ("protein", "UNIPROT", "P01023-PRO_0000000055", "A2M", "hgnc:7"),
        ("protein", "UNIPROT", "P68431", "H3C1", "uniprot:P68431"),  # several genes make it
        ("proteinfamily", "SIGNOR", "SIGNOR-PF24", "AKT", "fplx:AKT"),
        ("proteinfamily", "SIGNOR", "SIGNOR-PF1", "ERK1/2", "fplx:ERK"),
        ("complex", "SIGNOR", "SIGNOR-C3", "mTORC1", "fplx:mTORC1"),
        ("complex", "SIGNOR", "SIGNOR-C99999", "mTORC2", "fplx:mTORC2"),
        ("complex", "SIGNOR", "SIGNOR-C99998", "A/B/C", None),
        ("smallmolecule", "ChEBI", "CHEBI:9168", "sirolimus", "chebi:9168"),
        ("chemical", "PUBCHEM", "CID: 16659841", "a drug without name", "pubchem.compound:16659841"),
        ("chemical", "PUBCHEM", "SID:4711", "a substance", None),
        ("phenotype", "SIGNOR", "SIGNOR-PH2", "Apoptosis", None),
        ("protein", "UNIPROT", "no accession", "odd", None),
    ],
)
def test_ends_have_our_identities(type: str, database: str, identifier: str, name: str, curie: str | None) -> None:
    line = make_signor("AKT1", name, "up-regulates", TYPEB=type, DATABASEB=database, IDB=identifier)
    (claim,), skipped = read(line)
    assert (claim.object.curie, skipped) == (curie, [])


def test_a_bad_row_is_named_and_the_rest_goes_on() -> None:
    good = make_signor("AKT1", "TSC2", "down-regulates")
    claims, skipped = read("one\ttwo", good, make_signor("", "TSC2", "up-regulates"), "", good,
                           make_signor("AKT1", "TSC2", "up-regulates", "phosphorylation", "Xyz12"))  # fmt: skip
    assert [claim.place for claim in claims] == [3, 6]
    assert [(one.place, one.reason) for one in skipped] == [(2, "malformed"), (4, "malformed"), (7, "malformed")]
    assert "2 cells" in skipped[0].text
    assert "ENTITYA is empty" in skipped[1].text
    assert "'Xyz12' is no residue" in skipped[2].text


def test_columns_are_found_by_name_and_without_a_head_by_place() -> None:
    line = make_signor("AKT1", "TSC2", "down-regulates", "phosphorylation", "Thr1462", DIRECT="f")
    cells = line.split("\t")
    turned = "\t".join(reversed(HEAD.split("\t"))), "\t".join(reversed(cells))
    expected = ["AKT1 phosphorylates (indirectly) TSC2 at T1462", "AKT1 inhibits (indirectly) TSC2"]
    assert describe(read(turned[1], head=turned[0])[0]) == expected
    claims, _ = read(line + "\tmore\tSIGNOR-12", head="")
    assert (describe(claims), claims[0].source_id, claims[0].place) == (expected, "SIGNOR-12", 1)


def test_a_quoted_cell_may_hold_line_breaks_and_a_stray_mark_takes_no_rows() -> None:
    head = HEAD + "\tSENTENCE\tSIGNOR_ID"
    line = make_signor("AKT1", "TSC2", "down-regulates")
    broken = f'{line}\t"Two\nlines"\tSIGNOR-1'.split("\n")
    claims, skipped = read(*broken, f"{line}\tplain\tSIGNOR-2", head=head)
    assert ([claim.source_id for claim in claims], skipped) == (["SIGNOR-1", "SIGNOR-2"], [])
    claims, skipped = read(f'{line}\t"never closed', *[f"{line}\tplain\tSIGNOR-{n}" for n in range(40)], head=head)
    assert (len(claims), skipped) == (41, [])


@settings(deadline=None)
@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\n\r"), max_size=60), max_size=8))
def test_no_text_breaks_it(lines: list[str]) -> None:
    for line in lines:
        for item in read_signor([HEAD, "\t".join([line] * 30)]):
            assert item.place == 2
    list(read_signor([HEAD, *lines]))
