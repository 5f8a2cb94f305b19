"""Statements in the formats of other programs. To add one: a module ``write_<format>`` and a line in ``EXPORTS``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO

from sigmine.exports.graphml import write_graphml
from sigmine.exports.jsonl import write_jsonl
from sigmine.exports.sif import write_sif
from sigmine.exports.tsv import write_tsv
from sigmine.exports.turtle import Runs, write_turtle, write_turtle12
from sigmine.model.statement import Statement


@dataclass(frozen=True, slots=True)
class Export:
    """A format.

    Attributes:
        purpose: what it is for.
        lost: what of the statements it does not hold.
        suffix: of its files, with the dot.
        writer: writes statements to a binary file. The same statements give the same bytes, in whatever order.
        run_writer: the same with the runs that read them, for formats that can say what a run was; else None.
    """

    purpose: str
    lost: str
    suffix: str
    writer: Callable[[Iterable[Statement], IO[bytes]], None]
    run_writer: Callable[[Iterable[Statement], IO[bytes], Runs], None] | None = None

    def write(self, statements: Iterable[Statement], file: IO[bytes] | Path, runs: Runs = ()) -> None:
        """Writes to an open binary file, or to a path (replaced if it is there).

        Args:
            runs: manifests of the runs that read the statements, for formats that describe them.
        """
        if isinstance(file, Path):
            with file.open("wb") as stream:
                self.write(statements, stream, runs)
        elif self.run_writer is not None:
            self.run_writer(statements, file, runs)
        else:
            self.writer(statements, file)


_LOST_IN_RDF = (
    "Scores of identities, the places of sites and citation markers, cues, authors and journals of works, pages, the "
    "file's own offsets, the order of the evidence."
)

EXPORTS: Mapping[str, Export] = MappingProxyType(
    {
        "graphml": Export(
            "a network for Cytoscape, yEd, Gephi, igraph or networkx",
            "All evidence but one sentence and the counts. A statement without a subject is no edge: the object's node "
            "names it in stated_without_subject, without belief. Edges of unordered relations have a direction that "
            "means nothing.",
            ".graphml",
            write_graphml,
        ),
        "jsonl": Export(
            "programs: one statement a line with all its evidence, as statements.jsonl of a run",
            "Scores of identities, who found an entity, the texts of the reference list.",
            ".jsonl",
            write_jsonl,
        ),
        "sif": Export(
            "a quick network for Cytoscape",
            "Everything but names and relation: identifiers, sites, belief, evidence; two identities with one name "
            "become one. Statements that all evidence denies are left out; an object without a subject stands alone.",
            ".sif",
            write_sif,
        ),
        "tsv": Export(
            "people and spreadsheets: one row a statement",
            "All evidence but one sentence, the counts and what is cited.",
            ".tsv",
            write_tsv,
        ),
        "turtle": Export(
            "triple stores and other RDF tools: docs/model.md in RDF 1.1, which all of them read",
            _LOST_IN_RDF,
            ".ttl",
            write_turtle,
            write_turtle,
        ),
        "turtle12": Export(
            "RDF 1.2 tools: as turtle, and each statement reifies its triple",
            _LOST_IN_RDF,
            ".ttl",
            write_turtle12,
            write_turtle12,
        ),
    }
)
"""The formats by name."""

__all__ = ["EXPORTS", "Export"]
