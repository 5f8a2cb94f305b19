"""The text layer of a PDF: broken lines and words, figures, tables; each text is our own and imitates one defect."""

from __future__ import annotations

import pytest

from readers.sections import texts
from sigmine.model import Document
from sigmine.readers.text import parse_text


def read(text: str) -> Document:
    return parse_text(text, id="doc")


def body(text: str) -> list[str]:
    return texts(read(text), "body")


def space_out(*lines: str) -> str:
    """The text layer of a PDF: a blank line after every line, white space where a line goes on."""
    return "\n\n".join(line if line.endswith(("-", ".")) else f"{line} " for line in lines) + "\n"


SPACED = (
    "The kinase MEK1 is one of the proteins that cells use to",
    "send signals, and it is found in nearly every tissue of the",
    "body, where it acts on ERK2 and on a number of others that",
    "have been described in yeast, in flies and in mice by many",
    "groups over the years, with results that agree in most",
    "points.",
)


def test_a_blank_line_after_every_line_does_not_part_paragraphs() -> None:
    assert body(space_out(*SPACED)) == [" ".join(SPACED)]


def test_the_line_without_white_space_ends_its_paragraph() -> None:
    assert body(space_out(*SPACED, *SPACED)) == [" ".join(SPACED)] * 2


def test_headings_close_to_their_text() -> None:
    text = (
        space_out(*SPACED)
        + "\nUpstream of the \nkinase MEK1\nMEK1 is phosphorylated by BRAF, \n\n"
        + space_out(*SPACED)
    )
    document = read(text)
    assert texts(document, "heading") == ["Upstream of the kinase MEK1"]
    assert texts(document, "body")[1].startswith("MEK1 is phosphorylated by BRAF, The kinase")
    assert [s.title for s in document.sections if s.kind == "body"] == ["", "Upstream of the kinase MEK1"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("signals of com-", "plexes", "complexes"),
        ("the activity of rapamy-", "cin-insensitive ones", "rapamycin-insensitive"),
        ("a DEP domain-", "containing protein", "domain-containing"),
        ("it is mTOR-", "dependent", "mTOR-dependent"),
        ("the factor 4E (eIF4E)-", "binding protein", "(eIF4E)-binding"),
        ("a caspase-", "dependent step", "caspase-dependent"),
        ("it is PI3K inde-", "pendent", "independent"),
        ("a case of non-", "Hodgkin lymphoma", "non-Hodgkin"),
        ("an anti-", "tumor effect", "antitumor"),
        ("in lipopolysaccharide-acti-", "vated cells", "lipopolysaccharide-activated"),
        ("it is 3,4,5-tris-", "phosphate", "3,4,5-trisphosphate"),
        ("both pre-", "and postsynaptic", "pre- and postsynaptic"),
        ("of PI3K/AKT/", "mTOR signals", "PI3K/AKT/mTOR"),
        ("the Rag–", "Ragulator complex", "Rag–Ragulator"),
        ("the loss-of-", "function allele", "loss-of-function"),
    ],
)
def test_words_broken_at_line_ends(before: str, after: str, expected: str) -> None:
    [paragraph] = body(space_out(*SPACED[:-1], before).rstrip(" \n") + f"\n\n{after} \n\nis seen.\n\nNothing else.\n")[
        :1
    ]
    assert expected in paragraph


def test_the_document_itself_tells_how_a_word_is_written() -> None:
    assert "down-stream" in body("A down-stream kinase is here. Another down-\nstream kinase is there.")[0][-40:]
    assert "downstream" in body("A downstream kinase is here. Another down-\nstream kinase is there.")[0][-40:]


def test_lowered_numbers_return_to_their_word() -> None:
    text = space_out(*SPACED[:-1]) + (
        "\nPI3K turns the lipid (PIP\n2\n) into PIP\n3\n, with an IC\n50\n\n in the low range, from "
        "G\n0\n/G\n\n1\n to S phase. \n\n"
        "PTEN acts on PIP\n3\n \n\nto undo this.\n"
    )
    assert body(text)[0].endswith(
        "PI3K turns the lipid (PIP2) into PIP3, with an IC50 in the low range, from G0/G1 to S phase. PTEN "
        "acts on PIP3 to undo this."
    )


def test_a_page_number_at_a_page_break_is_set_apart() -> None:
    text = "\n".join([*SPACED[:3], "", "\f12", *SPACED[3:]])
    assert body(text) == [" ".join(SPACED)]


def test_a_sentence_is_joined_over_a_figure_and_its_legend() -> None:
    text = (
        space_out(*SPACED[:-2]) + "\nRAF\n\nMEK1\n\nMEK1\n\nERK2\n\nNucleus\n\nFigure 1 MEK1 and its neighbours.\n"
        "Notes: MEK1 stands between RAF and \n"
        "ERK2 in the cascade that is shown.\n groups over the years, with results that agree in most \n\npoints.\n"
    )
    document = read(text)
    assert texts(document, "body") == [" ".join(SPACED)]
    assert texts(document, "figure_text") == ["RAF MEK1 MEK1 ERK2 Nucleus"]
    assert texts(document, "legend") == [
        "Figure 1 MEK1 and its neighbours.",
        "MEK1 stands between RAF and ERK2 in the cascade that is shown.",
    ]


def test_a_sentence_is_joined_over_a_figure_in_text_with_blank_lines() -> None:
    text = (
        "AKT is active in cells. It is phosphorylated\nby PDK1 and then acts\n\nNucleus\n\nPDK1\n\nAKT\n\n"
        "Figure 3. Model of AKT. AKT moves to the nucleus in\nresponse to insulin.\n\non TSC2, which it "
        "phosphorylates at Ser939.\n"
    )
    assert body(text) == [
        "AKT is active in cells. It is phosphorylated by PDK1 and then acts on TSC2, which it phosphorylates at Ser939."
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The pathway is shown in\nFigure 2. AKT phosphorylates TSC2 here.",
        "This is old.\nFigure 2 shows that AKT phosphorylates TSC2.",
        "This is old.\nFigure 2, a drawing, shows that AKT phosphorylates TSC2.",
    ],
)
def test_a_sentence_on_a_figure_is_no_caption(sentence: str) -> None:
    document = read(sentence)
    assert texts(document, "legend") == []
    assert " ".join(texts(document, "body")) == sentence.replace("\n", " ")


def test_a_legend_that_comes_twice_is_read_once() -> None:
    legend = "How AKT acts in the cell. AKT phosphorylates TSC2 and PRAS40, and mTORC1 becomes active. " * 3
    document = read(
        f"{legend}AKT is a kinase.\n\nFigure 1.\n\n{legend}\n\nFigure 1.\n\n{legend}\n\nClose modal\n\nPTEN "
        f"opposes AKT.\n"
    )
    assert len(texts(document, "legend")) == 1
    assert "Close modal" in texts(document, "back_matter")
    assert texts(document, "body")[-1] == "PTEN opposes AKT."


def test_running_heads_and_page_numbers_are_set_apart() -> None:
    pages = []
    for page in range(4):
        lines = [f"AKT number {page} and line {line} of the page goes on and on in the" for line in range(20)]
        pages.append("\n".join([*lines, f"last line of page {page}", "", f"J Synth Biol 2015:{page}", str(101 + page)]))
    document = read("\n\n".join(pages))
    assert "Synth" not in " ".join(texts(document, "body"))
    assert len(texts(document, "body")) == 1
    assert document.text.count("J Synth Biol") == 4


def test_bullets_of_a_table_have_the_head_of_their_row() -> None:
    text = space_out(*SPACED) + (
        "\nTable 1 Proteins of the cascade\n\nProtein \ncomplex\n\nFunction\n\nMEK1 CascadeA •  "
        "Phosphorylates ERK2 and  \n\nbinds it.\n"
        "•  interacts with KSR1.\n\nMP2K1_HUMAN, Q00000\n\nErK2 CascadeA, \nCascadeB\n\n•  inhibits SOS1.\n "
        "As another kinase of the cascade, "
        "RAF phosphorylates \n\nMEK1.\n"
    )
    document = read(text)
    cells = [(s.subject, document.text[s.start : s.end]) for s in document.sections if s.kind == "table" and s.subject]
    assert [subject for subject, _ in cells] == ["MEK1", "MEK1", "ErK2"]
    assert cells[0][1].endswith("Phosphorylates ERK2 and binds it.")
    assert cells[2][1].endswith("inhibits SOS1.")
    assert all(s.title == "Table 1 Proteins of the cascade" for s in document.sections if s.kind == "table")
    assert texts(document, "body")[-1] == "As another kinase of the cascade, RAF phosphorylates MEK1."


def test_cells_in_columns_have_the_first_of_their_row_as_subject() -> None:
    cells = ["MEK inhibitors \n(old)", "Bind beside \nATP", "Trametinib \nSelumetinib", "Approved"]
    cells += ["ERK inhibitors", "Bind to ATP", "Ulixertinib", "Clinical"]
    text = (
        space_out(*SPACED)
        + "\nTable 3 Drugs\n\nClass of drug Action Examples Status\n\n"
        + "\n\n".join(cells)
        + "\n Also a new page is here.\n"
    )
    document = read(text)
    rows = [s for s in document.sections if s.kind == "table"]
    assert [s.subject for s in rows] == [""] * 2 + ["MEK inhibitors (old)"] * 3 + [""] + ["ERK inhibitors"] * 3
    assert texts(document, "body")[-1] == "Also a new page is here."


def test_a_dash_in_a_table_is_an_empty_cell() -> None:
    text = (
        space_out(*SPACED) + "\nTable 2 Trials\n\nDrug Partner Phase\n\nEverolimus\n\n– Phase ii RCC 39\n\n"
        "Temsirolimus – Phase iii RCC 62\n"
    )
    assert all(section.subject == "" for section in read(text).sections)


def test_letters_are_never_edited() -> None:
    assert body("The Pi3K and eiF4eBP1 of the RiCTOR complex bind DeP domains.") == [
        "The Pi3K and eiF4eBP1 of the RiCTOR complex bind DeP domains."
    ]
