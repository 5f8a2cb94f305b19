from __future__ import annotations

from collections.abc import Sequence

import pytest

from known.builders import AGENTS, make_claim
from sigmine.known import Claim, Finding, KnownComparison, compare_with_known
from sigmine.model import Agent

TSC2_S939 = make_claim("AKT1", "phosphorylates", "TSC2", "S939")


def judge(ours: Claim, *theirs: Claim) -> Finding:
    findings = [one for one in compare_with_known([ours], theirs).findings if one.ours is not None]
    assert len(findings) == 1
    return findings[0]


def describe(result: KnownComparison) -> list[tuple[str, str]]:
    return [(one.kind, (one.ours or one.theirs[0]).label) for one in result.findings]


def test_the_same_is_known_with_all_its_rows() -> None:
    rows = [make_claim("AKT1", "phosphorylates", "TSC2", "S939", place=place) for place in (3, 9)]
    found = judge(TSC2_S939, *rows)
    assert (found.kind, [claim.place for claim in found.theirs]) == ("known", [3, 9])
    assert judge(make_claim("TSC2", "binds", "AKT1"), make_claim("AKT1", "binds", "TSC2")).kind == "known"


@pytest.mark.parametrize(
    ("theirs", "direction", "why"),
    [
        (("AKT1", "phosphorylates", "TSC2", None), "ours", ("site",)),
        (("AKT", "phosphorylates", "TSC2", "S939"), "ours", ("subject",)),
        ((None, "phosphorylates", "TSC2", None), "ours", ("site", "subject")),
    ],
)
def test_who_says_more_is_told(theirs: tuple[str, str, str, str], direction: str, why: tuple[str, ...]) -> None:
    other = make_claim(*theirs)
    found, turned = judge(TSC2_S939, other), judge(other, TSC2_S939)
    assert (found.kind, found.direction, found.why) == ("refined", direction, why)
    assert (turned.kind, turned.direction, turned.why) == ("refined", "theirs", why)


def test_each_may_say_more_in_something() -> None:
    found = judge(make_claim("AKT", "phosphorylates", "TSC2", "S939"), make_claim("AKT1", "phosphorylates", "TSC2"))
    assert (found.kind, found.direction, found.why) == ("refined", "each", ("site", "subject"))


def test_the_nearest_is_shown_and_all_are_met() -> None:
    near, far = make_claim("AKT1", "phosphorylates", "TSC2"), make_claim(None, "phosphorylates", "TSC2")
    result = compare_with_known([TSC2_S939], [far, near])
    assert [one.kind for one in result.findings] == ["refined"]
    assert result.findings[0].theirs == (near,)


@pytest.mark.parametrize(
    "theirs",
    [
        ("AKT1", "phosphorylates", "TSC2", "T1462"),
        ("AKT2", "phosphorylates", "TSC2", "S939"),
        ("AKT1", "activates", "TSC2", None),
        ("TSC2", "phosphorylates", "AKT1", "S939"),
    ],
)
def test_another_site_member_relation_or_direction_is_new(theirs: tuple[str, str, str, str]) -> None:
    assert judge(TSC2_S939, make_claim(*theirs)).kind == "new"


@pytest.mark.parametrize(
    ("ours", "theirs", "why"),
    [
        (make_claim("AKT", "inhibits", "TSC2"), make_claim("AKT", "activates", "TSC2"), "opposite"),
        (TSC2_S939, make_claim("AKT1", "dephosphorylates", "TSC2"), "opposite"),
        (TSC2_S939, make_claim("AKT1", "phosphorylates", "TSC2", "S939", denied=True), "denied by them"),
        (TSC2_S939, make_claim("AKT", "phosphorylates", "TSC2", denied=True), "denied by them"),
        (make_claim("AKT1", "phosphorylates", "TSC2", denied=True), TSC2_S939, "denied by us"),
    ],
)
def test_what_cannot_both_hold_conflicts(ours: Claim, theirs: Claim, why: str) -> None:
    found = judge(ours, theirs)
    assert (found.kind, found.why, found.theirs) == ("conflicting", (why,), (theirs,))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        # another member, another residue, a part whose complex is spared, a denial of less than what is said
        (make_claim("AKT1", "inhibits", "TSC2"), make_claim("AKT2", "activates", "TSC2")),
        (TSC2_S939, make_claim("AKT1", "dephosphorylates", "TSC2", "T1462")),
        (make_claim("rapamycin", "inhibits", "MTOR"), make_claim("rapamycin", "inhibits", "mTORC2", denied=True)),
        (
            make_claim("AKT1", "phosphorylates", "TSC2"),
            make_claim("AKT1", "phosphorylates", "TSC2", "S939", denied=True),
        ),
        (
            make_claim("AKT1", "phosphorylates", "TSC2", "S939", denied=True),
            make_claim("AKT1", "phosphorylates", "TSC2"),
        ),
    ],
)
def test_what_can_both_hold_does_not(ours: Claim, theirs: Claim) -> None:
    assert judge(ours, theirs).kind == "new"


def test_a_denial_that_both_make_is_known() -> None:
    denied = make_claim("AKT1", "activates", "TSC2", denied=True)
    assert judge(denied, denied).kind == "known"


def test_known_counts_before_conflicting() -> None:
    ours = make_claim("AKT1", "inhibits", "TSC2")
    assert judge(ours, make_claim("AKT1", "activates", "TSC2"), ours).kind == "known"


def test_missed_is_near_or_anywhere() -> None:
    ours = [make_claim("AKT1", "inhibits", "TSC2"), make_claim("rapamycin", "inhibits", "mTORC1")]
    near, far = make_claim("rapamycin", "binds", "AKT1"), make_claim("rapamycin", "inhibits", "RHEB")
    result = compare_with_known(ours, [near, far])
    assert [one.theirs for one in result.select("missed")] == [(near,)]
    assert [one.theirs for one in result.select("missed", anywhere=True)] == [(near,), (far,)]


def test_a_name_without_identity_meets_the_end_that_has_it() -> None:
    named = Claim("inhibits", Agent("Rapamycin", "CHEMICAL"), AGENTS["mTORC1"], None, 1)
    other = Claim("inhibits", Agent("rapamycin", "CHEMICAL", "pubchem.compound:5284616"), AGENTS["mTORC1"], None, 2)
    protein = Claim("inhibits", Agent("rapamycin", "PROTEIN", "uniprot:P00000"), AGENTS["mTORC1"], None, 3)
    ours = make_claim("rapamycin", "inhibits", "mTORC1")
    assert [judge(ours, one).kind for one in (named, other, protein)] == ["known", "known", "new"]
    bare = Claim("inhibits", Agent("rapamycin", "CHEMICAL"), AGENTS["mTORC1"], None, 1)
    assert judge(bare, other).kind == "known"
    unnamed = make_claim("p70", "inhibits", "TSC2")
    assert judge(unnamed, make_claim("P70", "inhibits", "TSC2")).kind == "known"


def test_belief_and_relation_restrict_what_is_compared() -> None:
    ours = [make_claim("AKT1", "inhibits", "TSC2", belief=0.4), make_claim("AKT1", "binds", "TSC2", belief=0.9)]
    theirs = [make_claim("AKT1", "inhibits", "TSC2"), make_claim("AKT1", "activates", "TSC2")]
    assert describe(compare_with_known(ours, theirs, min_belief=0.5)) == [
        ("new", "AKT1 binds TSC2"), ("missed", "AKT1 inhibits TSC2"), ("missed", "AKT1 activates TSC2"),
    ]  # fmt: skip
    assert describe(compare_with_known(ours, theirs, relations=["inhibits"])) == [("known", "AKT1 inhibits TSC2")]


def test_the_counts_add_up() -> None:
    ours = [TSC2_S939, make_claim("AKT1", "phosphorylates", "MTOR"), make_claim("AKT", "inhibits", "TSC2"),
            make_claim(None, "phosphorylates", "RPTOR")]  # fmt: skip
    more = [("AKT", "activates", "TSC2"), ("MTOR", "phosphorylates", "RPTOR"), ("mTORC1", "phosphorylates", "TSC2")]
    theirs = [TSC2_S939, TSC2_S939, *(make_claim(*one) for one in more)]
    result = compare_with_known(ours, theirs)
    first, second, third = result.counts
    assert (first.relation, first.ours, first.known, first.refined, first.new) == ("phosphorylates", 3, 1, 1, 1)
    assert (first.theirs, first.missed, first.missed_anywhere) == (3, 0, 1)
    assert (second.relation, second.conflicting, second.theirs) == ("inhibits", 1, 0)
    assert (third.relation, third.ours, third.theirs, third.missed) == ("activates", 0, 1, 0)
    assert sum_rows(result) == len(ours)


def sum_rows(result: KnownComparison) -> int:
    kinds: Sequence[str] = ("known", "refined", "conflicting", "new")
    return sum(getattr(count, kind) for count in result.counts for kind in kinds)


def test_nothing_compares_with_nothing() -> None:
    assert compare_with_known([], []) == KnownComparison((), ())
