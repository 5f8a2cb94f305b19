from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sigmine.grounding import ground_mentions, ground_relations
from sigmine.model import Entity, RelationMention, Trigger
from sigmine.resources.lexicon import Lexicon
from sigmine.resources.lexicon_keys import make_key
from sigmine.resources.lexicon_tables import Membership

ROWS = [
    ("XYZ", "hgnc:1", "ABC1", "PROTEIN", "synonym", "hgnc", "yes"),
    ("XYZ", "hgnc:2", "DEF2", "PROTEIN", "synonym", "hgnc", "yes"),
    ("DEF2", "hgnc:2", "DEF2", "PROTEIN", "symbol", "hgnc", "yes"),
    ("xylo yak zipper", "hgnc:1", "ABC1", "PROTEIN", "name", "hgnc", "yes"),
]


@pytest.fixture
def small() -> Lexicon:
    return Lexicon(sorted("\t".join([make_key(row[0]), *row]).encode() for row in ROWS))


def make(text: str, type_: str = "PROTEIN", start: int = 0, **more: Any) -> Entity:
    return replace(Entity(text, start, start + len(text), type_, text), **more)


def ground(*mentions: Entity) -> list[tuple[str, str | None]]:
    return [(entity.name, entity.curie) for entity in ground_mentions(mentions)]


def test_spans_stay_and_names_change() -> None:
    (entity,) = ground_mentions([make("Akt", "FAMILY", 7)])
    assert (entity.text, entity.start, entity.end) == ("Akt", 7, 10)
    assert (entity.name, entity.curie, entity.type) == ("AKT", "fplx:AKT", "FAMILY")
    assert entity.score is not None
    assert 0 < entity.score <= 1


def test_a_long_form_decides(small: Lexicon) -> None:
    (alone,) = ground_mentions([make("XYZ")], lexicon=small)
    assert (alone.name, alone.curie) == ("XYZ", None)
    (spelled,) = ground_mentions([make("XYZ", long_form="xylo yak zipper")], lexicon=small)
    assert (spelled.name, spelled.curie) == ("ABC1", "hgnc:1")


def test_a_long_form_takes_the_identity_of_its_abbreviation() -> None:
    long_form = "growth factor receptor-bound adaptor protein ten"
    assert ground(make(long_form), make("GRB10", start=60, long_form=long_form)) == [("GRB10", "hgnc:4564")] * 2


def test_what_the_document_names_elsewhere_decides(small: Lexicon) -> None:
    first, second = ground_mentions([make("XYZ"), make("DEF2", start=9)], lexicon=small)
    assert [first.curie, second.curie] == ["hgnc:2", "hgnc:2"]


def test_without_identity_the_name_is_the_text() -> None:
    (entity,) = ground_mentions([make("foo\n bar")])
    assert (entity.name, entity.curie, entity.score) == ("foo bar", None, None)


def test_a_class_has_a_name_but_no_curie() -> None:
    (entity,) = ground_mentions([make("Rag GTPases", "FAMILY")])
    assert (entity.name, entity.curie, entity.score) == ("Rag GTPase", None, None)


def test_names_that_stand_for_more_than_the_text() -> None:
    assert ground(make("2", name="TSC2")) == [("TSC2", "hgnc:12363")]


def test_given_entities_keep_type_and_curie() -> None:
    family, known = ground_mentions([make("AKT", source="given"), make("AKT", start=9, source="given", curie="x:1")])
    assert (family.type, family.curie) == ("PROTEIN", "fplx:AKT")
    assert known.curie == "x:1"


def test_a_given_identity_becomes_the_gene_under_its_standard_name() -> None:
    assert ground(make("PKB alpha", source="given", curie="uniprot:P31749")) == [("AKT1", "hgnc:391")]
    assert ground(make("PKB", source="given", curie="fplx:AKT")) == [("AKT", "fplx:AKT")]
    assert ground(make("Rec114", source="given", curie="ncbigene:73673")) == [("Rec114", "ncbigene:73673")]


def test_a_protein_of_several_genes_keeps_its_identity() -> None:
    assert ground(make("histone H3", source="given", curie="uniprot:P68431")) == [("histone H3", "uniprot:P68431")]


def test_of_several_identities_none_is_chosen_but_the_family_that_is_named() -> None:
    several = ("ncbigene:207", "ncbigene:208")
    family, member = ground_mentions(
        [make(name, source="given", alternatives=several, start=at) for name, at in (("AKT", 0), ("AKT1", 9))]
    )
    assert (family.curie, family.name) == ("fplx:AKT", "AKT")
    assert (member.curie, member.name, member.alternatives) == (None, "AKT1", several)
    assert ground(make("AKT1", source="given", alternatives=("uniprot:P31749", "hgnc:391"))) == [("AKT1", "hgnc:391")]


def test_our_own_entities_take_the_type_of_the_identity() -> None:
    (entity,) = ground_mentions([make("AKT")])
    assert entity.type == "FAMILY"


def test_given_types_do_not_mix() -> None:
    assert ground(make("rapamycin", "PROTEIN", source="given")) == [("rapamycin", None)]
    assert ground(make("Wnt", "CHEMICAL", source="given")) == [("Wnt", None)]


def test_the_recogniser_may_take_a_protein_for_a_chemical() -> None:
    (protein,) = ground_mentions([make("CENP-E", "CHEMICAL")])
    assert (protein.curie, protein.type) == ("hgnc:1856", "PROTEIN")
    (other,) = ground_mentions([make("Akt1 complex", "CHEMICAL")])  # not spelled as any name
    assert other.curie is None
    assert ground(make("AKT1", "DISEASE")) == [("AKT1", None)]


def test_what_has_no_identity_says_why(small: Lexicon) -> None:
    ambiguous, unknown = ground_mentions([make("XYZ"), make("Zyxo4", start=9)], lexicon=small)
    assert (ambiguous.curie, ambiguous.reason) == (None, "ambiguous: ABC1, DEF2")
    assert ambiguous.alternatives == ("hgnc:1", "hgnc:2")
    assert (unknown.reason, unknown.alternatives) == ("not in the lexicon", ())
    (short,) = ground_mentions([make("UIF")])
    assert (short.reason, short.alternatives) == ("only a short name without support", ("hgnc:25407",))
    (known,) = ground_mentions([make("DEF2")], lexicon=small)
    assert (known.reason, known.alternatives) == (None, ())
    (nameless,) = ground_mentions([make("rapalog", "CHEMICAL")])
    assert nameless.reason == "no database that we use has an identifier for it"


def test_what_another_reading_left_open_is_no_identity() -> None:
    first = make("S6K", source="given", alternatives=("fplx:P70S6K",), reason="named as a molecule of a fly")
    (again,) = ground_mentions([first], lexicon=Lexicon([]))
    assert again.curie is None


@pytest.mark.parametrize(("named", "curie"), [("glucocorticoid receptor", "hgnc:7978"), ("AKT1", None)])
def test_short_names_of_several_need_the_document(named: str, curie: str | None) -> None:
    receptor, _ = ground_mentions([make("GR"), make(named, start=9)])
    assert receptor.curie == curie
    assert receptor.reason == (None if curie else "ambiguous: GSR, NR3C1")


def test_a_member_of_a_family_that_the_document_names_goes_first() -> None:
    rows = [
        ("ACX2", "hgnc:85", "ACACX", "PROTEIN", "synonym", "hgnc", "yes"),
        ("ACX2", "hgnc:991", "BCLX", "PROTEIN", "synonym", "hgnc", "yes"),
        ("ACX", "fplx:ACX", "ACX", "FAMILY", "curated", "famplex", "yes"),
    ]
    lines = sorted("\t".join([make_key(row[0]), *row]).encode() for row in rows)
    lexicon = Lexicon(lines, memberships=[Membership("hgnc:85", "isa", "fplx:ACX")])
    assert ground_mentions([make("ACX2")], lexicon=lexicon)[0].curie is None
    assert ground_mentions([make("ACX2"), make("ACX", "FAMILY", 9)], lexicon=lexicon)[0].curie == "hgnc:85"


def test_relations_get_grounded_ends() -> None:
    subject, object_ = make("pAKT", name="AKT", type="FAMILY"), make("TSC2", start=20)
    trigger = Trigger("phosphorylates", 5, 19)
    relation = RelationMention("phosphorylates", subject, object_, (), trigger, "r", (0, 25))
    (grounded, alone) = ground_relations([relation, replace(relation, subject=None)], [subject, object_])
    assert grounded.subject is not None
    assert (grounded.subject.curie, grounded.object.curie) == ("fplx:AKT", "hgnc:12363")
    assert alone.subject is None
    assert ground_relations([relation]) == (grounded,)
    assert ground_relations([]) == ()
