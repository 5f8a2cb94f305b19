"""Statements of every relation, for the formats of other programs: true biology, said in few words."""

from __future__ import annotations

from dataclasses import replace

from sigmine.assembly import assemble
from sigmine.assembly.vocabulary import load_relation_terms
from sigmine.model import Entity, Evidence, Reference, Statement
from store.builders import make_evidence

NAMES: dict[str, tuple[str, str, str | None]] = {
    "AKT": ("FAMILY", "AKT", "fplx:AKT"),
    "AKT1": ("PROTEIN", "AKT1", "hgnc:391"),
    "TSC2": ("PROTEIN", "TSC2", "hgnc:12363"),
    "RHEB": ("PROTEIN", "RHEB", "hgnc:10011"),
    "mTORC1": ("COMPLEX", "mTORC1", "fplx:mTORC1"),
    "proteasome": ("COMPLEX", "proteasome complex", "go:0000502"),
    "rapamycin": ("CHEMICAL", "sirolimus", "chebi:9168"),
    "U0126": ("CHEMICAL", "U0126", "mesh:C113580"),
    "OSI-027": ("CHEMICAL", "OSI-027", "pubchem.compound:56965966"),
    "PIP2": ("CHEMICAL", "PIP2", "chebi:18348"),
    "apoptosis": ("PROCESS", "apoptotic process", "go:0006915"),
    "diabetes": ("DISEASE", "Diabetes Mellitus", "mesh:D003920"),
    "IκB\"α\\": ("PROTEIN", "IκB\"α\\", None),
    "PKCβ": ("FAMILY", "PKCβ", None),
    "nucleus": ("LOCATION", "nucleus", "go:0005634"),
    "T cells": ("CELL", "T cell", "cl:0000084"),
}  # fmt: skip
_WORKS = (Reference(7, pmid="12150915"), Reference(8, doi="10.1000/x<1>y"))


def find_entity(sentence: str, text: str) -> Entity:
    type, name, curie = NAMES[text]
    start = sentence.index(text)
    return Entity(text, start, start + len(text), type, name, curie)


def say(subject: str | None, relation: str, object: str, site: str = "", **flags: object) -> Evidence:
    """Evidence for it, in a sentence that holds what text may hold."""
    label = load_relation_terms()[relation].label
    sentence = f'{subject or "It"} <{label}> {object} & "others"\\ at {site or "once"} [7].'
    ends = [None if end is None else find_entity(sentence, end) for end in (subject, object)]
    evidence = make_evidence(sentence, relation, ends[0], ends[1], **({"site": site} | flags))  # type: ignore[arg-type]
    return replace(evidence, end=evidence.start + len(sentence))


def make_every_relation() -> tuple[Statement, ...]:
    """Each relation plain and indirect, denied and hedged; with and without a site and a subject where it may be."""
    evidence = [
        say(subject, relation, object, start=1000 * number, **flags)
        for number, (subject, relation, object, flags) in enumerate(
            (subject, relation, object, flags)
            for relation in load_relation_terms()
            for subject, object, flags in (
                ("AKT1", "TSC2", {"references": _WORKS}),
                ("AKT", "mTORC1", {"direct": False, "document": "PMC4253687"}),
                ("RHEB", "PKCβ", {"negated": True}),
                ("PKCβ", "RHEB", {"hedged": True}),
            )
        )
    ]
    evidence += [
        say("AKT1", "phosphorylates", "TSC2", "S939", document="25242279"),
        say("AKT1", "phosphorylates", "TSC2", "S939", document="beta", negated=True),
        say("AKT1", "phosphorylates", "TSC2", "S"),
        say(None, "phosphorylates", "TSC2", "T1462", hedged=False),
        say(None, "dephosphorylates", "TSC2", "T1462"),
        say(None, "translocates", "AKT1"),
        say("AKT1", "acetylates", "RHEB", "K99"),
        say("AKT1", "methylates", "RHEB", "R99"),
        say("rapamycin", "inhibits", "mTORC1"),
        say("U0126", "inhibits", "AKT"),
        say("OSI-027", "inhibits_phosphorylation", "AKT1", "S473"),
        say("AKT1", "inhibits", "apoptosis"),
        say("apoptosis", "activates", "AKT1"),
        say("rapamycin", "increases_amount", "diabetes"),
        say("AKT1", "converts", "PIP2", start=99),
        say("rapamycin", "binds", "mTORC1"),
        say("TSC2", "part_of", "proteasome"),
        say("PKCβ", "activates", 'IκB"α\\'),
        say("AKT1", "activates", "T cells"),
        say("AKT1", "translocates", "nucleus"),
    ]
    return assemble(evidence)
