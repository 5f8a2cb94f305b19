from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples import make_mention
from sigmine.assembly.evidence import make_evidence
from sigmine.assembly.refinements import Hierarchy, Refinements, find_refinements, is_refinement, is_site_within
from sigmine.model import Document
from sigmine.model.ids import make_statement_id
from sigmine.model.statement import Agent, Statement
from sigmine.resources.lexicon_tables import Membership

MEMBERSHIPS = (
    Membership("hgnc:391", "isa", "fplx:AKT"),
    Membership("hgnc:392", "isa", "fplx:AKT"),
    Membership("fplx:AKT", "isa", "fplx:AGC"),
    Membership("hgnc:30287", "partof", "fplx:mTORC1"),
    Membership("hgnc:3942", "partof", "fplx:mTORC1"),
    Membership("hgnc:3942", "partof", "fplx:mTORC2"),
)


def find_parents(key: str) -> list[Membership]:
    return [one for one in MEMBERSHIPS if one.child == key]


HIERARCHY = Hierarchy(find_parents)


def state(
    subject: str | None,
    relation: str,
    object: str,
    site: str | None = None,
    *,
    direct: bool = True,
    negated: int = 0,
    stated: int = 1,
) -> Statement:
    """A statement about CURIEs, with that many sentences for and against it."""
    ends = Agent(subject, "PROTEIN", subject) if subject else None, Agent(object, "PROTEIN", object)
    text = Document("a", "AKT1 phosphorylates TSC2. " * 9)
    evidence = tuple(
        make_evidence(
            make_mention(
                text,
                "phosphorylates",
                "AKT1",
                "TSC2",
                negated=i >= stated,
                sentence=(26 * i, 26 * i + 25),
                direct=direct,
            ),
            text,
        )
        for i in range(stated + negated)
    )
    return Statement(make_statement_id(relation, *ends, site), relation, *ends, site, evidence, 0.8, direct)


AKT = state("fplx:AKT", "phosphorylates", "hgnc:12363")
AKT1 = state("hgnc:391", "phosphorylates", "hgnc:12363")
AKT1_SITE = state("hgnc:391", "phosphorylates", "hgnc:12363", "S939")
UNKNOWN = state(None, "phosphorylates", "hgnc:12363")


@pytest.mark.parametrize(
    ("special", "general"),
    [
        (AKT1, AKT),
        (AKT1, state("fplx:AGC", "phosphorylates", "hgnc:12363")),
        (AKT, UNKNOWN),
        (AKT1_SITE, AKT1),
        (AKT1_SITE, state("hgnc:391", "phosphorylates", "hgnc:12363", "S")),
        (AKT1_SITE, UNKNOWN),
        (AKT1, state("fplx:AKT", "phosphorylates", "hgnc:12363", direct=False)),
        (state("hgnc:391", "phosphorylates", "hgnc:12363", direct=False), UNKNOWN),
        (state("hgnc:30287", "activates", "hgnc:391"), state("fplx:mTORC1", "activates", "fplx:AKT")),
        (state("hgnc:391", "binds", "hgnc:12363"), state("hgnc:12363", "binds", "fplx:AKT")),
        (state("hgnc:391", "activates", "hgnc:1"), state("hgnc:391", "regulates", "hgnc:1")),
    ],
)
def test_what_says_more_refines(special: Statement, general: Statement) -> None:
    assert is_refinement(special, general, HIERARCHY)
    assert not is_refinement(general, special, HIERARCHY)
    found = find_refinements([general, special], HIERARCHY)
    assert found.general[special.id] == (general.id,)
    assert found.specific[general.id] == (special.id,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (AKT1, AKT1),
        (AKT1, state("hgnc:392", "phosphorylates", "hgnc:12363")),
        (AKT1, state("fplx:AKT", "activates", "hgnc:12363")),
        (AKT1, state("fplx:AKT", "phosphorylates", "hgnc:1")),
        (AKT1_SITE, state("hgnc:391", "phosphorylates", "hgnc:12363", "S981")),
        (AKT1_SITE, state("hgnc:391", "phosphorylates", "hgnc:12363", "T")),
        (AKT1_SITE, state("hgnc:391", "phosphorylates", "hgnc:12363", "S93")),
        # general in one respect, special in another
        (AKT1, state("fplx:AKT", "phosphorylates", "hgnc:12363", "S939")),
        (state("hgnc:391", "phosphorylates", "hgnc:12363", direct=False), AKT),
        # mTOR is a part of two complexes: which of them did it is not said
        (state("hgnc:3942", "phosphorylates", "hgnc:391"), state("fplx:mTORC1", "phosphorylates", "hgnc:391")),
        (state("AKT1", "activates", "x"), state("AKT", "activates", "x")),
    ],
)
def test_what_says_something_else_does_not(one: Statement, other: Statement) -> None:
    assert not is_refinement(one, other, HIERARCHY)
    assert not is_refinement(other, one, HIERARCHY)


def test_only_direct_edges_are_kept() -> None:
    found = find_refinements([UNKNOWN, AKT, AKT1, AKT1_SITE], HIERARCHY)
    assert found.general[AKT1_SITE.id] == (AKT1.id,)
    assert found.general[AKT1.id] == (AKT.id,)
    assert found.specific[UNKNOWN.id] == (AKT.id,)
    assert set(found.find_all_specific(UNKNOWN.id)) == {AKT.id, AKT1.id, AKT1_SITE.id}


def test_who_says_more_supports_the_general_statement_and_his_denials_do_not() -> None:
    denied = state("hgnc:392", "phosphorylates", "hgnc:12363", stated=0, negated=1)
    found = find_refinements([AKT, denied], HIERARCHY)
    alone = found.compute_belief(AKT.id)
    assert found.collect_evidence(AKT.id) == list(AKT.evidence)
    poor = state("fplx:AKT", "phosphorylates", "hgnc:12363", stated=0)
    assert find_refinements([poor], HIERARCHY).compute_belief(poor.id) == 0
    assert find_refinements([poor, AKT1], HIERARCHY).compute_belief(poor.id) == pytest.approx(alone)


@pytest.mark.parametrize(
    ("site", "other", "within"),
    [("S473", None, True), (None, None, True), ("S473", "S", True), ("S", "S473", False), (None, "S", False)],
)
def test_sites_within_sites(site: str | None, other: str | None, within: bool) -> None:
    assert is_site_within(site, other) is within


def test_the_bundled_families_know_akt() -> None:
    assert Hierarchy().belongs("hgnc:391", "fplx:AKT")
    assert not Hierarchy().belongs("fplx:AKT", "hgnc:391")


_KEYS = "abcde"
_MEMBERSHIPS = st.lists(
    st.builds(Membership, st.sampled_from(_KEYS), st.sampled_from(["isa", "partof"]), st.sampled_from(_KEYS)),
    max_size=8,
)
_STATEMENTS = st.lists(
    st.builds(
        state,
        st.sampled_from([None, *_KEYS]),
        st.sampled_from(["phosphorylates", "activates", "regulates", "binds"]),
        st.sampled_from(_KEYS),
        st.sampled_from([None, "S", "S473", "T308"]),
        direct=st.booleans(),
    ).filter(lambda one: one.relation != "binds" or one.subject is not None),
    max_size=9,
    unique_by=lambda one: one.id,
)


@given(_MEMBERSHIPS, _STATEMENTS)
def test_it_is_a_strict_partial_order_and_the_index_finds_all_of_it(
    memberships: list[Membership], statements: list[Statement]
) -> None:
    """Also where the memberships go in circles."""
    hierarchy = Hierarchy(lambda key: [one for one in memberships if one.child == key])
    order = {(one.id, other.id) for one in statements for other in statements if is_refinement(one, other, hierarchy)}
    assert not any((b, a) in order for a, b in order)
    assert all((a, d) in order for a, b in order for c, d in order if b == c)
    found = find_refinements(statements, hierarchy)
    assert {(one, other) for other in found.specific for one in found.find_all_specific(other)} == order
    assert_reduced(found)


def assert_reduced(found: Refinements) -> None:
    """No edge says what two others say."""
    for general in found.specific:
        for one in found.specific[general]:
            others = set(found.specific[general]) - {one}
            assert not any(one in found.find_all_specific(other) for other in others)


@given(_STATEMENTS, st.randoms())
def test_the_order_given_does_not_matter(statements: list[Statement], random: object) -> None:
    shuffled = list(statements)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = find_refinements(statements, HIERARCHY), find_refinements(shuffled, HIERARCHY)
    assert {one: set(found) for one, found in first.general.items()} == {
        one: set(found) for one, found in second.general.items()
    }
