from __future__ import annotations

import random
from dataclasses import replace

import pytest

from sigmine.assembly import assemble, compute_belief
from sigmine.assembly.families import Families, collapse_families
from sigmine.assembly.support import count_support
from sigmine.model import Agent, Entity, Evidence, Statement
from sigmine.model.ids import make_statement_id
from store.builders import make_evidence

GENES = {
    "AKT1": "hgnc:391", "AKT2": "hgnc:392", "TSC2": "hgnc:12363", "BRAF": "hgnc:1097", "RAF1": "hgnc:9829",
    "GSK3A": "hgnc:4616", "GSK3B": "hgnc:4617", "MTOR": "hgnc:3942", "MDM2": "hgnc:6973",
}  # fmt: skip


def gene(name: str) -> Entity:
    return Entity(name, 0, len(name), "PROTEIN", name, GENES[name])


def read(subject: str | None, relation: str, object: str, number: int = 0, **more: object) -> Evidence:
    sentence = f"{subject or 'Something'} {relation} {object}, case {number}."
    start = 1000 * number
    return make_evidence(sentence, relation, subject and gene(subject), gene(object), start=start, **more)  # type: ignore[arg-type]


def name(statement: Statement) -> str:
    subject = statement.subject.name if statement.subject else "-"
    return " ".join(filter(None, (subject, statement.relation, statement.object.name, statement.site)))


def collapse(*evidence: Evidence) -> list[Statement]:
    return collapse_families(assemble(evidence))


@pytest.mark.parametrize(
    ("curie", "family"),
    [
        ("hgnc:391", "fplx:AKT"),
        ("hgnc:6871", "fplx:ERK"),  # not MAPK, to which ERK belongs
        ("hgnc:11772", "fplx:TGFBR"),  # three genes; RSTK1 has seven
        ("hgnc:3942", None),  # a part of two complexes
        ("hgnc:12363", None),  # TSC is a complex, also where FamPlex says isa
        ("hgnc:6973", None),  # RING_E3_ligase is a class of hundreds
        ("hgnc:10011", None),  # RHEB has no family
        ("fplx:ERK", None),  # a family already
        ("chebi:9168", None),
    ],
)
def test_the_nearest_family(curie: str, family: str | None) -> None:
    found = Families().find_family(curie)
    assert (found and found.curie) == family
    if found is not None:
        assert found.type == "FAMILY"
        assert curie in Families().find_members(found.curie or "")


def test_only_proteins_go_to_their_family() -> None:
    families = Families()
    assert families.collapse(Agent("AKT1", "PROTEIN", "hgnc:391")) == Agent("AKT", "FAMILY", "fplx:AKT")
    for agent in (Agent("AKT1", "PROTEIN"), Agent("ERK", "FAMILY", "fplx:ERK"), Agent("AKT1", "CHEMICAL", "hgnc:391")):
        assert families.collapse(agent) == agent


def test_members_are_merged_as_assembly_merges() -> None:
    first, second = read("AKT1", "phosphorylates", "TSC2", 1), read("AKT2", "phosphorylates", "TSC2", 2, direct=False)
    family = replace(
        read("AKT1", "phosphorylates", "TSC2", 3),
        mention=replace(first.mention, subject=Entity("Akt", 0, 3, "FAMILY", "AKT", "fplx:AKT")),
    )
    (found,) = collapse(first, second, family)
    assert found.subject == Agent("AKT", "FAMILY", "fplx:AKT")
    assert found.id == make_statement_id("phosphorylates", found.subject, found.object, None)
    assert set(found.evidence) == {first, second, family}
    assert found.belief == compute_belief([first, second, family]) > assemble([first])[0].belief
    assert found.direct
    assert count_support(found.evidence).stated.sentences == 3


def test_one_sentence_with_two_members_is_one_sentence() -> None:
    one = read("AKT1", "phosphorylates", "TSC2", 1)
    two = replace(one, mention=replace(one.mention, subject=gene("AKT2")))
    (found,) = collapse(one, two)
    assert len(found.evidence) == 2
    assert found.belief == compute_belief([one])
    assert count_support(found.evidence).stated.sentences == 1


def test_what_has_no_family_stays_as_it_is() -> None:
    statements = assemble([read("TSC2", "inhibits", "MTOR"), read(None, "phosphorylates", "TSC2", 1, site="S939")])
    assert collapse_families(statements) == list(statements)
    assert collapse_families([]) == []


def test_a_denial_for_one_member_is_none_for_the_family() -> None:
    said, denied = read("AKT1", "phosphorylates", "TSC2", 1), read("AKT2", "phosphorylates", "TSC2", 2, negated=True)
    mixed = read("AKT1", "phosphorylates", "TSC2", 3, negated=True)
    found = {name(item): item for item in collapse(said, denied, mixed)}
    assert sorted(found) == ["AKT phosphorylates TSC2", "AKT1 phosphorylates TSC2", "AKT2 phosphorylates TSC2"]
    assert found["AKT phosphorylates TSC2"].evidence == (said,)
    assert found["AKT1 phosphorylates TSC2"].evidence == (mixed,)
    assert found["AKT2 phosphorylates TSC2"].evidence == (denied,)
    assert found["AKT1 phosphorylates TSC2"].belief == 0
    assert found["AKT phosphorylates TSC2"].belief == compute_belief([said])


def test_a_denial_for_the_family_counts_against_it() -> None:
    said = read("AKT1", "phosphorylates", "TSC2", 1)
    denied = read("AKT1", "phosphorylates", "TSC2", 2, negated=True)
    denied = replace(denied, mention=replace(denied.mention, subject=Entity("AKT", 0, 3, "FAMILY", "AKT", "fplx:AKT")))
    (found,) = collapse(said, denied)
    assert found.belief == compute_belief([said, denied]) < compute_belief([said])


def test_residues_keep_the_number_of_the_member() -> None:
    found = collapse(
        read("AKT1", "phosphorylates", "GSK3B", 1, site="S9"), read("AKT2", "phosphorylates", "GSK3A", 2, site="S21")
    )
    assert [name(item) for item in found] == ["AKT phosphorylates GSK3 S9", "AKT phosphorylates GSK3 S21"]


def test_members_that_act_on_each_other_make_a_self_loop_but_no_membership_of_itself() -> None:
    own = read("AKT1", "part_of", "AKT2", 2)
    own = replace(own, mention=replace(own.mention, object=Entity("AKT", 0, 3, "FAMILY", "AKT", "fplx:AKT")))
    found = collapse(read("RAF1", "binds", "BRAF"), read("BRAF", "phosphorylates", "RAF1", 1), own)
    assert [name(item) for item in found] == ["RAF binds RAF", "RAF phosphorylates RAF"]


def test_ends_of_unordered_relations_are_ordered_anew() -> None:
    found = collapse(read("AKT1", "binds", "MTOR"), read("MTOR", "binds", "AKT2", 1))
    (one,) = found
    assert one.subject is not None
    assert one.subject.key < one.object.key
    assert len(one.evidence) == 2


def test_statements_without_evidence_keep_the_highest_belief() -> None:
    bare = [replace(item, evidence=(), belief=belief)
        for belief, item in zip((0.4, 0.7), assemble([
            read("AKT1", "phosphorylates", "TSC2"), read("AKT2", "phosphorylates", "TSC2", 1)
        ]), strict=True)]  # fmt: skip
    (found,) = collapse_families(bare)
    assert (name(found), found.belief, found.evidence) == ("AKT phosphorylates TSC2", 0.7, ())


def test_order_does_not_matter_and_twice_is_once() -> None:
    statements = list(
        assemble(
            read(subject, relation, object, number, negated=number % 4 == 3)
            for number, (subject, relation, object) in enumerate(
                (a, r, b) for a in GENES for b in GENES for r in ("binds", "activates")
            )
        )
    )
    found = collapse_families(statements)
    random.Random(3).shuffle(statements)
    assert collapse_families(statements) == found
    again = collapse_families(found)
    assert {item.id for item in again} == {item.id for item in found}
    assert sum(len(item.evidence) for item in found) == sum(len(item.evidence) for item in statements)
