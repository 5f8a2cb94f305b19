"""Statements made up by the million, for measuring the store: the same ones for the same number."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sigmine.assembly import compute_belief
from sigmine.model import Agent, Citation, Entity, Evidence, Reference, RelationMention, Site, Statement, Trigger
from sigmine.model.ids import make_statement_id
from sigmine.model.statement import ClaimType

GENES = 5_000
"""Molecules. The first ``HUBS`` are spoken of much more often than the others, as MTOR is in reviews."""

HUBS = 10
HUB_SHARE = 50  # one statement in so many has a hub for its object
_SITED = ("phosphorylates", "dephosphorylates", "ubiquitinates", "acetylates")
_RELATIONS = (*_SITED, "activates", "inhibits", "increases_amount", "decreases_amount", "inhibits_phosphorylation")
_PAIRS = GENES * GENES
_STEP = 104_729_003  # shares no factor with the number of relations times pairs: every number comes once
_PER_DOCUMENT = 40
_RUN = "5eed5eed5eed5eed"
_TEXT = "In the cells that we looked at, {} {} {}{}, which was seen again when the kinase was kept active [{}]."


def make_statements(number: int) -> Iterator[Statement]:
    """So many statements, each with an id of its own, 1.2 pieces of evidence and as many citations on average.

    Two fifths are on residues; a tenth of the evidence is hedged, a thirtieth denies.
    """
    total = _PAIRS * len(_RELATIONS)
    for index in range(number):
        if index % HUB_SHARE == 0:
            key = index // HUB_SHARE
            ends, relation = (key // HUBS % GENES, key % HUBS), key // HUBS // GENES % len(_RELATIONS)
        else:
            key = index * _STEP % total
            ends, relation = (key % GENES, HUBS + key // GENES % (GENES - HUBS)), key // _PAIRS
        yield _make_statement(index, _RELATIONS[relation], *ends)


def make_gene(number: int) -> Agent:
    """``GENE0042``, with an identifier."""
    return _make_agent(number)


@lru_cache(maxsize=GENES)
def _make_agent(number: int) -> Agent:
    return Agent(f"GENE{number:04}", "PROTEIN", f"hgnc:{number + 100_000}")


def _make_statement(index: int, relation: str, subject: int, object: int) -> Statement:
    agent, patient = _make_agent(subject), _make_agent(object)
    site = None
    if relation in _SITED and index % 10:
        residue = "K" if relation in ("ubiquitinates", "acetylates") else "STY"[index % 3]
        site = (residue, 10 + index * 7 % 1400)
    pieces = 3 if index % 40 == 0 else 2 if index % 7 == 0 else 1
    evidence = tuple(_make_evidence(index, number, relation, agent, patient, site) for number in range(pieces))
    name = None if site is None else f"{site[0]}{site[1]}"
    statement_id = make_statement_id(relation, agent, patient, name)
    return Statement(statement_id, relation, agent, patient, name, evidence, compute_belief(evidence))


def _make_evidence(
    index: int, number: int, relation: str, subject: Agent, object: Agent, site: tuple[str, int] | None
) -> Evidence:
    start = 300 * (index % _PER_DOCUMENT) + 40
    place = f" at {site[0]}{site[1]}" if site else ""
    work = (index * 31 + number * 17) % 200_000
    sentence = _TEXT.format(subject.name, relation, object.name, place, work % 150 + 1)
    first = start + 32
    word = first + len(subject.name) + 1
    second = word + len(relation) + 1
    at = second + len(object.name) + 4
    kind = index * 3 + number
    claim: ClaimType = "hypothesised" if kind % 10 == 0 else "attributed" if kind % 4 == 0 else "asserted"
    citation = Citation(
        start + 5, start + 9, f"[{work % 150 + 1}]", (Reference(work % 150 + 1, str(10_000_000 + work)),)
    )
    mention = RelationMention(
        relation=relation,
        subject=Entity(subject.name, first, first + len(subject.name), "PROTEIN", subject.name, subject.curie, 0.9),
        object=Entity(object.name, second, second + len(object.name), "PROTEIN", object.name, object.curie, 0.9),
        sites=(Site(*site, place[4:], at, at + len(place) - 4),) if site else (),
        trigger=Trigger(relation, word, second - 1),
        rule=f"{relation}/transitive_verb.active",
        sentence=(start, start + len(sentence)),
        negated=kind % 30 == 7,
        claim=claim,
        citations=() if kind % 5 == 0 else (citation,),
    )
    document = f"PMC{7_000_000 + index // _PER_DOCUMENT + number * 50_000}"
    section = "abstract" if index % 9 == 0 else "body"
    return Evidence(document, section, sentence, start, start + len(sentence), mention, run=_RUN)
