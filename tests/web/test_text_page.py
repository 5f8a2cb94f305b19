from __future__ import annotations

import re

from samples import make_entity, make_mention
from sigmine.assembly.evidence import make_evidence
from sigmine.model import Document, Entity, Evidence, Section, Site
from sigmine.web.drawn_sentence import Name
from sigmine.web.text_page import ShownText, choose_names, render_texts, show_document, show_evidence
from web.pages import Element, find_fetches, read_page

PARTS = (
    ("title", "Growth <b>control</b>"),
    ("heading", "Kinases"),
    ("body", "AKT1 is a kinase. AKT1 phosphorylates TSC2 at S939. <script>alert(1)</script> stops MTOR."),
    ("references", "1. A. Author. On TSC2."),
)


def make_document() -> Document:
    text, sections = "", []
    for kind, words in PARTS:
        sections.append(Section(kind, len(text), len(text) + len(words)))
        text += words + "\n\n"
    return Document("a<i>", text, sections=tuple(sections))


DOCUMENT = make_document()
SENTENCE = re.search(r"AKT1 phos.*?\.", DOCUMENT.text)
assert SENTENCE is not None


def read(relation: str = "phosphorylates") -> Evidence:
    assert SENTENCE is not None
    mention = make_mention(DOCUMENT, relation, "AKT1", "TSC2", sites=["S939"], sentence=SENTENCE.span())
    return make_evidence(mention, DOCUMENT)


ENTITIES = (make_entity(DOCUMENT, "AKT1"), make_entity(DOCUMENT, "MTOR"))


def show(*evidence: Evidence, relations_only: bool = False) -> ShownText:
    return show_document(DOCUMENT, ENTITIES, (), evidence, relations_only=relations_only)


def render(*texts: ShownText, failures: tuple[tuple[str, str], ...] = ()) -> Element:
    page = render_texts(texts, title="a<i>", failures=failures)
    assert find_fetches(page.replace('xmlns="http://www.w3.org/2000/svg"', "")) == []
    return read_page(page)


def squeeze(text: str) -> str:
    return "".join(text.split())


def test_the_running_text_is_all_there_with_names_marked() -> None:
    page = render(show())
    [article] = page.find_all("article")
    assert squeeze(article.text).endswith(squeeze("".join(words for _, words in PARTS[:3]) + "not read" + PARTS[3][1]))
    marks = [(one.text, one.classes, one.attributes["title"]) for one in article.find_all("mark")]
    assert marks == [
        ("AKT1", ["PROTEIN"], "AKT1, PROTEIN, hgnc:391"),
        ("MTOR", ["PROTEIN"], "MTOR, PROTEIN, hgnc:3942"),
    ]
    assert not page.find_all("script")
    assert not page.find_all("figure")
    assert [one.text for one in article.find_all("h3")] == ["Growth <b>control</b>"]


def test_a_sentence_that_states_something_is_drawn_in_its_place() -> None:
    [article] = render(show(read())).find_all("article")
    [figure] = article.find_all("figure")
    assert "phosphorylates S939" in [one.text for one in figure.find_all("text", "label")]
    words = "".join(one.text for one in figure.find_all("text") if "label" not in one.classes)
    assert words == "AKT1 phosphorylates TSC2 at S939."
    [passage] = article.find_all("div", "body")
    assert passage.text.index("is a kinase") < passage.text.index("phosphorylates") < passage.text.index("stops")
    assert "1 relation drawn" in article.text


def test_only_sentences_with_relations() -> None:
    [article] = render(show(read(), read("inhibits"), relations_only=True)).find_all("article")
    assert len(article.find_all("figure")) == 1  # both are in it
    assert len(article.find_all("g", "arc")) == 2
    assert not article.find_all("h3")
    assert "is a kinase" not in article.text
    [empty] = render(show(relations_only=True)).find_all("article")
    assert "0 relations drawn" in empty.text


def test_without_the_text_its_sentences_are_shown_with_a_note() -> None:
    shown = show_evidence("far", [read(), read("inhibits")], note="The text is not here.")
    page = render(shown)
    assert "The text is not here." in page.text
    assert [one.classes for one in page.find_all("rect")[:3]] == [["PROTEIN"], ["PROTEIN"], ["SITE"]]


def test_failures_are_named() -> None:
    page = render(failures=(("bad<b>.pdf", "no text & no layer"),))
    [line] = page.find_all("p", "failure")
    assert line.text == "Could not read bad<b>.pdf: no text & no layer"


def test_the_legend_has_the_types_of_the_page_and_lines_only_where_there_are_some() -> None:
    [header] = render(show(read())).find_all("header")
    assert [one.text for one in header.find_all("mark")] == ["protein", "site"]
    assert "denied" in header.text
    [header] = render(show()).find_all("header")
    assert "denied" not in header.text


def test_each_colour_of_the_page_is_defined() -> None:
    page = render_texts([show(read())], title="x")
    used = set(re.findall(r"var\((--[\w-]+)\)", page))
    assert used <= set(re.findall(r"(--[\w-]+):", page))
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def make_name(entity: Entity) -> Name:
    return Name(entity.start, entity.end, entity.type, entity.name)


def test_names_that_overlap_give_way_to_the_ends_of_relations() -> None:
    evidence = read()
    low = evidence.mention.object.start
    wide = Entity("phosphorylates TSC2", low - 15, low + 4, "PROCESS", "x")
    site = Site("S", 939, "S939", low + 8, low + 12)
    names = choose_names([make_name(wide)], [evidence])
    assert [name.type for name in names] == ["PROTEIN", "PROTEIN", "SITE"]
    assert (names[2].start, names[2].end) == (site.start, site.end)
    assert [name.type for name in choose_names([make_name(wide), make_name(evidence.mention.object)], [])] == [
        "PROCESS"
    ]


def test_a_long_review_makes_a_page_of_less_than_two_megabytes() -> None:
    sentence = "In growing cells AKT1 phosphorylates TSC2 at S939 and this is followed by what AKT1 does elsewhere. "
    text = sentence * 400  # 6,800 words, a relation in each sentence
    document = Document("long", text)
    evidence = []
    for at in range(0, len(text), len(sentence)):
        span = (at, at + len(sentence) - 1)
        mention = make_mention(document, "phosphorylates", "AKT1", "TSC2", sites=["S939"], sentence=span)
        evidence.append(make_evidence(mention, document))
    page = render_texts([show_document(document, (), (), evidence)], title="long")
    assert page.count("<figure>") == 400
    assert len(page.encode()) < 2_000_000
