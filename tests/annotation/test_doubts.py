from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.builders import AKT, MTOR, TSC2, make_document, make_end, make_gold
from sigmine.annotation.doubts import find_doubts
from sigmine.evaluation.claim import End, GoldStatement


def doubt(*statements: GoldStatement) -> tuple[str, ...]:
    return find_doubts([make_document(*statements)])


def test_good_gold_raises_none() -> None:
    assert (
        doubt(
            make_gold("phosphorylates", AKT, TSC2),
            make_gold("inhibits", AKT, TSC2),
            make_gold("inhibits", AKT, MTOR),
            make_gold("phosphorylates", AKT, TSC2, sentence=(60, 120)),
            make_gold("phosphorylates", None, TSC2, sentence=(120, 180)),
        )
        == ()
    )


def test_a_statement_given_twice() -> None:
    again = make_end("TSC2", 50, curie="hgnc:12363")
    assert doubt(
        make_gold("inhibits", AKT, TSC2, id="one"),
        make_gold("inhibits", AKT, again, id="two"),
        make_gold("binds", AKT, TSC2, id="three"),
        make_gold("binds", TSC2, AKT, id="four"),
    ) == (
        "doc two: two says what another line of its sentence says",
        "doc four: four says what another line of its sentence says",
    )


def test_a_null_subject_beside_one_that_is_named() -> None:
    assert doubt(
        make_gold("phosphorylates", None, TSC2, id="bare"),
        make_gold("phosphorylates", AKT, TSC2, id="full"),
        make_gold("ubiquitinates", None, TSC2),
        make_gold("phosphorylates", None, MTOR),
        make_gold("translocates", None, TSC2),
        make_gold("translocates", AKT, TSC2),
    ) == ("doc bare: bare has no subject, but another line names who phosphorylates TSC2",)


@pytest.mark.parametrize(
    ("end", "message"),
    [
        (replace(TSC2, curie="hgnc:12362"), "'tsc2' has more than one identifier: hgnc:12362, hgnc:12363"),
        (replace(TSC2, curie=None), "'tsc2' has more than one identifier: hgnc:12363, none"),
        (replace(TSC2, name="tuberin"), "hgnc:12363 has more than one name: tsc2, tuberin"),
    ],
)
def test_a_name_has_one_identifier_and_an_identifier_one_name(end: End, message: str) -> None:
    first, second = make_gold("inhibits", AKT, TSC2), make_gold("binds", AKT, end, document="two")
    assert find_doubts([make_document(first), make_document(second, document="two")]) == (message,)


def test_the_case_of_a_name_raises_no_doubt() -> None:
    assert doubt(make_gold("inhibits", AKT, TSC2), make_gold("binds", AKT, replace(TSC2, name="Tsc2"))) == ()


def test_sentences_overlap_only_if_they_are_the_same() -> None:
    (found,) = doubt(
        make_gold("inhibits", AKT, TSC2, id="one", sentence=(0, 60)),
        make_gold("binds", AKT, MTOR, id="two", sentence=(0, 44)),
        make_gold("binds", AKT, TSC2, id="three", sentence=(60, 90)),
    )
    assert found == "doc one: sentence (0, 60) overlaps that of two, (0, 44), without being the same"


def test_a_doubt_names_the_line_of_the_gold_file() -> None:
    statements = (make_gold("inhibits", AKT, TSC2), make_gold("inhibits", AKT, TSC2, id="two"))
    document = replace(make_document(*statements), path="gold/doc.jsonl", lines=(2, 5))
    assert find_doubts([document]) == ("gold/doc.jsonl:5: two says what another line of its sentence says",)
