from __future__ import annotations

import re
from dataclasses import replace

from sigmine.assembly.bibtex import escape, format_bibtex, make_keys
from sigmine.assembly.papers import Paper, collect_papers, describe_work, find_papers, paper_to_json
from sigmine.model import Citation, Evidence, Reference
from store.builders import make_evidence, make_statements

INOKI = Reference(
    3, title="TSC2 is phosphorylated by Akt", authors=("Inoki K", "Li Y"), journal="Nat Cell Biol", year=2002, pmid="1"
)
SAME = Reference(9, pmid="1", doi="10.1/x_y")
OTHER = Reference(
    4, title="TSC2 mediates energy response", authors=("Inoki K",), year=2002, text="Inoki K, et al. TSC2"
)


def cite(name: str, *references: Reference, document: str = "alpha", start: int = 0) -> Evidence:
    return make_evidence(
        f"AKT1 activates {name}.", "activates", "AKT1", name, document=document, start=start, references=references
    )


def lose(evidence: Evidence) -> Evidence:
    return replace(evidence, mention=replace(evidence.mention, citations=(Citation(0, 1, "(Lee, 2010)"),)))


def test_papers_by_number_of_statements() -> None:
    works = collect_papers(make_statements(cite("TSC2", INOKI), cite("MTOR", INOKI, OTHER), cite("RHEB", INOKI)))
    assert [(paper.reference.number, len(paper.statements)) for paper in works.papers] == [(3, 3), (4, 1)]
    assert works.unresolved == ()


def test_one_work_in_two_documents_is_one_paper_and_each_fills_the_other() -> None:
    works = collect_papers(make_statements(cite("TSC2", SAME, document="beta"), cite("TSC2", INOKI)))
    (paper,) = works.papers
    assert paper.places == (("alpha", 3), ("beta", 9))
    assert (paper.reference.title, paper.reference.doi) == (INOKI.title, SAME.doi)
    assert len(paper.statements) == 1
    assert len(paper.statements[0].evidence) == 2


def test_equal_numbers_of_two_documents_are_two_papers() -> None:
    bare = Reference(3, text="Someone. Something.")
    works = collect_papers(make_statements(cite("TSC2", bare), cite("TSC2", bare, document="beta")))
    assert len(works.papers) == 2


def test_unresolved_markers_stand_as_they_are() -> None:
    works = collect_papers(make_statements(lose(cite("TSC2")), cite("RHEB", INOKI)))
    assert [(item.marker, item.document) for item in works.unresolved] == [("(Lee, 2010)", "alpha")]


def test_a_number_without_an_entry_is_unresolved_beside_those_that_have_one() -> None:
    works = collect_papers(make_statements(cite("TSC2", INOKI, Reference(99))))
    assert [paper.id for paper in works.papers] == ["pubmed:1"]
    assert [(item.marker, item.document) for item in works.unresolved] == [("99", "alpha")]


def test_a_work_with_a_title_or_a_doi_only_is_shown_with_what_is_known() -> None:
    works = collect_papers(make_statements(cite("TSC2", Reference(title="On TSC2"), Reference(doi="10.1/x"))))
    assert sorted(describe_work(paper.reference) for paper in works.papers) == ["On TSC2", "doi:10.1/x"]
    assert works.unresolved == ()


def test_a_paper_is_found_by_number_pmid_and_doi() -> None:
    works = collect_papers(make_statements(cite("TSC2", INOKI), cite("TSC2", SAME, OTHER, document="beta")))
    for name in ("3", "9", "1", "PMID 1", "pubmed:1", "10.1/X_y", "https://doi.org/10.1/x_y"):
        assert [paper.id for paper in find_papers(works.papers, name)] == ["pubmed:1"], name
    assert not [*find_papers(works.papers, "doi:3")]


def test_json_names_statements_with_their_sentences() -> None:
    (paper,) = collect_papers(make_statements(cite("TSC2", INOKI))).papers
    row = paper_to_json(paper, "key")
    assert row["documents"] == [{"document": "alpha", "number": 3}]
    assert row["statements"][0]["evidence"][0]["sentence"] == "AKT1 activates TSC2."  # type: ignore[index]


def test_a_work_in_words() -> None:
    assert describe_work(INOKI) == "Inoki K and Li Y 2002. TSC2 is phosphorylated by Akt. Nat Cell Biol"
    assert describe_work(Reference(text="An entry.")) == "An entry."


def make_paper(id: str, reference: Reference) -> Paper:
    return Paper(id, reference, (("alpha", None),), ())


def test_keys_stay_and_differ() -> None:
    one, two, bare = make_paper("a", INOKI), make_paper("b", OTHER), make_paper("c", Reference(text="x"))
    keys = make_keys([one, two, bare])
    assert len(set(keys.values())) == 3
    assert keys == make_keys([bare, two, one])
    assert keys["a"].startswith("inoki2002tsc2-")
    assert make_keys([one]) == {"a": "inoki2002tsc2"}


def test_bibtex_is_escaped_and_balanced() -> None:
    reference = replace(
        INOKI,
        title="50% of {A} & B_2 \\ #1 ~ ^",
        text="Inoki K, Li Y, et al. 50%",
        authors=("D'Orazi G", "Darnell JE Jr"),
    )
    text = format_bibtex([make_paper("a", reference)], {"a": "key"})
    assert text.startswith("@article{key,\n")
    assert "author = {D'Orazi, G. and Darnell, Jr, J. E. and others}" in text
    assert r"50\% of (A) \& B\_2 \textbackslash{} \#1 \textasciitilde{} \textasciicircum{}" in text
    assert text.count("{") == text.count("}")
    assert all(re.fullmatch(r"  [a-z]+ = \{.*\},", line) for line in text.splitlines()[1:-1])


def test_no_line_break_or_control_character_leaves_a_field() -> None:
    assert escape("a\nb\x00c") == "a bc"
