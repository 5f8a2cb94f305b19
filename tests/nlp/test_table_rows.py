"""Rows of tables: what the heads of their columns make of the names below them."""

from __future__ import annotations

import pytest

from sigmine.grammar import get_grammar
from sigmine.model import Document, Entity, RelationMention, Site
from sigmine.nlp.table_rows import TableReader
from sigmine.readers.text import parse_text

CAPTION = "Table 1. Kinases of the response and what they act on.\n"
NAMES = {
    "PROTEIN": ("ATM", "CHK1", "CHK2", "CDC25C", "PARP1", "PARP2", "EGFR", "p53"),
    "CHEMICAL": ("Olaparib", "erlotinib", "AZD0000"),
    "PROCESS": ("apoptosis",),
}
SITES = {"Thr68": ("T", 68), "Ser216": ("S", 216), "Lys48": ("K", 48)}


def read(rows: str) -> Document:
    return parse_text(f"A title of a text\n\nSome words come first.\n\n{CAPTION}{rows}", id="table")


def relate(rows: str) -> list[RelationMention]:
    """The relations of a table, with every known name and residue of it marked."""
    document = read(rows)
    text = document.text
    mentions = [
        Entity(name, at, at + len(name), kind, name)
        for kind, names in NAMES.items()
        for name in names
        for at in find_all(text, name)
    ]
    sites = [
        Site(residue, position, name, at, at + len(name))
        for name, (residue, position) in SITES.items()
        for at in find_all(text, name)
    ]
    return TableReader(document, mentions, sites, get_grammar()).read()


def find_all(text: str, name: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(name, at)]


def shorten(found: list[RelationMention]) -> list[str]:
    return [
        " ".join(
            [one.subject.text if one.subject else "-", one.relation, one.object.text, *(s.name for s in one.sites)]
        )
        for one in found
    ]


def test_a_kinase_phosphorylates_the_substrate_of_its_row_at_the_site_of_its_row() -> None:
    found = relate("Kinase\tSubstrate\tSite\nATM\tCHK2\tThr68\nCHK1\tCDC25C\tSer216\n")
    assert shorten(found) == ["ATM phosphorylates CHK2 T68", "CHK1 phosphorylates CDC25C S216"]
    assert [one.trigger.text for one in found] == ["Substrate", "Substrate"]
    assert {one.rule for one in found} == {"phosphorylates/table_row"}


def test_the_order_of_the_columns_does_not_matter_and_heads_are_read_loosely() -> None:
    found = relate("Substrates (human)\tNote\tUPSTREAM KINASE\nCHK2\tin breaks\tATM\n")
    assert shorten(found) == ["ATM phosphorylates CHK2"]


def test_each_name_of_a_cell_counts_and_another_name_in_brackets_does_not() -> None:
    rows = "Drug\tTarget\nOlaparib (AZD0000)\tPARP1, PARP2\nerlotinib\tEGFR\n"
    assert shorten(relate(rows)) == [
        "Olaparib inhibits PARP1",
        "Olaparib inhibits PARP2",
        "erlotinib inhibits EGFR",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "Kinase\tInhibitor of\nATM\tCHK2\n",  # no head that says what the second column is
        "Drug\tDisease\nOlaparib\tPARP1\n",
        "Enzyme\tSubstrate\nATM\tCHK2\n",
        "Kinase inhibitor\tSubstrate\nOlaparib\tCHK2\n",
        "Kinase domain\tSubstrate specificity\nATM\tCHK2\n",
        "Kinase\tProtein\nATM\tCHK2\n",  # nothing tells of phosphorylation
        "Kinase\tProtein\tPhosphorylation site\nATM\tCHK2\tn.d.\n",  # nor here that of this protein
        "Drug\tTarget\nPARP1 inhibitors\tEGFR\n",  # drugs without a name
        "Drug\tTarget\tDilution\nOlaparib\tPARP1\t1:500\n",
        "Kinase\tSubstrate\nATM\tapoptosis\n",  # no molecule
        "Kinase\tSubstrate\nATM\tATM\n",  # the same at both ends
        "ATM\tCHK2\nCHK1\tCDC25C\n",  # without a head
        "Kinase\tSubstrate\nATM\tCHK2\tp53\n",  # more cells than heads: nobody knows which is which
        "Kinase\tSubstrate\tSubstrate protein\nATM\tCHK2\tp53\n",  # two columns that may be it
    ],
)
def test_what_the_heads_do_not_tell_is_left_out(rows: str) -> None:
    assert relate(rows) == []


def test_a_residue_that_the_relation_cannot_have_is_left_out() -> None:
    found = relate("Phosphatase\tSubstrate\tSite\nCDC25C\tCHK1\tLys48\n")
    assert shorten(found) == ["CDC25C dephosphorylates CHK1"]


def test_a_head_that_tells_phosphorylation_makes_the_protein_its_substrate() -> None:
    rows = "Protein\tPhosphorylation site\tKinase\nCHK2\tThr68\tATM\nCDC25C\tn.d.\tCHK1\n"
    assert shorten(relate(rows)) == ["ATM phosphorylates CHK2 T68"]


def test_a_residue_beside_its_protein_is_that_proteins() -> None:
    rows = "Kinase\tSubstrates\nATM\tCHK2 (Thr68), CDC25C\n"
    assert shorten(relate(rows)) == ["ATM phosphorylates CHK2 T68", "ATM phosphorylates CDC25C"]


def test_a_question_mark_and_words_of_doubt_hedge() -> None:
    (one,) = relate("Kinase\tSubstrate\nATM\tCHK2?\n")
    assert (one.hedged, one.cues) == (True, ("hedge:?",))
    (one,) = relate("Kinase\tPutative substrate\nATM\tCHK2\n")
    assert one.hedged


def test_a_cell_that_is_a_sentence_is_no_list_of_names() -> None:
    assert relate("Drug\tTarget\nOlaparib\tInhibits PARP1 when EGFR is bound\n") == []


def test_what_a_drug_does_may_be_told_by_its_row_or_by_the_legend() -> None:
    rows = "Drug\tTarget\tAction\nOlaparib\tPARP1\tAgonist\nerlotinib\tEGFR\tAntagonist\n"
    assert shorten(relate(rows)) == ["Olaparib activates PARP1", "erlotinib inhibits EGFR"]


def test_two_tables_do_not_mix() -> None:
    kinases = "Kinase\tSubstrate\nATM\tCHK2\n\nMore words stand between the tables.\n\n"
    assert shorten(relate(f"{kinases}Table 2. Drugs.\nDrug\tTarget\nerlotinib\tEGFR\n")) == [
        "ATM phosphorylates CHK2",
        "erlotinib inhibits EGFR",
    ]


def test_cells_know_their_row_and_head_and_hold_their_own_words() -> None:
    document = read("Kinase\tSubstrate\nATM\tCHK2\n")
    cells = [cell for section in document.sections for cell in section.cells]
    assert [(cell.row, cell.header, document.text[cell.start : cell.end]) for cell in cells] == [
        (0, "Kinase", "Kinase"),
        (0, "Substrate", "Substrate"),
        (1, "Kinase", "ATM"),
        (1, "Kinase", "ATM"),  # repeated before the cell, as the head of the row
        (1, "Substrate", "CHK2"),
    ]
