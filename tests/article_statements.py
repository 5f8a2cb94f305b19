"""What two readings of one article have in common: statements as multisets, and the works that each one cites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sigmine.analysis import Analysis
from sigmine.model import Document, Entity, RelationMention

Works = tuple[tuple[int | None, str | None, str | None], ...]
"""Number, PMID and DOI of each work, sorted."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement free of its place; ``part`` is ``text`` or ``table``."""

    part: str
    relation: str
    subject: str
    object: str
    sites: tuple[str, ...]
    negated: bool
    hedged: bool

    def __str__(self) -> str:
        flags = [name for name in ("negated", "hedged") if getattr(self, name)]
        return " ".join([f"{self.relation}({self.subject}, {self.object})", *self.sites, *flags])


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of one part: statements of the reference, found in the format, the same in both, lost and added.

    ``cited`` are the same statements that have works in the reference, ``right`` those of them with the same works,
    ``uncited`` those that have works here and none there.
    """

    reference: int
    found: int
    same: int
    lost: tuple[Claim, ...]
    added: tuple[Claim, ...]
    cited: int
    right: int
    uncited: int


def find_claims(document: Document, analysis: Analysis, *, numbered: bool = True) -> list[tuple[Claim, Works]]:
    """Each statement with its works, in the order of the text; without their numbers if the list prints none."""
    return [(_make_claim(document, mention), _find_works(mention, numbered)) for mention in analysis.relations]


def _make_claim(document: Document, mention: RelationMention) -> Claim:
    section = document.find_section(mention.sentence[0])
    sites = sorted(f"{site.residue}{site.position or ''}" for site in mention.sites)
    part = "table" if section is not None and section.kind == "table" else "text"
    ends = (mention.subject, mention.object)
    return Claim(part, mention.relation, *map(_name, ends), tuple(sites), mention.negated, mention.hedged)


def _name(entity: Entity | None) -> str:
    return "-" if entity is None else entity.curie or f"{entity.type}:{entity.name}"


def _find_works(mention: RelationMention, numbered: bool) -> Works:
    works = {
        (work.number if numbered else None, work.pmid, work.doi) for one in mention.citations for work in one.references
    }
    return tuple(sorted(works, key=str))


def compare(reference: Iterable[tuple[Claim, Works]], other: Iterable[tuple[Claim, Works]], part: str) -> Comparison:
    """Statements of one part of two readings."""
    wanted = Counter(pair for pair in reference if pair[0].part == part)
    found = Counter(pair for pair in other if pair[0].part == part)
    claims, others = _drop_works(wanted), _drop_works(found)
    both = wanted & found
    same = claims & others
    bare_same = _drop_works(Counter({pair: n for pair, n in (wanted & found).items() if not pair[1]}))
    cited = Counter({claim: same[claim] for claim in same})
    uncited = 0
    for claim, count in same.items():
        bare = min(count, sum(n for pair, n in wanted.items() if pair[0] == claim and not pair[1]))
        cited[claim] = count - bare
        uncited += max(0, bare - bare_same[claim])
    right = sum(n for pair, n in both.items() if pair[1])
    return Comparison(
        reference=wanted.total(),
        found=found.total(),
        same=same.total(),
        lost=tuple(sorted((claims - others).elements(), key=str)),
        added=tuple(sorted((others - claims).elements(), key=str)),
        cited=cited.total(),
        right=min(right, cited.total()),
        uncited=uncited,
    )


def _drop_works(pairs: Counter[tuple[Claim, Works]]) -> Counter[Claim]:
    claims: Counter[Claim] = Counter()
    for (claim, _), count in pairs.items():
        claims[claim] += count
    return claims
