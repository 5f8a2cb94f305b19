"""Checks the residues of statements: does the molecule have this residue at this position?

The categories and the curated map are those of ProtMapper (Bachman, Gyori and Sorger 2022, "Assembling a
phosphoproteomic knowledge base using ProtMapper to normalize phosphosite information from databases and text mining",
bioRxiv 822668). ProtMapper also asks PhosphoSitePlus whether a residue is known to be phosphorylated before it maps
it; we have sequences only, so a mapping that chance could give is named, and the text's number kept. The first of
these that fits is a residue's status; those with a star have a reference:

    valid                   it stands there in the reference sequence; of a family, of some member
    curated*                curators know it under another number
    initiator_methionine*   it stands one further, and the protein loses its first methionine
    isoform                 it stands there in another isoform
    other_species           it stands there in the protein of mouse or rat
    off_by_one              it stands one before or one further
    impossible              it stands at none of these places
    unchecked               it could not be checked: no position, no identity, no sequence

ProtMapper looks for the methionine after isoforms and species; without data on observed sites the shift by one is the
more specific explanation, for it holds by chance for one site in twelve, and one of several isoforms easily has a
serine somewhere. Signal peptides, which ProtMapper takes off, are not told by a FASTA file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sigmine.grounding.proteome import ProteinSequences, Proteome, Sequence, load_proteome
from sigmine.model import Entity, RelationMention, Site
from sigmine.model.entity import SITE_STATUSES, SiteStatus
from sigmine.resources.lexicon import Lexicon, Protein, load_lexicon
from sigmine.resources.site_map import SiteMap, load_site_map

MAX_MEMBERS = 30
"""A family of more genes is not checked: one of them has the residue anywhere."""

FLANK = 7
"""Residues on either side by which a place is found again in another sequence, as ProtMapper does."""

_SMALL_RESIDUES = frozenset("GASCTPV")


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """What is known of a residue on a molecule; the fields are those of ``Site``."""

    status: SiteStatus
    reference: str | None = None
    note: str = ""


_UNCHECKED = SiteCheck("unchecked")


class SiteChecker:
    """Checks residues against the curated map and, where there is one, a proteome.

    Args:
        proteome: without one only the curated map speaks, and all else is unchecked.
        lexicon, site_map: the bundled ones if None.
    """

    def __init__(
        self, proteome: Proteome | None = None, *, lexicon: Lexicon | None = None, site_map: SiteMap | None = None
    ) -> None:
        self.proteome = proteome
        self.lexicon = load_lexicon() if lexicon is None else lexicon
        self.site_map = load_site_map() if site_map is None else site_map
        self._find = lru_cache(maxsize=5_000)(self._check_molecule)

    def check_relation(self, relation: RelationMention) -> RelationMention:
        """The relation with its residues checked on its object."""
        if not relation.sites:
            return relation
        return replace(relation, sites=tuple(self.check_site(site, relation.object) for site in relation.sites))

    def check_site(self, site: Site, molecule: Entity) -> Site:
        """The residue with what is known of it on the molecule."""
        check = _UNCHECKED
        if site.position is not None and molecule.curie is not None:
            check = self._find(molecule.curie, site.residue, site.position)
        return replace(site, status=check.status, reference=check.reference, note=check.note)

    def _check_molecule(self, curie: str, residue: str, position: int) -> SiteCheck:
        gene = self.lexicon.find_protein(curie)
        if gene is not None:
            return self._check_gene(gene, residue, position)
        if curie.startswith("uniprot:"):
            accession = curie.partition(":")[2]
            sequences = self.proteome.find_sequences(accession) if self.proteome is not None else None
            return check_sequences(residue, position, sequences, self.site_map, accession)
        members = self._find_members(curie)
        if not 0 < len(members) <= MAX_MEMBERS:
            return _UNCHECKED
        return _join_members([(one.symbol, self._check_gene(one, residue, position)) for one in members])

    def _check_gene(self, gene: Protein, residue: str, position: int) -> SiteCheck:
        sequences = self.proteome.find_gene(gene) if self.proteome is not None else None
        return check_sequences(residue, position, sequences, self.site_map, gene.uniprot)

    def _find_members(self, curie: str) -> list[Protein]:
        """The genes of a family or complex, through families in it, by symbol."""
        seen, genes, queue = {curie}, {}, [curie]
        while queue:
            for membership in self.lexicon.find_children(queue.pop()):
                if membership.child in seen:
                    continue
                seen.add(membership.child)
                gene = self.lexicon.find_protein(membership.child)
                if gene is None:
                    queue.append(membership.child)
                else:
                    genes[gene.symbol] = gene
        return [genes[symbol] for symbol in sorted(genes)]


def check_relation_sites(
    relations: Iterable[RelationMention], checker: SiteChecker | None = None
) -> tuple[RelationMention, ...]:
    """Grounded relations with their residues checked, in the same order; by the curated map alone if None."""
    checker = checker or SiteChecker()
    return tuple(checker.check_relation(relation) for relation in relations)


def mark_sites(sites: Iterable[Site], relations: Iterable[RelationMention]) -> tuple[Site, ...]:
    """The residues of a text with what checked relations say of them, in the same order.

    One that no relation has, or that is known otherwise on another molecule, stays as it is.
    """
    known: dict[tuple[str, int, int], set[Site]] = {}
    for relation in relations:
        for site in relation.sites:
            known.setdefault((site.name, site.start, site.end), set()).add(site)
    found = ((site, known.get((site.name, site.start, site.end), set())) for site in sites)
    return tuple(next(iter(marks)) if len(marks) == 1 else site for site, marks in found)


@lru_cache(maxsize=1)
def load_site_checker(proteome: str | None = None) -> SiteChecker:
    """The checker with the proteome in a FASTA file, or without one; the last one is kept.

    Raises:
        GroundingError: if the file cannot be used.
    """
    return SiteChecker(load_proteome(Path(proteome)) if proteome else None)


def check_sequences(
    residue: str, position: int, sequences: ProteinSequences | None, site_map: SiteMap, accession: str = ""
) -> SiteCheck:
    """The category of one residue of one molecule.

    Args:
        sequences: None where there are none; then only the map speaks.
        accession: what the map knows the molecule by; that of the reference sequence if empty.
    """
    accession = accession or (sequences.reference.name if sequences else "")
    if sequences and sequences.reference.has(residue, position):
        return SiteCheck("valid")
    curated = site_map.get((accession, f"{residue}{position}"))
    if curated is not None:
        return SiteCheck("curated" if curated.reference else "impossible", curated.reference, curated.reason)
    if sequences is None:
        return _UNCHECKED
    elsewhere = [
        (status, sequence.name, find_place(sequence, position, sequences.reference))
        for status, group in (("isoform", sequences.isoforms), ("other_species", sequences.orthologues))
        for sequence in group
        if sequence.has(residue, position)
    ]
    if position > 0 and sequences.reference.has(residue, position + 1) and loses_methionine(sequences.reference):
        rivals = [f"{residue}{place} by {name}" for _, name, place in elsewhere if place not in (None, position + 1)]
        shifted = f"{residue}{position + 1}"
        if rivals:  # Both are how people number; which one is a guess.
            return SiteCheck("initiator_methionine", None, f"{shifted}, or {rivals[0]}")
        return SiteCheck("initiator_methionine", shifted, "counted without the initiator methionine")
    for status in ("isoform", "other_species"):
        for kind, name, place in elsewhere:
            if kind == status:
                note = f"{name}, {residue}{place} of the reference sequence" if place else name
                return SiteCheck("isoform" if kind == "isoform" else "other_species", None, note)
    for near in (position + 1, position - 1):
        if sequences.reference.has(residue, near):
            return SiteCheck("off_by_one", None, f"{residue}{near} is there")
    return SiteCheck("impossible", None, _name_place(sequences.reference, position))


def loses_methionine(sequence: Sequence) -> bool:
    """Whether the first methionine is cut off: where the second residue is small (Frottin et al. 2006, Mol Cell
    Proteomics 5:2336)."""
    return sequence.residues[:1] == "M" and sequence.residues[1:2] in _SMALL_RESIDUES


def find_place(source: Sequence, position: int, target: Sequence) -> int | None:
    """Where a residue of one sequence stands in another, by the residues around it; None if not at just one place."""
    low = max(0, position - 1 - FLANK)
    around = source.residues[low : position + FLANK]
    first = target.residues.find(around) if len(around) > FLANK else -1
    if first < 0 or target.residues.find(around, first + 1) >= 0:
        return None
    return first + position - low


def _join_members(checks: list[tuple[str, SiteCheck]]) -> SiteCheck:
    """The best of the members; no reference, for a family has no sequence of its own."""
    found = {check.status for _, check in checks}
    if "unchecked" in found and "valid" not in found:
        return _UNCHECKED
    status = next(status for status in SITE_STATUSES if status in found)
    if status == "impossible":
        return SiteCheck(status, None, f"in none of {', '.join(name for name, _ in checks)}")
    names = [f"{name} {check.reference or ''}".strip() for name, check in checks if check.status == status]
    return SiteCheck(status, None, ", ".join(names))


def _name_place(sequence: Sequence, position: int) -> str:
    """What stands at the position."""
    if 1 <= position <= len(sequence.residues):
        return f"{sequence.residues[position - 1]}{position} in {sequence.name}"
    return f"{sequence.name} has {len(sequence.residues)} residues"
