"""Decisions counted, and how far curators agree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from curation.builders import decide_on, make_reading_of
from sigmine.curation import Decision, describe_decisions, open_curation


def decide(number: int, verdict: str, curator: str = "ada", error: str | None = None) -> Decision:
    return replace(decide_on(make_reading_of(number), verdict, error=error), curator=curator)  # type: ignore[arg-type]


def test_counts_of_what_stands() -> None:
    decisions = [decide(0, "accepted"), decide(1, "rejected", "ben", "site"), decide(2, "rejected", "ben")]
    found = describe_decisions(decisions, decisions)
    assert found.verdicts == (("accepted", 1), ("rejected", 2), ("corrected", 0))
    assert found.errors == (("site", 1), ("unsaid", 1))
    assert found.curators == (("ben", 2), ("ada", 1))
    assert found.total is not None
    assert (found.total.right, found.total.total, found.total.precision) == (1, 3, pytest.approx(1 / 3))
    assert found.total.interval[0] < 1 / 3 < found.total.interval[1]
    assert [(one.name, one.total) for one in found.relations] == [("phosphorylates", 3)]
    assert [(one.name, one.total) for one in found.rules] == [("phosphorylates/transitive_verb.active", 3)]
    assert found.agreement == ()
    assert found.to_json()["verdicts"]["rejected"] == 2


def test_agreement_of_two(tmp_path: Path) -> None:
    ada, ben = (open_curation(tmp_path, curator=name) for name in ("ada", "ben"))
    for number in range(4):
        ada.decide(decide(number, "accepted" if number < 2 else "rejected", "ada", None if number < 2 else "site"))
    ben.refresh()
    for number, error in ((0, None), (1, "polarity"), (2, "site"), (3, "negation")):
        ben.refresh()
        ben.decide(decide(number, "rejected" if error else "accepted", "ben", error))
    found = describe_decisions(ada.decisions(), ada.opinions())
    (one,) = found.agreement
    assert (one.first, one.second, one.items, one.same, one.same_error) == ("ada", "ben", 4, 3, (1, 2))
    assert one.kappa == pytest.approx(0.5)  # observed 3/4; by chance 1/2 * 1/4 + 1/2 * 3/4 = 1/2
    assert len(found.disputed) == 1
    assert found.verdicts == (("accepted", 1), ("rejected", 3), ("corrected", 0))


def test_kappa_is_unknown_where_both_always_say_the_same() -> None:
    opinions = [decide(number, "accepted", name) for number in range(3) for name in ("ada", "ben")]
    (one,) = describe_decisions(opinions[:3], opinions).agreement
    assert (one.same, one.kappa) == (3, None)


def test_nothing_decided() -> None:
    found = describe_decisions([], [])
    assert (found.total, found.errors, found.relations) == (None, (), ())
