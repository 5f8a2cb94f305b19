"""PDF: the sentences that were set, in their order, with page and box; and what is said where there are none."""

from __future__ import annotations

import builtins
import io
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pdf_article import SAMPLE
from readers.sections import texts
from samples import make_mention
from sigmine.assembly.evidence import make_evidence
from sigmine.errors import MissingDependency, ReadError
from sigmine.model import READ_KINDS, Agent, Document, Statement
from sigmine.model.json import evidence_from_json, evidence_to_json
from sigmine.model.record import dump_statement, load_statement
from sigmine.readers import ReadFailure, read_documents
from sigmine.readers.pdf import parse_pdf, take_text
from sigmine.readers.text import parse_text
from typeset import FILLER, Block, Setting, make_blocks, typeset

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def read(data: bytes) -> Document:
    return parse_pdf(data, id="doc")


def body(*blocks: Block, setting: Setting | None = None) -> list[str]:
    return texts(read(typeset(blocks, setting)), "body")


@pytest.fixture(scope="module")
def sample() -> Document:
    return read(SAMPLE.read_bytes())


# The sample


def test_title_and_abstract_span_the_columns(sample: Document) -> None:
    assert texts(sample, "title") == ["PI3K signalling from the membrane to mTORC1"]
    assert texts(sample, "abstract") == [
        "Insulin activates PI3K, and PI3K in turn activates AKT. Here we summarise how AKT acts on the TSC complex "
        "and how the signal is switched off again."
    ]


def test_columns_are_read_one_after_the_other(sample: Document) -> None:
    assert [text.split(".")[0].split(",")[0] for text in texts(sample, "body")] == [
        "PI3Kα phosphorylates the lipid PIP2 at the plasma membrane",
        "AKT specifically phosphorylates TSC2 at Ser939 and Thr1462; the modified protein leaves the surface of "
        "lysosomes",
        "S6K1 phosphorylates IRS1 and thereby inhibits the signal of insulin",
    ]
    assert texts(sample, "heading")[1:] == ["1. From lipids to AKT", "2. Switching off", "References"]


def test_raised_numbers_cite_and_leave_the_text(sample: Document) -> None:
    cited = [
        (sample.text[sample.text.rfind(" ", 0, c.start) + 1 : c.end], c.marker, [r.number for r in c.references])
        for c in sample.citations
    ]
    assert cited == [
        ("AKT.", "1", [1]),
        ("Thr308,", "1,2", [1, 2]),
        ("Ser473.", "2–4", [2, 3, 4]),
        ("CaMKK2", "3", [3]),
        ("lysosomes.", "4", [4]),
        ("mTORC1,", "5", [5]),
    ]
    assert not set("⁰¹²³⁴⁵⁶⁷⁸⁹") & set(sample.text)


def test_other_raised_and_lowered_characters_stay(sample: Document) -> None:
    [first, *_] = texts(sample, "body")
    assert "the product, PIP3, recruits" in first
    assert "A rise of Ca2+ in the cytosol" in first
    assert "106 cells" in first


def test_greek_letters_ligatures_and_broken_words(sample: Document) -> None:
    read_text = " ".join(texts(sample, "body"))
    assert "PI3Kα phosphorylates" in read_text
    assert "GSK3β is inhibited by AKT" in read_text
    assert "Its first effect" in read_text
    assert "AKT specifically phosphorylates" in read_text
    assert "The transcription factor FOXO1" in read_text
    assert not {"ﬁ", "ﬂ", "\ufffd"} & set(sample.text)


def test_legends_tables_and_references_stand_apart(sample: Document) -> None:
    assert texts(sample, "legend") == [
        "Figure 1. From the receptor to mTORC1. AKT phosphorylates PRAS40 at Thr246. Arrows stand for activation.",
        "Table 1. Drugs that act on the pathway.",
    ]
    cells = [(s.subject, sample.text[s.start : s.end]) for s in sample.sections if s.kind == "table" and s.subject]
    assert ("Everolimus", "Everolimus inhibits mTORC1") in cells
    assert ("Alpelisib", "Alpelisib: PI3Kα") in cells
    assert [reference.number for reference in sample.references] == [1, 2, 3, 4, 5]
    assert "RHEB" in " ".join(texts(sample, "figure_text"))


def test_running_heads_and_page_numbers_are_set_apart(sample: Document) -> None:
    assert texts(sample, "back_matter")[-3:] == ["10", "J Synth Signal 2021; 4: 10–19", "11"]
    assert "Synth Signal 2021" not in " ".join(texts(sample, *READ_KINDS))


def test_a_sentence_has_page_and_boxes(sample: Document) -> None:
    sentence = "RHEB then activates mTORC1, which phosphorylates S6K1 at Thr389"
    start = sample.text.index(sentence)
    places = sample.find_places(start, start + len(sentence))
    assert [place.page for place in places] == [1, 1]
    (_, low, _, high), (left, bottom, right, top) = (place.box for place in places)
    assert high > top
    assert low > bottom
    assert 38 < left < right < 205, "the left column"
    [cell] = sample.find_places(at := sample.text.index("inhibits mTORC1", start + 400), at + 8)
    assert cell.page == 2
    assert sample.find_places(3, 3) == ()


def test_a_box_is_as_wide_as_the_words(sample: Document) -> None:
    start = sample.text.index("TSC2 at Ser939")
    [name] = sample.find_places(start, start + 4)
    [both] = sample.find_places(start - len("phosphorylates "), start + 4)
    assert 0 < name.box[2] - name.box[0] < 30
    assert both.box[0] < name.box[0]
    assert both.box[2] == name.box[2]


def test_evidence_says_page_and_box(sample: Document) -> None:
    start = sample.text.index("RHEB then activates mTORC1")
    end = sample.text.index(".", start) + 1
    mention = make_mention(sample, "activates", "RHEB", "mTORC1", sentence=(start, end))
    evidence = make_evidence(mention, sample)
    assert evidence.places == sample.find_places(start, end)
    row = json.loads(json.dumps(evidence_to_json(evidence, 0.9)))
    assert [place["page"] for place in row["evidence"]["place"]] == [1] * len(evidence.places)
    assert all(len(place["box"]) == 4 for place in row["evidence"]["place"])
    assert evidence_from_json(row).places == evidence.places
    agent = Agent("RHEB", "PROTEIN")
    statement = Statement("id", "activates", agent, agent, None, (evidence,))
    assert load_statement(dump_statement(statement)) == statement


def test_only_a_pdf_gives_a_place() -> None:
    document = parse_text("AKT phosphorylates TSC2.", id="doc")
    evidence = make_evidence(make_mention(document, "phosphorylates", "AKT", "TSC2"), document)
    assert evidence.places == ()
    assert "place" not in evidence_to_json(evidence, 0.9)["evidence"]
    statement = Statement("id", "phosphorylates", None, Agent("TSC2", "PROTEIN"), None, (evidence,))
    assert "places" not in dump_statement(statement)


# Other ways to set a page


@pytest.mark.parametrize("name", ["mtorc1", "hippo", "wnt", "dna_damage"])
@pytest.mark.parametrize("raised", [False, True])
def test_an_article_reads_the_same_as_its_text(name: str, raised: bool) -> None:
    text = (CORPUS / f"{name}.txt").read_text(encoding="utf-8")
    set_, plain = read(typeset(make_blocks(text, raised=raised))), parse_text(text, id="doc")
    if raised:
        assert [c.references for c in set_.citations] == [c.references for c in plain.citations]
        return
    for kind in ("title", "abstract", "body", "legend", "table"):
        assert texts(set_, kind) == texts(plain, kind)
    assert [c.references for c in set_.citations] == [c.references for c in plain.citations]
    assert len(set_.references) == len(plain.references)


@pytest.mark.parametrize(
    "setting",
    [
        Setting(columns=1, indent=0, skip=6),
        Setting(columns=3, size=7, leading=8.5, gutter=14),
        Setting(columns=2, indent=0, skip=5, regular="Helvetica", bold="Helvetica-Bold"),
        Setting(columns=2, gutter=12),
    ],
    ids=["one column", "three columns", "no indents", "narrow gutter"],
)
def test_paragraphs_in_other_layouts(setting: Setting) -> None:
    paragraphs = [f"Paragraph {word} begins here. {FILLER * 4}It ends." for word in ("one", "two", "three", "four")]
    assert body(Block("title", "On MEK1"), *(Block("text", text) for text in paragraphs), setting=setting) == paragraphs


def test_a_sentence_goes_on_behind_a_figure_and_on_the_next_page() -> None:
    long = f"{FILLER * 14}It ends."
    figure = Block("figure", "Figure 1. MEK1 and ERK2.", (("RAF", "MEK1"), ("ERK2", "nucleus")))
    table = Block(
        "table", "Table 1. Kinases.", (("Kinase", "Substrate"), ("MEK1", "ERK2"), ("RAF1", "MEK1")), wide=True
    )
    setting = Setting(height=400, margin=45)
    document = read(typeset([Block("text", long), figure, Block("text", long), table, Block("text", long)], setting))
    assert texts(document, "body") == [long] * 3
    assert texts(document, "legend") == ["Figure 1. MEK1 and ERK2.", "Table 1. Kinases."]
    assert {line.page for line in document.lines} >= {1, 2, 3}


def test_a_figure_inside_a_paragraph_waits_for_its_end() -> None:
    canvas = Canvas(buffer := io.BytesIO(), (300, 300), invariant=1)
    for y, line, size in (
        (280, "AKT is a kinase that is active in many cells and which", 10),
        (268, "PDK1 phosphorylates at Thr308 whenever there is enough", 10),
        (240, "Figure 1. PTEN opposes PI3K.", 8),
        (212, "insulin in the blood; mTORC2 phosphorylates it as well", 10),
        (200, "at Ser473, and both events are needed.", 10),
    ):
        canvas.setFont("Times-Roman", size)
        canvas.drawString(20, y, line)
    canvas.save()
    document = read(buffer.getvalue())
    assert texts(document, "legend") == ["Figure 1. PTEN opposes PI3K."]
    assert "enough insulin in the blood" in texts(document, "body")[0]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_the_same_and_its_boxes_lie_on_it(turn: int) -> None:
    canvas = Canvas(buffer := io.BytesIO(), (400, 400), invariant=1)
    canvas.translate(200, 200)
    canvas.rotate(turn)
    for index, line in enumerate(("AKT phosphorylates TSC2 at Ser939 in the", "cytoplasm of cells and inhibits it.")):
        canvas.drawString(-150, 100 - 14 * index, line)
    canvas.save()
    document = read(buffer.getvalue())
    assert document.text == "AKT phosphorylates TSC2 at Ser939 in the cytoplasm of cells and inhibits it."
    places = document.find_places(0, len(document.text))
    assert len(places) == 2
    for place in places:
        left, bottom, right, top = place.box
        assert 0 <= left < right <= 400
        assert 0 <= bottom < top <= 400
        assert (right - left > top - bottom) == (turn == 180)


def test_a_note_along_the_margin_is_not_read() -> None:
    canvas = Canvas(buffer := io.BytesIO(), (400, 400), invariant=1)
    canvas.drawString(60, 300, "AKT phosphorylates TSC2 at Ser939 in the cytoplasm.")
    canvas.rotate(90)
    canvas.drawString(50, -20, "Downloaded by a reader in spring")
    canvas.save()
    document = read(buffer.getvalue())
    assert texts(document, "body") == ["AKT phosphorylates TSC2 at Ser939 in the cytoplasm."]
    assert texts(document, "back_matter") == ["Downloaded by a reader in spring"]


def test_running_heads_of_left_and_right_pages() -> None:
    setting = Setting(height=300, head="Writer et al.")
    document = read(typeset([Block("text", FILLER * 60)], setting))
    assert len(texts(document, "body")) == 1
    assert "Writer" not in texts(document, "body")[0]
    assert "Writer et al." in texts(document, "back_matter")


WORDS = st.lists(
    st.sampled_from(["AKT", "binds", "to", "kinase", "signal", "receptor", "of", "p53", "β-catenin", "eIF4E"]),
    min_size=1,
)
PARAGRAPHS = st.lists(WORDS.map(lambda words: f"Here {' '.join(words)} ends."), min_size=1, max_size=6)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PARAGRAPHS, st.integers(1, 3), st.booleans())
def test_every_character_maps_back_and_reading_twice_is_equal(
    paragraphs: list[str], columns: int, indented: bool
) -> None:
    setting = Setting(columns=columns, height=300, indent=10 if indented else 0, skip=0 if indented else 6)
    data = typeset([Block("text", text) for text in paragraphs], setting)
    document, taken = read(data), take_text(data, "doc")
    assert document == read(data)
    assert document.offsets is not None
    for start, source, length in document.offsets.runs:
        assert document.text[start : start + length] == taken.text[source : source + length]
    assert not Counter("".join(" ".join(paragraphs).split())) - Counter(document.text)  # no character is lost
    end = 0
    for line in document.lines:
        assert end <= line.start < line.end <= len(taken.text)
        assert all(line.start <= low < high <= line.end for low, high, _ in line.words)
        end = line.end
    for section in document.sections:
        assert document.find_places(section.start, section.end)


# What cannot be read


def make_pages(count: int, *, picture: bool = False) -> bytes:
    from PIL import Image

    canvas = Canvas(buffer := io.BytesIO(), (200, 200), invariant=1)
    for _ in range(count):
        if picture:
            canvas.drawInlineImage(Image.new("RGB", (20, 20), "grey"), 0, 0, 200, 200)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"Just text.", "no PDF, or a damaged one"),
        (SAMPLE.read_bytes()[:3000], "damaged or cut off"),
        (make_pages(2), r"holds no text: 2 blank page\(s\)"),
        (make_pages(3, picture=True), r"scanned: 3 of 3 page\(s\) are pictures.*ocrmypdf"),
        (typeset([Block("text", FILLER)], Setting(encrypt=StandardEncryption("secret"))), "encrypted.*qpdf --decrypt"),
        (make_pages(401), "401 pages; the limit is 400"),
    ],
    ids=["empty", "text", "cut off", "blank", "scanned", "encrypted", "long"],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    (tmp_path / "b.txt").write_text("AKT inhibits FOXO1.")
    failure, other = read_documents(tmp_path)
    assert isinstance(failure, ReadFailure)
    assert isinstance(other, Document)
    with pytest.raises(AssertionError, match=reason):
        raise AssertionError(failure.reason)


def test_the_limit_of_pages_can_be_raised() -> None:
    data = typeset([Block("text", FILLER * 30)], Setting(height=250))
    with pytest.raises(ReadError, match="the limit is 1"):
        parse_pdf(data, id="doc", max_pages=1)
    assert texts(parse_pdf(data, id="doc", max_pages=50), "body")


def test_without_the_library_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def fail(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("pypdfium2"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", fail)
    with pytest.raises(MissingDependency, match=r"pip install 'sigmine\[pdf\]'"):
        read(SAMPLE.read_bytes())
    [failure] = read_documents(SAMPLE)
    assert isinstance(failure, ReadFailure)
    assert "sigmine[pdf]" in failure.reason


@pytest.mark.bench
def test_five_pages_a_second() -> None:
    data = typeset([Block("text", FILLER * 8)] * 60)
    start = time.process_time()
    pages = max(line.page for line in read(data).lines)
    assert pages / (time.process_time() - start) > 5
