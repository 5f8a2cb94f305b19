"""What a picture shows, read from the SVG; what the files are; what must not lie on what."""

from __future__ import annotations

import io
import re
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace

import pypdfium2
import pytest

from sigmine.exports.drawing import picture
from sigmine.exports.drawing.lines import make_lines
from sigmine.exports.drawing.look import SIGN_COLOURS, TYPE_PAINTS
from sigmine.exports.drawing.picture import PICTURE_FORMATS, PictureFormat, draw_network
from sigmine.model import Entity, Statement
from store.builders import (
    ACTIVE,
    ALL,
    DENIED,
    HEDGED,
    INDIRECT,
    NO_SUBJECT,
    PLAIN,
    UNGROUNDED,
    make_evidence,
    make_statements,
)

SVG = "{http://www.w3.org/2000/svg}"


def draw(*evidence: object, title: str | None = None) -> str:
    return draw_network(make_statements(*evidence), title=title).decode()  # type: ignore[arg-type]


def find_words(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]


def test_names_sites_title_and_legend_are_text() -> None:
    words = find_words(draw(PLAIN, ACTIVE, UNGROUNDED, title="mTOR & friends"))
    assert {"AKT1", "TSC2", "MTOR", "RHEB", "PKCβ", "S939", "mTOR & friends"} <= set(words)
    assert {"<script>alert(1)</script>"} <= set(words), "a name is words, whatever it says"
    assert {"protein", "family", "activates", "phosphorylates", "binds"} <= set(words)
    assert not {"inhibits", "indirect", "chemical"} & set(words), "the legend explains what is there"


def test_signs_reserve_and_types_can_be_seen() -> None:
    inhibits = make_evidence("TSC2 inhibits RHEB.", "inhibits", "TSC2", "RHEB")
    plain, more = draw(PLAIN), draw(PLAIN, ACTIVE, inhibits, INDIRECT)
    for colour in (SIGN_COLOURS[1], SIGN_COLOURS[-1], TYPE_PAINTS["CHEMICAL"].fill):
        assert colour in more
        assert colour not in plain
    assert "stroke-dasharray" in more
    assert "stroke-dasharray" not in plain
    assert "only hedged" in draw(HEDGED)


def test_more_evidence_makes_a_wider_line() -> None:
    def find_widths(svg: str) -> set[float]:
        return {float(width) for width in re.findall(r"stroke-width: ([\d.]+)", svg)}

    often = [replace(ACTIVE, document=f"d{number}") for number in range(8)]
    assert max(find_widths(draw(*often))) > max(find_widths(draw(ACTIVE)))
    assert {"evidence: 1", "evidence: 3"} <= set(find_words(draw(*often)))


def test_what_is_denied_or_has_no_subject_is_not_drawn() -> None:
    words = find_words(draw(DENIED, NO_SUBJECT))
    assert words == ["no statement to draw"]
    assert find_words(draw_network([]).decode()) == ["no statement to draw"]


@pytest.mark.parametrize("format", PICTURE_FORMATS)
def test_the_same_statements_give_the_same_bytes(format: PictureFormat) -> None:
    statements = make_statements()
    made = draw_network(statements, format=format, title="x")
    assert made == draw_network(tuple(reversed(statements)), format=format, title="x")
    assert made.startswith({"svg": b"<?xml", "pdf": b"%PDF", "png": b"\x89PNG"}[format])


def test_a_format_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="no picture format 'gif'; known are svg, pdf, png"):
        draw_network([], format="gif")  # type: ignore[arg-type]


def test_a_pdf_has_its_fonts_and_its_words() -> None:
    data = draw_network(make_statements(PLAIN, UNGROUNDED), format="pdf")
    assert b"/FontFile2" in data
    assert b"/Type3" not in data
    page = pypdfium2.PdfDocument(io.BytesIO(data))[0]
    text = page.get_textpage().get_text_range()
    assert "PKCβ" in text
    assert "S939" in text


def test_the_size_is_what_the_network_needs() -> None:
    few = draw_network(make_statements(PLAIN), format="png")
    all_ = draw_network(make_statements(*ALL), format="png")
    (width, height), (wider, higher) = (struct.unpack(">II", data[16:24]) for data in (few, all_))
    assert width * height < wider * higher
    assert 300 * 2 < width < 300 * 7, "at 300 dots per inch"


def make_star() -> tuple[Statement, ...]:
    """Thirty molecules around one, each with a site."""
    evidence = []
    for number in range(30):
        sentence = f"K{number:02} phosphorylates MTOR at S{number + 1}."
        kinase = Entity(f"K{number:02}", 0, 3, "PROTEIN", f"K{number:02}", f"test:{number}")
        evidence.append(
            make_evidence(sentence, "phosphorylates", kinase, "MTOR", site=f"S{number + 1}", start=100 * number)
        )
    return make_statements(*evidence)


@pytest.mark.parametrize("statements", [make_statements(*ALL), make_star()], ids=["few", "star"])
def test_words_lie_neither_on_boxes_nor_on_each_other(statements: tuple[Statement, ...]) -> None:
    lines = make_lines(statements)
    drawn = [one for one in statements if one.subject is not None]
    nodes = picture._place_nodes(drawn, lines)
    boxes = [node.box for node in nodes.values()]
    labels = [stroke.label for stroke in picture._place_strokes(lines, nodes) if stroke.label is not None]
    assert labels
    for number, one in enumerate([*boxes, *labels]):
        for other in [*boxes, *labels][:number]:
            assert one.find_overlap(other) == 0


def test_names_and_letters_of_any_kind_are_drawn() -> None:
    names = ("$x_1$", "a" * 80, "蛋白", "=1+1", "α&<β>")
    for name in names:
        evidence = make_evidence("RHEB activates MTOR.", "activates", Entity("RHEB", 0, 4, "PROTEIN", name), "MTOR")
        words = find_words(draw(evidence))
        assert any(word.rstrip("…") and name.startswith(word.rstrip("…")) for word in words), name
        assert max(map(len, words)) <= 40
        assert draw_network(make_statements(evidence), format="png")
