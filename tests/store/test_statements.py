from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sigmine.errors import StoreError
from sigmine.model import Agent, Citation, Entity, Evidence, Reference, RelationMention, Site, Statement, Trigger
from sigmine.model.document import Place
from sigmine.model.entity import SITE_STATUSES
from sigmine.model.ids import make_statement_id
from sigmine.model.record import dump_statement, load_statement
from sigmine.model.statement import CLAIM_TYPES
from sigmine.store import StatementStore, open_store
from store.builders import (
    ACTIVE,
    DENIED,
    FORMULA,
    HEDGED,
    INDIRECT,
    NO_SUBJECT,
    PLAIN,
    UNGROUNDED,
    make_entity,
    make_evidence,
    make_statements,
)


@pytest.fixture
def store(new_store: NewStore) -> StatementStore:
    opened = new_store()
    opened.write_statements(make_statements())
    return opened


NewStore = Callable[[], StatementStore]


def dump(store: StatementStore) -> set[tuple[object, ...]]:
    """Every triple of the store."""
    return set(store.query("SELECT ?s ?p ?o { ?s ?p ?o }").rows)


def find_labels(store: StatementStore, **question: object) -> list[str]:
    return [
        f"{item.subject.name if item.subject else '-'} {item.relation} {item.object.name}"
        for item in store.find_statements(**question)  # type: ignore[arg-type]
    ]


def test_what_comes_out_equals_what_went_in(store: StatementStore) -> None:
    assert tuple(store.find_statements()) == make_statements()


def test_an_empty_store_holds_no_statement(new_store: NewStore) -> None:
    with new_store() as store:
        store.write_statements([])
        assert list(store.find_statements()) == []
        assert store.find_statement("0" * 16) is None


def test_a_store_on_disk_is_there_after_closing(tmp_path: Path) -> None:
    with open_store(tmp_path / "deep" / "store") as store:
        store.write_statements(make_statements())
    with open_store(tmp_path / "deep" / "store", read_only=True) as store:
        assert tuple(store.find_statements()) == make_statements()
        first = make_statements()[0]
        assert store.find_statement(first.id) == first


def test_writing_again_changes_nothing(store: StatementStore) -> None:
    before = dump(store)
    store.write_statements(make_statements())
    assert dump(store) == before
    store.write_statements(make_statements(PLAIN, HEDGED))
    assert dump(store) == before


def test_statements_given_in_parts_are_one(new_store: NewStore) -> None:
    with new_store() as store:
        store.write_statements([*make_statements(PLAIN), *make_statements(HEDGED), *make_statements(PLAIN)])
        assert tuple(store.find_statements()) == make_statements(PLAIN, HEDGED)


def test_a_document_written_again_replaces_its_evidence(store: StatementStore) -> None:
    new = replace(PLAIN, section="abstract", sentence="Once more AKT1 phosphorylates TSC2 at S939 [7].")
    store.write_statements(make_statements(new))
    assert store.find_statement(make_statements(PLAIN)[0].id) == make_statements(HEDGED, new)[0]
    assert len(list(store.find_statements())) == len(make_statements())


def test_evidence_from_another_document_is_added(store: StatementStore) -> None:
    new = replace(ACTIVE, document="delta")
    store.write_statements(make_statements(new))
    assert store.find_statement(make_statements(ACTIVE)[0].id) == make_statements(ACTIVE, new)[0]


def test_removing_a_document_leaves_what_the_others_would_have_given(store: StatementStore) -> None:
    store.remove_document("alpha")
    with open_store(None) as other:
        other.write_statements(make_statements(HEDGED, ACTIVE, UNGROUNDED, INDIRECT, FORMULA))
        assert dump(store) == dump(other)


def test_removing_everything_leaves_an_empty_store(store: StatementStore) -> None:
    with open_store(None) as empty:
        nothing = dump(empty)
    for document in ("alpha", "beta", 'γ-notes "1"', "-1+2", "never seen"):
        store.remove_document(document)
    assert dump(store) == nothing


def test_names_and_plain_triples_go_with_the_last_statement_that_says_them(new_store: NewStore) -> None:
    sentence = "Protein kinase B activates RHEB."
    named = make_evidence(
        sentence, "activates", make_entity(sentence, "Protein kinase B", name="AKT1"), "RHEB", document="old"
    )
    other = make_evidence("AKT1 activates RHEB.", "activates", "AKT1", "RHEB", document="new")
    with new_store() as store, open_store(None) as expected:
        store.write_statements(make_statements(named, other))
        assert len(list(store.find_statements(subject="protein KINASE b"))) == 1
        store.remove_document("old")
        assert list(store.find_statements(subject="Protein kinase B")) == []
        expected.write_statements(make_statements(other))
        assert dump(store) == dump(expected)


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ({"relation": "activates"}, ["=HYPERLINK(1) activates RHEB", "RHEB activates MTOR"]),
        ({"subject": "akt1"}, ["AKT1 phosphorylates TSC2"]),
        ({"subject": "hgnc:391"}, ["AKT1 phosphorylates TSC2"]),
        ({"subject": "HGNC:391"}, ["AKT1 phosphorylates TSC2"]),
        ({"object": "tsc2"}, ["- phosphorylates TSC2", "AKT1 phosphorylates TSC2"]),
        ({"object": "TSC2", "site": "S939"}, ["AKT1 phosphorylates TSC2"]),
        ({"object": "TSC2", "subject": "MTOR"}, []),
        ({"subject": "INSULIN"}, ["insulin phosphorylates AKT"]),
        ({"subject": "pkcβ"}, ["<script>alert(1)</script> binds PKCβ"]),
        ({"subject": "<script>alert(1)</script>", "object": "PKCβ"}, ["<script>alert(1)</script> binds PKCβ"]),
        ({"subject": "PKCβ", "object": "PKCβ"}, []),
        ({"subject": "nobody"}, []),
        ({"relation": "phosphorylates", "min_belief": 0.85}, ["AKT1 phosphorylates TSC2"]),
        ({"negated": True}, ["RHEB inhibits MTOR"]),
        ({"relation": "inhibits", "negated": False}, []),
        ({"hedged": True}, ["AKT1 phosphorylates TSC2"]),
    ],
)
def test_finding(store: StatementStore, question: dict[str, object], labels: list[str]) -> None:
    assert find_labels(store, **question) == labels


def test_a_name_that_the_texts_use_finds_the_statement(new_store: NewStore) -> None:
    sentence = "Protein kinase B activates RHEB."
    evidence = make_evidence(sentence, "activates", make_entity(sentence, "Protein kinase B", name="AKT1"), "RHEB")
    with new_store() as store:
        store.write_statements(make_statements(evidence))
        assert find_labels(store, subject="protein kinase b") == ["AKT1 activates RHEB"]
        assert find_labels(store, object="protein kinase b") == []


def test_flags_must_fit_the_same_evidence(new_store: NewStore) -> None:
    doubt = replace(PLAIN, mention=replace(PLAIN.mention, negated=True))
    with new_store() as store:
        store.write_statements(make_statements(doubt, HEDGED))
        assert len(list(store.find_statements(negated=False))) == 1
        assert len(list(store.find_statements(hedged=False))) == 1
        assert list(store.find_statements(negated=False, hedged=False)) == []


def test_a_statement_without_evidence_is_kept_as_written(new_store: NewStore) -> None:
    bare = replace(make_statements(ACTIVE)[0], evidence=(), belief=0.123456789)
    with new_store() as store:
        store.write_statements([bare])
        store.write_statements([bare])
        assert list(store.find_statements(negated=False)) == [bare]


def test_text_that_is_none_is_refused_and_nothing_is_written(store: StatementStore) -> None:
    before = dump(store)
    broken = replace(ACTIVE, sentence="half a pair: \ud800")
    with pytest.raises(StoreError, match=r"from beta\) has characters that are no text"):
        store.write_statements(make_statements(broken))
    assert dump(store) == before


def test_a_read_only_store_is_not_written(tmp_path: Path) -> None:
    open_store(tmp_path / "store").close()
    with open_store(tmp_path / "store", read_only=True) as store:
        with pytest.raises(StoreError, match="read-only"):
            store.write_statements(make_statements())
        with pytest.raises(StoreError, match="read-only"):
            store.remove_document("alpha")


def test_a_closed_store_says_so(store: StatementStore) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.find_statements()


def test_many_documents_for_one_statement_keep_their_order(new_store: NewStore) -> None:
    readings = [replace(PLAIN, document=f"d{number}") for number in (3, 1, 2)]
    with new_store() as store:
        store.write_statements(make_statements(*readings))
        (statement,) = store.find_statements()
        assert [item.document for item in statement.evidence] == ["d3", "d1", "d2"]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
spans = st.tuples(st.integers(0, 9), st.integers(10, 99))
entities = st.builds(
    lambda text, span, type, name, curie, score, modifiers, alternatives: Entity(
        text, span[0], span[1], type, name, curie, score, "model", None, modifiers, alternatives
    ),
    names,
    spans,
    st.sampled_from(["PROTEIN", "odd type"]),
    names,
    st.none() | st.sampled_from(["hgnc:1", "HGNC:1", "odd:x y", "fplx:AKT", "no prefix", ":", "chebi:1?"]) | names,
    st.none() | st.floats(0, 1),
    st.lists(names, max_size=2).map(tuple),
    st.lists(names, max_size=2).map(tuple),
)
references = st.builds(
    Reference,
    number=st.none() | st.integers(0, 99),
    pmid=st.none() | texts,
    doi=st.none() | texts,
    title=st.none() | texts,
    text=st.none() | texts,
    pmcid=st.none() | texts,
    authors=st.lists(texts, max_size=2).map(tuple),
    journal=st.none() | texts,
    year=st.none() | st.integers(1800, 2100),
)
places = st.builds(Place, st.integers(1, 9), st.tuples(*[st.floats(0, 600)] * 4))


sites = st.builds(
    Site,
    st.just("S"),
    st.none() | st.integers(0, 999),
    st.just("9"),
    st.just(1),
    st.just(2),
    st.sampled_from(SITE_STATUSES),
    st.none() | st.just("S473"),
    texts,
)


@st.composite
def evidences(draw: st.DrawFn, subject: Entity | None, object: Entity) -> Evidence:
    mention = RelationMention(
        relation="activates",
        subject=subject,
        object=object,
        sites=tuple(draw(st.lists(sites, max_size=2))),
        trigger=Trigger(draw(texts), 0, 1),
        rule=draw(texts),
        sentence=draw(spans),
        negated=draw(st.booleans()),
        claim=draw(st.sampled_from(CLAIM_TYPES)),
        direct=draw(st.booleans()),
        cues=tuple(draw(st.lists(texts, max_size=2))),
        prior=draw(st.floats(0, 1)),
        citations=tuple(
            Citation(1, 2, draw(texts), tuple(draw(st.lists(references, max_size=2))))
            for _ in range(draw(st.integers(0, 2)))
        ),
    )
    source = draw(st.none() | spans)
    found = tuple(draw(st.lists(places, max_size=2)))
    return Evidence(
        draw(names), draw(texts), draw(texts), *draw(spans), mention, source, None, source, draw(texts), found
    )


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    subject, object_ = draw(st.none() | entities), draw(entities)
    ends = [None if end is None else Agent(end.name, end.type, end.curie) for end in (subject, object_)]
    agent, patient = ends
    assert patient is not None
    site = draw(st.none() | st.sampled_from(["S", "S473", "odd site"]))
    found = draw(st.lists(evidences(subject, object_), max_size=3, unique=True))
    identifier = make_statement_id("activates", agent, patient, site)
    belief = draw(st.floats(0, 1))
    return Statement(identifier, "activates", agent, patient, site, tuple(found), belief, draw(st.booleans()))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(statements(), max_size=3, unique_by=lambda item: item.id))
def test_any_statement_comes_out_as_it_went_in(written: list[Statement]) -> None:
    with open_store(None) as store:
        store.write_statements(written)
        before = dump(store)
        assert {item.id: item for item in store.find_statements()} == {item.id: item for item in written}
        store.write_statements(written)
        assert dump(store) == before


def test_the_relation_of_a_denial_has_no_plain_triple(new_store: NewStore) -> None:
    with new_store() as store:
        store.write_statements(make_statements(DENIED))
        question = "ASK { hgnc:10011 ?any hgnc:3942 }"
        assert store.query(question).answer is False
        claims = [replace(DENIED, document=name, mention=replace(DENIED.mention, negated=False)) for name in "ab"]
        store.write_statements(make_statements(DENIED, *claims))
        assert store.query(question).answer is True


def test_a_site_is_found_by_the_number_of_the_text_and_that_of_the_reference() -> None:
    known = make_evidence("AKT1 phosphorylates TSC2 at S939.", "phosphorylates", "AKT1", "TSC2", site="S939")
    mapped = replace(known.mention.sites[0], status="curated", reference="S981")
    with open_store(None) as store:
        store.write_statements(
            make_statements(replace(known, mention=replace(known.mention, sites=(mapped,))), NO_SUBJECT)
        )
        (statement,) = store.find_statements(site="S939")
        assert (statement.site, statement.site_status, statement.written_sites) == ("S981", "curated", ("S939",))
        assert list(store.find_statements(site="S981")) == [statement]
        assert list(store.find_statements(site_status="curated")) == [statement]
        assert [item.site for item in store.find_statements(site_status="unchecked")] == ["T1462"]
        assert list(store.find_statements(site_status="impossible")) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(statements())
def test_any_record_gives_back_its_statement(statement: Statement) -> None:
    record = dump_statement(statement)
    assert load_statement(record) == statement
    assert dump_statement(load_statement(record)) == record


def test_a_record_of_a_class_that_has_fewer_fields_is_read_with_the_defaults() -> None:
    statement = make_statements(ACTIVE)[0]
    row = json.loads(dump_statement(statement))
    assert row[-1] is statement.direct
    assert load_statement(json.dumps(row[:-1])) == replace(statement, direct=True)
    with pytest.raises(StoreError, match="The record of a statement cannot be read"):
        load_statement(json.dumps([*row, "more"]))
