"""``sigmine refinements``: which statements of a run say more than which."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.options import BeliefOption, JsonLinesOption, RelationOption
from sigmine.cli.statement_filters import check_relation
from sigmine.cli.stores import OutArgument, open_run
from sigmine.cli.terminal import make_console, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sigmine.assembly.refinements import Refinements
    from sigmine.model.statement import Statement

_INDENT = "  "


def refinements(
    out: OutArgument,
    statement: Annotated[
        str | None,
        typer.Option(
            "--statement", metavar="ID", help="What refines this one, and what it refines.", show_default=False
        ),
    ] = None,
    relation: RelationOption = None,
    min_belief: BeliefOption = 0.0,
    as_json: JsonLinesOption = False,
) -> None:
    """Show which statements say more than which: general ones first, what refines them indented below.

    \b
    A statement refines another if it says the same or more in each respect:
      the subject is named, or a member of the family, or the only such complex's part
      the residue is given: AKT1 phosphorylates TSC2 at S939 refines AKT phosphorylates TSC2
      it is direct
    \b
    Examples:
      sigmine refinements out --relation phosphorylates
      sigmine refinements out --statement 9bb00f07d0f9ba1e
      sigmine refinements out --json

    Each line has the belief, the belief with the evidence of what refines it, and the sentences behind it. --min-belief
    leaves out statements whose own belief is lower. Exit code: 0, also where nothing refines anything; 1 the store
    cannot be read, or there is no such statement; 2 wrong usage.
    """
    from sigmine.assembly.refinements import find_refinements

    check_relation(relation)
    with open_run(out) as store:
        found = find_refinements(store.find_statements(relation=relation, min_belief=min_belief))
    if statement is not None and statement not in found.statements:
        tell(f"{out} has no statement {statement!r}{' that fits' if relation or min_belief else ''}.")
        raise typer.Exit(1)
    related = [one for one in found.statements if found.general[one] or found.specific[one]]
    if as_json:
        for one in related if statement is None else [statement]:
            typer.echo(json.dumps(_make_row(found, one), ensure_ascii=False))
        return
    print_line = partial(make_console().print, soft_wrap=True)
    if statement is not None:
        _print_around(found, statement)
    else:
        for one in _sort(found, [one for one in related if not found.general[one]]):
            for line in _draw(found, one, 0):
                print_line(line)
    if not related:
        tell("no statement refines another.")


def _print_around(found: Refinements, statement: str) -> None:
    """What it refines, itself, and what refines it."""
    print_line = partial(make_console().print, soft_wrap=True)
    for one in _sort(found, found.general[statement]):
        print_line(_describe(found, one, 0))
    depth = 1 if found.general[statement] else 0
    for line in _draw(found, statement, depth):
        print_line(line)


def _draw(found: Refinements, statement: str, depth: int) -> Iterator[str]:
    """The statement and, below it, what refines it. The order has no cycles, so this ends."""
    yield _describe(found, statement, depth)
    for one in _sort(found, found.specific[statement]):
        yield from _draw(found, one, depth + 1)


def _sort(found: Refinements, ids: Sequence[str]) -> list[str]:
    from sigmine.assembly.merge import sort_key

    return sorted(ids, key=lambda one: sort_key(found.statements[one]))


def _describe(found: Refinements, statement_id: str, depth: int) -> str:
    """``AKT phosphorylates TSC2  0.93 (0.98 with what refines it)  2, 1 hedged  [id]``"""
    from sigmine.assembly.support import count_support, describe_support
    from sigmine.exports.cells import flatten_text

    statement = found.statements[statement_id]
    belief = f"{statement.belief:.2f}"
    if found.specific[statement_id]:
        belief += f" ({found.compute_belief(statement_id):.2f} with what refines it)"
    label = flatten_text(_name(statement))
    support = describe_support(count_support(statement.evidence))
    return f"{_INDENT * depth}{label}  {belief}  {support}  [{statement_id}]"


def _name(statement: Statement) -> str:
    from sigmine.assembly.papers import name_statement

    return name_statement(statement) if statement.direct else f"{name_statement(statement)} (indirectly)"


def _make_row(found: Refinements, statement_id: str) -> dict[str, object]:

    from sigmine.assembly.support import count_support, support_to_json
    from sigmine.assembly.triples import make_label

    statement = found.statements[statement_id]
    return {
        "id": statement_id,
        "label": make_label(statement),
        "relation": statement.relation,
        "direct": statement.direct,
        "belief": round(statement.belief, 4),
        "belief_with_refinements": round(found.compute_belief(statement_id), 4),
        "support": support_to_json(count_support(statement.evidence)),
        "refines": list(found.general[statement_id]),
        "refined_by": list(found.specific[statement_id]),
    }
