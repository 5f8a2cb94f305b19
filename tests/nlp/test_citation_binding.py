"""Which markers belong to which statement."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from sigmine.model import Citation
from sigmine.nlp.citation_binding import find_citations
from sigmine.nlp.pipeline import load_pipeline, make_doc
from sigmine.readers.text import parse_text

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "pipeline" / "training" / "scripts"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def read(nlp: Language, text: str) -> dict[str, list[str]]:
    """The markers of each statement, ``A relation B``."""
    rows = {}
    for mention in nlp(make_doc(nlp, parse_text(text, id="d")))._.relations:
        subject = mention.subject.text if mention.subject else "?"
        name = f"{subject} {mention.relation} {mention.object.text.partition(' [')[0]}"
        rows[name] = [citation.marker for citation in mention.citations]
    return rows


def test_each_clause_has_the_marker_that_closes_it(nlp: Language) -> None:
    assert read(nlp, "AKT1 phosphorylates TSC2 [1], and PTEN inhibits AKT1 [2].") == {
        "AKT1 phosphorylates TSC2": ["[1]"],
        "PTEN inhibits AKT1": ["[2]"],
    }


def test_a_lone_marker_at_the_end_covers_the_sentence(nlp: Language) -> None:
    found = read(nlp, "AKT1 phosphorylates TSC2, and PTEN inhibits AKT1 [1, 2].")
    assert list(found.values()) == [["[1, 2]"], ["[1, 2]"]]


def test_what_stands_behind_the_last_marker_has_none(nlp: Language) -> None:
    found = read(nlp, "AKT1 phosphorylates TSC2 [1], and PTEN inhibits AKT1.")
    assert found == {"AKT1 phosphorylates TSC2": ["[1]"], "PTEN inhibits AKT1": []}


def test_a_marker_after_a_name_covers_that_name(nlp: Language) -> None:
    assert read(nlp, "AMPK [1], ERK2 [2] and RSK1 [3] phosphorylate TSC2 [4].") == {
        "AMPK phosphorylates TSC2": ["[1]", "[4]"],
        "ERK2 phosphorylates TSC2": ["[2]", "[4]"],
        "RSK1 phosphorylates TSC2": ["[3]", "[4]"],
    }


def test_objects_of_a_list_have_their_own(nlp: Language) -> None:
    assert read(nlp, "AKT1 phosphorylates TSC2 [1, 2], GSK3B [3] and BAD [4].") == {
        "AKT1 phosphorylates TSC2": ["[1, 2]"],
        "AKT1 phosphorylates GSK3B": ["[3]"],
        "AKT1 phosphorylates BAD": ["[4]"],
    }


def test_a_marker_beside_its_authors_speaks_of_what_follows(nlp: Language) -> None:
    text = "Hsu et al. (1996) showed that TRADD binds RIPK1, and Wu et al. (2006) found that NEMO binds RIPK1."
    assert read(nlp, text) == {
        "TRADD binds RIPK1": ["Hsu et al. (1996)"],
        "NEMO binds RIPK1": ["Wu et al. (2006)"],
    }


def test_markers_side_by_side_are_one(nlp: Language) -> None:
    assert read(nlp, "PTEN inhibits AKT1 [1] [2], and AKT1 phosphorylates TSC2 [3].") == {
        "PTEN inhibits AKT1": ["[1]", "[2]"],
        "AKT1 phosphorylates TSC2": ["[3]"],
    }


def test_further_circumstances_belong_to_the_same_clause(nlp: Language) -> None:
    found = read(nlp, "AKT1 inhibits GSK3B in muscle [1] and in the liver [2].")
    assert found == {"AKT1 inhibits GSK3B": ["[1]", "[2]"]}


def test_a_clause_in_brackets_keeps_its_marker(nlp: Language) -> None:
    found = read(nlp, "AKT1 (which PDK1 phosphorylates at Thr308 [1]) phosphorylates TSC2 at Ser939 [2].")
    assert found == {"PDK1 phosphorylates AKT1": ["[1]"], "AKT1 phosphorylates TSC2": ["[2]"]}


def test_numbers_that_were_raised_bind_where_they_stood(nlp: Language) -> None:
    text = "MDM2 ubiquitinates p53,1 whereas ATM phosphorylates MDM2.2 PTEN inhibits AKT1.3"
    assert list(read(nlp, text).values()) == [["1"], ["2"], ["3"]]


def test_a_marker_behind_the_full_stop_is_of_the_sentence_before() -> None:
    text = "AKT1 binds TSC2. [1] PTEN acts.[2] It rests."
    citations = (Citation(17, 20, "[1]"), Citation(31, 34, "[2]"))
    assert [*find_citations(text, citations, (0, 16))] == [citations[0]]
    assert [*find_citations(text, citations, (17, 31))] == [citations[1]]
    assert [*find_citations(text, citations, (35, 44))] == []


@given(st.lists(st.integers(0, 39), unique=True, max_size=6), st.integers(0, 40), st.integers(0, 40))
def test_no_marker_is_found_before_the_sentence_and_none_twice(starts: list[int], one: int, other: int) -> None:
    citations = [Citation(start, start + 1, "1") for start in sorted(starts)]
    start, end = sorted((one, other))
    found = [*find_citations("a" * 40, citations, (start, end))]
    assert found == sorted(set(found), key=lambda citation: citation.start)
    assert all(start <= citation.start for citation in found)


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    sys.path.insert(0, str(SCRIPTS))
    import measure_citations

    yield measure_citations
    sys.path.remove(str(SCRIPTS))


def test_floors_on_the_gold_of_our_own_texts(script: ModuleType) -> None:
    counts = script.measure(script.TEXTS, ROOT / "gold" / "citations").counts
    for split in ("dev", "held-out"):
        for kind in ("one marker", "several markers"):
            read_today = counts[split, kind, "gold"] - counts[split, kind, "not read"]
            assert read_today > 0.8 * counts[split, kind, "gold"]
            assert counts[split, kind, "right"] > 0.93 * read_today
