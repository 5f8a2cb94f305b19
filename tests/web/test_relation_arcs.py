from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from sigmine.web.relation_arcs import LABEL_SIZE, Arc, Relation, Span, count_levels, place_arcs
from sigmine.web.text_rows import flow_text, measure_text

TEXT = "AKT1 phosphorylates TSC2 at S939, and RHEB binds MTOR."
WIDE, NARROW = 900.0, 150.0


def find(word: str) -> Span:
    return TEXT.index(word), TEXT.index(word) + len(word)


PHOSPHORYLATES = Relation("phosphorylates S939", find("AKT1"), find("TSC2"), find("phosphorylates"), (find("S939"),))
BINDS = Relation("binds", find("RHEB"), find("MTOR"), find("binds"))
LONG = Relation("inhibits", find("AKT1"), find("MTOR"), find("binds"))


def place(*relations: Relation, width: float = WIDE) -> list[Arc]:
    return place_arcs(flow_text(TEXT, width), relations, width)


def get_leg(arc: Arc, role: str) -> float:
    return next(leg.x for leg in arc.legs if leg.role == role)


def test_a_line_goes_from_the_first_word_to_the_last_with_a_leg_to_each() -> None:
    [arc] = place(PHOSPHORYLATES)
    assert {leg.role for leg in arc.legs} == {"subject", "object", "trigger", "site"}
    [stretch] = arc.stretches
    assert (stretch.left, stretch.right) == (get_leg(arc, "subject"), get_leg(arc, "site"))
    assert stretch.label_x == get_leg(arc, "trigger")
    assert (stretch.comes_in, stretch.goes_on) == (False, False)


def test_a_name_stands_between_the_ends_of_its_line_where_there_is_room() -> None:
    [arc] = place(Relation("phosphorylates S939", find("AKT1"), find("S939"), (5, 6)))
    [stretch] = arc.stretches
    half = measure_text(arc.relation.label, LABEL_SIZE) / 2
    assert stretch.label_x is not None
    assert stretch.left < stretch.label_x - half < stretch.label_x + half < stretch.right
    assert stretch.label_x > get_leg(arc, "trigger")
    [narrow] = place(Relation("increases amount", find("RHEB"), find("RHEB"), find("binds")))
    assert narrow.stretches[0].label_x == get_leg(narrow, "trigger")


def test_lines_beside_each_other_share_a_level_and_a_long_one_lies_above() -> None:
    first, second, long = place(PHOSPHORYLATES, BINDS, LONG)
    assert [arc.stretches[0].level for arc in (first, second, long)] == [0, 0, 1]
    assert count_levels([first, second, long]) == {0: 2}
    # At the word that two lines leave to the right, the long one stands at the left: its leg crosses nothing.
    assert get_leg(long, "subject") < get_leg(first, "subject")
    assert get_leg(long, "object") > get_leg(second, "object")


def test_a_line_goes_on_in_the_next_row() -> None:
    [arc] = place(LONG, width=NARROW)
    assert len(arc.stretches) > 2
    first, *between, last = arc.stretches
    assert (first.goes_on, first.right, last.comes_in, last.left) == (True, NARROW, True, 0.0)
    assert all((one.left, one.right) == (0.0, NARROW) for one in between)
    assert [one.row for one in arc.stretches] == list(range(first.row, last.row + 1))
    assert sum(one.label_x is not None for one in arc.stretches) == 1


def test_without_a_subject_the_line_begins_at_the_trigger() -> None:
    [arc] = place(Relation("phosphorylates", None, find("TSC2"), find("phosphorylates")))
    assert {leg.role for leg in arc.legs} == {"object", "trigger"}


def test_what_acts_on_itself_has_one_leg_an_object() -> None:
    [arc] = place(Relation("phosphorylates", find("TSC2"), find("TSC2"), find("phosphorylates")))
    assert [leg.role for leg in arc.legs] == ["object", "trigger"]


def test_a_relation_of_words_that_are_not_there_has_no_line() -> None:
    [arc] = place(Relation("binds", (900, 904), (910, 914), (905, 909)))
    assert (arc.legs, arc.stretches) == ((), ())
    assert place() == []


WORDS = st.sampled_from([find(word) for word in ("AKT1", "phosphorylates", "TSC2", "S939", "RHEB", "binds", "MTOR")])
RELATIONS = st.lists(
    st.builds(Relation, st.sampled_from(["binds", "increases amount"]), st.none() | WORDS, WORDS, WORDS), max_size=7
)


@given(RELATIONS, st.sampled_from([WIDE, NARROW, 300.0]))
def test_lines_of_one_level_never_meet_and_legs_stand_on_their_words(relations: list[Relation], width: float) -> None:
    rows = flow_text(TEXT, width)
    arcs = place_arcs(rows, relations, width)
    spans: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for arc in arcs:
        half = measure_text(arc.relation.label, LABEL_SIZE) / 2
        for one in arc.stretches:
            labels = [] if one.label_x is None else [one.label_x - half, one.label_x + half]
            ends = [one.left, one.right, *labels]
            spans.setdefault((one.row, one.level), []).append((min(ends), max(ends)))
        own = [box for _, span in arc.relation.list_legs() for box in rows.find_boxes(*span)]
        for leg in arc.legs:
            assert any(box.row == leg.row and box.left <= leg.x <= box.right for box in own)
            assert any(one.row == leg.row and one.left <= leg.x <= one.right for one in arc.stretches)
    for places in spans.values():
        assert all(a[1] < b[0] or b[1] < a[0] for a, b in combinations(places, 2))
