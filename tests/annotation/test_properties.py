from __future__ import annotations

import pytest

from annotation.builders import TEXT, make_statement
from sigmine.annotation.properties import find_sentence, make_properties
from sigmine.annotation.properties import make_statement as read_statement
from sigmine.evaluation.claim import GoldStatement

REVIEW = (
    "RAF and MEK\n\nRAF1 phosphorylates MAP2K1 at Ser218. MAP2K1 (MEK1) activates MAPK1! "
    '“Loss of SPRY2 raises this,” it is said. "KSR1 binds both." DUSP6 inhibits MAPK1'
)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("RAF and", "MEK", "RAF and MEK"),
        ("RAF1", "MAP2K1", "RAF1 phosphorylates MAP2K1 at Ser218."),
        ("MAP2K1 (", "MAPK1", "MAP2K1 (MEK1) activates MAPK1!"),
        ("MEK1", "MAPK1", "MAP2K1 (MEK1) activates MAPK1!"),
        ("SPRY2", "SPRY2", "“Loss of SPRY2 raises this,” it is said."),
        ("KSR1", "both", '"KSR1 binds both."'),
        ("DUSP6", "MAPK1", "DUSP6 inhibits MAPK1"),
        ("RAF1", "MEK1", "RAF1 phosphorylates MAP2K1 at Ser218. MAP2K1 (MEK1) activates MAPK1!"),
    ],
)
def test_the_sentence_is_what_stands_between_the_nearest_ends_of_sentences(
    first: str, last: str, sentence: str
) -> None:
    start = REVIEW.index(first)
    low, high = find_sentence(REVIEW, start, REVIEW.index(last, start) + len(last))
    assert REVIEW[low:high] == sentence


@pytest.mark.parametrize("text", ["IKBKB phosphorylates NFKBIA at S32 i.e. the site.", "It rose by 2.5 fold with EGF."])
def test_a_point_without_a_capital_behind_it_ends_nothing(text: str) -> None:
    assert find_sentence(text, 0, 3) == (0, len(text))
    assert find_sentence(text, len(text) - 4, len(text) - 1) == (0, len(text))


def test_only_what_is_unusual_is_written_down() -> None:
    plain = make_statement(TEXT, "phosphorylates", "PDPK1", "AKT1", sentence=(0, 36))
    assert make_properties(plain) == {"id": "doc-001", "sentence": "0-36"}
    rich = make_statement(
        TEXT, "phosphorylates", "PDPK1", "AKT1", sentence=(0, 36), sites=("T308", "S"), negated=True, hedged=True,
        direct=False, cross_sentence=True, section="title", split="test", note="one;\n two",
    )  # fmt: skip
    assert make_properties(rich) == {
        "id": "doc-001",
        "sites": "T308, S",
        **dict.fromkeys(("negated", "hedged", "indirect", "cross_sentence"), "yes"),
        "sentence": "0-36",
        "section": "title",
        "split": "test",
        "note": "one; two",
    }


def read(relation: str = "phosphorylates", **properties: str) -> tuple[GoldStatement | None, list[str]]:
    plain = make_statement(TEXT, "phosphorylates", "PDPK1", "AKT1")
    return read_statement(relation, plain.subject, plain.object, properties, id="doc-001", document="doc", text=TEXT)


def test_without_properties_the_defaults_hold() -> None:
    assert read() == (make_statement(TEXT, "phosphorylates", "PDPK1", "AKT1", sentence=(0, 36)), [])


@pytest.mark.parametrize(("value", "is_on"), [("yes", True), ("True", True), ("1", True), ("no", False), ("0", False)])
def test_a_flag_may_be_said_in_other_words(value: str, is_on: bool) -> None:
    statement, problems = read(hedged=value)
    assert statement is not None
    assert (statement.hedged, problems) == (is_on, [])


@pytest.mark.parametrize(
    ("relation", "properties", "problem"),
    [
        ("phosphorilates", {}, "unknown relation 'phosphorilates'; nearest: 'phosphorylates'. Allowed: "),
        ("phosphorylates", {"site": "T308"}, "unknown property 'site'; nearest: 'sites'. Allowed: id, sites, "),
        ("phosphorylates", {"negated": "surely"}, "negated must be yes or left out, not 'surely'"),
        ("phosphorylates", {"sentence": "0 to 36"}, "sentence must be its first and last character, as '0-34'"),
        ("phosphorylates", {"sentence": "36-0"}, "sentence must be its first and last character"),
        ("phosphorylates", {"sentence": "0-9999"}, "sentence must be its first and last character"),
        ("phosphorylates", {"sentence": "6-36"}, "subject 0:5 lies outside the sentence 6:36"),
        ("phosphorylates", {"sites": "Thr308"}, "site 'Thr308' must be a one-letter residue"),
        ("phosphorylates", {"section": "results"}, "unknown section 'results'"),
        ("activates", {"sites": "T308"}, "sites ['T308'] do not go with activates"),
    ],
)
def test_what_is_wrong_is_said(relation: str, properties: dict[str, str], problem: str) -> None:
    _, (found,) = read(relation, **properties)
    assert found.startswith(problem)
