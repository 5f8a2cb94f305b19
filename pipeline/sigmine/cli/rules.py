"""``sigmine rules``: work on the grammar."""

from __future__ import annotations

import typer

app = typer.Typer(help="Work on the grammar.", no_args_is_help=True)


@app.command()
def check() -> None:
    """Check the rule files; every problem is shown with file and line.

    \b
    Example:
      sigmine rules check
    """
    from sigmine.grammar import load_grammar

    grammar = load_grammar()
    typer.echo(f"{len(grammar.rules)} rules, no problem found.")
