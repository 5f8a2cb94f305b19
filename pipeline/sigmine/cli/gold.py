"""``sigmine gold``: make, check, count and compare hand-made annotations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sigmine.cli.gold_files import export_gold, import_gold, list_folders, template
from sigmine.cli.gold_source import load_any_gold
from sigmine.cli.options import ExtendedOption, JsonOption, Level, LevelOption, TextsOption
from sigmine.cli.terminal import format_interval, format_ratio, make_console, make_table, show, tell
from sigmine.errors import GoldError, SigmineError

if TYPE_CHECKING:
    from sigmine.annotation.agreement import Agreement, Disagreement
    from sigmine.annotation.statistics import GoldStatistics, Tally
    from sigmine.evaluation.claim import GoldStatement

app = typer.Typer(no_args_is_help=True, add_completion=False)
GoldArgument = Annotated[
    Path, typer.Argument(metavar="GOLD", help="Gold file, or a folder of gold files.", show_default=False)
]


@app.callback()
def gold() -> None:
    """Make, check, count and compare hand-made annotations.

    \b
    From a text to gold:
      sigmine gold template paper.txt -o paper.tsv     # fill it in
      sigmine gold import paper.tsv --texts . -o mygold
      sigmine gold check mygold
      sigmine run paper.txt --out out && sigmine evaluate --gold mygold out
    """


def _stop(error: SigmineError) -> NoReturn:
    tell(str(error))
    raise typer.Exit(2) from error


def check(gold: GoldArgument, texts: TextsOption = None) -> None:
    """Check gold files: the format, the offsets against the texts, and what looks doubtful.

    \b
    Examples:
      sigmine gold check gold
      sigmine gold check gold/reviews --texts papers/

    Texts are those that --texts names, else files with the gold's file name and SHA-256 in the current folder, beside
    the gold, or among those that come with sigmine. Doubts (a statement given twice, one name with two identifiers) are
    shown; they may be right.

    Exit code: 0 no problem (doubts are none), 1 some problem, 2 wrong usage.
    """
    from sigmine.annotation.doubts import find_doubts
    from sigmine.annotation.texts import find_text
    from sigmine.evaluation import check_against_text, load_gold
    from sigmine.readers.lookup import list_places

    if not gold.exists():
        _stop(GoldError(f"{gold}: no such file or folder. Give a gold file (*.jsonl) or a folder that holds some."))
    try:
        documents = load_gold(gold)
    except GoldError as error:
        tell(str(error))
        raise typer.Exit(1) from error
    problems = 0
    absent = []
    places = list_places(*list_folders(gold))
    for document in documents:
        path = find_text(document, list(texts or ()), places)
        if path is None:
            absent.append(document.document)
            continue
        try:
            check_against_text(document, path)
        except GoldError as error:
            problems += max(1, len(error.problems))
            tell(str(error))
    for doubt in find_doubts(documents):
        show(f"doubtful: {doubt}")
    if absent:
        tell(f"not checked against a text, because it is not here: {', '.join(absent)} (--texts names files).")
    count = sum(len(document.statements) for document in documents)
    rejected = sum(len(document.rejected) for document in documents)
    found = f"{problems} problem{'s' * (problems != 1)}" if problems else "no problem"
    and_rejected = f" and {rejected} rejected readings" if rejected else ""
    show(f"{count} statements{and_rejected} of {len(documents)} documents: {found} found.")
    if problems:
        raise typer.Exit(1)


def stats(
    gold: GoldArgument,
    core: Annotated[bool, typer.Option("--core", help="Count core statements only.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Count what a gold set holds: statements by document, split, relation, section and kind.

    \b
    Examples:
      sigmine gold stats gold
      sigmine gold stats gold/corpus --json
    """
    from sigmine.annotation.statistics import count_gold

    try:
        found = count_gold(load_any_gold(gold), core=core)
    except SigmineError as error:
        _stop(error)
    if as_json:
        typer.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=1))
    else:
        _show_statistics(found)


def _show_statistics(found: GoldStatistics) -> None:
    groups = (("document", found.documents), ("relation", found.relations), ("section", found.sections))
    for title, rows in (*groups, ("kind", (*found.kinds, found.sentences, found.total))):
        _show_tallies(title, rows)
    if found.verdicts:
        _show_tallies("readings that curators judged", found.verdicts)
    types = ", ".join(f"{name} {count:,}" for name, count in found.ends)
    show(f"ends: {types}; {found.names:,} different ones; sites: {found.sites:,}")
    if found.without_identifier:
        names = ", ".join(f"{name} {count}" for name, count in found.without_identifier[:12])
        rest = len(found.without_identifier) - 12
        show(f"without identifier: {names}{f' and {rest} more' if rest > 0 else ''}")


def _show_tallies(title: str, rows: Sequence[Tally]) -> None:
    table = make_table(title, "dev", "test", "total")
    for row in rows:
        table.add_row(row.name, *(f"{count:,}" for count in (row.dev, row.test, row.total)))
    make_console().print(table)


def agree(
    first: Annotated[Path, typer.Argument(metavar="A", help="One annotation: a gold file or folder.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another annotation of the same texts.")],
    level: LevelOption = Level.relaxed,
    extended: ExtendedOption = False,
    differences: Annotated[
        bool, typer.Option("--differences", help="List each disagreement, with the words where the text is here.")
    ] = False,
    texts: TextsOption = None,
    min_f1: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, metavar="X", help="Fail if the F1 is below X.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show how far two annotations of the same texts agree: F and Cohen's kappa for each relation, and the flags.

    \b
    Examples:
      sigmine gold agree mine/ yours/
      sigmine gold agree mine/ yours/ --extended --differences

    F is twice the statements in common, divided by the sum of both. Kappa is over the pairs of ends that either
    annotator names in a sentence.

    Exit code: 0, 1 below --min-f1, 2 wrong usage or a gold file with errors.
    """
    from sigmine.annotation.agreement import find_agreement
    from sigmine.evaluation import load_gold

    try:
        sides = load_gold(first), load_gold(second)
        if any(one.scope == "judged" for side in sides for one in side):
            raise GoldError(
                "Gold that judges readings does not say what else the texts state, so agreement cannot be told from "
                "it; `sigmine curate status` does, from the decisions themselves."
            )
        found = find_agreement(*sides, level=level.value, core=not extended)
        if not found.documents:
            raise GoldError(f"{first} and {second} have no document in common, by their ids.")
    except SigmineError as error:
        _stop(error)
    for path, names in ((first, found.only_a), (second, found.only_b)):
        if names:
            tell(f"left out, because only {path} has them: {', '.join(names)}.")
    if as_json:
        typer.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=1))
    else:
        _show_agreement(found)
        if differences:
            for one in found.disagreements:
                _show_disagreement(one)
    reached = found.total.counts.f1
    if min_f1 is not None and (reached is None or reached < min_f1):
        tell(f"F1 is {format_ratio(reached)}, below {min_f1}.")
        raise typer.Exit(1)


def _show_agreement(found: Agreement) -> None:
    scope = "core statements" if found.core else "all statements"
    table = make_table("", "both", "only A", "only B", "F1", "kappa", title=f"agreement: {scope}, level {found.level}")
    kappas = {one.name: one.value for one in found.kappas}
    for group in ((found.total,), found.relations, found.by_document):
        for row in group:
            counts = (row.counts.tp, row.counts.fn, row.counts.fp)
            f1 = f"{format_ratio(row.counts.f1)} {format_interval(row.f1_interval)}".strip()
            kappa = format_ratio(kappas[row.name]) if row.name in kappas else ""
            table.add_row(row.name, *map(str, counts), f1, kappa)
        table.add_section()
    console = make_console()
    console.print(table)
    table = make_table("of the statements of both", "the same", "share")
    for aspect in found.aspects:
        table.add_row(aspect.name, f"{aspect.same} of {aspect.total}", format_ratio(aspect.share))
    console.print(table)


def _show_disagreement(one: Disagreement) -> None:
    statement = one.statement
    place = f"{statement.document}:{statement.sentence[0]}-{statement.sentence[1]}"
    if one.first is not None and one.second is not None:
        show(f"{place}  differs in {', '.join(one.aspects)}")
        show(f"    A  {_format_claim(one.first)}")
        show(f"    B  {_format_claim(one.second)}")
    else:
        show(f"{place}  only {'A' if one.first else 'B'}  {_format_claim(statement)}")


def _format_claim(one: GoldStatement) -> str:
    flags = {"negated": one.negated, "hedged": one.hedged, "indirect": not one.direct, "cross": one.cross_sentence}
    sites = "".join(f" {site}" for site in one.sites)
    shown = "".join(f" {name}" for name, on in flags.items() if on)
    spans = [f"{end.spans[0][0]}-{end.spans[0][1]}" for end in (one.subject, one.object) if end is not None]
    subject = one.subject.name if one.subject else "-"
    return f"{one.relation}({subject}, {one.object.name}){sites}{shown}  [{', '.join(spans)}] {one.id}"


# In the order in which they are used.
app.command("template")(template)
app.command("import")(import_gold)
app.command("check")(check)
app.command("stats")(stats)
app.command("agree")(agree)
app.command("export")(export_gold)
