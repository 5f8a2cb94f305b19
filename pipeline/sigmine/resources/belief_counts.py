"""The counts that beliefs are made of: how often each rule was right on the development gold, under what conditions.

``pipeline/training/scripts/measure_beliefs.py`` writes the tables in ``data/beliefs``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from sigmine.errors import ResourceError


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many readings of a rule were ``right`` and how many ``wrong``."""

    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class ConditionCount:
    """Of the ``total`` readings under a condition, how many were ``wrong``, and how many the rules alone let expect."""

    total: int
    wrong: int
    expected: float


@dataclass(frozen=True, slots=True)
class ThresholdCount:
    """Of the statements with at least this ``belief``, how many were ``right``, and how many there are."""

    belief: float
    right: int
    total: int


@dataclass(frozen=True, slots=True)
class BeliefCounts:
    """All that was counted.

    Attributes:
        rules: by name; a rule that never fired on the gold is not there.
        conditions: by name (``sigmine.assembly.reliability.CONDITIONS``).
        thresholds: highest belief first.
    """

    rules: Mapping[str, RuleCount]
    conditions: Mapping[str, ConditionCount]
    thresholds: tuple[ThresholdCount, ...] = ()


@cache
def load_belief_counts() -> BeliefCounts:
    """The bundled counts.

    Raises:
        ResourceError: if a table is missing or damaged.
    """
    try:
        return BeliefCounts(
            MappingProxyType({r["rule"]: RuleCount(int(r["right"]), int(r["wrong"])) for r in _read("rules.tsv")}),
            MappingProxyType(
                {
                    row["condition"]: ConditionCount(int(row["total"]), int(row["wrong"]), float(row["expected"]))
                    for row in _read("conditions.tsv")
                }
            ),
            tuple(
                ThresholdCount(float(row["belief"]), int(row["right"]), int(row["total"]))
                for row in _read("thresholds.tsv")
            ),
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ResourceError(
            f"A table of resources/data/beliefs cannot be read ({error}). Install sigmine again, or write the tables "
            "anew with pipeline/training/scripts/measure_beliefs.py."
        ) from error


def _read(name: str) -> list[dict[str, str]]:
    text = (files("sigmine.resources") / "data" / "beliefs" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))
