"""What a text names: molecules and the like (``Entity``), and residues (``Site``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

ENTITY_TYPES: tuple[str, ...] = (
    "PROTEIN",
    "FAMILY",
    "COMPLEX",
    "CHEMICAL",
    "PROCESS",
    "DISEASE",
    "LOCATION",
    "CELL",
    "SPECIES",
)
"""The types an entity may have; ``SITE`` is a type of mention too, but has its own class."""

MOLECULE_TYPES: frozenset[str] = frozenset({"PROTEIN", "FAMILY", "COMPLEX", "CHEMICAL"})
"""The types that name molecules."""

SiteStatus = Literal[
    "valid", "curated", "initiator_methionine", "isoform", "other_species", "off_by_one", "impossible", "unchecked"
]
"""What is known of a residue on its molecule; ``sigmine.grounding.sites`` says what each means."""

SITE_STATUSES: tuple[SiteStatus, ...] = get_args(SiteStatus)
"""From what fits best to what does not fit, then what nobody could check."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One name in a text.

    Attributes:
        text: the characters as they stand; ``document.text[start:end] == text``.
        start, end: half-open character offsets into ``Document.text``.
        type: one of ``ENTITY_TYPES``.
        name: the standard name (HGNC symbol, FamPlex name, lower-case drug name), or the text where unknown.
        curie: ``hgnc:3942``, ``fplx:AKT``, ``chebi:9168`` ..., or None where the identity is not known.
        score: how sure the identity is, 0 to 1; None where there is no identity.
        source: who found it: ``given``, ``model``, ``lexicon`` or ``abbreviation``.
        long_form: the spelled-out name where the document defines ``text`` as its abbreviation, else None.
        modifiers: what the text says of its state, sorted, e.g. ``("phospho",)``, ``("mutant",)``; empty if nothing.
        alternatives: the CURIEs that a given entity came with where they are several (the members of a family, the
            parts of a composite mention), or those that an ambiguous name may mean; none of them is its identity.
            Empty otherwise.
        reason: why there is no identity ("not in the lexicon", "ambiguous: ACACB, BCL2A1"); None where there is one,
            and before grounding.
    """

    text: str
    start: int
    end: int
    type: str
    name: str
    curie: str | None = None
    score: float | None = None
    source: str = "model"
    long_form: str | None = None
    modifiers: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    reason: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"Entity {self.text!r}: offsets {self.start}:{self.end} are not a half-open span.")


@dataclass(frozen=True, slots=True, order=True)
class Site:
    """A residue that a text names.

    Attributes:
        residue: one letter of the 20 amino acids (``S``).
        position: the number, or None where the text gives only the residue.
        text, start, end: the mention; in a list such as "serines 21 and 9" the second site's text is "9".
        status: whether the molecule that it is said of has this residue there. ``unchecked`` is not ``valid``.
        reference: the residue of the human reference sequence that is meant (``S218``), where the text numbers it
            otherwise and there is no doubt; else None.
        note: what the status rests on, in a few words (``MAP2K1 of the family``, ``480 residues``); empty if nothing.
    """

    residue: str
    position: int | None
    text: str
    start: int
    end: int
    status: SiteStatus = "unchecked"
    reference: str | None = None
    note: str = ""

    @property
    def name(self) -> str:
        """``S473``, or ``S`` where there is no position."""
        return self.residue if self.position is None else f"{self.residue}{self.position}"

    @property
    def standard_name(self) -> str:
        """``reference`` where there is one, else ``name``: what statements are merged by."""
        return self.reference or self.name
