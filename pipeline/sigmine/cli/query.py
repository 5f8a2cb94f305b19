"""``sigmine query``: the statements of a run, by name or by SPARQL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.options import PrecisionGoldOption, PrecisionOption
from sigmine.cli.precision import choose_belief
from sigmine.cli.query_answer import ask_store, check_question, show_names, show_result, show_table
from sigmine.cli.terminal import tell
from sigmine.errors import StoreError

if TYPE_CHECKING:
    from sigmine.model.entity import SiteStatus
    from sigmine.model.statement import ClaimType, Statement
    from sigmine.store import StatementStore

_OUT = typer.Argument(
    metavar="OUT",
    help="Output folder of a run, or a store: its folder, or the address of a SPARQL endpoint.",
    show_default=False,
)
OutArgument = Annotated[str, _OUT]
OptionalOutArgument = Annotated[str | None, _OUT]
RelationOption = Annotated[
    str | None, typer.Option(metavar="R", help="This relation only, e.g. phosphorylates.", show_default=False)
]
BeliefOption = Annotated[float, typer.Option(min=0.0, max=1.0, metavar="X", help="Belief of at least X.")]
NoHedgedOption = Annotated[bool, typer.Option("--no-hedged", help="Leave out what is only hedged (may, might ...).")]
NoNegatedOption = Annotated[bool, typer.Option("--no-negated", help="Leave out what is only denied.")]
SiteOption = Annotated[
    str | None, typer.Option(metavar="SITE", help="Residue, in any notation: S473, Ser473.", show_default=False)
]
SiteStatusOption = Annotated[
    str | None,
    typer.Option(metavar="STATUS", help="With a residue of this status, e.g. impossible.", show_default=False),
]
ClaimOption = Annotated[
    list[str] | None,
    typer.Option(
        "--claim",
        metavar="TYPE",
        help="With evidence of this type: asserted, attributed, hypothesised, open_question, contradicted. Repeatable.",
        show_default=False,
    ),
]


_SubjectOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Name or CURIE of the subject.", show_default=False)
]
_ObjectOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Name or CURIE of the object.", show_default=False)
]
_SiteOption = Annotated[
    str | None, typer.Option(metavar="SITE", help="Residue, in any notation: S473, Ser473.", show_default=False)
]
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


def query(
    out: OptionalOutArgument = None,
    relation: RelationOption = None,
    subject: _SubjectOption = None,
    object: _ObjectOption = None,
    site: SiteOption = None,
    site_status: SiteStatusOption = None,
    min_belief: BeliefOption = 0.0,
    precision: PrecisionOption = None,
    gold: PrecisionGoldOption = None,
    no_hedged: NoHedgedOption = False,
    no_negated: NoNegatedOption = False,
    claim: ClaimOption = None,
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
      sigmine query out --name kinases-of --arg MTOR
      sigmine query http://127.0.0.1:7878 --name neighbours --arg RHEB --tsv
      sigmine query out --sparql 'SELECT ?label { ?s a sigmine:Statement ; rdfs:label ?label }'

    A name is the standard one or one that the texts use. docs/model.md tells what SPARQL can ask. Exit code: 0, also
    where nothing fits; 1 the store cannot be read; 2 wrong usage.
    """
    if names:
        show_names(as_json)
        return
    if out is None:
        raise typer.BadParameter("Name the output folder of a run, or a store: sigmine query OUT ...")
    filters = (relation, subject, object, site, site_status, min_belief, precision, gold, no_hedged, no_negated, claim)
    if check_question({"--sparql": sparql, "--name": name, "--query-file": query_file}, arg, filters, as_tsv):
        with open_run(out) as store:
            show_result(ask_store(store, sparql, name, query_file, arg or ()), as_json, as_tsv)
        return
    statements = find_in_run(
        out,
        choose_belief(out, min_belief, precision, gold),
        relation=relation,
        subject=subject,
        object=object,
        site=_parse_site(site),
        site_status=_parse_status(site_status),
        no_hedged=no_hedged,
        no_negated=no_negated,
        claim=claim,
    )
    if not statements:
        tell("no statement fits.")
    _show_statements(statements, as_json)


def find_in_run(
    out: str,
    min_belief: float,
    *,
    relation: str | None,
    no_hedged: bool,
    no_negated: bool,
    claim: list[str] | None,
    subject: str | None = None,
    object: str | None = None,
    site: str | None = None,
    site_status: SiteStatus | None = None,
) -> list[Statement]:
    """The statements that fit what is given on the command line; a relation that there is not ends the program."""
    with open_run(out) as store:
        found = list(
            store.find_statements(
                relation=relation,
                subject=subject,
                object=object,
                site=site,
                min_belief=min_belief,
                negated=False if no_negated else None,
                hedged=False if no_hedged else None,
                claims=parse_claims(claim),
                site_status=site_status,
            )
        )
    if not found:
        check_relation(relation)
    return found


@contextmanager
def open_run(out: str) -> Iterator[StatementStore]:
    """The store of an output folder, or of a folder or an endpoint, to read.

    Ends the program with 2 where there is none, with 1 where it fails.
    """
    from sigmine.knowledge import find_store
    from sigmine.store import open_store

    place = find_store(out)
    if isinstance(place, Path) and not place.is_dir():
        if not Path(out).is_dir():
            raise typer.BadParameter(f"There is no folder {out}. Name the output folder of `sigmine run`.")
        raise typer.BadParameter(f"{out} has no folder store/; it was not written by `sigmine run`.")
    try:
        with open_store(place, read_only=True) as store:
            yield store
    except StoreError as error:
        tell(str(error))
        raise typer.Exit(1) from error


def parse_claims(names: list[str] | None) -> list[ClaimType] | None:
    """The types of claims that are asked for; None for all. Ends the program with 2 if there is no such type."""
    from sigmine.model.statement import CLAIM_TYPES

    known: dict[str, ClaimType] = {name: name for name in CLAIM_TYPES}
    for name in names or ():
        if name not in known:
            raise typer.BadParameter(f"There is no type of claim {name!r}. Known: {', '.join(known)}.")
    return [known[name] for name in names] if names else None


def check_relation(relation: str | None) -> None:
    """Ends the program with 2 if there is no such relation, naming those there are."""
    from difflib import get_close_matches

    from sigmine.assembly.vocabulary import load_relation_terms

    known = load_relation_terms()
    if relation is not None and relation not in known:
        near = get_close_matches(relation, known, n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        raise typer.BadParameter(f"There is no relation {relation!r}. {hint}Known: {', '.join(known)}.")


def _parse_site(text: str | None) -> str | None:
    """``S473`` for any notation of one residue; a letter alone is a residue without a position."""
    from sigmine.nlp.sites import find_sites

    if text is None:
        return None
    if re.fullmatch(r"[A-Za-z]\d*", text):
        return text.upper()
    names = [site.name for site in find_sites(text)]
    if len(names) != 1:
        raise typer.BadParameter(f"{text!r} is not one residue; write it like S473, Ser473 or S.")
    return names[0]


def _parse_status(name: str | None) -> SiteStatus | None:
    """The status; ends the program with 2 if there is none of that name."""
    from sigmine.model.entity import SITE_STATUSES

    known: dict[str, SiteStatus] = {status: status for status in SITE_STATUSES}
    if name is not None and name not in known:
        raise typer.BadParameter(f"There is no status {name!r} of a residue. Known: {', '.join(known)}.")
    return None if name is None else known[name]


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
