from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmine.model import Evidence, Place, Reference, Site
from sigmine.model.entity import Entity
from sigmine.web.pages import encode_data
from sigmine.web.report_data import MAX_EVIDENCE, MAX_SENTENCE, make_data
from store.builders import DENIED, HEDGED, INDIRECT, NO_SUBJECT, PLAIN, make_evidence
from web.reports import cite, make_hostile, make_statements


def make_rows(*evidence: Evidence) -> dict[str, Any]:
    return make_data(make_statements(*evidence), ()).to_json()


def read_marks(rows: dict[str, Any], number: int = 0) -> dict[str, Any]:
    """The words that the page marks in the sentence of a piece of evidence."""
    sentence, _, _, _, _, subject, object_, trigger, sites, *_ = rows["evidence"][number]
    text = rows["sentences"][sentence][4]

    def cut(span: Any) -> Any:
        return text[span[0] : span[1]] if isinstance(span, list) else span

    return {"subject": cut(subject), "object": cut(object_), "trigger": cut(trigger), "sites": [*map(cut, sites)]}


def test_a_statement_is_numbers_and_texts() -> None:
    rows = make_rows(PLAIN, HEDGED)
    [[id_, relation, subject, object_, site, belief, flags, counts, evidence, left]] = rows["statements"]
    assert rows["relations"][relation] == ["phosphorylates", "phosphorylates", 0, 0]
    assert rows["agents"][subject] == ["AKT1", "PROTEIN", "hgnc:391"]
    assert rows["agents"][object_] == ["TSC2", "PROTEIN", "hgnc:12363"]
    assert (site, flags, counts, left) == ("S939", 1, [1, 1, 0, 2], 0)
    (statement,) = make_statements(PLAIN, HEDGED)
    assert (id_, belief) == (statement.id, round(statement.belief, 3))
    first, second = (rows["evidence"][number] for number in evidence)
    assert [rows["claims"][one[2]] for one in (first, second)] == ["asserted", "hypothesised"]
    assert rows["documents"][rows["sentences"][first[0]][0]] == "alpha"
    assert read_marks(rows) == {"subject": "AKT1", "object": "TSC2", "trigger": "I", "sites": ["I"]}


def test_flags_say_what_is_denied_hedged_and_indirect() -> None:
    flags = {row[4] or row[0]: row[6] for row in make_rows(HEDGED)["statements"]}
    assert flags == {"S939": 1 + 4}
    assert [row[6] for row in make_rows(DENIED)["statements"]] == [1 + 2]
    assert [row[6] for row in make_rows(INDIRECT)["statements"]] == [0]
    assert make_rows(NO_SUBJECT)["statements"][0][2] == -1
    assert make_rows(DENIED)["evidence"][0][3] == 1 + 4
    assert make_rows(INDIRECT)["evidence"][0][3] == 2


def test_evidence_of_two_sites_is_written_once() -> None:
    sites = (Site("S", 939, "S939", 0, 4), Site("T", 1462, "T1462", 5, 9))
    both = replace(PLAIN, mention=replace(PLAIN.mention, sites=sites))
    rows = make_rows(both)
    assert [row[4] for row in rows["statements"]] == ["S939", "T1462"]
    assert len(rows["evidence"]) == len(rows["sentences"]) == 1


def test_an_end_named_in_another_sentence_is_given_by_its_words() -> None:
    subject = Entity("it was AKT1", 2, 13, "PROTEIN", "AKT1", "hgnc:391")
    before = replace(PLAIN, start=100, end=150, mention=replace(PLAIN.mention, subject=subject))
    assert read_marks(make_rows(before))["subject"] == "it was AKT1"


def test_of_a_very_long_sentence_the_part_around_the_ends_is_kept() -> None:
    text = f"{'Many words. ' * 900}AKT1 phosphorylates TSC2{' and more' * 900}."
    rows = make_rows(make_evidence(text, "phosphorylates", "AKT1", "TSC2"))
    [_, _, start, end, shown, _, cut] = rows["sentences"][0]
    assert (start, end) == (0, len(text))
    assert len(shown) == MAX_SENTENCE
    assert cut == 3
    assert read_marks(rows)["subject"] == "AKT1"
    assert read_marks(rows)["object"] == "TSC2"


def test_of_very_much_evidence_the_best_is_kept_and_the_rest_counted() -> None:
    pieces = [replace(PLAIN, document=f"d{number:02}") for number in range(MAX_EVIDENCE + 5)]
    against = replace(PLAIN, document="a", mention=replace(PLAIN.mention, negated=True))
    [row] = make_rows(against, *pieces)["statements"]
    assert len(row[8]) == MAX_EVIDENCE
    assert row[9] == 6


def test_references_without_anything_to_say_are_left_out() -> None:
    known = Reference(2, pmid="123", authors=("Smith J", "Doe A"), year=2001, title="On kinases")
    rows = make_rows(cite(PLAIN, Reference(1), known))
    assert rows["evidence"][0][10] == [["[1]", [0]]]
    assert rows["works"] == [["Smith J et al. 2001", "123", None, None, "On kinases"]]


def test_the_page_of_a_printed_sentence_is_kept() -> None:
    assert make_rows(replace(PLAIN, places=(Place(4, (0, 0, 1, 1)),)))["sentences"][0][5] == 4
    assert make_rows(PLAIN)["sentences"][0][5] == 0


def test_statements_stop_where_the_room_ends() -> None:
    statements = make_statements()
    data = make_data(statements, (), max_bytes=0)
    assert (len(data.kept), data.total) == (1, len(statements))
    assert make_data(statements, ()).kept == sorted(
        statements, key=lambda one: (-round(one.belief, 3), -len(one.evidence), statements.index(one))
    )


def test_marks_of_hostile_texts_count_characters() -> None:
    rows = make_rows(make_hostile())
    marks = read_marks(rows)
    assert marks["trigger"] == "activates"
    assert marks["sites"] == ["S12"]


@given(st.recursive(st.text(), lambda inner: st.lists(inner, max_size=3), max_leaves=6))
def test_data_in_a_page_is_what_it_was_and_ends_no_element(value: object) -> None:
    import json

    text = encode_data(value)
    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "&lt;", "\u2028"])
def test_nothing_in_data_looks_like_markup(text: str) -> None:
    assert text not in encode_data([text])
