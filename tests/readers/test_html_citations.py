"""Citations of web pages: links and raised numbers, what leaves the text, what stays, which reference they lead to."""

from __future__ import annotations

import pytest

from sigmine.model import Document
from sigmine.readers.html import parse_html

LIST = """<h2>References</h2><ol>
<li id="r1">Author A, Writer B. Kinases that act in a row. Ex. 2001;1:1.
 <a href="https://doi.org/10.5555%2Fex(1)2">Crossref</a></li>
<li id="r2">Doe J. Lipids that call a kinase. Ex. 2002;2:2. <a href="/pubmed/222">PubMed</a> |
 <a href="https://www.ncbi.nlm.nih.gov/pmc/articles/PMC22/">PMC free article</a></li>
<li><a name="r3"></a>Roe R. Phosphatases that undo it. Ex. 2003;3:3. PMID: 333</li>
<li id="r4">Poe E. What is left to learn. Ex. 2004;4:4. doi:10.5555/four</li></ol>"""


def read(sentence: str, references: str = LIST) -> Document:
    page = f"<article><h1>Kinases of the cell</h1><h2>Introduction</h2><p>{sentence}</p>{references}</article>"
    return parse_html(page, id="page")


def paragraph(document: Document) -> str:
    [text] = [document.text[s.start : s.end] for s in document.sections if s.kind == "body"]
    return text


def cited(document: Document) -> list[tuple[str, list[int | None]]]:
    return [(citation.marker, [one.number for one in citation.references]) for citation in document.citations]


@pytest.mark.parametrize(
    ("sentence", "text", "citations"),
    [
        ("AKT acts.<sup><a href='#r1'>1</a></sup>", "AKT acts.", [("1", [1])]),
        ("AKT acts<a href='#r1'><sup>1</sup></a>.", "AKT acts.", [("1", [1])]),
        ("AKT acts <sup><a href='#r1'>1</a>, <a href='#r3'>3</a></sup>.", "AKT acts.", [("1, 3", [1, 3])]),
        ("AKT acts<sup><a href='#r1'>1</a>–<a href='#r3'>3</a></sup> now.", "AKT acts now.", [("1–3", [1, 2, 3])]),
        (
            "AKT acts.<sup><a href='x#r1'>[1]</a></sup><sup><a href='#r2'>[2]</a></sup>",
            "AKT acts.",
            [("[1][2]", [1, 2])],
        ),
        ("AKT acts [<a href='#r1'>1</a>,<a href='#r2'>2</a>].", "AKT acts [1,2].", [("[1,2]", [1, 2])]),
        ("AKT acts <a href='#r4'>[4]</a>.", "AKT acts [4].", [("[4]", [4])]),
        ("AKT acts [2, 4].", "AKT acts [2, 4].", [("[2, 4]", [2, 4])]),
        ("AKT acts (<a href='#r2'>Doe, 2002</a>).", "AKT acts (Doe, 2002).", [("(Doe, 2002)", [2])]),
        ("AKT acts (Doe, 2002).", "AKT acts (Doe, 2002).", [("(Doe, 2002)", [2])]),
        ("AKT acts<sup>1,2</sup>.", "AKT acts.", [("1,2", [1, 2])]),
        ("NF-κB<sup>3</sup> acts.", "NF-κB acts.", [("3", [3])]),
        ("mTORC1<sup>3</sup> acts.", "mTORC1 acts.", [("3", [3])]),
        ("AKT acts.<sup><a href='#r1'>1</a></sup>It stays.", "AKT acts. It stays.", [("1", [1])]),
        ("AKT acts.¹ It stays.", "AKT acts. It stays.", [("1", [1])]),
        ("AKT acts.<sup><a href='#r1'>1</a></sup><sup>:12</sup>", "AKT acts.", [("1", [1])]),
        ("AKT acts.<sup><a href='#fn1'>a</a></sup>", "AKT acts.", []),
    ],
)
def test_citations(sentence: str, text: str, citations: list[tuple[str, list[int | None]]]) -> None:
    document = read(sentence)
    assert paragraph(document) == text
    assert cited(document) == citations


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Ca<sup>2+</sup> and PIP<sub>3</sub> act in it.", "Ca2+ and PIP3 act in it."),
        ("AKT is phosphorylated at Thr<sup>308</sup>.", "AKT is phosphorylated at Thr308."),
        ("AKT is phosphorylated at Ser<sup>2</sup>.", "AKT is phosphorylated at Ser2."),
        ("There are 10<sup>3</sup> cells on 2 cm<sup>2</sup> of it.", "There are 10^3 cells on 2 cm2 of it."),
        ("It takes <sup>32</sup>P and [<sup>3</sup>H] to tell.", "It takes 32P and [3H] to tell."),
        ("The mutant KRAS<sup>G12D</sup> is active.", "The mutant KRASG12D is active."),
        ("See <a href='#r1'>the list</a> and <a href='#f1'>Fig. 1</a> on it.", "See the list and Fig. 1 on it."),
        ("It stands in section 2 and in type 3 of it.", "It stands in section 2 and in type 3 of it."),
    ],
)
def test_what_is_no_citation(sentence: str, text: str) -> None:
    document = read(sentence)
    assert paragraph(document) == text
    assert not document.citations


def test_a_raised_citation_is_held_by_the_character_before() -> None:
    document = read("AKT acts.<sup><a href='#r1'>1</a></sup> It stays.")
    [citation] = document.citations
    assert document.text[citation.start : citation.end] == "."
    assert document.text[: citation.end].endswith("AKT acts.")


def test_a_link_is_resolved_without_numbers() -> None:
    references = """<section class="ref-list"><ul><li id="b-7">Doe J. Lipids that call a kinase. Ex. 2002.</li>
        <li id="b-8">Roe R. Phosphatases that undo it. Ex. 2003.</li></ul></section>"""
    document = read("AKT acts (<a href='#b-8'>Roe, 2003</a>; <a href='#b-7'>Doe, 2002</a>).", references)
    [citation] = document.citations
    assert citation.marker == "(Roe, 2003; Doe, 2002)"
    assert [one.title for one in citation.references] == ["Phosphatases that undo it", "Lipids that call a kinase"]


def test_references_hold_the_identifiers_of_their_links() -> None:
    first, second, third, fourth = read("AKT acts.").references
    assert (first.number, first.doi, first.title) == (1, "10.5555/ex(1)2", "Kinases that act in a row")
    assert (second.pmid, second.pmcid) == ("222", "PMC22")
    assert second.text == "Doe J. Lipids that call a kinase. Ex. 2002;2:2."
    assert third.pmid == "333"
    assert fourth.doi == "10.5555/four"


@pytest.mark.parametrize(
    "references",
    [
        "<h2>References</h2><p id=r1>[1] Doe J. A first work on it. Ex. 2001.</p>"
        "<p>[2] Doe J. A second work. Ex. 2002.</p>",
        "<div class=bibliography><table><tr id=r1><td>1.</td><td>Doe J. A first work on it. Ex. 2001.</td></tr>"
        "<tr><td>2.</td><td>Doe J. A second work. Ex. 2002.</td></tr></table></div>",
        "<h3>Bibliography</h3><dl><dt id=r1>1</dt><dd>Doe J. A first work on it. Ex. 2001.</dd>"
        "<dt>2</dt><dd>Doe J. A second work. Ex. 2002.</dd></dl>",
        "<h2>References</h2><ol start=1><li><span id=r1 class=label>1.</span><div>Doe J. A first work on it. Ex. "
        "2001.</div><div><a href=x>View article</a></div><li><span>2.</span>Doe J. A second work. Ex. 2002.</ol>",
    ],
)
def test_lists_of_any_markup(references: str) -> None:
    document = read("AKT acts <a href='#r1'>[1]</a>, as does SRC.", references)
    assert [one.number for one in document.references] == [1, 2]
    assert (document.references[0].text or "").startswith("Doe J. A first work on it.")
    assert cited(document) == [("[1]", [1])]
    assert not [s for s in document.sections if s.kind == "body" and "Doe" in document.text[s.start : s.end]]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("some 10<sup>6</sup> cells", "some 10^6 cells"),
        ("of 2.5 × 10<sup>−7</sup> M", "of 2.5 × 10^−7 M"),
        ("5·10<span class='sup'>3</span> cells", "5·10^3 cells"),
        ("<sup>32</sup>P, Ca<sup>2+</sup>, CO<sub>2</sub>", "32P, Ca2+, CO2"),
        ("p53<sup>−/−</sup> and CD8<sup>+</sup> T<sub>reg</sub> cells", "p53−/− and CD8+ Treg cells"),
    ],
)
def test_raised_and_lowered_characters_stay_what_they_mean(markup: str, text: str) -> None:
    document = read(f"AKT in {markup}, as known<sup><a href='#r2'>2</a></sup>.")
    assert paragraph(document) == f"AKT in {text}, as known."
    assert cited(document) == [("2", [2])]


def test_a_linked_number_after_a_number_is_no_power() -> None:
    document = read("AKT was cloned in 1991<sup><a href='#r1'>1</a></sup>.")
    assert paragraph(document) == "AKT was cloned in 1991."
    assert cited(document) == [("1", [1])]


@pytest.mark.parametrize(
    ("marker", "numbers"),
    [
        ("[<a href='#r3'>3</a>, <a href='#r99'>99</a>]", [3, 99]),
        ("[<a href='#r3'>3</a>–<a href='#r6'>6</a>]", [3, 4, 5, 6]),
        ("[1], [2], [3] and [4, 99]", [4, 99]),
    ],
)
def test_a_number_without_an_entry_is_kept(marker: str, numbers: list[int]) -> None:
    (_, found) = cited(read(f"AKT acts {marker}."))[-1]
    assert found == numbers


NAMES = ("Ng", "Wu", "Roe", "Poe")
SCRIPTED = {
    # A list that a script opens, so that links do not lead to its ids: those of ScienceDirect, of PNAS and Science.
    "bib{}": "<section class='bibliography'><h2>References</h2><ol>{}</ol></section>",
    "core-collateral-r{}": "<section role='doc-bibliography'><h2>References</h2>{}</section>",
}
ENTRIES = {
    "bib{}": "<li><span class='label'><a href='#bbib{0}' id='ref-id-bib{0}'>[{0}]</a></span><span class='reference'>"
    "<div class='contribution'><div class='authors u-font-sans'>A. {1}</div><div class='title'>Kinases that act in rows"
    "</div></div><div class='host'>Ex. J., 1 (200{0}), p. {0}</div></span></li>",
    "core-collateral-r{}": "<div role='doc-biblioentry listitem'><div class='label'>{0}</div><div class='citation' "
    "id='r{0}'><div class='citation-content'>A. {1}, Kinases that act in rows. <em>Ex. J.</em> 1, {0} (200{0}).</div>"
    "</div></div>",
}


@pytest.mark.parametrize("target", SCRIPTED)
@pytest.mark.parametrize(
    ("markup", "citations"),
    [
        ("(Ng et al., <{1}>2001</a>)", [("2001", [1])]),
        ("<{1}>[1]</a>–<{3}>[3]</a>", [("[1]–[3]", [1, 2, 3])]),
        ("<sup><{2}>2</a>,<{4}>4</a></sup>", [("2,4", [2, 4])]),
    ],
)
def test_links_that_end_like_the_ids_of_the_list(
    target: str, markup: str, citations: list[tuple[str, list[int]]]
) -> None:
    entries = "".join(ENTRIES[target].format(number, name) for number, name in enumerate(NAMES, start=1))
    links = [f"a href='#{target.format(number)}'" for number in range(5)]
    document = read(f"AKT acts {markup.format(*links)}.", SCRIPTED[target].format(entries))
    assert cited(document) == citations
    first = document.references[0]
    assert (first.authors, first.title, first.journal, first.year) == (
        ("A. Ng",), "Kinases that act in rows", "Ex. J.", 2001
    )  # fmt: skip


def test_an_end_that_two_entries_share_leads_nowhere() -> None:
    entries = "<li id='x-r1'>Ng A. One of both. Ex. 2001;1:1.</li><li id='y-r1'>Wu B. Two of both. Ex. 2002;1:1.</li>"
    document = read("AKT acts (Ng, <a href='#r1'>2001</a>).", f"<h2>References</h2><ol>{entries}</ol>")
    assert cited(document) == [("(Ng, 2001)", [1])]
    document = read("AKT acts (<a href='#r1'>Nobody</a>).", f"<h2>References</h2><ol>{entries}</ol>")
    assert cited(document) == []
