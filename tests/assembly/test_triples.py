from __future__ import annotations

from dataclasses import replace

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmine.assembly.terms import make_iri, make_literal
from sigmine.assembly.triples import (
    MIN_BELIEF,
    agent_iri,
    find_written_names,
    make_graph_triples,
    make_label,
    make_triples,
)
from sigmine.assembly.vocabulary import load_relation_terms, make_vocabulary, predicate_iri, term_iri
from sigmine.model import ENTITY_TYPES, Agent, Statement
from sigmine.resources.prefixes import PREFIXES
from store.builders import (
    DENIED,
    HEDGED,
    INDIRECT,
    NO_SUBJECT,
    PLAIN,
    UNGROUNDED,
    make_entity,
    make_evidence,
    make_statements,
)

HGNC = PREFIXES["hgnc"]
SIGMINE = PREFIXES["sigmine"]
texts = st.text(st.characters(exclude_categories=["Cs"]))


def find_plain(statement: Statement) -> list[str]:
    """Predicates of the triples between the ends."""
    ends = {agent_iri(end) for end in (statement.subject, statement.object) if end}
    return [p for s, p, o in make_triples(statement) if s in ends and o in ends]


def read_back(term: str) -> pyoxigraph.Literal | pyoxigraph.NamedNode:
    line = f"<a:a> <a:a> {term} ."
    (quad,) = pyoxigraph.parse(input=line.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, pyoxigraph.Literal | pyoxigraph.NamedNode)
    return quad.object


@given(texts)
def test_any_text_is_a_literal(text: str) -> None:
    assert read_back(make_literal(text)).value == text


@given(st.lists(texts, min_size=1, max_size=3))
def test_any_text_makes_an_iri(parts: list[str]) -> None:
    assert read_back(make_iri("https://example.org/", *parts)).value.startswith("https://example.org/")


@given(st.floats(0, 1), st.integers(), st.booleans())
def test_numbers_keep_their_value_and_type(number: float, count: int, flag: bool) -> None:
    for value, name in ((number, "double"), (count, "integer"), (flag, "boolean")):
        literal = read_back(make_literal(value))
        assert isinstance(literal, pyoxigraph.Literal)
        assert literal.datatype.value.endswith(f"#{name}")
        assert type(value)(literal.value == "true" if name == "boolean" else literal.value) == value


def test_an_identity_is_that_of_its_curie() -> None:
    assert agent_iri(Agent("AKT1", "PROTEIN", "hgnc:391")) == f"<{HGNC}391>"
    assert agent_iri(Agent("another name", "FAMILY", "hgnc:391")) == f"<{HGNC}391>"


agents = st.builds(Agent, texts, st.sampled_from(ENTITY_TYPES), st.none() | texts)


@given(agents, agents)
def test_identities_are_the_same_exactly_where_the_keys_are(one: Agent, two: Agent) -> None:
    assert (agent_iri(one) == agent_iri(two)) == ((one.key, not one.curie) == (two.key, not two.curie))
    assert agent_iri(one) == agent_iri(Agent(one.name, one.type, one.curie))


@pytest.mark.parametrize("curie", ["HGNC:391", "hgnc:391 ", "hgnc:39/1", "nothing:391", "391", ""])
def test_an_odd_curie_is_another_identity(curie: str) -> None:
    iri = agent_iri(Agent("AKT1", "PROTEIN", curie))
    assert iri != f"<{HGNC}391>"
    assert iri.startswith("<https://w3id.org/sigmine/")


def test_a_statement_has_one_plain_triple() -> None:
    (statement,) = make_statements(PLAIN, HEDGED)
    assert find_plain(statement) == [predicate_iri("phosphorylates")] == ["<http://purl.obolibrary.org/obo/RO_0002447>"]


def test_what_the_text_does_not_call_indirect_is_not_directly_so() -> None:
    terms = {"activates": "RO:0002450", "inhibits": "RO:0002449"}
    for relation, close in terms.items():
        assert predicate_iri(relation) == term_iri(f"sigmine:{relation}")
        assert (predicate_iri(relation), term_iri("skos:closeMatch"), term_iri(close)) in set(make_vocabulary())
    matched = {triple[0] for triple in make_vocabulary() if triple[1] == term_iri("skos:closeMatch")}
    assert matched == {predicate_iri(relation) for relation in terms}


def test_what_is_only_denied_has_none() -> None:
    assert find_plain(make_statements(DENIED)[0]) == []
    claims = [replace(DENIED, document=name, mention=replace(DENIED.mention, negated=False)) for name in "ab"]
    assert find_plain(make_statements(DENIED, *claims)[0])


def test_what_is_believed_is_a_fact_and_what_is_only_supposed_is_none() -> None:
    suppositions = [replace(HEDGED, document=name) for name in "abcdefgh"]
    (supposed,) = make_statements(*suppositions)
    assert supposed.belief > MIN_BELIEF
    assert find_plain(supposed) == []
    assert find_plain(make_statements(PLAIN, *suppositions)[0]) == [predicate_iri("phosphorylates")]
    (plain,) = make_statements(PLAIN)
    assert find_plain(replace(plain, belief=MIN_BELIEF))
    assert find_plain(replace(plain, belief=MIN_BELIEF - 0.01)) == []


def test_what_has_no_subject_has_none() -> None:
    (statement,) = make_statements(NO_SUBJECT)
    assert find_plain(statement) == []
    assert make_label(statement) == "something phosphorylates TSC2 at T1462"


def test_an_indirect_statement_does_not_use_the_predicate_of_the_ontology() -> None:
    assert find_plain(make_statements(INDIRECT)[0]) == [f"<{SIGMINE}phosphorylates_indirectly>"]


def test_every_relation_has_predicates_of_its_own() -> None:
    predicates = [predicate_iri(name, direct=direct) for name in load_relation_terms() for direct in (True, False)]
    assert len(set(predicates)) == len(predicates)
    assert predicate_iri("never_heard_of") == f"<{SIGMINE}never_heard_of>"


def test_names_that_the_texts_use_belong_to_their_end() -> None:
    sentence = "Protein kinase B activates RHEB."
    evidence = make_evidence(sentence, "activates", make_entity(sentence, "Protein kinase B", name="AKT1"), "RHEB")
    (statement,) = make_statements(evidence)
    assert statement.subject is not None
    assert find_written_names(statement.subject, statement.evidence) == ["Protein kinase B"]
    assert find_written_names(statement.object, statement.evidence) == []


def test_all_triples_are_valid_and_none_has_a_blank_node() -> None:
    lines = [f"{s} {p} {o} ." for s, p, o in make_graph_triples(make_statements())]
    quads = list(pyoxigraph.parse(input="\n".join(lines).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES))
    assert len(quads) == len(lines)
    assert not any(isinstance(term, pyoxigraph.BlankNode) for quad in quads for term in (quad.subject, quad.object))


def test_the_run_does_not_change_the_name_of_evidence() -> None:
    one = set(make_triples(make_statements(UNGROUNDED)[0]))
    two = set(make_triples(make_statements(replace(UNGROUNDED, run="1f"))[0]))
    assert one < two
    assert [p for _, p, _ in two - one] == ["<http://www.w3.org/ns/prov#wasGeneratedBy>"]


def test_a_site_has_its_status_and_the_number_of_the_texts() -> None:
    def find(statement: Statement, term: str) -> list[str]:
        return [o for _, p, o in make_triples(statement) if p == term_iri(term)]

    mapped = replace(PLAIN.mention.sites[0], status="initiator_methionine", reference="S940")
    evidence = replace(PLAIN, mention=replace(PLAIN.mention, sites=(mapped,)))
    (statement,) = make_statements(evidence)
    assert find(statement, "sigmine:site") == ['"S940"']
    assert find(statement, "sigmine:written_site") == ['"S939"']
    assert find(statement, "sigmine:site_status") == ['"initiator_methionine"']
    (plain,) = make_statements(PLAIN)
    assert find(plain, "sigmine:site_status") == ['"unchecked"']
    assert find(plain, "sigmine:written_site") == []
    (bare,) = make_statements(INDIRECT)
    assert find(bare, "sigmine:site_status") == []
