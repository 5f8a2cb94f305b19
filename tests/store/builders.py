"""Statements in few words, for the tests of the store and the exports; the sentences are made up."""

from __future__ import annotations

from dataclasses import replace

from sigmine.assembly import assemble
from sigmine.model import Citation, Entity, Evidence, Reference, RelationMention, Site, Statement, Trigger

CURIES = {"AKT1": "hgnc:391", "TSC2": "hgnc:12363", "MTOR": "hgnc:3942", "RHEB": "hgnc:10011", "AKT": "fplx:AKT"}


def make_entity(sentence: str, text: str, *, name: str = "", type: str = "PROTEIN") -> Entity:
    """The first occurrence of ``text``; its CURIE where the name is in ``CURIES``."""
    name = name or text
    start = sentence.index(text)
    return Entity(text, start, start + len(text), type, name, CURIES.get(name))


def make_evidence(
    sentence: str,
    relation: str,
    subject: str | Entity | None,
    object: str | Entity,
    *,
    site: str = "",
    document: str = "alpha",
    start: int = 0,
    prior: float = 0.8,
    negated: bool = False,
    hedged: bool = False,
    direct: bool = True,
    references: tuple[Reference, ...] = (),
) -> Evidence:
    """What one rule read in ``sentence``, which begins at ``start`` of the document."""

    def find(end: str | Entity) -> Entity:
        entity = make_entity(sentence, end) if isinstance(end, str) else end
        return replace(entity, start=entity.start + start, end=entity.end + start)

    mention = RelationMention(
        relation=relation,
        subject=find(subject) if subject else None,
        object=find(object),
        sites=(Site(site[0], int(site[1:]) if site[1:] else None, site, start, start + 1),) if site else (),
        trigger=Trigger(sentence[:1], start, start + 1),
        rule=f"{relation}/transitive_verb.active",
        sentence=(start, start + len(sentence)),
        negated=negated,
        claim="hypothesised" if hedged else "asserted",
        direct=direct,
        prior=prior,
        citations=(Citation(start, start + 1, "[7]", references),) if references else (),
    )
    return Evidence(document, "body", sentence, start, start + len(sentence), mention)


PLAIN = make_evidence(
    "In our hands AKT1 phosphorylates TSC2 at S939 [7].", "phosphorylates", "AKT1", "TSC2", site="S939",
    references=(Reference(7, pmid="12345", title="A made-up title"), Reference(8, doi="10.1000/x<1>y")),
)  # fmt: skip
HEDGED = make_evidence(
    "It may be that AKT1 phosphorylates TSC2 at S939.", "phosphorylates", "AKT1", "TSC2", site="S939",
    document="beta", hedged=True,
)  # fmt: skip
DENIED = make_evidence("RHEB never inhibits MTOR.", "inhibits", "RHEB", "MTOR", start=100, negated=True)
ACTIVE = make_evidence("RHEB activates MTOR.", "activates", "RHEB", "MTOR", document="beta", start=60)
NO_SUBJECT = make_evidence("TSC2 is phosphorylated at T1462.", "phosphorylates", None, "TSC2", site="T1462", start=200)
UNGROUNDED = make_evidence(
    'PKCβ "tightly"\tbinds <script>alert(1)</script> & IκBα.', "binds",
    Entity("PKCβ", 0, 4, "PROTEIN", "PKCβ"),
    Entity("<script>alert(1)</script>", 21, 46, "FAMILY", "<script>alert(1)</script>"),
    document="γ-notes \"1\"", start=300,
)  # fmt: skip
INDIRECT = make_evidence("Insulin brings about AKT phosphorylation.", "phosphorylates",
    Entity("Insulin", 0, 7, "CHEMICAL", "insulin", "chebi:145810"), Entity("AKT", 21, 24, "FAMILY", "AKT", "fplx:AKT"),
    document="beta", direct=False, start=400,
)  # fmt: skip
FORMULA = make_evidence(
    "=HYPERLINK(1) activates RHEB.", "activates", Entity("=HYPERLINK(1)", 0, 13, "CHEMICAL", "=HYPERLINK(1)"), "RHEB",
    document="-1+2", start=500,
)  # fmt: skip

ALL = (PLAIN, HEDGED, DENIED, ACTIVE, NO_SUBJECT, UNGROUNDED, INDIRECT, FORMULA)


def make_statements(*evidence: Evidence) -> tuple[Statement, ...]:
    """Statements of the evidence, of ``ALL`` if none is given."""
    return assemble(evidence or ALL)
