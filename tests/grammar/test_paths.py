"""Paths: what is accepted, and what a mistake is told."""

import pytest

from sigmine.grammar.paths import Edge, UnknownNameError, parse_class, parse_path

CLASSES = {"obj": (Edge("dobj"),), "in": parse_class(["prep(at|on)"]), "acl": parse_class(["acl[VBN|VBD]"])}


def test_steps_in_order():
    path = parse_path("^ >obj? <acl ~(by) ,", CLASSES)
    assert [step.way for step in path] == ["^", ">", "<", "~", ","]
    assert path[1].optional
    assert path[3].words == {"by"}


def test_a_class_item_with_words_and_tags():
    assert parse_class(["prep(at|on)"])[0].words == {"at", "on"}
    assert parse_class(["acl[VBN|VBD]"])[0].tags == {"VBN", "VBD"}


def test_an_unknown_class_is_told_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'obj'"):
        parse_path(">obi", CLASSES)


@pytest.mark.parametrize("text", ["", "obj", ">>obj", ">obj("])
def test_a_malformed_path_is_refused(text):
    with pytest.raises(ValueError, match="step"):
        parse_path(text, CLASSES)
