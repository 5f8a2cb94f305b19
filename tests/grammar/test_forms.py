"""The forms of trigger words."""

import pytest

from sigmine.grammar.forms import make_forms


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("phosphorylate", {"phosphorylate", "phosphorylates", "phosphorylated", "phosphorylating"}),
        ("block", {"block", "blocks", "blocked", "blocking"}),
        ("control(l)", {"control", "controls", "controlled", "controlling"}),
        ("bind/binds/bound/binding", {"bind", "binds", "bound", "binding"}),
        ("modify", {"modify", "modifies", "modified", "modifying"}),
        ("switch on", {"switch on", "switches on", "switched on", "switching on"}),
        (
            "negatively regulate",
            {"negatively regulate", "negatively regulates", "negatively regulated", "negatively regulating"},
        ),
        ("down-regulate", {"down-regulate", "down-regulates", "down-regulated", "down-regulating"}),
    ],
)
def test_verb_forms(word, forms):
    assert {form for form, _ in make_forms(word, "verb")} == forms


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("inhibitor", {"inhibitor", "inhibitors"}),
        ("activity/activities", {"activity", "activities"}),
        ("synthesis", {"synthesis", "syntheses"}),
    ],
)
def test_noun_forms(word, forms):
    assert {form for form, _ in make_forms(word, "noun")} == forms


def test_an_irregular_verb_needs_four_forms():
    with pytest.raises(ValueError, match="four forms"):
        list(make_forms("bind/bound", "verb"))
