"""Saved web pages: what is the article, what is the site; words as a reader sees them; the way back to the file."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readers.sections import texts
from sigmine.errors import ReadError
from sigmine.model import READ_KINDS, Document
from sigmine.readers import ReadFailure, read_documents
from sigmine.readers.html import parse_html

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "reader_sample.html"
MORE = "It acts on many other proteins of the cell, and on some that are found in a few tissues of the body only."


def read(page: str) -> Document:
    return parse_html(page, id="page")


def body(page: str) -> list[str]:
    return texts(read(page), "body")


@pytest.fixture(scope="module")
def sample() -> Document:
    [document] = read_documents(SAMPLE)
    assert isinstance(document, Document)
    return document


def check_places(document: Document, page: str) -> None:
    """Every character of the text that has a place in the page is the one that stands there."""
    assert document.offsets is not None
    for offset, shown in enumerate(document.text):
        place = document.offsets.find_position(offset)
        if place is None:
            continue
        there = page[place]
        assert shown == there or there == "&" or (shown.isspace() and there.isspace())


def test_the_article_is_read_in_its_order(sample: Document) -> None:
    assert texts(sample, "title") == ["Signals that converge on TSC2"]
    assert texts(sample, "abstract")[0].endswith("whereas AMPK activates TSC2.")
    assert texts(sample, "heading")[:4] == ["Abstract", "1. Growth factors", "Figure 1.", "2. Energy"]
    assert texts(sample, "body")[2:5] == [
        "AKT1 phosphorylates FOXO3.",
        "PTEN inhibits AKT1.",
        "LKB1 phosphorylates AMPK at Thr172. AMPK does not inhibit TSC2.",
    ]
    assert texts(sample, "legend")[1] == "Kinases that act on the complex."
    assert texts(sample, "keywords") == ["Keywords: TSC2, mTORC1, AKT, Ca2+"]
    assert {s.title for s in sample.sections if s.kind == "body"} == {"1. Growth factors", "2. Energy"}


@pytest.mark.parametrize(
    "words",
    ["cookies", "STAT3", "RAF1", "JAK2", "BRAF", "CDK1", "CDKN1A", "EGFR", "SRC activates", "Home", "Share", "RHEB"],
)
def test_what_the_site_puts_around_the_article_is_left_out(sample: Document, words: str) -> None:
    assert words in SAMPLE.read_text(encoding="utf-8")
    assert words not in sample.text


def test_thanks_and_references_are_kept_and_not_read(sample: Document) -> None:
    read_text = " ".join(texts(sample, *READ_KINDS))
    assert "MDM2" in sample.text
    assert "MDM2" not in read_text
    assert "Writer B" not in read_text
    assert texts(sample, "references")[1] == "Author A. Kinases in a row. Ex Cell. 2006;3:20–29."


def test_words_are_as_a_reader_sees_them(sample: Document) -> None:
    assert texts(sample, "body")[:2] == [
        "Insulin raises PIP3, and p53 opposes it. PDK1 phosphorylates AKT at Thr308 [3]. TGF-β activates SMAD2 & SMAD3,"
        " in 10^6 cells per cm2.",
        "RSK1 phosphorylates TSC2 too: it does so at Ser1798 (Doe and Roe, 2008).",
    ]


def test_a_cell_begins_with_the_head_of_its_row(sample: Document) -> None:
    cells = [(sample.text[s.start : s.end], s.subject, s.title) for s in sample.sections if s.kind == "table"]
    assert cells == [
        ("AKT1", "", "Kinase"),
        ("AKT1 inhibits TSC2", "AKT1", "Effect"),
        ("AKT1: Ser939", "AKT1", "Residue of TSC2"),
        ("AMPK", "", "Kinase"),
        ("AMPK activates TSC2", "AMPK", "Effect"),
        ("AMPK: Ser1387", "AMPK", "Residue of TSC2"),
        ("AMPK phosphorylates RAPTOR", "AMPK", "Effect"),
        ("AMPK: –", "AMPK", "Residue of TSC2"),
    ]


def test_cells_know_their_rows_and_columns() -> None:
    document = read(
        "<table><tr><th>Kinase</th><th>Effect<br>on growth</th><th>Site</th></tr>"
        "<tr><td rowspan=2>AMPK<sup><a href='#f1'>a</a></sup></td><td>Binds LKB1.<br>Inhibits mTORC1</td>"
        "<td>S1</td></tr>"
        f"<tr><td>Inhibits SREBP1</td><td></td></tr><tr><td colspan=3>In yeast</td></tr></table><p>{MORE} {MORE}</p>"
    )
    sections = [s for s in document.sections if s.cells]
    assert [(document.text[s.start : s.end], s.subject) for s in sections] == [
        ("Kinase", ""),
        ("Effect on growth", ""),
        ("Site", ""),
        ("AMPK", ""),
        ("AMPK Binds LKB1.", "AMPK"),
        ("AMPK Inhibits mTORC1", "AMPK"),
        ("AMPK: S1", "AMPK"),
        ("AMPK Inhibits SREBP1", "AMPK"),
    ]
    cells = [(c.row, c.column, document.text[c.start : c.end]) for s in sections for c in s.cells]
    assert (1, 0, "AMPK") in cells
    assert (2, 0, "AMPK") in cells
    assert [cell for cell in cells if cell[1] == 1 and cell[0]] == [
        (1, 1, "Binds LKB1."),
        (1, 1, "Inhibits mTORC1"),
        (2, 1, "Inhibits SREBP1"),
    ]


def test_metadata(sample: Document) -> None:
    assert dict(sample.metadata) == {
        "doi": "10.5555/sigmine.42",
        "journal": "Example Journal of Signalling",
        "pmid": "10000042",
        "title": "Signals that converge on TSC2",
        "year": "2021",
    }


def test_every_character_leads_back_to_the_file(sample: Document) -> None:
    page = SAMPLE.read_text(encoding="utf-8")
    check_places(sample, page)
    start = sample.text.index("TGF-β activates SMAD2")
    first, last = sample.source_span(start, start + len("TGF-β activates"))
    assert page[first:last] == "TGF-&beta; acti&shy;vates"


_MARKUP = "<b>|</b>|<i>x</i>|<sup>2+</sup>|<br>|<p>|</p>|<li>|<td>|<!-- no -->|<script>no</script>|< 3"
_TEXT = "AKT|p| |\n\t|.|&alpha;|&nbsp;|&#946;|&amp|&|&amp;lt;|&shy;|\xa0|\u200b|κ"
_PIECES = st.sampled_from([piece for pieces in (_MARKUP, _TEXT) for piece in pieces.split("|")])


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_offsets_lead_back_whatever_the_markup(markup: str) -> None:
    page = f"<body><p>AKT inhibits FOXO1.</p>{markup}"
    document = read(page)
    check_places(document, page)
    assert "no" not in document.text.split()
    end = 0
    for section in document.sections:
        assert end <= section.start < section.end <= len(document.text)
        shown = document.text[section.start : section.end]
        assert shown == shown.strip()
        end = section.end


@given(st.text(alphabet="AKT <>/=\"'!-&;pbtdr\n", max_size=80))
def test_damaged_pages_are_read_or_refused(page: str) -> None:
    try:
        document = read(page)
    except ReadError:
        return
    check_places(document, page)


@given(st.text(alphabet="AKT β<&>\"'-.", min_size=1, max_size=40))
def test_escaped_text_comes_back(text: str) -> None:
    shown = " ".join(text.split())
    document = read(f"<p>AKT inhibits FOXO1: {html.escape(text)} {MORE}</p>")
    assert " ".join(texts(document, "body")[0].split()) == " ".join(f"AKT inhibits FOXO1: {shown} {MORE}".split())


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("AKT inhibits FOXO1.", ["AKT inhibits FOXO1."]),
        ("<p>AKT inhibits <b>FOXO1.</p><p>PTEN</b> opposes it.", ["AKT inhibits FOXO1.", "PTEN opposes it."]),
        ("<p>It is p < 0.05 for AKT & TSC2", ["It is p < 0.05 for AKT & TSC2"]),
        ("<ul><li>AKT inhibits FOXO1<li>PTEN inhibits AKT</ul>", ["AKT inhibits FOXO1", "PTEN inhibits AKT"]),
        ("AKT is active.<br><br>PTEN<br>is not.", ["AKT is active.", "PTEN is not."]),
        ("<p title='a>b'>AKT inhibits FOXO1.</p><p>It is <a href=\"x", ["AKT inhibits FOXO1.", "It is"]),
        ("<table><tr><td><p>AKT inhibits FOXO1.</td></tr></table>", ["AKT inhibits FOXO1."]),
    ],
)
def test_markup_is_read_as_browsers_do(page: str, expected: list[str]) -> None:
    assert body(page) == expected


def test_a_page_without_article_elements_gives_its_densest_part() -> None:
    menu = "".join(f"<li><a href='/{n}'>Journal number {n} on signals</a></li>" for n in range(40))
    page = f"""<body><ul>{menu}</ul><div><div><p>The latest news of this site in a few words for you.</p></div>
        <div><h1>Kinases of the cell</h1><p>AKT inhibits FOXO1. {MORE} {MORE} {MORE}</p><h2>End</h2><p>{MORE} {MORE}
        {MORE} {MORE} {MORE} {MORE}</p></div></div>"""
    document = read(page)
    assert texts(document, "title") == ["Kinases of the cell"]
    assert "Journal number" not in document.text
    assert "latest news" not in document.text


def test_abstract_and_references_beside_the_text_are_found() -> None:
    document = read(
        "<div><div class='abstract'><h2>Abstract</h2><p>AKT inhibits FOXO1.</p></div><main><h2>Introduction</h2>"
        f"<p>{MORE * 9} <a href='#r1'>(1)</a></p></main><div><h2>Literature cited</h2><ol><li id='r1'>Doe J. A work on "
        "kinases. Ex. 2001.</ol></div></div>"
    )
    assert texts(document, "abstract") == ["AKT inhibits FOXO1."]
    assert [reference.number for reference in document.references] == [1]


def test_sections_beside_each_other_are_all_read() -> None:
    first, second = f"<h2>One</h2><p>{MORE * 30}</p>", f"<h2>Two</h2><p>AKT acts. {MORE}</p>"
    page = f"<div><div class=s>{first}</div><div class=s>{second}</div></div>"
    assert body(page)[1:] == [f"AKT acts. {MORE}"]


def test_a_form_around_the_whole_page_hides_nothing() -> None:
    assert body(f"<form><nav><a>Home</a></nav><p>AKT inhibits FOXO1. {MORE}</p></form>") == [
        f"AKT inhibits FOXO1. {MORE}"
    ]


def test_a_figure_inside_a_paragraph_does_not_part_it() -> None:
    page = f"<div><p>{MORE} AKT, which<figure><figcaption>Figure 1: AKT.</figcaption></figure>inhibits FOXO1.</div>"
    assert body(page) == [f"{MORE} AKT, which inhibits FOXO1."]


def test_bold_lines_are_headings() -> None:
    document = read(
        f"<p><b>Introduction</b></p><p>{MORE}</p><p><b>References</b></p><p>1. Doe J. A work on it. Ex. 2001.</p>"
    )
    assert texts(document, "heading") == ["Introduction", "References"]
    assert len(document.references) == 1


def test_layout_tables_are_no_tables() -> None:
    page = (
        f"<table><tr><td><a>Home</a></td><td><table><tr><td><p>AKT acts. {MORE}</p></td></tr></table></td></tr></table>"
    )
    assert body(page) == [f"AKT acts. {MORE}"]


def test_a_label_in_front_of_the_abstract_is_a_heading() -> None:
    document = read(
        f"<h1>Kinases</h1><p><b>Abstract:</b> AKT acts. {MORE}</p><h2>Introduction</h2><p>{MORE} {MORE}</p>"
    )
    assert texts(document, "heading") == ["Abstract:", "Introduction"]
    assert texts(document, "abstract") == [f"AKT acts. {MORE}"]


def test_site_headings_end_the_article() -> None:
    document = read(
        f"<article><h1>AKT</h1><p>{MORE}</p><h2>Similar articles</h2><p>SRC activates STAT3 in it.</p></article>"
    )
    assert body(f"<article><p>{MORE}</p><h2>Similar articles</h2><p>SRC activates STAT3.</p></article>") == [MORE]
    assert "SRC activates STAT3 in it." in texts(document, "back_matter")


def write(path: Path, data: bytes) -> Document | ReadFailure:
    file = path / "a.htm"
    file.write_bytes(data)
    [item] = read_documents(file)
    return item


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("iso8859-7", "<meta charset=iso-8859-7>"),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'),
        ("utf-8", "<meta charset=iso-8859-1>"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, head: str) -> None:
    word = "naïve" if encoding == "cp1252" else "β-catenin"
    item = write(tmp_path, f"<html><head>{head}</head><p>AKT inhibits {word} in cells.".encode(encoding))
    assert isinstance(item, Document)
    assert item.text == f"AKT inhibits {word} in cells."
    assert item.id == "a"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n ", "nothing but white space"),
        (b"<p>na\xefve</p>", "is not UTF-8"),
        (b"<meta charset=klingon><p>na\xefve</p>", "declares the encoding 'klingon'"),
        (b"<meta charset=shift_jis><p>\xff\xfd</p>", "byte 0xff is not shift_jis"),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0", "web archive"),
        (b"<body><script src=app.js></script><div id=root></div>", "holds scripts and no running text"),
        (b"<body><p>Please sign in to read on.</p><input type='password'>", "login page"),
        (b"<body><h1>One moment</h1><p>Checking your browser before you go on.</p>", "only says 'Checking your"),
        (b"<frameset><frame src=a.html></frameset>", "in frames"),
        (b"<ul><li><a href=/a>Home</a></ul>", "no running text"),
        (b"<p>" + b"A" * 400_001, "one paragraph of 400,001 characters"),
        (b"<div>" * 5000 + b"AKT inhibits FOXO1.", "nested over 2,000 deep"),
        (b" " * 10_000_001, "over 10,000,000 bytes"),
    ],
)
def test_pages_that_cannot_be_read_are_told(tmp_path: Path, data: bytes, reason: str) -> None:
    item = write(tmp_path, data)
    assert isinstance(item, ReadFailure)
    assert reason in item.reason


def test_a_meta_tag_without_content_is_passed_over() -> None:
    page = (
        '<html><head><meta name="keywords" content=""><meta property="og:title" content="Signals of AKT"></head>'
        f"<body><p>AKT phosphorylates TSC2 at Ser939. {MORE}</p></body></html>"
    )
    assert texts(read(page), "title") == ["Signals of AKT"]
