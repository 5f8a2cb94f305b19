"""``sigmine rules``: work on the grammar."""

from __future__ import annotations

from typing import Annotated

import typer

from sigmine.cli.rule_report import report
from sigmine.cli.terminal import show, tell

app = typer.Typer(help="Work on the grammar.", no_args_is_help=True, add_completion=False)


@app.callback()
def rules() -> None:
    """Work on the grammar."""


@app.command()
def check(
    examples: Annotated[bool, typer.Option(help="Read the example sentences of the rule files too.")] = True,
) -> None:
    """Check the rule files; every problem is shown with file and line.

    \b
    Examples:
      sigmine rules check
      sigmine rules check --no-examples

    Exit code: 0 no problem, 1 some problem, 2 wrong usage.
    """
    from sigmine.grammar import load_grammar

    grammar = load_grammar()
    relations = [relation for relation in grammar.relations.values() if not relation.internal]
    show(f"{len(grammar.rules)} rules for {len(relations)} relations: no problem found.")
    if not examples:
        return
    from sigmine.nlp.examples import run_examples
    from sigmine.nlp.pipeline import load_pipeline

    problems = 0
    for result in run_examples(load_pipeline(), grammar.examples):
        if result.problem:
            problems += 1
            tell(f"{result.case.place}: {result.case.example.text} {result.problem}")
    show(f"{len(grammar.examples)} examples: {problems or 'no'} problem{'' if problems == 1 else 's'} found.")
    if problems:
        raise typer.Exit(1)


app.command()(report)
