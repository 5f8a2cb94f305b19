from __future__ import annotations

import random
from dataclasses import replace

import pytest

from samples import make_mention
from sigmine.assembly.evidence import make_evidence
from sigmine.assembly.merge import assemble
from sigmine.model import Document, Evidence, Statement
from sigmine.model.entity import SiteStatus


def observe(
    text: str, relation: str, subject: str | None, object_: str, document: str = "a", **flags: object
) -> Evidence:
    source = Document(document, text)
    return make_evidence(make_mention(source, relation, subject, object_, **flags), source)  # type: ignore[arg-type]


def show(statement: Statement) -> str:
    subject = statement.subject.name if statement.subject else "-"
    return f"{subject} {statement.relation} {statement.object.name} {statement.site or '-'}"


def test_each_site_is_a_statement_and_numbers_sort_as_numbers() -> None:
    evidence = observe("AKT1 phosphorylates TSC2 at S939, T1462 and S21.", "phosphorylates", "AKT1", "TSC2",
                       sites=["S939", "T1462", "S21"])  # fmt: skip
    statements = assemble([evidence])
    assert [statement.site for statement in statements] == ["S21", "S939", "T1462"]
    assert all(statement.evidence == (evidence,) for statement in statements)


def test_a_site_said_twice_in_one_mention_is_one_piece_of_evidence() -> None:
    (statement,) = assemble(
        [observe("AKT1 phosphorylates TSC2 at S939.", "phosphorylates", "AKT1", "TSC2", sites=["S939", "S939"])]
    )
    assert len(statement.evidence) == 1


def test_with_and_without_site_are_two_statements() -> None:
    statements = assemble(
        [
            observe("AKT1 phosphorylates TSC2.", "phosphorylates", "AKT1", "TSC2"),
            observe("AKT1 phosphorylates TSC2 at S939.", "phosphorylates", "AKT1", "TSC2", "b", sites=["S939"]),
        ]
    )
    assert [(statement.site, len(statement.evidence)) for statement in statements] == [(None, 1), ("S939", 1)]


def test_one_identity_under_two_spellings_is_one_statement_under_the_commoner_name() -> None:
    plain = observe("AKT1 phosphorylates TSC2.", "phosphorylates", "AKT1", "TSC2")
    assert plain.mention.subject
    other = replace(
        plain, document="b", mention=replace(plain.mention, subject=replace(plain.mention.subject, name="PKB"))
    )
    (statement,) = assemble([other, plain, replace(plain, document="c")])
    assert statement.subject
    assert statement.subject.name == "AKT1"
    assert [evidence.document for evidence in statement.evidence] == ["b", "a", "c"]


def test_names_without_identity_merge_by_type_and_name_in_any_case() -> None:
    rows = [
        observe("Foo1 activates MTOR.", "activates", "Foo1", "MTOR"),
        observe("FOO1 activates MTOR.", "activates", "FOO1", "MTOR", "b"),
    ]
    assert len(assemble(rows)) == 1
    subject = rows[1].mention.subject
    assert subject
    chemical = replace(rows[1], mention=replace(rows[1].mention, subject=replace(subject, type="CHEMICAL")))
    assert len(assemble([rows[0], chemical])) == 2


def test_direction_matters_except_for_binding() -> None:
    texts = ("AKT1 binds TSC2.", "TSC2 binds AKT1.")
    bound = assemble([observe(texts[0], "binds", "AKT1", "TSC2"), observe(texts[1], "binds", "TSC2", "AKT1", "b")])
    assert [len(statement.evidence) for statement in bound] == [2]
    directed = assemble(
        [observe(texts[0], "activates", "AKT1", "TSC2"), observe(texts[1], "activates", "TSC2", "AKT1")]
    )
    assert len(directed) == 2


def test_a_statement_without_subject_is_not_merged_into_one_with() -> None:
    text = "AKT1 phosphorylates TSC2."
    statements = assemble(
        [observe(text, "phosphorylates", None, "TSC2"), observe(text, "phosphorylates", "AKT1", "TSC2")]
    )
    assert [show(statement) for statement in statements] == ["- phosphorylates TSC2 -", "AKT1 phosphorylates TSC2 -"]


@pytest.mark.parametrize(
    ("flags", "direct"),
    [
        ([{"direct": False}], False),
        ([{"direct": False}, {"direct": True}], True),
        ([{"direct": False}, {"direct": True, "negated": True}], False),
        ([{"direct": True, "negated": True}], True),
    ],
)
def test_direct_is_what_any_supporting_evidence_says(flags: list[dict[str, bool]], direct: bool) -> None:
    text = "AKT1 phosphorylates TSC2."
    rows = [observe(text, "phosphorylates", "AKT1", "TSC2", str(i), **flag) for i, flag in enumerate(flags)]
    assert [statement.direct for statement in assemble(rows)] == [direct]


def test_a_denial_is_evidence_of_the_same_statement() -> None:
    text = "AKT1 phosphorylates TSC2."
    rows = [
        observe(text, "phosphorylates", "AKT1", "TSC2"),
        observe(text, "phosphorylates", "AKT1", "TSC2", "b", negated=True),
    ]
    (statement,) = assemble(rows)
    assert len(statement.evidence) == 2
    assert statement.belief < 0.8


def test_ids_and_order_do_not_depend_on_the_order_of_the_evidence() -> None:
    text = "AKT1 phosphorylates TSC2 at S939; MTOR activates RPS6KB1 and binds AKT1."
    rows = [
        observe(text, "phosphorylates", "AKT1", "TSC2", sites=["S939"]),
        observe(text, "activates", "MTOR", "RPS6KB1"),
        observe(text, "binds", "RPS6KB1", "AKT1"),
        observe(text, "binds", "AKT1", "RPS6KB1", "b"),
    ]
    expected = [(statement.id, show(statement)) for statement in assemble(rows)]
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert [(statement.id, show(statement)) for statement in assemble(rows)] == expected


def test_nothing_gives_nothing() -> None:
    assert assemble([]) == ()


def check(evidence: Evidence, status: SiteStatus, reference: str | None = None) -> Evidence:
    sites = tuple(replace(site, status=status, reference=reference) for site in evidence.mention.sites)
    return replace(evidence, mention=replace(evidence.mention, sites=sites))


def test_two_numbers_of_one_residue_are_one_statement_that_keeps_both() -> None:
    old = check(observe("RAF1 phosphorylates MAP2K1 at S217.", "phosphorylates", "RAF1", "MAP2K1", sites=["S217"]),
                "curated", "S218")  # fmt: skip
    new = check(observe("RAF1 phosphorylates MAP2K1 at S218.", "phosphorylates", "RAF1", "MAP2K1", "b", sites=["S218"]),
                "valid")  # fmt: skip
    (statement,) = assemble([old, new])
    assert (statement.site, statement.site_status, statement.written_sites) == ("S218", "valid", ("S217",))
    assert [evidence.mention.sites[0].name for evidence in statement.evidence] == ["S217", "S218"]
    assert statement.id == assemble([new])[0].id == assemble([old])[0].id


@pytest.mark.parametrize("status", ["isoform", "other_species", "off_by_one", "impossible", "unchecked"])
def test_what_is_no_certain_mapping_leaves_the_texts_number(status: SiteStatus) -> None:
    text = observe("RAF1 phosphorylates MAP2K1 at S217.", "phosphorylates", "RAF1", "MAP2K1", sites=["S217"])
    (statement,) = assemble([check(text, status)])
    assert (statement.site, statement.site_status, statement.written_sites) == ("S217", status, ())
    assert statement.id == assemble([text])[0].id


def test_a_mention_of_two_numbers_of_one_residue_counts_once() -> None:
    both = observe("RAF1 phosphorylates MAP2K1 at S217 and S218.", "phosphorylates", "RAF1", "MAP2K1",
                   sites=["S217", "S218"])  # fmt: skip
    (statement,) = assemble([check(both, "curated", "S218")])
    assert len(statement.evidence) == 1


def test_a_statement_without_a_site_has_no_status() -> None:
    (statement,) = assemble([observe("AKT1 phosphorylates TSC2.", "phosphorylates", "AKT1", "TSC2")])
    assert (statement.site_status, statement.written_sites) == (None, ())
