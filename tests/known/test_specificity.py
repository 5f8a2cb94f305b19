from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from known.builders import AGENTS, make_claim
from sigmine.known.specificity import compare_claims, compare_ends, compare_sites, find_narrower, find_wider
from sigmine.model import Agent

SITES = st.sampled_from([None, "S", "T", "473", "308", "S473", "T308", "T473"])


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("AKT1", "AKT1", 0), ("AKT1", "AKT", 1), ("AKT", "AKT1", -1), ("AKT1", "AKT2", None), ("AKT1", "TSC2", None),
        ("AKT1", None, 1), (None, "AKT1", -1), (None, None, 0), ("MTOR", "mTORC1", 1), ("mTORC1", "mTORC2", None),
    ],
)  # fmt: skip
def test_members_and_named_ends_say_more(one: str | None, other: str | None, order: int | None) -> None:
    ends = [None if name is None else AGENTS[name] for name in (one, other)]
    assert compare_ends(*ends) == order


def test_a_part_of_several_complexes_may_be_left_out_of_account() -> None:
    assert compare_ends(AGENTS["MTOR"], AGENTS["mTORC1"], sure=True) is None
    assert compare_ends(Agent("RPTOR", "PROTEIN", "hgnc:30287"), AGENTS["mTORC1"], sure=True) == 1
    assert compare_ends(AGENTS["AKT1"], AGENTS["AKT"], sure=True) == 1


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("S473", "S473", 0), ("S473", "S", 1), ("S473", "473", 1), ("S473", None, 1), ("S", "S473", -1),
        ("S473", "T308", None), ("S", "T308", None), ("S", "473", None), (None, None, 0),
    ],
)  # fmt: skip
def test_sites(one: str | None, other: str | None, order: int | None) -> None:
    assert compare_sites(one, other) == order


@settings(deadline=None)
@given(SITES, SITES, SITES)
def test_sites_are_a_partial_order(one: str | None, two: str | None, three: str | None) -> None:
    order, back = compare_sites(one, two), compare_sites(two, one)
    assert back == (None if order is None else -order)
    if order == 1 and compare_sites(two, three) == 1:
        assert compare_sites(one, three) == 1


def test_families_are_followed_over_all_steps_and_both_ways() -> None:
    wider = find_wider("hgnc:3942")
    assert "fplx:mTORC1" in wider
    assert "hgnc:3942" not in wider
    assert all("hgnc:3942" in find_narrower(one) for one in wider)


def test_the_ends_of_binds_may_be_exchanged() -> None:
    one, other = make_claim("AKT1", "binds", "TSC2"), make_claim("TSC2", "binds", "AKT")
    assert compare_claims(one, other) == {"subject": 1, "object": 0, "site": 0}
    assert compare_claims(make_claim("AKT1", "inhibits", "TSC2"), make_claim("TSC2", "inhibits", "AKT")) is None
