from __future__ import annotations

import json
from dataclasses import replace

import pytest

from evaluation.builders import AKT, MTOR, TSC2, make_document, make_end, make_gold
from sigmine.annotation.agreement import ASPECTS, Agreement, find_agreement, find_differences
from sigmine.evaluation.claim import GoldStatement

BOTH = make_gold("activates", AKT, TSC2)
NEXT = (60, 120)
ALONE = make_gold("activates", make_end("AKT1", 60), make_end("MTOR", 100), sentence=NEXT)


def agree(
    first: list[GoldStatement], second: list[GoldStatement], *, level: str = "relaxed", core: bool = True
) -> Agreement:
    return find_agreement([make_document(*first)], [make_document(*second)], level=level, core=core)


def count(found: Agreement) -> tuple[int, int, int]:
    """In both, only in the first, only in the second."""
    counts = found.total.counts
    return counts.tp, counts.fn, counts.fp


def get_kappas(found: Agreement) -> dict[str, float | None]:
    return {one.name: one.value for one in found.kappas}


@pytest.mark.parametrize("level", ["strict", "relaxed", "identity", "document"])
def test_identical_annotations_agree_in_all(level: str) -> None:
    statements = [
        make_gold("phosphorylates", AKT, TSC2, sites=("S939",), hedged=True),
        make_gold("phosphorylates", None, AKT),
        make_gold("binds", AKT, MTOR, negated=True),
        ALONE,
    ]
    found = agree(statements, [replace(one, id=f"{one.id}b") for one in statements], level=level, core=False)
    assert count(found) == (4, 0, 0)
    assert (found.total.counts.f1, found.total.f1_interval) == (1.0, (1.0, 1.0))
    assert set(get_kappas(found).values()) == {1.0}
    assert [(one.name, one.same, one.total, one.share) for one in found.aspects] == [
        (name, 4, 4, 1.0) for name in ASPECTS
    ]
    assert found.disagreements == ()


def test_f_is_twice_the_common_divided_by_the_sum_of_both() -> None:
    other = make_gold("inhibits", MTOR, AKT)
    extra = make_gold("inhibits", TSC2, MTOR)
    found = agree([BOTH, other], [BOTH, other, extra])
    assert count(found) == (2, 0, 1)
    assert found.total.counts.f1 == pytest.approx(2 * 2 / (2 + 3))
    assert [(one.name, one.counts.f1) for one in found.relations] == [("activates", 1.0), ("inhibits", 2 / 3)]
    (only,) = found.disagreements
    assert (only.kind, only.first, only.second, only.statement) == ("only_b", None, extra, extra)


def test_f_and_kappa_do_not_depend_on_who_comes_first() -> None:
    first, second = [BOTH, ALONE], [BOTH, make_gold("binds", AKT, MTOR)]
    there, back = agree(first, second, core=False), agree(second, first, core=False)
    assert there.total.counts.f1 == back.total.counts.f1 == 0.5
    assert get_kappas(there) == get_kappas(back)
    assert [one.kind for one in there.disagreements] == ["only_b", "only_a"]
    assert [one.kind for one in back.disagreements] == ["only_a", "only_b"]


def test_nothing_in_common_and_nothing_at_all() -> None:
    assert agree([BOTH], [ALONE]).total.counts.f1 == 0.0
    empty = agree([], [])
    assert (empty.documents, empty.total.counts.f1, empty.relations) == (("doc",), None, ())
    assert get_kappas(empty) == {"all": None}
    assert {one.share for one in empty.aspects} == {None}


def test_kappa_of_one_relation() -> None:
    # Two sentences with two ends each. A sentence of the ends a and b has four items: (-, a), (-, b), (a, b), (b, a).
    #
    #              B: activates   B: not
    # A: activates      1           1       2
    # A: not            0           6       6
    #                   1           7       8
    #
    # observed 7/8, by chance (2*1 + 6*7) / 8**2 = 44/64, kappa (56 - 44) / (64 - 44) = 12/20
    found = agree([BOTH, ALONE], [BOTH])
    assert get_kappas(found) == pytest.approx({"activates": 0.6, "all": 0.6})
    assert [(one.items, one.both) for one in found.kappas] == [(8, 1), (8, 1)]


def test_kappa_over_all_relations_knows_which_relation_was_said() -> None:
    # Four items; of one A says activates, B inhibits; of the others neither says anything. For activates and for
    # inhibits: observed 3/4, by chance (1*0 + 3*4) / 16 = 12/16, kappa 0. For all labels at once: observed 3/4,
    # by chance (3*3 + 1*0 + 0*1) / 16 = 9/16, kappa (12 - 9) / (16 - 9) = 3/7.
    found = agree([BOTH], [replace(BOTH, relation="inhibits")])
    assert get_kappas(found) == pytest.approx({"activates": 0.0, "inhibits": 0.0, "all": 3 / 7})
    assert [one.both for one in found.kappas] == [0, 0, 0]


def test_kappa_counts_a_missing_subject_and_an_end_with_itself() -> None:
    # The one end gives the item (-, TSC2), the autophosphorylation adds (TSC2, TSC2): A says both, B the first only.
    # Observed 1/2, by chance (2*1 + 0*1) / 4 = 1/2, kappa 0.
    bare, itself = make_gold("phosphorylates", None, TSC2), make_gold("phosphorylates", TSC2, TSC2)
    kappa = agree([bare, itself], [bare]).kappas[0]
    assert (kappa.items, kappa.both, kappa.value) == (2, 1, 0.0)


def test_kappa_is_undefined_where_both_always_say_the_same_thing() -> None:
    bare = make_gold("phosphorylates", None, TSC2)
    assert get_kappas(agree([bare], [bare])) == {"phosphorylates": None, "all": None}


@pytest.mark.parametrize(
    ("changes", "aspect"),
    [
        ({"negated": True}, "negated"),
        ({"hedged": True}, "hedged"),
        ({"direct": False}, "direct"),
        ({"cross_sentence": True}, "cross_sentence"),
        ({"sites": ("S939",)}, "sites"),
        ({"object": make_end("TSC2", 19, curie="hgnc:12363", length=6)}, "characters"),
        ({"object": make_end("tuberin", 20, curie=None)}, "identity"),
    ],
)
def test_a_common_statement_may_differ_in_an_aspect(changes: dict[str, object], aspect: str) -> None:
    mine = make_gold("phosphorylates", AKT, TSC2)
    yours = replace(mine, **changes)  # type: ignore[arg-type]
    found = agree([mine], [yours])
    assert found.total.counts.f1 == 1.0
    assert {one.name: one.same for one in found.aspects} == {name: int(name != aspect) for name in ASPECTS}
    (disagreement,) = found.disagreements
    assert (disagreement.kind, disagreement.aspects) == ("differs", (aspect,))
    assert (disagreement.first, disagreement.second) == (mine, yours)


def test_the_order_of_sites_and_aliases_do_not_differ() -> None:
    alias = replace(TSC2, spans=((50, 57), *TSC2.spans))
    mine = make_gold("phosphorylates", AKT, TSC2, sites=("S939", "T1462"))
    assert find_differences(mine, replace(mine, object=alias, sites=("T1462", "S939"))) == ()


def test_the_ends_of_binds_may_be_exchanged() -> None:
    found = agree([make_gold("binds", AKT, TSC2)], [make_gold("binds", TSC2, AKT)], core=False)
    assert count(found) == (1, 0, 0)
    assert found.disagreements == ()
    assert get_kappas(found) == {"binds": 1.0, "all": 1.0}


def test_of_exchanged_ends_each_is_compared_with_its_like() -> None:
    longer = make_end("TSC2", 18, curie="hgnc:12363", length=8)
    (found,) = agree([make_gold("binds", AKT, TSC2)], [make_gold("binds", longer, AKT)], core=False).disagreements
    assert found.aspects == ("characters",)


def test_kappa_asks_for_the_ends_whatever_their_order_and_characters() -> None:
    longer = make_end("TSC2", 18, curie="hgnc:12363", length=8)
    mine, yours = make_gold("binds", AKT, TSC2), make_gold("binds", longer, AKT)
    found = agree([mine], [yours], level="strict", core=False)
    assert count(found) == (0, 1, 1)
    assert get_kappas(found) == {"binds": 1.0, "all": 1.0}


def test_direction_matters_elsewhere() -> None:
    assert count(agree([BOTH], [make_gold("activates", TSC2, AKT)])) == (0, 1, 1)


def test_what_is_core_for_one_only_is_no_disagreement_if_the_other_has_it() -> None:
    process = replace(BOTH, object=replace(TSC2, type="PROCESS"))
    assert (BOTH.core, process.core) == (True, False)
    for first, second in ((BOTH, process), (process, BOTH)):
        found = agree([first], [second])
        assert count(found) == (1, 0, 0)
        assert found.disagreements == ()


def test_only_core_statements_count_unless_all_are_asked_for() -> None:
    bound = make_gold("binds", AKT, TSC2)
    assert count(agree([BOTH, bound], [BOTH])) == (1, 0, 0)
    assert count(agree([BOTH, bound], [BOTH], core=False)) == (1, 1, 0)


def test_the_level_says_what_is_the_same_statement() -> None:
    overlapping = replace(BOTH, object=make_end("TSC complex", 18, length=10))
    results = [count(agree([BOTH], [overlapping], level=level)) for level in ("strict", "relaxed", "identity")]
    assert results == [(0, 1, 1), (1, 0, 0), (0, 1, 1)]
    later = replace(ALONE, subject=AKT, object=TSC2)
    assert [count(agree([BOTH], [later], level=level))[0] for level in ("relaxed", "document")] == [0, 1]


def test_documents_of_one_annotator_are_left_out() -> None:
    first = [make_document(BOTH), make_document(replace(BOTH, document="mine"), document="mine")]
    second = [make_document(replace(BOTH, document="yours"), document="yours"), make_document(BOTH)]
    found = find_agreement(first, second)
    assert (found.documents, found.only_a, found.only_b) == (("doc",), ("mine",), ("yours",))
    assert count(found) == (1, 0, 0)
    assert [(one.name, one.counts.tp) for one in found.by_document] == [("doc", 1)]


def test_the_same_words_in_two_documents_are_two_statements() -> None:
    documents = [make_document(replace(BOTH, document=name), document=name) for name in ("a", "b")]
    found = find_agreement(documents, [documents[0], make_document(document="b")])
    assert count(found) == (1, 1, 0)
    assert [(one.name, one.counts.f1) for one in found.by_document] == [("a", 1.0), ("b", 0.0)]


def test_disagreements_are_in_the_order_of_the_text() -> None:
    early, late = make_gold("inhibits", AKT, MTOR), make_gold("inhibits", MTOR, AKT, sentence=(200, 260))
    found = agree([late, BOTH], [replace(BOTH, negated=True), ALONE, early])
    assert [(one.kind, one.statement.sentence) for one in found.disagreements] == [
        ("differs", (0, 60)),
        ("only_b", (0, 60)),
        ("only_b", NEXT),
        ("only_a", (200, 260)),
    ]


def test_json_holds_numbers_and_ids() -> None:
    rows = json.loads(json.dumps(agree([BOTH, ALONE], [replace(BOTH, id="b", hedged=True)]).to_json()))
    assert (rows["level"], rows["core"], rows["documents"]) == ("relaxed", True, ["doc"])
    assert (rows["total"]["tp"], rows["total"]["fn"], rows["total"]["f1"]) == (1, 1, 0.6667)
    assert rows["kappas"][0] == {"name": "activates", "items": 8, "both": 1, "value": 0.6}
    assert rows["aspects"][1] == {"name": "hedged", "same": 0, "total": 1, "share": 0.0}
    assert rows["disagreements"] == [
        {"kind": "differs", "document": "doc", "sentence": [0, 60], "a": BOTH.id, "b": "b", "aspects": ["hedged"]},
        {"kind": "only_a", "document": "doc", "sentence": [60, 120], "a": ALONE.id, "b": None, "aspects": []},
    ]
