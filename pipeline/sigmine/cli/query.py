"""``sigmine query``: the statements of a run, by name or by SPARQL."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.option_groups import take_groups
from sigmine.cli.query_answer import ask_store, check_question, show_names, show_result, show_table
from sigmine.cli.statement_filters import StatementFilters
from sigmine.cli.stores import OptionalOutArgument, open_run
from sigmine.cli.terminal import tell

if TYPE_CHECKING:
    from sigmine.model.statement import Statement

_JsonOption = Annotated[
    bool, typer.Option("--json", help="JSON: a line for each statement, or the standard form of SPARQL results.")
]
_SparqlOption = Annotated[
    str | None, typer.Option(metavar="QUERY", help="Ask this SPARQL query instead.", show_default=False)
]
_NameOption = Annotated[
    str | None,
    typer.Option("--name", metavar="QUERY", help="Ask a query with a name; see --names.", show_default=False),
]
_FileOption = Annotated[
    Path | None, typer.Option("--query-file", metavar="FILE", help="Ask the query of a .rq file.", show_default=False)
]
_ArgOption = Annotated[
    list[str] | None,
    typer.Option("--arg", metavar="VALUE", help="For --name and --query-file: name or CURIE.", show_default=False),
]


@take_groups
def query(
    out: OptionalOutArgument = None,
    *,
    filters: StatementFilters,
    sparql: _SparqlOption = None,
    name: _NameOption = None,
    query_file: _FileOption = None,
    arg: _ArgOption = None,
    names: Annotated[bool, typer.Option("--names", help="List the queries with a name.")] = False,
    as_json: _JsonOption = False,
    as_tsv: Annotated[bool, typer.Option("--tsv", help="Of a query: tab-separated values.")] = False,
) -> None:
    """Show statements of a run, or answer a query about them.

    \b
    Examples:
      sigmine query out --object AKT1 --relation phosphorylates
      sigmine query out --subject hgnc:3942 --precision 0.9 --json
      sigmine query out --around MTOR --relation activates --relation inhibits --section abstract
      sigmine query out --name kinases-of --arg MTOR
      sigmine query http://127.0.0.1:7878 --name neighbours --arg RHEB --tsv
      sigmine query out --sparql 'SELECT ?label { ?s a sigmine:Statement ; rdfs:label ?label }'

    A name is the standard one or one that the texts use; what is given must all fit. docs/model.md tells what SPARQL
    can ask. Exit code: 0, also where nothing fits; 1 the store cannot be read; 2 wrong usage.
    """
    if names:
        show_names(as_json)
        return
    if out is None:
        raise typer.BadParameter("Name the output folder of a run, or a store: sigmine query OUT ...")
    ways = {"--sparql": sparql, "--name": name, "--query-file": query_file}
    if check_question(ways, arg, filters.given, as_tsv):
        with open_run(out) as store:
            show_result(ask_store(store, sparql, name, query_file, arg or ()), as_json, as_tsv)
        return
    statements = filters.find_statements(out)
    if not statements:
        tell("no statement fits.")
    _show_statements(statements, as_json)


def _show_statements(statements: Iterable[Statement], as_json: bool) -> None:
    from sigmine.assembly.support import count_support, describe_support, statement_to_row
    from sigmine.exports.cells import find_example_sentence, flatten_text, name_site

    if as_json:
        for statement in statements:
            typer.echo(json.dumps(statement_to_row(statement), ensure_ascii=False))
        return
    rows = [
        (
            flatten_text(statement.subject.name) if statement.subject else "",
            _name_relation(statement),
            flatten_text(statement.object.name),
            name_site(statement),
            f"{statement.belief:.2f}",
            describe_support(count_support(statement.evidence)),
            find_example_sentence(statement),
        )
        for statement in statements
    ]
    if rows:
        show_table(("subject", "relation", "object", "site", "belief", "evidence", "sentence"), rows)


def _name_relation(statement: Statement) -> str:
    """The relation with what its evidence takes back: ``inhibits (denied)``."""
    from sigmine.assembly.triples import is_denied

    supporting = [item.mention for item in statement.evidence if not item.mention.opposes]
    notes = {
        "denied": is_denied(statement),
        "hedged": bool(supporting) and all(mention.hedged for mention in supporting),
        "indirectly": not statement.direct,
    }
    words = [word for word, holds in notes.items() if holds]
    return f"{statement.relation} ({', '.join(words)})" if words else statement.relation
