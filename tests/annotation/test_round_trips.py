"""What is written in a format is read back unchanged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings

from annotation.builders import golds
from sigmine.annotation.bioc_json import format_bioc, parse_bioc
from sigmine.annotation.brat import format_brat, parse_brat
from sigmine.annotation.table import format_table, parse_table
from sigmine.annotation.texts import AnnotatedText
from sigmine.evaluation import GoldDocument

Read = tuple[tuple[GoldDocument, ...], tuple[str, ...]]


def pass_table(text: AnnotatedText, document: GoldDocument) -> Read:
    # An identifier that is found for every name must not fill in for one that is known to be missing.
    content = format_table([document], {"doc": text})
    return parse_table(content, {"doc": text}, annotator="one", find_curie=lambda name, type: "hgnc:1")


def pass_brat(text: AnnotatedText, document: GoldDocument) -> Read:
    found, problems = parse_brat(format_brat(document, text.text), "doc", text, annotator="one")
    return (found,), problems


def pass_bioc(text: AnnotatedText, document: GoldDocument) -> Read:
    return parse_bioc(format_bioc([document], {"doc": text}), {"doc": text}, annotator="one")


@pytest.mark.parametrize("write_and_read", [pass_table, pass_brat, pass_bioc])
@settings(max_examples=60, deadline=None)
@given(made=golds())
def test_gold_comes_back_as_it_was(
    write_and_read: Callable[[AnnotatedText, GoldDocument], Read], made: tuple[AnnotatedText, GoldDocument]
) -> None:
    text, document = made
    assert write_and_read(text, document) == ((document,), ())
