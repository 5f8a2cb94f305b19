from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grounding.sequences import AKT1, FASTA, TP53, TP53_2, ULK1_MOUSE, make_entry, make_sequence, write_fasta
from sigmine.errors import GroundingError
from sigmine.grounding import proteome as module
from sigmine.grounding.proteome import FastaEntry, Proteome, load_proteome, read_entries
from sigmine.resources.lexicon import Protein


def read(text: str | bytes) -> list[FastaEntry]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_entries(io.BytesIO(data), Path("human.fasta"), lambda accession: accession == "Q8N122"))


@pytest.mark.parametrize("name", ["human.fasta", "human.fasta.gz", "human.gz", "human"])
def test_a_proteome_is_read_plain_and_packed(tmp_path: Path, name: str) -> None:
    proteome = load_proteome(write_fasta(tmp_path / name))
    assert len(proteome) == 8
    found = proteome.find_sequences("P31749")
    assert found is not None
    assert (found.reference.residues, found.isoforms, found.orthologues) == (AKT1, (), ())


def test_packed_files_joined_end_to_end_are_one(tmp_path: Path) -> None:
    cut = FASTA.index(">sp|P31749")
    one, two = write_fasta(tmp_path / "a.gz", FASTA[:cut]), write_fasta(tmp_path / "b.gz", FASTA[cut:])
    both = tmp_path / "both.fasta.gz"
    both.write_bytes(one.read_bytes() + two.read_bytes())
    assert len(load_proteome(both)) == 8


def test_it_is_read_once(tmp_path: Path) -> None:
    path = write_fasta(tmp_path / "human.fasta")
    assert load_proteome(path) is load_proteome(path)


def test_isoforms_and_other_species_stand_beside_the_reference() -> None:
    proteome = Proteome(read(FASTA))
    tp53, ulk1 = proteome.find_sequences("P04637"), proteome.find_sequences("O75385")
    assert tp53 is not None
    assert ulk1 is not None
    assert tp53.reference.residues == TP53
    assert [(one.name, one.residues) for one in tp53.isoforms] == [("P04637-2", TP53_2)]
    assert [(one.name, one.residues) for one in ulk1.orthologues] == [("mouse Q9R1X1", ULK1_MOUSE)]


def test_a_protein_of_mouse_is_found_by_itself() -> None:
    found = Proteome(read(FASTA)).find_sequences("Q9R1X1")
    assert found is not None
    assert (found.reference.name, found.orthologues) == ("mouse Q9R1X1", ())


def test_mouse_belongs_to_human_by_mnemonic_before_gene_name() -> None:
    text = make_entry("P04637", "P53_HUMAN", "MEEP", gene="TP53") + make_entry(
        "P02340", "P53_MOUSE", "MTAM", gene="Trp53"
    )
    text += make_entry("O15350", "X73_HUMAN", "MAQS", gene="TP73") + make_entry(
        "Q9JJP2", "Y73_RAT", "MAQT", gene="Tp73"
    )
    proteome = Proteome(read(text))
    by_mnemonic, by_gene = proteome.find_sequences("P04637"), proteome.find_sequences("O15350")
    assert by_mnemonic is not None
    assert by_gene is not None
    assert [one.name for one in by_mnemonic.orthologues] == ["mouse P02340"]
    assert [one.name for one in by_gene.orthologues] == ["rat Q9JJP2"]


def test_a_gene_without_that_accession_is_found_by_its_symbol() -> None:
    proteome = Proteome(read(FASTA))
    found = proteome.find_gene(Protein("hgnc:391", "AKT1", "A0A000", ()))
    assert found is not None
    assert found.reference.name == "P31749"
    assert proteome.find_gene(Protein("hgnc:1", "NONE1", "", ())) is None


def test_other_species_and_the_unreviewed_are_left_out() -> None:
    text = make_entry("P00001", "AKT1_YEAST", "MS") + make_entry("Q00002", "AKT1_HUMAN", "MS", kind="tr")
    text += make_entry("Q61037-2", "TSC2_MOUSE", "MS") + make_entry("Q8N122", "RPTOR_HUMAN", "MS", kind="tr")
    assert [entry.accession for entry in read(text)] == ["Q8N122"]


def test_the_species_may_stand_in_the_name_alone() -> None:
    assert [entry.species for entry in read(">sp|P31749|AKT1_HUMAN\nMS\n>sp|P47196|AKT1_RAT\nMS")] == ["human", "rat"]


def test_line_ends_case_and_stops_do_not_matter() -> None:
    (entry,) = read("\n\n" + make_entry("P31749", "AKT1_HUMAN", "MSdv*", width=2, end="\r\n"))
    assert entry.residues == "MSDV"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", r"line 1: it is empty"),
        ("\n\nID   AKT1_HUMAN", r"line 3: it begins with 'ID   AKT1_HUMAN', '>' is expected"),
        (b"PK\x03\x04\xff\xff", r"is no FASTA file: line 1"),
        (make_entry("P31749", "AKT1_HUMAN", "MSDV") + ">sp|P31751|AKT2_HUMAN\nMN\nE1V\n", r"P31751 at line 3: '1'"),
        (">sp|P31751|AKT2_HUMAN\n>sp|P31749|AKT1_HUMAN\nMS", r"P31751 at line 1: the sequence is empty"),
    ],
)
def test_what_is_no_fasta_is_told_with_its_line(text: str | bytes, what: str) -> None:
    with pytest.raises(GroundingError, match=what):
        read(text)


def test_a_record_without_end_is_not_gathered_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PIECE", 1000)
    monkeypatch.setattr(module, "_LONGEST_RECORD", 5000)
    with pytest.raises(GroundingError, match="the record at line 1 is over"):
        read(">x\n" + "M" * 100_000)


def test_a_file_without_proteins_of_uniprot_is_refused(tmp_path: Path) -> None:
    path = write_fasta(tmp_path / "other.fasta", ">ENSP00000451828.1 pep\nMSDV\n")
    with pytest.raises(GroundingError, match=r"holds no human protein.*>sp\|P31749\|AKT1_HUMAN"):
        load_proteome(path)


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    path = write_fasta(tmp_path / "human.fasta.gz")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(GroundingError, match=r"Cannot read the proteome .*human.fasta.gz"):
        load_proteome(path)
    with pytest.raises(GroundingError, match="Cannot read the proteome"):
        load_proteome(tmp_path / "none.fasta")


@given(
    sequences=st.lists(st.text("ACDEFGHIKLMNPQRSTVWY", min_size=1, max_size=200), min_size=1, max_size=12),
    piece=st.integers(1, 300),
    width=st.integers(1, 80),
)
def test_pieces_and_lines_of_any_length_give_the_same_entries(sequences: list[str], piece: int, width: int) -> None:
    text = "".join(
        make_entry(f"P{number:05}", "AKT1_HUMAN", sequence, width=width) for number, sequence in enumerate(sequences)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PIECE", piece)
        assert [entry.residues for entry in read(text)] == sequences


@pytest.mark.bench
def test_a_human_proteome_loads_in_three_seconds(tmp_path: Path) -> None:
    text = "".join(
        make_entry(f"P{number:05}", f"N{number}_{species}", sequence, gene=f"G{number}")
        for number in range(20_000)
        for sequence in [make_sequence(200, seed=number) * 3]
        for species in ("HUMAN", "MOUSE", "RAT", "YEAST", "YEAST")
    )
    path = write_fasta(tmp_path / f"{os.getpid()}.fasta.gz", text)
    module.load_lexicon()
    started = time.perf_counter()
    assert len(load_proteome(path)) == 20_000
    assert time.perf_counter() - started < 3
