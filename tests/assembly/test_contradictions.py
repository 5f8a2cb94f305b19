from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples import make_mention
from sigmine.assembly.contradictions import KINDS, Contradiction, find_contradictions
from sigmine.assembly.evidence import make_evidence
from sigmine.assembly.merge import assemble
from sigmine.assembly.refinements import Hierarchy
from sigmine.assembly.vocabulary import load_relation_terms
from sigmine.model import Document, Entity, Evidence, Site
from sigmine.resources.lexicon_tables import Membership

MEMBERSHIPS = (Membership("hgnc:391", "isa", "fplx:AKT"), Membership("hgnc:12363", "isa", "fplx:TSC"))
HIERARCHY = Hierarchy(lambda key: [one for one in MEMBERSHIPS if one.child == key])


def say(
    subject: str | None,
    relation: str,
    object: str,
    *,
    document: str = "a",
    at: int = 0,
    site: str = "",
    **changes: object,
) -> Evidence:
    """One sentence about CURIEs."""
    text = Document(document, " " * at + "AKT1 phosphorylates TSC2.")
    plain = make_mention(text, relation, "AKT1", "TSC2", sentence=(at, len(text.text)))

    def end(curie: str, entity: Entity) -> Entity:
        return replace(entity, name=curie, curie=curie)

    assert plain.subject is not None
    sites = (Site(site[0], int(site[1:]) if site[1:] else None, site, at, at + 1),) if site else ()
    mention = replace(
        plain,
        subject=end(subject, plain.subject) if subject else None,
        object=end(object, plain.object),
        sites=sites,
        **changes,  # type: ignore[arg-type]
    )
    return make_evidence(mention, text)


def find(*evidence: Evidence) -> list[Contradiction]:
    return list(find_contradictions(assemble(evidence), HIERARCHY))


def kinds(*evidence: Evidence) -> list[tuple[str, str]]:
    return [(one.kind, one.scope) for one in find(*evidence)]


ACTIVATES = say("hgnc:391", "activates", "hgnc:12363")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (say("hgnc:391", "inhibits", "hgnc:12363", document="b"), ("polarity", "documents")),
        (say("hgnc:391", "inhibits", "hgnc:12363", at=40), ("polarity", "document")),
        (say("hgnc:391", "inhibits", "hgnc:12363"), ("polarity", "sentence")),
        (say("hgnc:391", "activates", "hgnc:12363", at=40, negated=True), ("denial", "document")),
        (say("hgnc:391", "activates", "hgnc:12363", at=40, claim="contradicted"), ("denial", "document")),
        (say("fplx:AKT", "inhibits", "hgnc:12363", document="b"), ("polarity_refined", "documents")),
        (say("hgnc:391", "inhibits", "fplx:TSC", document="b"), ("polarity_refined", "documents")),
        (say("fplx:AKT", "inhibits", "fplx:TSC", document="b"), ("polarity_refined", "documents")),
        (say("fplx:AKT", "activates", "hgnc:12363", document="b", negated=True), ("denial_refined", "documents")),
    ],
)
def test_a_contradiction_has_its_kind_and_place(other: Evidence, expected: tuple[str, str]) -> None:
    assert kinds(ACTIVATES, other) == [expected]
    assert kinds(other, ACTIVATES) == [expected]


def test_a_family_against_a_member_of_the_other_end_is_found_too() -> None:
    crossed = say("fplx:AKT", "inhibits", "hgnc:12363", document="b")
    assert kinds(say("hgnc:391", "activates", "fplx:TSC"), crossed) == [("polarity_refined", "documents")]


@pytest.mark.parametrize(
    "other",
    [
        say("hgnc:391", "activates", "hgnc:12363", document="b"),
        say("hgnc:391", "inhibits", "hgnc:1", document="b"),
        say("hgnc:392", "inhibits", "hgnc:12363", document="b"),
        say("hgnc:12363", "inhibits", "hgnc:391", document="b"),
        say("hgnc:391", "decreases_amount", "hgnc:12363", document="b"),
        say("hgnc:391", "inhibits", "hgnc:12363", document="b", negated=True),
        # that AKT1 does not is compatible with that AKT does, and what is said of the whole family is another matter
        say("hgnc:392", "activates", "hgnc:12363", document="b", negated=True),
    ],
)
def test_what_can_both_hold_is_none(other: Evidence) -> None:
    assert kinds(ACTIVATES, other) == []


def test_a_denied_member_does_not_contradict_its_family() -> None:
    denied = say("hgnc:391", "activates", "hgnc:12363", document="b", negated=True)
    assert kinds(say("fplx:AKT", "activates", "hgnc:12363"), denied) == []


def test_a_state_that_is_denied_without_a_subject_contradicts_nobody() -> None:
    denied = say(None, "phosphorylates", "hgnc:12363", document="b", negated=True)
    assert kinds(say("hgnc:391", "phosphorylates", "hgnc:12363"), denied) == []


@pytest.mark.parametrize(("site", "count"), [("", 1), ("S939", 1), ("S", 1), ("S981", 0), ("T", 0)])
def test_only_sites_that_may_be_the_same_oppose_each_other(site: str, count: int) -> None:
    one = say("hgnc:391", "phosphorylates", "hgnc:12363", site="S939")
    other = say("hgnc:391", "dephosphorylates", "hgnc:12363", document="b", site=site)
    assert len(kinds(one, other)) == count


def test_the_better_believed_side_is_first_and_the_weaker_one_counts() -> None:
    sure = [say("hgnc:391", "activates", "hgnc:12363", document=name) for name in "abc"]
    (found,) = find(*sure, say("hgnc:391", "inhibits", "hgnc:12363", document="d", prior=0.6))
    assert (found.first.statement.relation, found.second.statement.relation) == ("activates", "inhibits")
    assert found.belief == found.second.belief == pytest.approx(0.6)
    assert found.first.support.stated.documents == 3


def test_the_same_ends_stand_before_families_other_sentences_before_the_same_and_strong_before_weak() -> None:
    found = find(
        say("hgnc:1", "activates", "hgnc:2"), say("hgnc:1", "inhibits", "hgnc:2", at=40, prior=0.5),
        say("hgnc:3", "activates", "hgnc:4"), say("hgnc:3", "inhibits", "hgnc:4", at=40),
        say("hgnc:5", "activates", "hgnc:6"), say("hgnc:5", "inhibits", "hgnc:6"),
        say("hgnc:391", "activates", "hgnc:7"), say("fplx:AKT", "inhibits", "hgnc:7", at=40),
    )  # fmt: skip
    assert [one.first.statement.object.key for one in found] == ["hgnc:4", "hgnc:2", "hgnc:6", "hgnc:7"]


def test_opposition_goes_both_ways() -> None:
    terms = load_relation_terms()
    assert terms["activates"].opposes == {"inhibits"}
    assert terms["phosphorylates"].opposes == {"dephosphorylates", "inhibits_phosphorylation"}
    assert all(name in terms[other].opposes for name, term in terms.items() for other in term.opposes)
    assert terms["binds"].opposes == frozenset()


_EVIDENCE = st.builds(
    say,
    st.sampled_from([None, "hgnc:391", "fplx:AKT", "hgnc:1"]),
    st.sampled_from(["activates", "inhibits", "phosphorylates", "dephosphorylates"]),
    st.sampled_from(["hgnc:12363", "fplx:TSC"]),
    document=st.sampled_from("ab"),
    negated=st.booleans(),
    site=st.sampled_from(["", "S939"]),
)


@given(st.lists(_EVIDENCE, max_size=8), st.randoms())
def test_each_pair_is_found_once_whatever_the_order(evidence: list[Evidence], random: object) -> None:
    found = find(*evidence)
    pairs = [(one.kind, frozenset({one.first.statement.id, one.second.statement.id})) for one in found]
    assert len(set(pairs)) == len(pairs)
    assert all(one.kind in KINDS and one.first.belief >= one.second.belief for one in found)
    assert all(one.first.evidence and one.second.evidence for one in found)
    shuffled = list(evidence)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = find(*shuffled)
    assert {(kind, ids) for kind, ids in pairs} == {
        (one.kind, frozenset({one.first.statement.id, one.second.statement.id})) for one in again
    }
