"""Sequences of proteins from a FASTA file of UniProt that the user supplies: what residues are checked against.

Only what a check can ask for is kept: the human proteins with their isoforms, and the reviewed proteins of mouse and
rat. The file is read in pieces and may be gzipped.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, cast

from sigmine.errors import GroundingError
from sigmine.resources.lexicon import Protein, load_lexicon

_PIECE = 1 << 22
_LONGEST_RECORD = 1 << 20
"""Bytes; titin, the longest human protein, takes 35,000."""

_HEADER = re.compile(rb"(sp|tr)\|([A-Z0-9]{6,10})(?:-(\d+))?\|(\w+)_([A-Z0-9]+)\b")
_SPECIES = re.compile(rb" OX=(\d+)")
_GENE = re.compile(rb" GN=(\S+)")
_NO_RESIDUE = re.compile(rb"[^A-Z]")
_KNOWN_SPECIES = {
    b"HUMAN": "human",
    b"9606": "human",
    b"MOUSE": "mouse",
    b"10090": "mouse",
    b"RAT": "rat",
    b"10116": "rat",
}
_ADVICE = (
    "Give a FASTA file of UniProt, best the human reference proteome (UP000005640) with isoforms; a header begins like "
    "'>sp|P31749|AKT1_HUMAN'."
)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A protein's name for people (``P04637-2``, ``mouse P02340``) and its residues, one letter each."""

    name: str
    residues: str

    def has(self, residue: str, position: int) -> bool:
        """Whether the residue stands there; positions count from 1."""
        return 1 <= position <= len(self.residues) and self.residues[position - 1] == residue


@dataclass(frozen=True, slots=True)
class ProteinSequences:
    """The sequences of one human gene: the reference, other isoforms by number, mouse before rat."""

    reference: Sequence
    isoforms: tuple[Sequence, ...] = ()
    orthologues: tuple[Sequence, ...] = ()


@dataclass(frozen=True, slots=True)
class FastaEntry:
    """An entry of UniProt.

    ``isoform`` is 0 for the reference sequence, ``mnemonic`` its name without species (``P53``), ``species`` human,
    mouse or rat, ``gene`` empty where the header names none.
    """

    accession: str
    isoform: int
    mnemonic: str
    species: str
    gene: str
    reviewed: bool
    residues: str


class Proteome:
    """Sequences by UniProt accession. Made by ``load_proteome``; in tests of entries of one's own.

    A protein of mouse or rat belongs to the human one of the same mnemonic (``P53_MOUSE``), else of the same gene name.
    """

    def __init__(self, entries: Iterable[FastaEntry]) -> None:
        entries = sorted(entries, key=lambda one: (one.species, one.accession, one.isoform))  # human, mouse, rat
        self._isoforms: dict[str, list[Sequence]] = {}
        self._references: dict[str, FastaEntry] = {}
        self._genes: dict[str, str] = {}
        self._others: dict[str, Sequence] = {}
        self._relatives: dict[tuple[str, str], list[Sequence]] = {}
        for one in entries:
            if one.species != "human":
                other = Sequence(f"{one.species} {one.accession}", one.residues)
                self._others[one.accession] = other
                for key in (("mnemonic", one.mnemonic), ("gene", one.gene.upper())):
                    self._relatives.setdefault(key, []).append(other)
            elif one.isoform:
                name = f"{one.accession}-{one.isoform}"
                self._isoforms.setdefault(one.accession, []).append(Sequence(name, one.residues))
            else:
                self._references[one.accession] = one
                if one.reviewed and one.gene:
                    self._genes.setdefault(one.gene, one.accession)

    def __len__(self) -> int:
        """How many human reference sequences there are."""
        return len(self._references)

    def find_sequences(self, accession: str) -> ProteinSequences | None:
        """The sequences of a human protein; of one of mouse or rat that one alone; None if unknown."""
        entry = self._references.get(accession)
        if entry is None:
            other = self._others.get(accession)
            return ProteinSequences(other) if other else None
        relatives = self._relatives.get(("mnemonic", entry.mnemonic))
        if relatives is None and entry.gene:
            relatives = self._relatives.get(("gene", entry.gene.upper()))
        return ProteinSequences(
            Sequence(accession, entry.residues), tuple(self._isoforms.get(accession, ())), tuple(relatives or ())
        )

    def find_gene(self, protein: Protein) -> ProteinSequences | None:
        """The sequences of a human gene, by its accession, else by its symbol; None if there are none."""
        found = self.find_sequences(protein.uniprot) if protein.uniprot else None
        if found is None and protein.symbol in self._genes:
            return self.find_sequences(self._genes[protein.symbol])
        return found


@lru_cache(maxsize=1)
def load_proteome(path: Path) -> Proteome:
    """The proteome in a FASTA file of UniProt, gzipped or not; the last one is kept.

    Entries of other species and unreviewed ones are passed over, but unreviewed ones that are the product of a human
    gene in our lexicon.

    Raises:
        GroundingError: if the file cannot be read, is no FASTA, or holds no human protein of UniProt.
    """
    lexicon = load_lexicon()
    try:
        with _open(path) as stream:
            proteome = Proteome(
                read_entries(stream, path, lambda accession: lexicon.find_gene(f"uniprot:{accession}") is not None)
            )
    except (OSError, EOFError, zlib.error) as error:
        raise GroundingError(f"Cannot read the proteome {path}: {error}. {_ADVICE}") from error
    if not len(proteome):
        raise GroundingError(f"The proteome {path} holds no human protein with a header of UniProt. {_ADVICE}")
    return proteome


def read_entries(stream: IO[bytes], path: Path, keep_unreviewed: Callable[[str], bool]) -> Iterator[FastaEntry]:
    """The entries that are kept, in the order of the file.

    Args:
        path: named in messages.
        keep_unreviewed: whether the protein with this accession is wanted though nobody reviewed it (``tr``).

    Raises:
        GroundingError: if the stream is no FASTA.
    """
    for line, record in _read_records(stream, path):
        header, _, body = record.partition(b"\n")
        match = _HEADER.match(header)
        if match is None:
            continue
        kind, accession, isoform, mnemonic, species_code = (group.decode() for group in match.groups(b""))
        taxon = _SPECIES.search(header)
        species = _KNOWN_SPECIES.get(taxon[1] if taxon else species_code.encode())
        if species is None or (isoform and species != "human"):
            continue
        if kind == "tr" and not (species == "human" and keep_unreviewed(accession)):
            continue
        gene = _GENE.search(header)
        residues = body.translate(None, b"\r\n\t *").upper()
        wrong = _NO_RESIDUE.search(residues)
        if wrong or not residues:
            what = f"{wrong[0].decode(errors='replace')!r} is no residue" if wrong else "the sequence is empty"
            raise GroundingError(f"{path}, entry {accession} at line {line}: {what}. {_ADVICE}")
        yield FastaEntry(
            accession, int(isoform or 0), mnemonic, species, gene[1].decode() if gene else "", kind == "sp",
            residues.decode(),
        )  # fmt: skip


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        yield cast(IO[bytes], gzip.GzipFile(fileobj=file)) if packed else file


def _read_records(stream: IO[bytes], path: Path) -> Iterator[tuple[int, bytes]]:
    """Each record without its ``>``, with the number of its first line."""
    rest = stream.read(_PIECE)
    line = 1 + len(rest[: len(rest) - len(rest.lstrip())].splitlines())
    rest = rest.lstrip()
    if not rest.startswith(b">"):
        found = f"it begins with {rest[:20].decode(errors='replace')!r}" if rest else "it is empty"
        raise GroundingError(f"The proteome {path} is no FASTA file: line {line}: {found}, '>' is expected. {_ADVICE}")
    rest = rest[1:]
    while piece := stream.read(_PIECE):
        *records, rest = rest.split(b"\n>")
        for record in records:
            yield line, record
            line += record.count(b"\n") + 1
        if len(rest) > _LONGEST_RECORD:
            raise GroundingError(
                f"The proteome {path} is no FASTA file of proteins: the record at line {line} is over "
                f"{_LONGEST_RECORD:,} bytes long. {_ADVICE}"
            )
        rest += piece
    for record in rest.split(b"\n>"):
        yield line, record
        line += record.count(b"\n") + 1
