"""``sigmine contradictions``: statements of a run that cannot both hold as they stand."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sigmine.cli.options import BeliefOption, JsonLinesOption, RelationOption
from sigmine.cli.statement_filters import check_relation
from sigmine.cli.stores import OutArgument, open_run
from sigmine.cli.terminal import make_console, tell

if TYPE_CHECKING:
    from sigmine.assembly.contradictions import Contradiction, Side
    from sigmine.model.statement import Evidence


def contradictions(
    out: OutArgument,
    relation: RelationOption = None,
    min_belief: BeliefOption = 0.0,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="The first N only.", show_default=False)
    ] = None,
    as_json: JsonLinesOption = False,
) -> None:
    """Show statements that cannot both hold: activates against inhibits, a statement against its denial.

    \b
    Examples:
      sigmine contradictions out --limit 10
      sigmine contradictions out --min-belief 0.8 --json

    Those with most weight on both sides come first; those within one sentence, which mostly names the conditions of
    each, and those of a family and its member stand behind. Both sides are shown with their surest sentence, its
    document and the papers it cites. --min-belief asks for it on both sides, --relation on one.

    Exit code: 0, also where there is none; 1 the store cannot be read; 2 wrong usage.
    """
    from sigmine.assembly.contradictions import find_contradictions

    check_relation(relation)
    with open_run(out) as store:
        found = find_contradictions(store.find_statements())
    chosen = [
        one
        for one in found
        if one.belief >= min_belief and relation in (None, one.first.statement.relation, one.second.statement.relation)
    ]
    for number, one in enumerate(chosen[:limit], start=1):
        if as_json:
            typer.echo(json.dumps(_make_row(one), ensure_ascii=False))
        else:
            _show(number, one)
    if not chosen:
        tell("no contradiction.")
    elif limit is not None and len(chosen) > limit:
        tell(f"{len(chosen) - limit} more.")


def _show(number: int, found: Contradiction) -> None:
    from sigmine.assembly.contradictions import KIND_NAMES, SCOPE_NAMES

    print_line = partial(make_console().print, soft_wrap=True)
    print_line(
        f"{number}. {KIND_NAMES[found.kind]}, {SCOPE_NAMES[found.scope]}; belief of the weaker side {found.belief:.2f}"
    )
    for side in (found.first, found.second):
        _show_side(side)


def _show_side(side: Side) -> None:
    from sigmine.assembly.support import describe_support
    from sigmine.assembly.triples import make_label
    from sigmine.exports.cells import flatten_text

    print_line = partial(make_console().print, soft_wrap=True)
    denied = "denied: " if side.denies else ""
    label = flatten_text(make_label(side.statement))
    print_line(f"   {denied}{label}  {side.belief:.2f}  {describe_support(side.support)}  [{side.statement.id}]")
    example = side.evidence[0]
    cited = ", ".join(_list_works(example))
    print_line(f"     {example.document}: {flatten_text(example.sentence)}")
    if cited:
        print_line(f"     cites {flatten_text(cited)}")


def _list_works(evidence: Evidence) -> list[str]:
    from sigmine.exports.cells import find_works

    return find_works([evidence])


def _make_row(found: Contradiction) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "scope": found.scope,
        "belief": round(found.belief, 4),
        "sides": [_make_side(side) for side in (found.first, found.second)],
    }


def _make_side(side: Side) -> dict[str, Any]:
    from sigmine.assembly.support import support_to_json
    from sigmine.assembly.triples import make_label
    from sigmine.model.json import evidence_to_json

    return {
        "id": side.statement.id,
        "label": make_label(side.statement),
        "relation": side.statement.relation,
        "denies": side.denies,
        "belief": round(side.belief, 4),
        "support": support_to_json(side.support),
        "evidence": [evidence_to_json(item, item.mention.prior) for item in side.evidence],
    }
