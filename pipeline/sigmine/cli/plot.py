"""``sigmine plot``: a picture of the network, for a paper or a talk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.option_groups import take_groups
from sigmine.cli.statement_filters import StatementFilters
from sigmine.cli.stores import OutArgument
from sigmine.cli.terminal import open_output, tell

if TYPE_CHECKING:
    from sigmine.exports.drawing.picture import PictureFormat
    from sigmine.model.statement import Statement


@take_groups
def plot(
    out: OutArgument,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FILE", help="The picture: .svg, .pdf or .png.", show_default=False),
    ],
    *,
    filters: StatementFilters,
    limit: Annotated[
        int, typer.Option("--limit", min=1, metavar="N", help="Draw at most N statements, those with most evidence.")
    ] = 60,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="Written above the picture.", show_default=False)
    ] = None,
) -> None:
    """Draw the network of a run.

    \b
    Examples:
      sigmine plot out --around MTOR -o mtor.svg
      sigmine plot out --around AKT --hops 2 --precision 0.95 -o akt.pdf
      sigmine plot out --relation phosphorylates --limit 40 --title Kinases -o kinases.png

    An arrow raises the activity or amount of its target, a bar lowers it, a dot does something else, a plain line has
    no direction. Sites stand on the lines. More evidence makes a line wider; dashes are indirect, dots only hedged.
    With --around, what is nearer goes before what has more evidence. What is denied, or has no subject, is not drawn.

    The size is what the network needs, with letters of 8 points; SVG and PDF keep text as text. Exit code: 0; 1 the
    store cannot be read; 2 wrong usage.
    """
    from sigmine.exports.drawing.lines import choose_statements, find_centre, is_drawn
    from sigmine.exports.drawing.picture import draw_network

    format = _find_format(output)
    statements = filters.find_statements(out)
    chosen = choose_statements(statements, limit, find_centre(statements, filters.around or ()))
    _tell_left_out(statements, sum(map(is_drawn, statements)), len(chosen))
    picture = draw_network(chosen, format=format, title=title)
    with open_output(output) as stream:
        stream.write(picture)


def _find_format(output: Path) -> PictureFormat:
    from sigmine.exports.drawing.picture import PICTURE_FORMATS

    for known in PICTURE_FORMATS:
        if output.suffix.lower() == f".{known}":
            return known
    endings = ", ".join(f".{known}" for known in PICTURE_FORMATS)
    raise typer.BadParameter(f"{output} has no ending of a picture. Known: {endings}.")


def _tell_left_out(statements: list[Statement], drawable: int, drawn: int) -> None:
    if not drawable:
        tell("no statement to draw; the picture is empty.")
    if drawn < drawable:
        tell(f"drew {drawn} of {drawable} statements, those with most evidence; --limit sets how many.")
    if drawable < len(statements):
        tell(f"left out {len(statements) - drawable} that are denied or have no subject.")
