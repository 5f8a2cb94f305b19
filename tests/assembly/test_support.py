from __future__ import annotations

from dataclasses import replace

import pytest

from samples import make_mention
from sigmine.assembly.evidence import make_evidence
from sigmine.assembly.support import Support, SupportCount, count_support, describe_support
from sigmine.model import Document, Evidence
from sigmine.model.document import Citation, Reference


def observe(document: str = "a", *, at: int = 0, cites: tuple[str, ...] = (), **changes: object) -> Evidence:
    text = Document(document, "x" * at + " AKT1 phosphorylates TSC2.")
    mention = make_mention(text, "phosphorylates", "AKT1", "TSC2", sentence=(at, len(text.text)))
    citations = tuple(
        Citation(0, 3, f"[{number}]", (Reference(number=number, pmid=pmid),)) for number, pmid in enumerate(cites, 1)
    )
    return make_evidence(replace(mention, citations=citations, **changes), text)  # type: ignore[arg-type]


def test_nothing_counts_nothing() -> None:
    assert count_support([]) == Support()
    assert describe_support(Support()) == "0"


def test_two_rules_in_one_sentence_are_one_sentence() -> None:
    both = [observe(), observe(rule="phosphorylates/other.rule")]
    assert count_support(both).stated == SupportCount(1, 1, 0)


def test_sentences_documents_and_papers_are_counted_each_by_itself() -> None:
    found = count_support([observe(cites=("1", "2")), observe(at=9, cites=("2",)), observe("b", cites=("2",))])
    assert found.stated == SupportCount(sentences=3, documents=2, papers=2)
    assert describe_support(found) == "3 (2 papers)"


def test_a_marker_without_an_entry_is_no_paper() -> None:
    lost = observe()
    mention = replace(lost.mention, citations=(Citation(0, 3, "[9]", (Reference(number=9),)), Citation(0, 3, "[x]")))
    assert count_support([replace(lost, mention=mention)]).stated.papers == 0


@pytest.mark.parametrize(
    ("changes", "side"),
    [
        ({}, "stated"),
        ({"claim": "attributed"}, "stated"),
        ({"claim": "hypothesised"}, "hedged"),
        ({"claim": "open_question"}, "hedged"),
        ({"negated": True}, "against"),
        ({"negated": True, "claim": "hypothesised"}, "against"),
        ({"claim": "contradicted"}, "against"),
        ({"claim": "contradicted", "negated": True}, "hedged"),
    ],
)
def test_each_piece_of_evidence_is_on_one_side(changes: dict[str, object], side: str) -> None:
    assert count_support([observe(**changes)]) == Support(**{side: SupportCount(1, 1, 0)})  # type: ignore[arg-type]


def test_all_sides_are_described() -> None:
    evidence = [observe(cites=("1",)), observe(at=9, claim="hypothesised"), observe("b", negated=True)]
    assert describe_support(count_support(evidence)) == "1 (1 paper), 1 hedged, 1 against"
