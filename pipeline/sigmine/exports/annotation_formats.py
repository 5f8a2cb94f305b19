"""Formats of annotation tools: sentences with what is marked in them."""

from __future__ import annotations

from sigmine.exports.bioc_json import write_bioc
from sigmine.exports.brat import list_brat_files
from sigmine.exports.export import Export

ANNOTATIONS: dict[str, Export] = {
    "bioc": Export(
        purpose="annotation tools: BioC JSON, sentences with marks and relations",
        lost="The text between the sentences, cues, of what is cited all but identifiers, scores of identities. "
        "Relations are single readings, which name their statements. What has no evidence is only told in words.",
        suffix=".json",
        writer=write_bioc,
    ),
    "brat": Export(
        purpose="brat: the sentences of each document with events",
        lost="As bioc; offsets are those of the sentences put together, only notes tell the places in the document.",
        suffix=".zip",
        members=list_brat_files,
    ),
}
