from __future__ import annotations

from sigmine.benchmark.statements import make_statements as make_many
from sigmine.web.report_network import MAX_EDGES, MAX_MOLECULES, choose_part, part_to_json
from store.builders import ACTIVE, DENIED, NO_SUBJECT, PLAIN, make_evidence
from web.reports import make_statements


def test_statements_that_differ_in_the_site_alone_are_one_edge() -> None:
    other = make_evidence("AKT1 phosphorylates TSC2.", "phosphorylates", "AKT1", "TSC2", site="T1462", start=300)
    statements = make_statements(PLAIN, other, ACTIVE, DENIED, NO_SUBJECT)
    part = choose_part(statements)
    edges = [sorted(statements[number].site or "" for number in numbers) for numbers in part.edges]
    assert sorted(edges) == [[""], [""], ["S939", "T1462"]]
    assert (part.molecules, part.relations) == (4, 3)
    assert [key for key, _, _ in part.nodes] == ["hgnc:10011", "hgnc:12363", "hgnc:391", "hgnc:3942"]
    drawn = part_to_json(part, {key: number for number, (key, _, _) in enumerate(part.nodes)})
    assert [row[0] for row in drawn["nodes"]] == [0, 1, 2, 3]


def test_what_names_no_subject_is_no_edge() -> None:
    part = choose_part(make_statements(NO_SUBJECT))
    assert (part.nodes, part.edges, part.molecules, part.relations) == ((), (), 0, 0)


def test_a_large_network_is_cut_to_what_has_most_support() -> None:
    statements = list(make_many(3000))
    part = choose_part(statements)
    assert len(part.nodes) <= MAX_MOLECULES
    assert 0 < len(part.edges) <= MAX_EDGES
    assert part.relations > len(part.edges)
    ends = {key for key, _, _ in part.nodes}
    drawn = [statements[number] for numbers in part.edges for number in numbers]
    assert all({one.object.key, one.subject.key} <= ends for one in drawn if one.subject)
    assert {"hgnc:100000", "hgnc:100001"} <= ends  # the benchmark's hubs


def test_what_is_not_drawn_is_counted() -> None:
    everything = make_statements(PLAIN, ACTIVE, DENIED)
    part = choose_part(everything[:1], everything)
    assert (len(part.edges), part.molecules, part.relations) == (1, 4, 3)


def test_what_several_sentences_say_is_drawn_before_what_one_says() -> None:
    many = [make_evidence("A binds B.", "binds", "A", "B", start=20 * number) for number in range(9)]
    crowd = [
        make_evidence(f"P{number} binds Q{number}.", "binds", f"P{number}", f"Q{number}", prior=0.9, document="z")
        for number in range(MAX_MOLECULES)
    ]
    assert "protein:a" in {key for key, _, _ in choose_part(make_statements(*many, *crowd)).nodes}
