"""What is read out of an entry of a reference list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmine.readers.text import parse_text
from sigmine.readers.text_reference_fields import Fields, parse_fields

TITLE = "TSC2 is phosphorylated and inhibited by Akt"


@pytest.mark.parametrize(
    ("entry", "authors", "journal"),
    [
        (f"Inoki K, Li Y. {TITLE}. Nat Cell Biol. 2002;4:648-57.", ("Inoki K", "Li Y"), "Nat Cell Biol"),
        (f"Inoki, K. & Li, Y. {TITLE}. Nat. Cell Biol. 4, 648–657 (2002).", ("Inoki, K.", "Li, Y."), "Nat. Cell Biol."),
        (f"Inoki, K., and Li, Y. (2002). {TITLE}. Nat Cell Biol 4, 648–657.", ("Inoki, K.", "Li, Y."), "Nat Cell Biol"),
        (f"K. Inoki, Y. Li, {TITLE}. Nat Cell Biol 4, 648 (2002).", ("K. Inoki", "Y. Li"), "Nat Cell Biol"),
        (f"Inoki K, Li Y, et al. {TITLE}. eLife 2002; 4: e648.", ("Inoki K", "Li Y"), "eLife"),
        (f"D'Orazi G, de la Pompa JL (2002) {TITLE}. Cell 4:648", ("D'Orazi G", "de la Pompa JL"), "Cell"),
        (f"Darnell JE Jr, el-Deiry WS. {TITLE}? Cell. 2002.", ("Darnell JE Jr", "el-Deiry WS"), "Cell"),
    ],
)
def test_the_usual_forms(entry: str, authors: tuple[str, ...], journal: str) -> None:
    fields = parse_fields(entry)
    assert fields.authors == authors
    assert (fields.title or "").rstrip("?") == TITLE
    assert (fields.journal, fields.year) == (journal, 2002)


def test_a_title_that_begins_with_an_article_is_whole() -> None:
    fields = parse_fields(
        "Mayo LD, Donner DB. A pathway promotes translocation of Mdm2. Proc Natl Acad Sci U S A. 2001."
    )
    assert fields.authors == ("Mayo LD", "Donner DB")
    assert fields.title == "A pathway promotes translocation of Mdm2"
    assert fields.journal == "Proc Natl Acad Sci U S A"


def test_identifiers() -> None:
    text = f"Inoki K. {TITLE}. Nat Cell Biol 2002. doi:10.1038/ncb839. PMID: 12172553; PMCID: PMC1234567"
    fields = parse_fields(text)
    assert (fields.doi, fields.pmid, fields.pmcid) == ("10.1038/ncb839", "12172553", "PMC1234567")


def test_pages_are_no_year() -> None:
    assert parse_fields(f"Inoki K. {TITLE}. Cell. 2011;21:1998-2003.").year == 2011


def test_what_cannot_be_told_is_left_open() -> None:
    assert parse_fields("report on something, unpublished") == Fields()


def test_an_author_on_each_line() -> None:
    names = "\n,\n".join(("Inoki\nK", "Li\nY"))
    entries = "\n".join(
        f"{n}.\n{names}\n.\n{TITLE} {n}\n.\nNat Cell Biol\n20{n:02}\n;\n4\n:\n648\n57\n." for n in (1, 2, 3, 4)
    )
    references = parse_text(f"AKT inhibits TSC2 (1, 2).\n\nReferences\n\n{entries}\n", id="d").references
    assert [reference.number for reference in references] == [1, 2, 3, 4]
    assert {reference.authors for reference in references} == {("Inoki K", "Li Y")}
    assert [reference.year for reference in references] == [2001, 2002, 2003, 2004]
    assert {reference.journal for reference in references} == {"Nat Cell Biol"}


@given(st.text(alphabet="AbÖé ,.;:()&[]-12019“”/et al\n", max_size=120))
def test_any_text_can_be_parsed(text: str) -> None:
    fields = parse_fields(text)
    assert fields.title is None or fields.title.strip()
    assert all(author and author in text for author in fields.authors)
