from __future__ import annotations

import io

from sigmine.exports.sif import write_sif
from sigmine.model import Entity, Statement
from store.builders import ACTIVE, DENIED, HEDGED, NO_SUBJECT, PLAIN, make_evidence, make_statements


def read(*statements: Statement) -> list[str]:
    file = io.BytesIO()
    write_sif(statements, file)
    return file.getvalue().decode().splitlines()


def test_a_pair_is_one_line_and_a_denial_none() -> None:
    assert read(*make_statements(PLAIN, HEDGED, ACTIVE, DENIED)) == [
        "AKT1\tphosphorylates\tTSC2",
        "RHEB\tactivates\tMTOR",
    ]


def test_an_object_without_subject_stands_alone_unless_it_is_linked() -> None:
    assert read(*make_statements(NO_SUBJECT)) == ["TSC2"]
    assert read(*make_statements(NO_SUBJECT, PLAIN)) == ["AKT1\tphosphorylates\tTSC2"]


def test_names_keep_their_spaces_and_lose_their_tabs() -> None:
    name = "mTOR\tcomplex  1"
    evidence = make_evidence(
        f"RHEB activates {name}.", "activates", "RHEB", Entity(name, 15, 15 + len(name), "COMPLEX", name)
    )
    assert read(*make_statements(evidence)) == ["RHEB\tactivates\tmTOR complex 1"]
