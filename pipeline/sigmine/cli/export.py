"""``sigmine export``: the statements of a run in another format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sigmine.cli.options import PrecisionGoldOption, PrecisionOption
from sigmine.cli.precision import choose_belief
from sigmine.cli.query import (
    BeliefOption,
    ClaimOption,
    NoHedgedOption,
    NoNegatedOption,
    OutArgument,
    RelationOption,
    find_in_run,
)
from sigmine.cli.terminal import open_output, tell

if TYPE_CHECKING:
    from sigmine.exports import Export


def export(
    out: OutArgument,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="graphml, jsonl, sif, tsv, turtle or turtle12.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to FILE instead of standard output.", show_default=False
        ),
    ] = None,
    relation: RelationOption = None,
    min_belief: BeliefOption = 0.0,
    precision: PrecisionOption = None,
    gold: PrecisionGoldOption = None,
    no_hedged: NoHedgedOption = False,
    no_negated: NoNegatedOption = False,
    claim: ClaimOption = None,
) -> None:
    """Write the statements of a run in a format of other programs.

    \b
    Formats:
      graphml  a network for Cytoscape, yEd, Gephi, igraph or networkx
      jsonl    programs: one statement a line with all its evidence
      sif      a quick network for Cytoscape: names and relation only
      tsv      people and spreadsheets: one row a statement
      turtle   triple stores and other RDF tools (RDF 1.1: all of them)
      turtle12 RDF 1.2 tools: each statement also reifies its triple
    \b
    Examples:
      sigmine export out --format graphml -o network.graphml
      sigmine export out --format tsv --min-belief 0.7 --no-hedged --no-negated > sure.tsv
      sigmine export out --format tsv --precision 0.95 > sure.tsv

    Exit code: 0; 1 the store cannot be read; 2 wrong usage.
    """
    writer = _get_export(format)
    belief = choose_belief(out, min_belief, precision, gold)
    statements = find_in_run(out, belief, relation=relation, no_hedged=no_hedged, no_negated=no_negated, claim=claim)
    if not statements:
        tell("no statement fits; the file is empty of statements.")
    with open_output(output) as stream:
        writer.write(statements, stream, _read_runs(Path(out)))


def _read_runs(out: Path) -> list[dict[str, Any]]:
    """What the manifest says of the runs that read the documents; empty where there is none beside the store."""
    from sigmine.manifest import MANIFEST, is_output

    if not is_output(out):
        return []
    rows = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    return [*rows.get("earlier_runs", ()), rows]


def _get_export(name: str) -> Export:
    from sigmine.exports import EXPORTS

    if name not in EXPORTS:
        formats = "; ".join(f"{known} ({export.purpose})" for known, export in EXPORTS.items())
        raise typer.BadParameter(f"There is no format {name!r}. Known: {formats}.")
    return EXPORTS[name]
