"""What is compared: one relation that one passage states, from the gold or from us, in the same form."""

from __future__ import annotations

from dataclasses import dataclass

from sigmine.model import MOLECULE_TYPES
from sigmine.model.ids import UNORDERED

CORE_RELATIONS: tuple[str, ...] = ("phosphorylates", "activates", "inhibits")
"""The relations of the headline score."""

MODIFICATIONS: tuple[str, ...] = (
    "phosphorylates",
    "dephosphorylates",
    "ubiquitinates",
    "deubiquitinates",
    "acetylates",
    "deacetylates",
    "methylates",
    "demethylates",
    "sumoylates",
    "desumoylates",
    "glycosylates",
    "hydroxylates",
    "farnesylates",
    "ribosylates",
)
"""Relations that put a group on a residue or take it off; the text need not name who does it."""

RELATIONS: tuple[str, ...] = (
    *MODIFICATIONS,
    "activates",
    "inhibits",
    "binds",
    "part_of",
    "member_of",
    "increases_amount",
    "decreases_amount",
    "translocates",
    "converts",
    "inhibits_phosphorylation",
)
"""Every relation of the contract."""

SIGNS: dict[str, int] = {
    "activates": 1,
    "increases_amount": 1,
    "inhibits": -1,
    "decreases_amount": -1,
    "inhibits_phosphorylation": -1,
}
"""What a relation does to the activity, amount or phosphorylation of its object; the others do neither."""

PAIR = "pair"
"""Stands for any relation where only the ends are compared; they may be exchanged."""

Span = tuple[int, int]


def overlap(one: Span, other: Span) -> bool:
    """Whether two half-open spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a claim.

    Attributes:
        spans: where it is named, in characters of the file: the mention first, then its aliases in the same sentence.
            Empty where the place in the file is not known.
        name, type, curie: as in ``sigmine.model.Entity``.
    """

    spans: tuple[Span, ...]
    name: str
    type: str
    curie: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """What identifies it: the name in lower case and, where there is one, the CURIE."""
        name = f"name:{self.name.casefold()}"
        return (name,) if self.curie is None else (name, self.curie)

    def has_identity_of(self, other: End) -> bool:
        """Whether the CURIEs or the names, in any case, are equal."""
        if self.curie is not None and self.curie == other.curie:
            return True
        return self.name.casefold() == other.name.casefold()

    def has_characters_of(self, other: End) -> bool:
        """Whether a span of one is exactly a span of the other."""
        return any(span in other.spans for span in self.spans)

    def overlaps(self, other: End) -> bool:
        """Whether a span of one shares a character with a span of the other."""
        return any(overlap(mine, theirs) for mine in self.spans for theirs in other.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One relation between two ends.

    Attributes:
        id: unique within its file.
        document: the document's id.
        subject: None where the text names none.
        sites: ``S473`` or ``S``; empty if none.
        sentence: its half-open characters in the file.
        section: the section's kind.
        negated, hedged, direct: what the passage says of it, as in ``sigmine.model.RelationMention``.
    """

    id: str
    document: str
    relation: str
    subject: End | None
    object: End
    sites: tuple[str, ...] = ()
    sentence: Span
    section: str = "body"
    negated: bool = False
    hedged: bool = False
    direct: bool = True

    @property
    def core(self) -> bool:
        """Whether it belongs to the headline score."""
        return is_core(self)

    @property
    def key(self) -> tuple[str, str, str]:
        """Tells it from every other claim; ids alone may be the same in the gold and in what is scored."""
        return type(self).__name__, self.document, self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStatement(Claim):
    """A claim that an annotator wrote down, or a reading that a curator judged.

    Attributes:
        split: dev or test.
        verdict: of a judged reading ``accepted``, ``rejected`` or ``corrected`` (this is what it should have been);
            empty in gold of whole documents, as are the others.
        error: why it was rejected, or corrected (``sigmine.evaluation.reasons``); empty where nobody says.
        instead: of a rejected reading, the id of the statement that it should have been; empty where there is none.
        curator, time: who judged, and when (ISO 8601).
    """

    cross_sentence: bool = False
    split: str = "dev"
    note: str = ""
    verdict: str = ""
    error: str = ""
    instead: str = ""
    curator: str = ""
    time: str = ""

    @property
    def core(self) -> bool:
        """Core relation, molecules at both ends, and nothing from another sentence is needed to read it."""
        return is_core(self) and not self.cross_sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction(Claim):
    """A claim that we made; ``text`` is its sentence, ``belief`` 0 to 1."""

    text: str = ""
    rule: str = ""
    belief: float = 0.0


def is_core(claim: Claim) -> bool:
    """Whether the relation is one of ``CORE_RELATIONS`` and both ends (or the only end) are molecules."""
    ends = (claim.object,) if claim.subject is None else (claim.subject, claim.object)
    return claim.relation in CORE_RELATIONS and all(end.type in MOLECULE_TYPES for end in ends)


def is_unordered(relation: str) -> bool:
    """Whether the ends of the relation may be exchanged."""
    return relation in UNORDERED or relation == PAIR
