"""``sigmine citations``: the papers that the statements of a run rest on."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.stores import OutArgument, open_run
from sigmine.cli.terminal import make_console, open_output, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sigmine.assembly.papers import CitedStatement, CitedWorks, Paper


def citations(
    out: OutArgument,
    paper: Annotated[
        str | None,
        typer.Option(
            "--paper",
            metavar="NUMBER|PMID|DOI",
            help="This paper only, with the sentences that cite it.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines, one paper or unresolved marker a line.")] = False,
    bibtex: Annotated[
        Path | None,
        typer.Option("--bibtex", metavar="FILE", help="Write the papers to FILE as BibTeX.", show_default=False),
    ] = None,
) -> None:
    """Show the papers that the statements of a run rest on, those of most statements first.

    \b
    Examples:
      sigmine citations out
      sigmine citations out --paper 3
      sigmine citations out --bibtex papers.bib

    Markers that lead to no entry of a reference list follow as they stand. Exit code: 0; 1 the store cannot be read,
    or no paper has that number or identifier; 2 wrong usage.
    """
    from sigmine.assembly.bibtex import format_bibtex, make_keys
    from sigmine.assembly.papers import collect_papers, find_papers

    with open_run(out) as store:
        works = collect_papers(store.find_statements())
    chosen = works.papers if paper is None else tuple(find_papers(works.papers, paper))
    if paper is not None and not chosen:
        tell(f"no statement of {out} cites a paper with the number, PMID or DOI {paper!r}.")
        raise typer.Exit(1)
    if bibtex is not None:
        with open_output(bibtex) as stream:
            stream.write(format_bibtex(chosen, make_keys(works.papers)).encode())
        tell(f"{len(chosen)} entries written to {bibtex}.")
    if as_json:
        _show_json(works, chosen, unresolved=paper is None)
    elif bibtex is None:
        _show_text(works, chosen, alone=paper is not None)


def _show_json(works: CitedWorks, chosen: Sequence[Paper], *, unresolved: bool) -> None:
    from sigmine.assembly.bibtex import make_keys
    from sigmine.assembly.papers import paper_to_json, unresolved_to_json

    keys = make_keys(works.papers)
    rows = [paper_to_json(paper, keys[paper.id]) for paper in chosen]
    if unresolved:
        rows += [unresolved_to_json(item) for item in works.unresolved]
    for row in rows:
        typer.echo(json.dumps(row, ensure_ascii=False))


def _show_text(works: CitedWorks, chosen: Sequence[Paper], *, alone: bool) -> None:
    from sigmine.assembly.papers import describe_work
    from sigmine.exports.cells import flatten_text

    print_line = partial(make_console().print, soft_wrap=True)
    for paper in chosen:
        numbers = ", ".join(name if number is None else f"{name} [{number}]" for name, number in paper.places)
        ids = [name for name in (paper.id,) if ":" in name]
        print_line(f"{len(paper.statements)}  {flatten_text(describe_work(paper.reference))}")
        print_line("   " + "; ".join([numbers, *ids]))
        _show_statements(paper.statements, sentences=alone)
    if alone:
        return
    if works.unresolved:
        print_line("Markers that lead to no entry:")
    for item in works.unresolved:
        print_line(f"{len(item.statements)}  {flatten_text(item.marker)}  {item.document}")
        _show_statements(item.statements, sentences=False)
    if not works.papers and not works.unresolved:
        tell("no statement cites a paper.")


def _show_statements(statements: Iterable[CitedStatement], *, sentences: bool) -> None:
    from sigmine.assembly.papers import name_statement
    from sigmine.exports.cells import flatten_text

    print_line = partial(make_console().print, soft_wrap=True)
    for item in statements:
        print_line(f"     {flatten_text(name_statement(item.statement))}")
        for evidence in item.evidence if sentences else ():
            print_line(f"       {evidence.document}: {flatten_text(evidence.sentence)}")
