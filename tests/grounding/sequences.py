"""Synthetic proteins: made-up sequences with residues at wanted places, and FASTA files of them.

Accessions, symbols and numbers are real; the sequences are not. They hold no S, T or Y but those asked for.
"""

from __future__ import annotations

import gzip
from pathlib import Path

_FILLER = "ADEFGHIKLNPQRVW"
TAXA = {"HUMAN": 9606, "MOUSE": 10090, "RAT": 10116, "YEAST": 559292}


def make_sequence(length: int, *sites: str, start: str = "MD", seed: int = 0) -> str:
    """``length`` residues that begin with ``start`` and have the sites; the rest depends on place and seed alone.

    A neighbourhood of fifteen is not repeated in lengths below 3,000.
    """
    state = 12345 + seed
    residues = []
    for _ in range(length):
        state = (state * 1103515245 + 12345) % (1 << 31)
        residues.append(_FILLER[(state >> 16) % len(_FILLER)])
    residues[: len(start)] = start
    for site in sites:
        residues[int(site[1:]) - 1] = site[0]
    return "".join(residues)


def make_entry(
    accession: str, name: str, sequence: str, *, gene: str = "", kind: str = "sp", width: int = 60, end: str = "\n"
) -> str:
    """A record as UniProt writes it; ``name`` is ``AKT1_HUMAN``."""
    taxon = TAXA[name.partition("_")[2]]
    what = f" GN={gene}" if gene else ""
    header = f">{kind}|{accession}|{name} A protein OS=Some species OX={taxon}{what} PE=1 SV=1"
    lines = [sequence[i : i + width] for i in range(0, len(sequence), width)]
    return end.join([header, *lines, ""])


EIF2S1 = make_sequence(315, "S52", start="MPGL", seed=1)
MAP2K1 = make_sequence(393, "S218", "S222", start="MPKK", seed=2)
AKT1 = make_sequence(480, "T308", "S473", seed=3)
AKT2 = make_sequence(481, "T309", "S474", seed=4)
AKT3 = make_sequence(479, "T305", "S472", seed=5)
ULK1 = make_sequence(1050, "S556", "S758", start="ME", seed=6)
ULK1_MOUSE = ULK1[:400] + ULK1[401:]  # one residue shorter before both sites
TP53 = make_sequence(393, "S15", "S392", start="ME", seed=7)
TP53_2 = make_sequence(40, start="ME", seed=8) + TP53[60:]  # begins otherwise: S392 is S372
RPS6KB1 = make_sequence(525, "T412", "S447", seed=9)

FASTA = "".join(
    [
        make_entry("P05198", "IF2A_HUMAN", EIF2S1, gene="EIF2S1"),
        make_entry("Q02750", "MP2K1_HUMAN", MAP2K1, gene="MAP2K1"),
        make_entry("Q9R1X1", "ULK1_MOUSE", ULK1_MOUSE, gene="Ulk1"),
        make_entry("P31749", "AKT1_HUMAN", AKT1, gene="AKT1"),
        make_entry("P31751", "AKT2_HUMAN", AKT2, gene="AKT2"),
        make_entry("Q9Y243", "AKT3_HUMAN", AKT3, gene="AKT3"),
        make_entry("P04637-2", "P53_HUMAN", TP53_2, gene="TP53"),
        make_entry("P04637", "P53_HUMAN", TP53, gene="TP53"),
        make_entry("O75385", "ULK1_HUMAN", ULK1, gene="ULK1"),
        make_entry("P23443", "KS6B1_HUMAN", RPS6KB1, gene="RPS6KB1"),
        make_entry("P99999", "AKT1_YEAST", "M" * 473 + "S", gene="AKT1"),
    ]
)


def write_fasta(path: Path, text: str = FASTA) -> Path:
    """The text at the path, packed where its name ends in ``.gz``."""
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path
