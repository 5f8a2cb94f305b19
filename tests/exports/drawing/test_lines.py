from __future__ import annotations

from dataclasses import replace

import pytest

from sigmine.exports.drawing.lines import choose_statements, find_centre, is_drawn, make_lines
from sigmine.exports.drawing.look import TYPE_PAINTS, find_end, find_paint, find_status
from sigmine.model import Evidence, Statement
from sigmine.model.entity import ENTITY_TYPES
from store.builders import (
    ACTIVE,
    DENIED,
    HEDGED,
    INDIRECT,
    NO_SUBJECT,
    PLAIN,
    make_entity,
    make_evidence,
    make_statements,
)


def at(position: int, evidence: Evidence = PLAIN, **changes: str) -> Evidence:
    site = replace(evidence.mention.sites[0], position=position)
    return replace(evidence, mention=replace(evidence.mention, sites=(site,)), **changes)


def test_sites_of_a_pair_and_relation_are_one_line() -> None:
    (line,) = make_lines(make_statements(at(1462), at(939), at(939, document="beta"), HEDGED))
    assert (line.start, line.end, line.relation) == ("hgnc:391", "hgnc:12363", "phosphorylates")
    assert line.sites == ("S939", "S1462")
    assert (line.evidence, line.status) == (4, "stated")
    assert line.label == ("S939, S1462",)


def test_many_sites_are_counted_and_other_relations_named() -> None:
    (line,) = make_lines(make_statements(*(at(position) for position in range(1, 10))))
    assert line.label == ("S1, S2,", "S3, S4,", "S5, +4")
    sentence = "MTOR ubiquitinates RHEB at K8."
    (line,) = make_lines(make_statements(make_evidence(sentence, "ubiquitinates", "MTOR", "RHEB", site="K8")))
    assert line.label == ("ubiquitinates", "K8")
    (line,) = make_lines(make_statements(ACTIVE))
    assert line.label == ()


def test_denials_and_what_has_no_subject_are_not_drawn() -> None:
    statements = make_statements(DENIED, NO_SUBJECT)
    assert not any(map(is_drawn, statements))
    assert make_lines(statements) == []
    assert choose_statements(statements, 5) == []


@pytest.mark.parametrize(
    ("evidence", "status"), [(ACTIVE, "stated"), (HEDGED, "hedged"), (INDIRECT, "indirect"), (DENIED, "denied")]
)
def test_the_status_is_that_of_the_evidence(evidence: Evidence, status: str) -> None:
    (statement,) = make_statements(evidence)
    assert find_status(statement) == status


def test_a_denial_does_not_make_what_is_stated_hedged() -> None:
    denial = replace(ACTIVE, mention=replace(ACTIVE.mention, negated=True), start=200)
    (statement,) = make_statements(ACTIVE, denial)
    assert find_status(statement) == "stated"


def make_chain() -> tuple[Statement, ...]:
    """AKT1 to TSC2, TSC2 to RHEB, RHEB to MTOR, the last with three sentences, and INS to AKT apart."""
    inhibits = make_evidence("TSC2 inhibits RHEB.", "inhibits", "TSC2", "RHEB")
    more = [replace(ACTIVE, document=name) for name in ("beta", "gamma", "delta")]
    return make_statements(PLAIN, inhibits, *more, INDIRECT)


def name(statements: list[Statement]) -> list[str]:
    return [f"{one.subject.name if one.subject else '-'} {one.object.name}" for one in statements]


def test_what_has_most_evidence_is_chosen() -> None:
    assert name(choose_statements(make_chain(), 1)) == ["RHEB MTOR"]
    assert len(choose_statements(make_chain(), 100)) == 4
    assert choose_statements(make_chain(), 3) == choose_statements(tuple(reversed(make_chain())), 3)


def test_what_is_near_the_centre_is_chosen_first() -> None:
    centre = find_centre(make_chain(), ["akt1"])
    assert centre == {"hgnc:391"}
    assert name(choose_statements(make_chain(), 2, centre)) == ["TSC2 RHEB", "AKT1 TSC2"]


def test_a_centre_may_be_named_in_any_way() -> None:
    entity = replace(make_entity("Rapa hits MTOR.", "Rapa"), name="rapamycin", type="CHEMICAL", curie="chebi:9168")
    statements = make_statements(make_evidence("Rapa hits MTOR.", "inhibits", entity, "MTOR"))
    for given in ("rapa", "Rapamycin", "CHEBI:9168"):
        assert find_centre(statements, [given]) == {"chebi:9168"}
    assert find_centre(statements, ["nothing", "MTOR"]) == {"hgnc:3942"}
    assert find_centre(statements, []) == set()


def test_ends_say_the_sign() -> None:
    assert [find_end(name) for name in ("activates", "inhibits", "phosphorylates", "binds", "made_up")] == [
        "arrow", "bar", "dot", "none", "dot",
    ]  # fmt: skip


def test_each_type_of_molecule_has_its_colours() -> None:
    paints = [find_paint(type) for type in ENTITY_TYPES]
    assert len({paint.fill for paint in paints}) == len(TYPE_PAINTS) + 1
    for paint in paints:  # black on it is easy to read (WCAG's luminance)
        red, green, blue = (value / 255 for value in bytes.fromhex(paint.fill.removeprefix("#")))
        assert 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.7
