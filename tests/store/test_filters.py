"""What statements a store gives for a question, in memory, in a folder and behind an endpoint."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import networkx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sigmine.assembly import assemble
from sigmine.assembly.families import collapse_families
from sigmine.model import Entity, Evidence, Statement
from sigmine.store import Filters, Selection, StatementStore, open_store
from store.builders import DENIED, HEDGED, PLAIN, make_evidence, make_statements

NewStore = Callable[[], StatementStore]

CHAIN = (
    make_evidence("AKT1 phosphorylates TSC2 at S939.", "phosphorylates", "AKT1", "TSC2", site="S939"),
    make_evidence("AKT1 activates MTOR.", "activates", "AKT1", "MTOR", start=50),
    make_evidence("TSC2 inhibits RHEB.", "inhibits", "TSC2", "RHEB", start=100),
    make_evidence("RHEB activates MTOR.", "activates", "RHEB", "MTOR", start=150, document="beta"),
    make_evidence("MTOR phosphorylates ULK1.", "phosphorylates", "MTOR", "ULK1", start=200, document="beta"),
    make_evidence("ULK1 is phosphorylated at S317.", "phosphorylates", None, "ULK1", site="S317", start=250),
    make_evidence("Far from it, NLK binds TAB2.", "binds", "NLK", "TAB2", start=300),
)


def name(statement: Statement) -> str:
    return f"{statement.subject.name if statement.subject else '-'} {statement.relation} {statement.object.name}"


def ask(store: StatementStore, **filters: object) -> list[str]:
    return [name(item) for item in store.find_statements(**filters)]  # type: ignore[arg-type]


@pytest.fixture
def chain(new_store: NewStore) -> StatementStore:
    store = new_store()
    store.write_statements(make_statements(*CHAIN))
    return store


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"around": ["ULK1"], "hops": 0}, ["- phosphorylates ULK1"]),
        ({"around": ["ulk1"]}, ["- phosphorylates ULK1", "MTOR phosphorylates ULK1"]),
        (
            {"around": ["ULK1"], "hops": 2},
            [
                "AKT1 activates MTOR", "RHEB activates MTOR",
                "- phosphorylates ULK1", "MTOR phosphorylates ULK1",
            ],
        ),
        ({"around": ["AKT1", "TSC2", "nobody"], "hops": 0}, ["AKT1 phosphorylates TSC2"]),
        # TSC2 and MTOR are both next to AKT1 and RHEB: what is said between neighbours belongs to it.
        (
            {"around": "hgnc:391"},
            ["AKT1 activates MTOR", "AKT1 phosphorylates TSC2"],
        ),
        (
            {"around": ["RHEB"]},
            ["RHEB activates MTOR", "TSC2 inhibits RHEB"],
        ),
        # Steps go over what fits the other filters: MTOR is not reached from TSC2 by what phosphorylates.
        ({"around": ["TSC2"], "hops": 3, "relation": ["phosphorylates"]}, ["AKT1 phosphorylates TSC2"]),
        ({"around": ["ULK1"], "hops": 2, "documents": ["beta"]}, ["RHEB activates MTOR", "MTOR phosphorylates ULK1"]),
        ({"around": ["nobody"], "hops": 2}, []),
        ({"molecules": ["MTOR"], "relation": "activates"}, ["AKT1 activates MTOR", "RHEB activates MTOR"]),
        ({"molecules": ["TAB2", "TSC2"], "relation": ["binds", "inhibits"]}, ["NLK binds TAB2", "TSC2 inhibits RHEB"]),
        ({"molecules": ["nobody"]}, []),
        ({"relation": ["binds", "inhibits"]}, ["NLK binds TAB2", "TSC2 inhibits RHEB"]),
        ({"relation": [], "documents": ["beta"]}, ["RHEB activates MTOR", "MTOR phosphorylates ULK1"]),
    ],
)  # fmt: skip
def test_neighbourhoods_molecules_and_relations(
    chain: StatementStore, filters: dict[str, object], expected: list[str]
) -> None:
    assert ask(chain, **filters) == expected


def test_what_is_said_between_neighbours_belongs_to_the_neighbourhood(new_store: NewStore) -> None:
    link = make_evidence("TSC2 binds MTOR.", "binds", "TSC2", "MTOR", start=400)
    with new_store() as store:
        store.write_statements(make_statements(*CHAIN, link))
        assert any("binds" in one and "AKT1" not in one for one in ask(store, around=["AKT1"]))
        assert "RHEB activates MTOR" not in ask(store, around=["AKT1"])


def test_statements_of_a_section_or_document_are_as_if_nothing_else_had_been_read(new_store: NewStore) -> None:
    abstract = replace(PLAIN, section="abstract", start=900, document="gamma")
    weaker = replace(PLAIN, mention=replace(PLAIN.mention, direct=False, prior=0.4), document="delta")
    both = (abstract, HEDGED, weaker, DENIED)
    with new_store() as store:
        store.write_statements(make_statements(*both))
        for place, kept in (
            ({"sections": ["abstract"]}, [abstract]),
            ({"sections": ["body"]}, [HEDGED, weaker, DENIED]),
            ({"documents": ["beta", "delta"]}, [HEDGED, weaker]),
            ({"documents": ["gamma"], "sections": ["body"]}, []),
            ({"documents": ["never read"]}, []),
            ({"sections": ["abstract"], "subject": "AKT1", "relation": "phosphorylates"}, [abstract]),
        ):
            assert tuple(store.find_statements(**place)) == assemble(kept), place  # type: ignore[arg-type]
        # The other filters go by what is left.
        assert len(ask(store, direct=True, subject="AKT1")) == 1
        assert ask(store, documents=["delta"], direct=True) == []
        assert ask(store, documents=["beta"], hedged=False) == []
        assert ask(store, subject="AKT1", min_belief=0.6)
        assert ask(store, documents=["delta"], min_belief=0.6) == []


def test_status_and_number_of_a_site_go_by_the_evidence_that_counts(new_store: NewStore) -> None:
    mapped = replace(PLAIN.mention.sites[0], status="curated", reference="S981")
    one = replace(PLAIN, mention=replace(PLAIN.mention, sites=(mapped,)))
    plain = replace(PLAIN.mention.sites[0], position=981, text="S981")
    other = replace(PLAIN, document="beta", mention=replace(PLAIN.mention, sites=(plain,)))
    with new_store() as store:
        store.write_statements(make_statements(one, other))
        assert len(ask(store, site="S939")) == len(ask(store, site_status="curated")) == 1
        assert ask(store, site="S939", documents=["beta"]) == ask(store, site_status="unchecked") == []
        assert len(ask(store, site="S981", documents=["beta"], site_status="unchecked")) == 1


def test_indirect_statements_are_found_by_themselves(new_store: NewStore) -> None:
    with new_store() as store:
        store.write_statements(make_statements())
        assert ask(store, direct=False) == ["insulin phosphorylates AKT"]
        assert len(ask(store, direct=True)) == len(make_statements()) - 1
        assert ask(store, direct=None) == ask(store)


FAMILY = make_evidence("AKT binds RHEB.", "binds", Entity("AKT", 0, 3, "FAMILY", "AKT", "fplx:AKT"), "RHEB")
MEMBERS = tuple(
    make_evidence(f"{gene} {relation} {other}.", relation, make_gene, other, start=100 * at, document=document)
    for at, (gene, curie, relation, other, document) in enumerate(
        [
            ("AKT1", "hgnc:391", "phosphorylates", "TSC2", "alpha"),
            ("AKT2", "hgnc:392", "phosphorylates", "TSC2", "beta"),
            ("AKT3", "hgnc:393", "activates", "MTOR", "beta"),
        ],
        1,
    )
    for make_gene in [Entity(gene, 0, len(gene), "PROTEIN", gene, curie)]
)


def test_filters_go_by_what_families_say_together(new_store: NewStore) -> None:
    with new_store() as store:
        store.write_statements(make_statements(FAMILY, *MEMBERS))
        alone = ask(store, subject="AKT")
        assert alone == ["AKT binds RHEB"]
        expected = ["AKT activates MTOR", "AKT binds RHEB", "AKT phosphorylates TSC2"]
        for who in ("AKT", "akt2", "hgnc:393"):
            assert ask(store, molecules=[who], collapse_families=True) == expected
            assert ask(store, around=[who], collapse_families=True) == expected
        one = max(item.belief for item in store.find_statements(relation="phosphorylates"))
        found = list(store.find_statements(min_belief=one + 0.001, collapse_families=True))
        assert [name(item) for item in found] == ["AKT phosphorylates TSC2"]
        assert ask(store, around=["TSC2"], hops=2, collapse_families=True) == expected
        assert ask(store, documents=["beta"], collapse_families=True, subject="AKT1") == [
            "AKT activates MTOR", "AKT phosphorylates TSC2",
        ]  # fmt: skip


def test_a_family_that_only_its_members_stand_for_is_found_by_its_name(new_store: NewStore) -> None:
    with new_store() as store:
        store.write_statements(make_statements(*MEMBERS))
        assert ask(store, subject="AKT") == []
        assert ask(store, subject="AKT", collapse_families=True) == ["AKT activates MTOR", "AKT phosphorylates TSC2"]
        assert ask(store, subject="ERK", collapse_families=True) == []
        store.remove_document("beta")
        assert ask(store, subject="AKT3") == []
        for who in ("AKT3", "hgnc:393", "FPLX:AKT"):
            assert ask(store, subject=who, collapse_families=True) == ["AKT phosphorylates TSC2"]


def test_names_are_listed_as_the_store_knows_them(chain: StatementStore, new_store: NewStore) -> None:
    assert chain.find_names() == ["AKT1", "MTOR", "NLK", "RHEB", "TAB2", "TSC2", "ULK1"]


def test_a_filter_that_there_is_not_is_refused() -> None:
    with open_store(None) as store:
        with pytest.raises(TypeError, match="relations"):
            store.find_statements(relations=["binds"])  # type: ignore[call-arg]
        with pytest.raises(ValueError, match="hops is -1; it is 0 or more"):
            store.find_statements(around=["MTOR"], hops=-1)


def test_filters_and_selection_have_the_same_names() -> None:
    assert list(Filters.__annotations__) == list(Selection.__dataclass_fields__)


GENES = ("AKT1", "AKT2", "AKT3", "MTOR", "RHEB", "TSC2", "ULK1")
CURIES = {"AKT1": "hgnc:391", "AKT2": "hgnc:392", "AKT3": "hgnc:393"}


def make_random(subject: str | None, relation: str, object: str, document: str, number: int) -> Evidence:
    sentence = f"{subject or 'Something'} {relation} {object}."
    ends = [
        Entity(gene, 0, len(gene), "PROTEIN", gene, CURIES.get(gene)) if gene else None for gene in (subject, object)
    ]
    return make_evidence(
        sentence, relation, ends[0], ends[1] or "", start=1000 * number, document=document, prior=0.5,
        negated=number % 5 == 4,
    )  # fmt: skip


EVIDENCE = st.lists(
    st.tuples(
        st.sampled_from((None, *GENES)),
        st.sampled_from(("phosphorylates", "binds", "activates")),
        st.sampled_from(GENES),
        st.sampled_from(("alpha", "beta")),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVIDENCE, st.sampled_from(GENES), st.integers(0, 3), st.booleans(), st.sampled_from([(), ("alpha",)]))
def test_a_neighbourhood_is_what_networkx_calls_so(
    rows: list[tuple[str | None, str, str, str]], centre: str, hops: int, collapse: bool, documents: tuple[str, ...]
) -> None:
    evidence = [make_random(*row, number) for number, row in enumerate(rows)]  # type: ignore[arg-type]
    with open_store(None) as store:
        store.write_statements(assemble(evidence))
        found = list(store.find_statements(around=[centre], hops=hops, collapse_families=collapse, documents=documents))
    read = list(assemble(item for item in evidence if not documents or item.document in documents))
    everything = collapse_families(read) if collapse else read

    def place(key: str) -> str:
        return "fplx:AKT" if collapse and key in CURIES.values() else key

    graph = networkx.Graph()
    middle = place(CURIES.get(centre, f"protein:{centre.lower()}"))
    graph.add_node(middle)
    for item in everything:
        ends = [place(end.key) for end in (item.subject, item.object) if end]
        graph.add_edges_from(itertools.pairwise(ends))
    inside = set(networkx.ego_graph(graph, middle, radius=hops))
    expected = [
        item
        for item in everything
        if all(end is None or place(end.key) in inside for end in (item.subject, item.object))
    ]
    assert found == expected
