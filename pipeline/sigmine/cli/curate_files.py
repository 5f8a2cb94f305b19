"""``sigmine curate table``, ``import`` and ``apply``: decisions from and to files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.terminal import open_output, show, tell
from sigmine.errors import CurationError, SigmineError

if TYPE_CHECKING:
    from sigmine.curation import Curation, Decision
    from sigmine.model import Evidence, Statement

_OUT = typer.Argument(metavar="OUT", help="Output folder of the run that was judged.", show_default=False)
OutArgument = Annotated[Path, _OUT]
DecisionsOption = Annotated[
    Path | None,
    typer.Option("--decisions", metavar="FOLDER", help="Folder of decisions; else OUT-curation.", show_default=False),
]


def table(
    out: OutArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.tsv", help="Else standard output.")
    ] = None,
    decisions: DecisionsOption = None,
) -> None:
    """Write what was decided as a table: a row for each reading, to look through or to change and import again.

    \b
    Examples:
      sigmine curate table out -o decided.tsv

    The table holds the sentences, which are somebody else's: keep it to yourself. Exit code: 0; 2 wrong usage.
    """
    from sigmine.cli.stores import open_run
    from sigmine.curation import DecisionIndex
    from sigmine.curation.table import format_table
    from sigmine.model.ids import make_evidence_id

    standing = _open(out, decisions).decisions()
    index = DecisionIndex(standing)
    shown: dict[str, tuple[Statement, Evidence]] = {}
    found: dict[str, Decision] = {}
    with open_run(str(out)) as store:
        for statement in store.find_statements():
            for evidence in statement.evidence:
                decision = index.find(evidence)
                if decision is not None:
                    name = make_evidence_id(evidence)
                    shown.setdefault(name, (statement, evidence))
                    found[name] = decision
    with open_output(output) as stream:
        stream.write(format_table(shown.values(), found).encode())
    lost = len(standing) - len({one.evidence for one in found.values()})
    if lost:
        tell(f"left out: {lost} decisions on readings that {out} does not have.")


def import_decisions(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A filled-in table (.tsv), or a folder of decisions.")],
    out: OutArgument,
    curator: Annotated[
        str, typer.Option("--curator", metavar="NAME", help="Whose decisions these are.", show_default=False)
    ] = "",
    decisions: DecisionsOption = None,
) -> None:
    """Add the decisions of a filled-in table, or of somebody else's folder.

    \b
    Examples:
      sigmine curate import queue.tsv out --curator ada
      sigmine curate import ../ben/out-curation out

    In the table, write accepted, rejected or corrected under verdict, and under error why it is wrong. For a correction
    also change relation, subject, object, sites, negated, hedged or direct to what the sentence says. Rows without a
    verdict are passed over, and so is what is decided like that already. Every problem is shown with its line; nothing
    is added while there is one.

    Exit code: 0; 1 some problem; 2 wrong usage.
    """
    from sigmine.curation import find_curation_folder, open_curation

    folder = decisions or find_curation_folder(out)
    problems: tuple[str, ...] = ()
    try:
        if file.is_dir():
            found = _open(out, file).opinions()
        else:
            if not curator:
                raise typer.BadParameter("Say whose decisions these are: --curator NAME.")
            found, problems = _read_table(file, out, curator)
        for problem in problems:
            tell(problem)
        if problems:
            tell(f"{len(problems)} problem{'s' * (len(problems) != 1)}; nothing was added.")
            raise typer.Exit(1)
        curation = open_curation(folder, curator=curator or "import")
        added = _add(curation, found)
    except SigmineError as error:
        tell(str(error))
        raise typer.Exit(2) from error
    for repair in curation.repairs:
        tell(repair)
    known = len(found) - added
    show(f"{folder}: {added} decisions added" + (f", {known} were there already" if known else ""))


def _add(curation: Curation, found: tuple[Decision, ...]) -> int:
    """Adds what its curator has not said of the reading before; returns how many."""
    from dataclasses import replace

    seen = curation.refresh()
    known = {(one.evidence, one.curator): one for one in curation.opinions()}

    def is_new(decision: Decision) -> bool:
        old = known.get((decision.evidence, decision.curator))
        # A run of another version names the same reading; what it was told by is no difference.
        return old is None or not replace(old, statement="", reading=None, file="", sha256="").says_the_same_as(
            replace(decision, statement="", reading=None, file="", sha256="")
        )

    fresh = [one for one in found if is_new(one)]
    curation.decide_all(fresh, seen=seen)
    return len(fresh)


def _read_table(file: Path, out: Path, curator: str) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    from sigmine.cli.stores import open_run
    from sigmine.curation import load_sources
    from sigmine.curation.table import parse_table

    try:
        content = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CurationError(f"{file}: cannot be read as UTF-8 text ({error}). Give a filled-in table.") from error
    with open_run(str(out)) as store:
        statements = list(store.find_statements())
    return parse_table(content, statements, curator=curator, sources=load_sources(out), place=str(file))


def _open(out: Path, folder: Path | None) -> Curation:
    from sigmine.cli.curate import open_decisions, stop_on_error
    from sigmine.curation import find_curation_folder

    with stop_on_error():
        return open_decisions(folder or find_curation_folder(out))


def apply(
    out: OutArgument,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FOLDER", help="Else OUT-curated, beside OUT.", show_default=False),
    ] = None,
    decisions: DecisionsOption = None,
) -> None:
    """Write an output folder with the beliefs that follow from the decisions; OUT stays as it is.

    \b
    Examples:
      sigmine curate apply out
      sigmine query out-curated --min-belief 0.9

    What was accepted is believed (.99), what was rejected is not (.01), and what a correction says is added. Each
    verdict also counts for its rule, beside the counts that come with sigmine, so that what the rule reads elsewhere is
    believed more or less. The new folder is an output like any other; judge OUT, and apply again after more decisions
    or another run.

    Exit code: 0; 1 a folder cannot be used; 2 wrong usage.
    """
    from sigmine.contents import load_contents
    from sigmine.curation import apply_decisions, check_uncurated, describe_curation, load_sources
    from sigmine.draft import fill_folder
    from sigmine.manifest import is_output
    from sigmine.output import lock_folder, replace_folder

    target = output or out.resolve().with_name(f"{out.resolve().name}-curated")
    standing = _open(out, decisions).decisions()
    if target.resolve() == out.resolve():
        raise typer.BadParameter("--output must be another folder than OUT, which stays as it was read.")
    if not is_output(out):
        raise typer.BadParameter(f"There is no output of `sigmine run` in {out}.")
    contents = load_contents(out)
    check_uncurated(out, contents.program)
    found = apply_decisions(contents.list_evidence(), standing, sources=load_sources(out))
    by_document: dict[str, list[Evidence]] = {name: [] for name in contents.evidence}
    for evidence in found.evidence:
        by_document[evidence.document].append(evidence)
    contents.evidence = {name: tuple(several) for name, several in by_document.items()}
    program = {**contents.program, "curation": describe_curation(standing)}
    with lock_folder(target), replace_folder(target, is_ours=is_output) as folder:
        tally = fill_folder(contents, folder, program)
    counts = tally.to_json()["counts"]
    tell(f"{target}: {counts['statements']:,} statements; {len(found.applied)} decisions applied.")
    if found.not_found:
        tell(f"{len(found.not_found)} decisions are on readings that {out} does not have any more.")
    if found.not_placed:
        tell(f"{len(found.not_placed)} corrections name an end that has no place in its sentence; they only reject.")
