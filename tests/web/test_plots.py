from __future__ import annotations

from collections.abc import Callable

import pytest

from sigmine.evaluation.bootstrap import Counts, Score
from sigmine.evaluation.calibration import Bin, Calibration, Threshold
from sigmine.web import plots
from web.pages import Element, find_fetches, read_page

SCORES = (
    Score("phosphorylates", Counts(6, 2, 2), (0.5, 1.0), (0.4, 0.9), (0.5, 0.8)),
    Score("activates", Counts(0, 0, 3), None, (0.0, 0.0), None),  # no precision: we state none
)
CALIBRATION = Calibration(
    thresholds=(Threshold(0.9, 1.0, 0.25, 1), Threshold(0.85, 1.0, 0.26, 2), Threshold(0.6, 0.5, 0.75, 6)),
    bins=(Bin(0.6, 0.7, 0.62, 1, 4), Bin(0.8, 0.9, 0.87, 2, 2)),
    brier=0.2,
    baseline=0.25,
    average_precision=0.6,
)
CONFUSION = (
    ("activates", "activates", 7),
    ("activates", "inhibits", 2),
    ("activates", "none", 3),
    ("none", "binds", 1),
)
ERRORS = (("no_relation", 0, 3, 0), ("missed", 12, 0, 0), ("site", 0, 0, 4))
DRAW: dict[str, Callable[[], str]] = {
    "scores": lambda: plots.draw_scores(SCORES),
    "precision_recall": lambda: plots.draw_precision_recall(CALIBRATION),
    "reliability": lambda: plots.draw_reliability(CALIBRATION),
    "confusion": lambda: plots.draw_confusion(CONFUSION),
    "errors": lambda: plots.draw_errors(ERRORS),
}


def list_words(svg: str) -> list[str]:
    return [one.text.strip() for one in read_page(svg).find_all("text")]


@pytest.mark.parametrize("name", DRAW)
def test_a_plot_is_one_svg_that_fetches_nothing_and_is_the_same_again(name: str) -> None:
    svg = DRAW[name]()
    (only,) = read_page(svg).children
    assert only.tag == "svg"
    assert find_fetches(svg) == []
    assert "http" not in svg
    assert DRAW[name]() == svg


def test_scores_are_named_with_the_gold_s_statements_the_most_on_top() -> None:
    words = list_words(DRAW["scores"]())
    assert {"precision", "recall"} <= set(words)
    names = [word for word in words if "(" in word]
    assert names == ["activates (3)", "phosphorylates (8)"]  # from below: 3 missed; 6 right and 2 missed


def test_a_ratio_that_is_not_defined_has_no_dot() -> None:
    def count_dots(svg: str) -> int:
        return len(
            [one for one in read_page(svg).find_all("use") if plots.PRECISION in one.attributes.get("style", "")]
        )

    both = plots.draw_scores([SCORES[0], Score("activates", Counts(0, 1, 3), (0.0, 0.0), (0.0, 0.0), None)])
    assert count_dots(both) - count_dots(DRAW["scores"]()) == 1


def test_beliefs_too_near_each_other_are_not_written() -> None:
    words = list_words(DRAW["precision_recall"]())
    assert {"0.90", "0.60"} <= set(words)
    assert "0.85" not in words  # 0.01 to the right of 0.90


def test_bins_say_how_many_they_hold() -> None:
    assert {"1/4", "2/2"} <= set(list_words(DRAW["reliability"]()))


def test_the_other_side_s_nothing_has_a_name_for_each_side() -> None:
    words = list_words(DRAW["confusion"]())
    assert {"7", "2", "3", "1", "missed", "not in the gold"} <= set(words)
    assert "none" not in words
    # down those that the gold has, across those that we have
    assert [words.count(name) for name in ("activates", "inhibits", "binds")] == [2, 1, 1]


def test_classes_of_errors_have_their_totals() -> None:
    words = list_words(DRAW["errors"]())
    assert [word for word in words if word in ("no relation", "missed", "site")] == [
        "no relation",
        "site",
        "missed",
        "missed",
    ]
    assert {"3", "4", "12", "false alarm", "flaw"} <= set(words)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "$\\nothing$", "a & b \"c\" 'd'"])
def test_names_are_words_whatever_they_are(name: str) -> None:
    for svg in (plots.draw_confusion([(name, "none", 1)]), plots.draw_errors([(name, 1, 0, 0)])):
        root: Element = read_page(svg)
        assert root.find_all("script") == []
        assert name in list_words(svg)


@pytest.mark.parametrize(
    "found", [Calibration((Threshold(0.5, 0.0, 0.0, 1),), (Bin(0.5, 0.6, 0.5, 0, 1),), 0.25, 0.0, None)]
)
def test_a_single_statement_is_enough(found: Calibration) -> None:
    assert "0.50" in list_words(plots.draw_precision_recall(found))
    assert "0/1" in list_words(plots.draw_reliability(found))
    assert "1" in list_words(plots.draw_confusion([("none", "binds", 1)]))
