"""``--precision``: the belief to ask for, so that what is kept has a wanted precision."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sigmine.cli.gold_source import load_any_gold
from sigmine.cli.terminal import tell

if TYPE_CHECKING:
    from sigmine.evaluation.threshold import Cut


def choose_belief(out: str, min_belief: float, precision: float | None, gold: Path | None) -> float:
    """The belief to ask for: ``min_belief`` without ``precision``; what it is and what it rests on is told.

    Ends the program with 2 where both are given, where the gold is wrong, and where the precision is reached nowhere:
    to keep what is surest then would be another answer than the one asked for.
    """
    if precision is None:
        if gold is not None:
            raise typer.BadParameter("--gold goes with --precision.")
        return min_belief
    if min_belief:
        raise typer.BadParameter("--precision and --min-belief exclude each other: both choose the belief.")
    from sigmine.evaluation.threshold import find_best, find_cut, load_bundled_cuts

    cuts = load_bundled_cuts() if gold is None else _measure(out, gold)
    source = "gold statements" + ("" if gold is None else f" of {gold}")
    cut = find_cut(cuts, precision)
    if cut is not None:
        low, high = cut.interval
        tell(
            f"belief >= {cut.belief:.2f}: precision {cut.precision:.2f} ({low:.2f}-{high:.2f}) on {cut.total} of "
            f"{cut.judged} {source}."
        )
        return cut.belief
    best = find_best(cuts)
    reached = (
        "too few statements are judged"
        if best is None
        else (f"the best is {best.precision:.2f}, with --min-belief {best.belief:.2f}")
    )
    raise typer.BadParameter(f"No belief gives a precision of {precision:g} on {source}: {reached}.")


def _measure(out: str, gold: Path) -> tuple[Cut, ...]:
    from sigmine.cli.stores import open_run
    from sigmine.errors import SigmineError
    from sigmine.evaluation.threshold import judge_statements, make_cuts

    try:
        documents = load_any_gold(gold)
    except SigmineError as error:
        tell(str(error))
        raise typer.Exit(2) from error
    with open_run(out) as store:
        return make_cuts(judge_statements(documents, store.find_statements()))
