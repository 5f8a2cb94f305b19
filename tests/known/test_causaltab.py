from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigmine.known import Claim, Skipped
from sigmine.known.causaltab import WIDTH, parse_cell, read_causaltab

PLACES = {
    "a": 0, "b": 1, "alias_a": 4, "alias_b": 5, "publications": 8, "type": 11, "id": 13, "role_a": 16, "role_b": 17,
    "type_a": 20, "type_b": 21, "negative": 35, "features_a": 36, "features_b": 37, "mechanism": 44, "effect": 45,
}  # fmt: skip
PHOSPHORYLATION = 'psi-mi:"MI:0217"(phosphorylation reaction)'
DOWN = 'psi-mi:"MI:2241"(down-regulates activity)'


def make_line(**cells: str) -> str:
    given = {"a": "uniprotkb:P31749", "b": "uniprotkb:P49815", "type": PHOSPHORYLATION, "effect": DOWN} | cells
    row = ["-"] * WIDTH
    for name, cell in given.items():
        row[PLACES[name]] = cell
    return "\t".join(row)


def read(*lines: str) -> list[Claim | Skipped]:
    return list(read_causaltab(lines))


def describe(*lines: str) -> list[str]:
    return [item.label if isinstance(item, Claim) else f"{item.reason}: {item.text}" for item in read(*lines)]


def test_a_row_with_its_residue() -> None:
    line = make_line(
        features_b='psi-mod:"MOD:00046":939-939', publications="pubmed:12150915|imex:IM-1", id="signor:SIGNOR-7",
        alias_a='signor:AKT1(gene name)|signor:"RAC (alpha)"(synonym)',
    )  # fmt: skip
    assert describe(line) == ["AKT1 phosphorylates TSC2 at S939", "AKT1 inhibits TSC2"]
    claim = read(line)[0]
    assert isinstance(claim, Claim)
    assert (claim.publications, claim.source_id) == (("pubmed:12150915",), "SIGNOR-7")


def test_a_head_is_no_row() -> None:
    head = "\t".join(["#ID(s) interactor A", "ID(s) interactor B", *["x"] * (WIDTH - 2)])
    assert [item.place for item in read(head, make_line())] == [2, 2]


@pytest.mark.parametrize(
    ("feature", "site"),
    [
        ("phosphorylated residue:15-15(Ser15)", "S15"),
        ('psi-mod:"MOD:00048":1007-1007', "Y1007"),
        ("MOD:00696:27-27", "27"),
        ("sufficient to bind:27-195", None),
        ("mutation:27-27", None),
        ("phosphorylated residue:?-?", None),
    ],
)
def test_residues_of_features(feature: str, site: str | None) -> None:
    claim = read(make_line(features_b=feature))[0]
    assert isinstance(claim, Claim)
    assert claim.site == site


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"type": 'psi-mi:"MI:2286"(functional association)',
          "mechanism": 'psi-mi:"MI:2247"(transcriptional regulation)',
          "effect": 'psi-mi:"MI:2235"(up regulates)'}, ["AKT1 increases_amount (indirectly) TSC2"]),
        ({"type": 'psi-mi:"MI:0915"(physical association)', "effect": "-"}, ["AKT1 binds TSC2"]),
        ({"type": "-", "effect": 'psi-mi:"MI:2244"(a name that changed)'}, ["AKT1 decreases_amount TSC2"]),
        ({"type": 'psi-mi:"MI:0194"(cleavage reaction)'},
         ["AKT1 inhibits TSC2", "no relation: mechanism 'cleavage reaction'"]),
        ({"type": 'psi-mi:"MI:9999"(new thing)'}, ["AKT1 inhibits TSC2", "unknown word: mechanism 'new thing'"]),
        ({"negative": "true"}, ["not: AKT1 phosphorylates TSC2", "not: AKT1 inhibits TSC2"]),
        ({"a": "signor:SIGNOR-PF24", "alias_a": "signor:AKT(display_short)", "type_a": 'psi-mi:"MI:1304"(molecule set)',
          "type": "-"}, ["AKT inhibits TSC2"]),
        ({"a": 'chebi:"CHEBI:9168"', "alias_a": "chebi:rapamycin(display_short)", "b": "uniprotkb:P42345", "type": "-",
          "type_a": 'psi-mi:"MI:0328"(small molecule)'}, ["rapamycin inhibits MTOR"]),
    ],
)  # fmt: skip
def test_terms_become_our_relations(cells: dict[str, str], said: list[str]) -> None:
    assert describe(make_line(**cells)) == said


def test_the_roles_say_who_regulates() -> None:
    roles = {"role_a": 'psi-mi:"MI:2275"(regulator target)', "role_b": 'psi-mi:"MI:2274"(regulator)'}
    line = make_line(
        a="uniprotkb:P49815", b="uniprotkb:P31749", features_a="phosphorylated residue:939-939(Ser939)", **roles
    )
    assert describe(line) == ["AKT1 phosphorylates TSC2 at S939", "AKT1 inhibits TSC2"]


def test_a_bad_row_is_named_and_the_rest_goes_on() -> None:
    items = read("uniprotkb:P31749\tuniprotkb:P49815", make_line(a="-"), make_line(b="nothing"), make_line())
    assert [(item.place, isinstance(item, Claim)) for item in items] == [
        (1, False), (2, False), (3, False), (4, True), (4, True),
    ]  # fmt: skip
    assert "2 cells; PSI-MITAB 2.8 has 46" in str(items[0])


def test_quotation_marks_protect_what_separates() -> None:
    (one, other) = parse_cell(r'psi-mi:"MI:0001"("a | b (c) \"d\"")|uniprotkb:P12345(x)')
    assert one == ("psi-mi", "MI:0001", 'a | b (c) "d"')
    assert other == ("uniprotkb", "P12345", "x")
    assert parse_cell("-") == ()


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_cell_breaks_it(text: str) -> None:
    parse_cell(text)
    list(read_causaltab(["\t".join([text.replace("\t", " ")] * WIDTH)]))
