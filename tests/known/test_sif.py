from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sigmine.known import Claim
from sigmine.known.sif import read_sif


def describe(*lines: str) -> list[str]:
    return [item.label if isinstance(item, Claim) else f"{item.place} {item.reason}" for item in read_sif(lines)]


def test_names_are_standard_names() -> None:
    (one,) = read_sif(["AKT1\tphosphorylates\tTSC2\n"])
    assert isinstance(one, Claim)
    assert one.subject is not None
    assert (one.subject.curie, one.object.curie, one.place) == ("hgnc:391", "hgnc:12363", 1)


def test_tabs_or_spaces_separate_and_a_line_may_have_several_objects() -> None:
    assert describe("AKT1 inhibits TSC2 FOXO3", "mTOR complex 1\tactivates\tS6K") == [
        "AKT1 inhibits TSC2", "AKT1 inhibits FOXO3", "mTOR complex 1 activates S6K",
    ]  # fmt: skip


def test_other_programs_words_and_what_is_unknown() -> None:
    assert describe("A\tactivation\tB", "A\t-1\tB", "A\tinteracts-with\tB", "A\tlikes\tB") == [
        "A activates B", "A inhibits B", "A binds B", "4 unknown word",
    ]  # fmt: skip


def test_a_name_alone_says_nothing_and_two_are_a_fault() -> None:
    assert describe("# comment", "TSC2", "", "A\tactivates", "A\tactivates\t", "A\tactivates\tB") == [
        "4 malformed", "5 malformed", "A activates B",
    ]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5))
def test_no_text_breaks_it(lines: list[str]) -> None:
    list(read_sif(lines))
