"""A run's store with a family and its member, and with what contradicts."""

from __future__ import annotations

from pathlib import Path

from sigmine.model import Entity, Evidence, Statement
from sigmine.store import open_store
from store.builders import make_evidence, make_statements

_FAMILY = make_evidence(
    "AKT phosphorylates TSC2.", "phosphorylates", Entity("AKT", 0, 3, "FAMILY", "AKT", "fplx:AKT"), "TSC2"
)
_SITE = make_evidence("AKT1 phosphorylates TSC2 at S939.", "phosphorylates", "AKT1", "TSC2", site="S939", start=40)
_MEMBER = make_evidence("AKT1 phosphorylates TSC2.", "phosphorylates", "AKT1", "TSC2", document="beta")
_ACTIVATES = make_evidence("TSC2 activates MTOR [7].", "activates", "TSC2", "MTOR", document="beta", start=60)
_INHIBITS = make_evidence("TSC2 inhibits MTOR.", "inhibits", "TSC2", "MTOR", start=100)
_WEAK = make_evidence("RHEB inhibits MTOR.", "inhibits", "RHEB", "MTOR", start=200, prior=0.4)
_DENIED = make_evidence("RHEB does not inhibit MTOR.", "inhibits", "RHEB", "MTOR", start=240, negated=True)


def list_evidence() -> tuple[Evidence, ...]:
    return (_FAMILY, _SITE, _MEMBER, _ACTIVATES, _INHIBITS, _WEAK, _DENIED)


def list_statements() -> tuple[Statement, ...]:
    return make_statements(*list_evidence())


def write_run(folder: Path) -> Path:
    with open_store(folder / "store") as store:
        store.write_statements(list_statements())
    return folder
