"""What a run was, as PROV-O: the program with its version, and the rules and data it used, by their hashes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sigmine.assembly.terms import Triple, make_iri, make_literal, term_iri
from sigmine.resources.prefixes import PREFIXES

_TYPE = term_iri("rdf:type")
_LABEL = term_iri("rdfs:label")
_ENTITY = term_iri("prov:Entity")
_USED = term_iri("prov:used")
_SHA256 = term_iri("sigmine:sha256")
_VERSION = term_iri("sigmine:version")
_AGENT = term_iri("prov:SoftwareAgent")


def make_run_triples(manifest: Mapping[str, Any]) -> Iterator[Triple]:
    """The run that wrote a manifest (``sigmine.manifest.describe_program``); what it leaves out is not said.

    The rules are the plan that the program followed; model, lexicon and other data are entities that the run used,
    each named by its content, so that two runs with the same rules share them.
    """
    run = make_iri(PREFIXES["run"], str(manifest["run"]))
    version = str(manifest.get("version") or "unknown")
    program = make_iri(PREFIXES["program"], str(manifest.get("program", "sigmine")), version)
    association = make_iri(PREFIXES["run"], str(manifest["run"]), "association")
    yield run, _TYPE, term_iri("prov:Activity")
    yield run, _LABEL, make_literal(f"run {manifest['run']} of sigmine {version}")
    yield run, term_iri("prov:wasAssociatedWith"), program
    yield run, term_iri("prov:qualifiedAssociation"), association
    yield association, _TYPE, term_iri("prov:Association")
    yield association, term_iri("prov:agent"), program
    yield from _make_software(program, "sigmine", version)
    if "options" in manifest:
        yield run, term_iri("sigmine:options"), make_literal(json.dumps(manifest["options"], sort_keys=True))
    for name, digest in sorted(manifest.get("sha256", {}).items()):
        entity = make_iri(PREFIXES["data"], name, digest)
        yield entity, _TYPE, _ENTITY
        yield entity, _LABEL, make_literal(name)
        yield entity, _SHA256, make_literal(digest)
        yield run, _USED, entity
        if name == "rules":
            yield entity, _TYPE, term_iri("prov:Plan")
            yield association, term_iri("prov:hadPlan"), entity
    for name, number in sorted(manifest.get("dependencies", {}).items()):
        if number:
            library = make_iri(PREFIXES["program"], name, number)
            yield run, term_iri("prov:wasAssociatedWith"), library
            yield from _make_software(library, name, number)


def _make_software(node: str, name: str, version: str) -> Iterator[Triple]:
    yield node, _TYPE, _AGENT
    yield node, _LABEL, make_literal(f"{name} {version}")
    yield node, _VERSION, make_literal(version)
