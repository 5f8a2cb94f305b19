from __future__ import annotations

import io
from dataclasses import replace
from itertools import product

import pytest

from sigmine.assembly.vocabulary import load_relation_terms
from sigmine.exports.sentences import describe_backing, describe_statement, load_wordings, write_sentences
from sigmine.model import Agent, Reference, Statement
from sigmine.model.statement import CLAIM_TYPES, ClaimType
from store.builders import (
    DENIED,
    HEDGED,
    INDIRECT,
    NO_SUBJECT,
    PLAIN,
    UNGROUNDED,
    make_evidence,
    make_statements,
)

AKT, TSC2, INSULIN = (
    Agent("AKT", "FAMILY", "fplx:AKT"),
    Agent("TSC2", "PROTEIN", "hgnc:12363"),
    Agent("insulin", "CHEMICAL"),
)


def make(
    relation: str = "phosphorylates",
    subject: Agent | None = AKT,
    object: Agent = TSC2,
    *claims: ClaimType,
    site: str | None = None,
    negated: bool = False,
    direct: bool = True,
) -> Statement:
    """A statement with a piece of evidence for each claim."""
    made = []
    for claim in claims or ("asserted",):
        item = make_evidence("AKT and TSC2.", relation, "AKT" if subject else None, "TSC2", direct=direct)
        made.append(replace(item, mention=replace(item.mention, claim=claim, negated=negated)))
    return Statement("id", relation, subject, object, site, tuple(made), 0.9, direct)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (make(site="S939"), "AKT phosphorylates TSC2 on S939."),
        (make(site="S"), "AKT phosphorylates TSC2 on serine."),
        (make(subject=None, site="S939"), "TSC2 is phosphorylated on S939."),
        (make(subject=INSULIN, site="S939", direct=False), "Insulin brings about the phosphorylation of TSC2 on S939."),
        (make(subject=TSC2, site="S939"), "TSC2 phosphorylates itself on S939."),
        (make("activates"), "AKT activates TSC2."),
        (make("activates", direct=False), "AKT indirectly activates TSC2."),
        (make("inhibits_phosphorylation", site="S939"), "AKT inhibits the phosphorylation of TSC2 on S939."),
        (make("increases_amount", INSULIN), "Insulin increases the amount of TSC2."),
        (make("binds"), "AKT and TSC2 bind each other."),
        (make("binds", TSC2), "TSC2 binds itself."),
        (make("part_of"), "AKT is part of TSC2."),
        (make("part_of", direct=False), "AKT is indirectly part of TSC2."),
        (make("translocates"), "AKT moves TSC2."),
        (make("translocates", None), "TSC2 translocates."),
        (make("activates", None), "Something activates TSC2."),
    ],
)  # fmt: skip
def test_what_is_said(statement: Statement, sentence: str) -> None:
    assert describe_statement(statement) == sentence


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (make(negated=True, site="S939"), "AKT does not phosphorylate TSC2 on S939."),
        (make(subject=None, negated=True), "TSC2 is not phosphorylated."),
        (make("binds", negated=True), "AKT and TSC2 do not bind each other."),
        (make("member_of", negated=True), "AKT is not a member of TSC2."),
        (make(direct=False, negated=True), "AKT does not bring about the phosphorylation of TSC2."),
        (make("phosphorylates", AKT, TSC2, "contradicted"), "The view that AKT phosphorylates TSC2 is rejected."),
        (make("inhibits", INSULIN, TSC2, "contradicted"), "The view that insulin inhibits TSC2 is rejected."),
        (make("phosphorylates", AKT, TSC2, "hypothesised"), "AKT may phosphorylate TSC2."),
        (make("phosphorylates", None, TSC2, "hypothesised"), "TSC2 may be phosphorylated."),
        (make("phosphorylates", INSULIN, TSC2, "hypothesised", direct=False),
         "Insulin may bring about the phosphorylation of TSC2."),
        (make("binds", AKT, TSC2, "hypothesised"), "AKT and TSC2 may bind each other."),
        (make("member_of", AKT, TSC2, "hypothesised"), "AKT may be a member of TSC2."),
        (make("activates", AKT, TSC2, "hypothesised", direct=False), "AKT may indirectly activate TSC2."),
        (make("activates", AKT, TSC2, "open_question"), "It is an open question whether AKT activates TSC2."),
        (make("activates", AKT, TSC2, "open_question", "hypothesised"), "AKT may activate TSC2."),
        (make("activates", AKT, TSC2, "open_question", "attributed"), "AKT activates TSC2."),
        (make("activates", AKT, TSC2, "hypothesised", negated=True), "AKT possibly does not activate TSC2."),
        (make("activates", AKT, TSC2, "open_question", negated=True),
         "It is an open question whether AKT does not activate TSC2."),
        (make("activates", AKT, TSC2, "contradicted", negated=True), "AKT may activate TSC2."),
    ],
)  # fmt: skip
def test_what_texts_only_suppose_or_deny_is_never_said_outright(statement: Statement, sentence: str) -> None:
    assert describe_statement(statement) == sentence


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("growth factors", "activate"),
        ("YAP–TEAD complexes", "activate"),
        ("stress", "activates"),
        ("apoptosis", "activates"),
        ("virus", "activates"),
        ("diabetes", "activates"),
        ("RAS", "activates"),
        ("14-3-3 proteins", "activate"),
        ("p38s", "activates"),
    ],
)
def test_names_in_the_plural_have_their_verb(name: str, verb: str) -> None:
    sentence = describe_statement(make("activates", Agent(name, "PROTEIN")))
    assert sentence[1:] == f"{name} {verb} TSC2."[1:]


def test_plurals_in_other_sentences() -> None:
    kinases = Agent("kinases", "FAMILY")
    assert describe_statement(make(subject=None, object=kinases)) == "Kinases are phosphorylated."
    assert describe_statement(make("part_of", kinases, negated=True)) == "Kinases are not part of TSC2."
    assert describe_statement(make("activates", kinases, negated=True)) == "Kinases do not activate TSC2."
    assert describe_statement(make("activates", kinases, TSC2, "hypothesised")) == "Kinases may activate TSC2."


def test_every_relation_has_its_words_and_every_form_is_one_sentence() -> None:
    assert load_wordings().keys() == load_relation_terms().keys()
    for relation, subject, claim, negated, direct in product(
        load_wordings(), (AKT, TSC2, None), CLAIM_TYPES, (False, True), (False, True)
    ):
        text = describe_statement(make(relation, subject, TSC2, claim, negated=negated, direct=direct))
        assert "TSC2" in text
        assert text.endswith(".")
        assert text.count(".") == 1
        assert "  " not in text
        assert ("AKT" in text) == (subject is AKT)
        assert " not " in text or not (negated and claim == "asserted")


def test_a_relation_without_words_is_said_by_its_label() -> None:
    assert describe_statement(make("cleaves")) == "AKT cleaves TSC2."


def test_names_stay_on_one_line_and_keep_their_letters() -> None:
    assert describe_statement(make(subject=Agent("p53\nα", "PROTEIN"))) == "p53 α phosphorylates TSC2."
    assert describe_statement(make(subject=Agent("mTOR", "PROTEIN"))) == "mTOR phosphorylates TSC2."
    (statement,) = make_statements(UNGROUNDED)
    assert describe_statement(statement) == "<script>alert(1)</script> and PKCβ bind each other."


def test_the_number_of_the_text_stands_beside_that_of_the_sequence() -> None:
    (statement,) = make_statements(PLAIN)
    (site,) = statement.evidence[0].mention.sites
    mention = replace(statement.evidence[0].mention, sites=(replace(site, reference="S940"),))
    (moved,) = make_statements(replace(statement.evidence[0], mention=mention))
    assert describe_statement(moved) == "AKT1 phosphorylates TSC2 on S940 (S939 in text)."


def test_what_it_rests_on() -> None:
    (both,) = make_statements(PLAIN, HEDGED)
    assert describe_backing(replace(both, belief=0.94)) == (
        "belief 0.94; 2 sentences in 2 documents: 1 outright, 1 hedged; cited: pubmed:12345, doi:10.1000/x<1>y"
    )
    (denied,) = make_statements(DENIED)
    assert (
        describe_backing(replace(denied, belief=0.1))
        == "belief that it is so 0.10; 1 sentence in 1 document: 1 against"
    )
    assert describe_backing(replace(make(), evidence=())) == "belief 0.90; no evidence"
    many = make_evidence("AKT1 activates RHEB.", "activates", "AKT1", "RHEB",
                         references=tuple(Reference(pmid=str(number)) for number in range(1, 8)))  # fmt: skip
    (cited,) = make_statements(many)
    assert describe_backing(cited).endswith("cited: pubmed:1, pubmed:2, pubmed:3, pubmed:4, pubmed:5 and 2 more")


def test_a_file_has_a_line_for_each_statement() -> None:
    file = io.BytesIO()
    write_sentences(make_statements(NO_SUBJECT, INDIRECT, DENIED), file)
    lines = file.getvalue().decode().splitlines()
    assert [line.partition(" (")[0] for line in lines] == [
        "RHEB does not inhibit MTOR",
        "TSC2 is phosphorylated on T1462",
        "Insulin brings about the phosphorylation of AKT",
    ]
    assert all(line.endswith(").") for line in lines)
