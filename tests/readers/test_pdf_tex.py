"""PDFs as TeX makes them: wide spaces in justified lines, hanging indents, fonts with a wrong weight."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from readers.sections import texts
from sigmine.model import Document
from sigmine.readers.pdf import parse_pdf
from sigmine.readers.pdf_pieces import _is_bold
from typeset import FILLER, SIZES, Block, typeset


def read(data: bytes) -> Document:
    return parse_pdf(data, id="doc")


def test_wide_spaces_in_some_lines_make_no_columns() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (500, 600), invariant=1)
    canvas.setFont("Times-Roman", 10)
    expected = []
    for number in range(36):
        words = [f"Line {number} of the text says that the kinases", "are many and that all of them have substrates"]
        expected += words
        if number % 6 in (1, 2):  # stretched, so that the words before and after a space stand alike
            canvas.drawString(50, 550 - 12 * number, words[0])
            canvas.drawString(245, 550 - 12 * number, words[1])
        else:
            canvas.drawString(50, 550 - 12 * number, " ".join(words), wordSpace=1.2)
    canvas.save()
    assert texts(read(buffer.getvalue()), "body") == [" ".join(expected)]


@pytest.mark.parametrize("size", [0.9, 1.0])
def test_a_list_without_numbers_is_parted_by_its_hanging_indents(size: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SIZES, "entry", size)  # set smaller than the text, or like it
    names = ("Abel", "Bach", "Cohn", "Dahl", "Eder", "Fink", "Gold")
    entries = [
        f"{name} A, Writer B. A long title that says how the kinases of this kind were found, what they do and how one "
        f"may tell them from each other by their looks. J Synth Signal. {2001 + at}. doi: 10.5555/{name.lower()}.{at}."
        for at, name in enumerate(names)
    ]
    appendix = [Block("heading", "Appendix"), *[Block("text", f"{FILLER}It is step {word}.") for word in "abcde"]]
    document = read(
        typeset([
            *[Block("text", FILLER * 6)] * 6,
            Block("heading", "References"),
            *[Block("entry", entry) for entry in entries],
            *appendix,
        ])
    )  # fmt: skip
    assert [reference.text for reference in document.references] == entries
    dois = [f"10.5555/{name.lower()}.{at}" for at, name in enumerate(names)]
    assert [reference.doi for reference in document.references] == dois
    assert [text[-10:] for text in texts(document, "body")[-5:]] == [f"is step {word}."[-10:] for word in "abcde"]


@pytest.mark.parametrize(
    ("name", "weight", "flags", "bold"),
    [
        ("ABCDEF+CMR10", 744, 0, False),  # the weight is guessed from thick stems
        ("ABCDEF+CMBX10", 700, 0, True),
        ("LMRoman10-Regular", 744, 0, False),
        ("NimbusRomNo9L-Medi", 470, 0, True),
        ("NimbusSanL-Regu", 740, 0, False),
        ("Times-Bold", 0, 0, True),
        ("AdvOT1ef757c0.B", 400, 0, True),
        ("AdvOT1ef757c0", 700, 0, True),  # a name that does not tell
        ("AdvOT1ef757c0", 400, 1 << 18, True),
        ("ABCDEF+CharterBT-Roman", 635, 0, False),
    ],
)
def test_what_counts_as_bold(name: str, weight: int, flags: int, bold: bool) -> None:
    assert _is_bold(name, weight, flags) is bold
