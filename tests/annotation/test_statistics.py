from __future__ import annotations

import json
from dataclasses import replace

from evaluation.builders import AKT, MTOR, TSC2, make_document, make_end, make_gold
from sigmine.annotation.statistics import Tally, count_gold

AUTOPHAGY = make_end("autophagy", 50, curie="go:0006914", type="PROCESS", length=9)
TUBERIN = make_end("Tuberin", 20)
GOLD = [
    make_document(
        make_gold("phosphorylates", AKT, TSC2, sites=("S939", "T1462")),
        make_gold("phosphorylates", None, TUBERIN, sites=("S939",), hedged=True, note="which kinase?"),
        make_gold("inhibits", MTOR, AUTOPHAGY, sentence=(60, 120), direct=False, split="test"),
    ),
    make_document(
        make_gold("binds", AKT, MTOR, document="two", section="abstract", negated=True),
        make_gold("activates", AKT, MTOR, document="two", section="abstract", cross_sentence=True),
        document="two",
    ),
    make_document(document="empty"),
]


def test_statements_are_counted_by_document_relation_section_and_split() -> None:
    found = count_gold(GOLD)
    assert found.documents == (Tally("doc", 2, 1, 3), Tally("two", 2, 0, 2), Tally("empty", 0, 0, 0))
    assert found.relations == (
        Tally("phosphorylates", 2, 0, 2),
        Tally("activates", 1, 0, 1),
        Tally("inhibits", 0, 1, 1),
        Tally("binds", 1, 0, 1),
    )
    assert found.sections == (Tally("abstract", 2, 0, 2), Tally("body", 2, 1, 3))
    assert found.total == Tally("statements", 4, 1, 5)


def test_a_sentence_of_several_statements_counts_once_in_each_document() -> None:
    assert count_gold(GOLD).sentences == Tally("sentences", 2, 1, 3)


def test_kinds_are_counted_each_for_itself() -> None:
    assert {one.name: one.total for one in count_gold(GOLD).kinds} == {
        "core": 2,
        "extended": 3,
        "negated": 1,
        "hedged": 1,
        "indirect": 1,
        "cross-sentence": 1,
        "with sites": 2,
        "without subject": 1,
        "with a note": 1,
    }


def test_ends_are_counted_by_type_and_identity() -> None:
    found = count_gold(GOLD)
    assert found.ends == (("PROTEIN", 8), ("PROCESS", 1))
    assert found.names == 5
    assert found.sites == 3
    assert found.without_identifier == (("Tuberin", 1),)


def test_an_end_is_another_one_if_its_identifier_is_or_without_one_its_name() -> None:
    tuberin = replace(TSC2, name="tuberin")
    upper, lower = make_end("NGF", 0), make_end("ngf", 50)
    statements = [make_gold("inhibits", end, TSC2) for end in (tuberin, upper, lower, AKT)]
    assert count_gold([make_document(*statements)]).names == 3


def test_only_core_statements_are_counted_on_demand() -> None:
    found = count_gold(GOLD, core=True)
    assert found.total == Tally("statements", 2, 0, 2)
    assert [one.name for one in found.relations] == ["phosphorylates"]
    assert [one.total for one in found.documents] == [2, 0, 0]


def test_no_gold_gives_noughts() -> None:
    found = count_gold([])
    assert (found.total.total, found.sentences.total, found.relations, found.names) == (0, 0, (), 0)


def test_json_is_the_same() -> None:
    rows = json.loads(json.dumps(count_gold(GOLD).to_json()))
    assert rows["total"] == {"name": "statements", "dev": 4, "test": 1, "total": 5}
    assert rows["ends"] == [["PROTEIN", 8], ["PROCESS", 1]]
