from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from samples import make_mention
from sigmine.assembly.evidence import make_evidence
from sigmine.model import Document, Entity, Evidence
from sigmine.model.ids import make_mention_id
from sigmine.web.drawn_sentence import Name, describe_relation, draw_evidence, draw_sentence

TEXT = "mTORC1 waits. AKT1 phosphorylates TSC2 at S939 & <script>alert(1)</script>."
START = 14
DOCUMENT = Document("note", TEXT)


def read(**changes: object) -> Evidence:
    mention = make_mention(DOCUMENT, "phosphorylates", "AKT1", "TSC2", sites=["S939"], sentence=(START, len(TEXT)))
    return make_evidence(replace(mention, **changes), DOCUMENT)


def find_names() -> list[Name]:
    return [
        Name(at, at + len(word), type_, f"{word} & more")
        for word, type_ in (("AKT1", "PROTEIN"), ("TSC2", "PROTEIN"), ("S939", "SITE"))
        for at in [TEXT.index(word)]
    ]


def draw(*evidence: Evidence) -> etree._Element:
    return etree.fromstring(draw_sentence(TEXT[START:], START, find_names(), evidence))


def find_words(svg: etree._Element) -> str:
    return "".join(node.text or "" for node in svg.iter("text") if node.get("class") != "label")


def get_classes(svg: etree._Element, tag: str) -> list[str]:
    return [node.get("class", "") for node in svg.iter(tag) if node.get("class") != "back"]


def test_words_are_all_there_and_nothing_of_them_is_markup() -> None:
    svg = draw(read())
    assert find_words(svg) == TEXT[START:]
    assert not list(svg.iter("script"))
    assert str(svg.get("aria-label")).startswith(TEXT[START:])
    assert str(svg.get("aria-label")).endswith("AKT1 phosphorylates S939, TSC2")


def test_names_have_boxes_as_wide_as_their_words() -> None:
    svg = draw(read())
    assert get_classes(svg, "rect") == ["PROTEIN", "PROTEIN", "SITE"]
    words = {node.text: node for node in svg.iter("text")}
    for box, word in zip(list(svg.iter("rect"))[:3], ("AKT1", "TSC2", "S939"), strict=True):
        assert box[0].text == f"{word} & more"
        left, width = float(box.get("x", "")), float(box.get("width", ""))
        first, length = float(words[word].get("x", "")), float(words[word].get("textLength", ""))
        assert left < first < first + length < left + width


def test_a_relation_has_its_sign_its_flags_and_its_name() -> None:
    def classes(**changes: object) -> list[str]:
        [group] = get_classes(draw(read(**changes)), "g")
        return group.split()

    assert classes() == ["arc", "neutral"]
    assert classes(relation="activates") == ["arc", "positive"]
    assert classes(relation="inhibits", negated=True) == ["arc", "negative", "denied"]
    assert classes(claim="open_question", direct=False) == ["arc", "neutral", "hedged", "indirect"]
    [title] = [group[0].text for group in draw(read()).iter("g")]
    assert title == (
        "AKT1 phosphorylates S939, TSC2: phosphorylates/transitive_verb.active, belief 0.80, "
        f"id {make_mention_id('note', read().mention)}"
    )
    [label] = [node.text for node in draw(read(negated=True)).iter("text") if node.get("class") == "label"]
    assert label == "denied: phosphorylates S939"
    assert describe_relation(read(claim="open_question", direct=False, sites=()).mention) == (
        "open question, indirect: phosphorylates"
    )


def test_an_end_in_another_sentence_is_written_before_this_one() -> None:
    far = Entity("mTORC1", 0, 6, "COMPLEX", "mTORC1")
    svg = draw(read(subject=far), read(subject=far, relation="inhibits"))
    assert find_words(svg).startswith("mTORC1 … AKT1 phosphorylates")
    assert get_classes(svg, "rect")[0] == "COMPLEX"
    assert len(get_classes(svg, "g")) == 2


def test_a_picture_of_a_sentence_stands_alone() -> None:
    both = [read(), read(relation="inhibits")]
    page = draw_evidence(both)
    svg = etree.fromstring(page)
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert [len(list(svg.iter(f"{{*}}{tag}"))) for tag in ("style", "g", "script")] == [1, 2, 0]
    assert set(re.findall(r"var\((--[\w-]+)", page)) <= set(re.findall(r"(--[\w-]+):", page))
    for wrong in ([], [both[0], replace(both[1], start=0)]):
        with pytest.raises(ValueError, match="of one sentence"):
            draw_evidence(wrong)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_any_sentence_can_be_drawn(text: str) -> None:
    svg = etree.fromstring(draw_sentence(text, 7, [Name(7, 8, "PROTEIN", text)], ()))
    shown = "".join(node.text or "" for node in svg.iter("text"))
    letters = [one for one in text if one.isprintable() and not one.isspace()]
    assert [one for one in shown if one in letters] == letters
