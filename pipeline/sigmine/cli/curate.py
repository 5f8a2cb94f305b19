"""``sigmine curate``: decisions on what was read, as gold, as beliefs, in a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.curate_files import apply, import_decisions, table
from sigmine.cli.options import JsonLinesOption, JsonOption
from sigmine.cli.terminal import format_interval, format_ratio, make_console, make_table, show, tell
from sigmine.errors import SigmineError

if TYPE_CHECKING:
    from sigmine.curation import Curation, QueueItem
    from sigmine.curation.statistics import CurationStatus, Share

app = typer.Typer(no_args_is_help=True, add_completion=False)
FolderArgument = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="Folder of decisions, e.g. out-curation.", show_default=False)
]
_NO_CURATOR = "nobody"


@app.callback()
def curate() -> None:
    """Judge what was read: accept, reject, correct. Decisions become gold and beliefs.

    \b
    In a spreadsheet:
      sigmine curate queue out -o queue.tsv        # what teaches most; fill in verdict and error
      sigmine curate import queue.tsv out --curator ada
      sigmine curate status out-curation
      sigmine curate apply out                     # out-curated: the same with the beliefs that follow
      sigmine curate gold out-curation -o judged && sigmine evaluate --gold judged out

    Decisions on the folder out are kept beside it, in out-curation, and are never erased: undo adds a line too.
    """


@contextmanager
def stop_on_error() -> Iterator[None]:
    """Tells what is wrong and ends the program with 2."""
    try:
        yield
    except SigmineError as error:
        tell(str(error))
        raise typer.Exit(2) from error


def open_decisions(folder: Path, curator: str = _NO_CURATOR, *, must_be_there: bool = True) -> Curation:
    """The decisions in a folder; what a crash left is told. Ends the program with 2 where there are none."""
    from sigmine.curation import open_curation
    from sigmine.curation.journal import JOURNAL

    if must_be_there and not (folder / JOURNAL).is_file():
        raise typer.BadParameter(f"{folder} has no {JOURNAL}. Name a folder of decisions (of out: out-curation).")
    curation = open_curation(folder, curator=curator)
    for repair in curation.repairs:
        tell(repair)
    return curation


def status(
    folders: Annotated[
        list[Path], typer.Argument(metavar="FOLDER...", help="Folders of decisions.", show_default=False)
    ],
    as_json: JsonOption = False,
) -> None:
    """Count decisions: by verdict, error, curator, relation and rule, and how far curators agree.

    \b
    Examples:
      sigmine curate status out-curation
      sigmine curate status ada-curation ben-curation

    The precision is that of the readings that were judged: of a queue these are the doubtful ones. A sample (queue
    --sample) tells the precision of the whole output. Kappa is Cohen's, on accepted or not. Of several folders, in the
    order given, the later one's decision stands.

    Exit code: 0; 2 wrong usage or a damaged folder.
    """
    from sigmine.curation.statistics import describe_decisions

    with stop_on_error():
        opened = [open_decisions(folder) for folder in folders]
        standing = {one.evidence: one for curation in opened for one in curation.decisions()}
        opinions = {(one.evidence, one.curator): one for curation in opened for one in curation.opinions()}
    found = describe_decisions(list(standing.values()), list(opinions.values()))
    if as_json:
        typer.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=1))
    else:
        _show_status(found)


def _show_status(found: CurationStatus) -> None:
    if found.total is None:
        show("nothing is decided.")
        return
    counts = (("verdicts", found.verdicts), ("errors", found.errors), ("curators", found.curators))
    for title, rows in (*counts, ("documents", found.documents)):
        words = ", ".join(f"{name} {count}" for name, count in rows if count)
        show(f"{title}: {words or 'none'}")
    console = make_console()
    table = make_table("judged readings", "accepted", "judged", "precision")
    for group in ((found.total,), found.relations, found.rules):
        for share in group:
            table.add_row(*_format_share(share))
        table.add_section()
    console.print(table)
    if not found.agreement:
        return
    table = make_table("curators", "both judged", "agree", "kappa", "same error")
    for one in found.agreement:
        same, of = one.same_error
        cells = (str(one.items), str(one.same), format_ratio(one.kappa), f"{same} of {of}")
        table.add_row(f"{one.first}, {one.second}", *cells)
    console.print(table)
    if found.disputed:
        show(f"they differ on {len(found.disputed)} readings; --json lists them.")


def _format_share(share: Share) -> tuple[str, str, str, str]:
    ratio = f"{format_ratio(share.precision)} {format_interval(share.interval)}"
    return share.name, str(share.right), str(share.total), ratio


def queue(
    out: Annotated[str, typer.Argument(metavar="OUT", help="Output folder of a run, or a store.", show_default=False)],
    decisions: Annotated[
        Path | None, typer.Option("--decisions", metavar="FOLDER", help="Folder of decisions; else OUT-curation.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="How many readings.")] = 25,
    sample: Annotated[
        bool, typer.Option("--sample", help="Readings by chance instead, whose precision is that of all.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.tsv", help="Write a table to fill in.")
    ] = None,
    as_json: JsonLinesOption = False,
) -> None:
    """Show what to judge next: the readings whose verdict changes most of what is believed.

    \b
    Examples:
      sigmine curate queue out
      sigmine curate queue out -n 100 -o queue.tsv
      sigmine curate queue out --sample -n 200 -o sample.tsv

    First come readings that may be right or wrong, of rules that read much and molecules that much is said of. Columns:
    how likely it is right, and how much a verdict changes beliefs, of its statements and of what its rule reads
    elsewhere. Exit code: 0; 1 the store cannot be read; 2 wrong usage.
    """
    from sigmine.cli.stores import open_run
    from sigmine.curation import find_curation_folder, make_queue
    from sigmine.curation.table import format_table

    with stop_on_error(), open_run(out) as store:
        curation = open_decisions(decisions or find_curation_folder(Path(out)), must_be_there=decisions is not None)
        found = make_queue(store.find_statements(), curation, limit, order="sample" if sample else "teaching")
    if output is not None:
        from sigmine.cli.terminal import open_output

        with open_output(output) as stream:
            stream.write(format_table(((one.statement, one.evidence) for one in found), {}).encode())
        tell(f"{output}: {len(found)} readings to judge. Fill in verdict and error, then: sigmine curate import")
    elif as_json:
        for item in found:
            typer.echo(json.dumps(_item_to_json(item), ensure_ascii=False))
    else:
        _show_queue(found)


def _item_to_json(item: QueueItem) -> dict[str, object]:
    from sigmine.model.json import evidence_to_json

    return {
        "evidence_id": item.evidence_id,
        "statement": item.statement.id,
        "probability": round(item.probability, 4),
        "score": round(item.score, 4),
        "own": round(item.own, 4),
        "rule": round(item.rule, 4),
        "evidence": evidence_to_json(item.evidence, item.evidence.mention.prior),
    }


def _show_queue(found: Sequence[QueueItem]) -> None:
    from sigmine.cli.query_answer import show_table
    from sigmine.exports.cells import flatten_text

    if not found:
        tell("nothing is left to judge.")
        return
    rows = []
    for item in found:
        mention = item.evidence.mention
        ends = (flatten_text(mention.subject.name) if mention.subject else "", flatten_text(mention.object.name))
        numbers = (f"{item.probability:.2f}", f"{item.own:.2f}", f"{item.rule:.2f}")
        sites = ", ".join(site.name for site in mention.sites)
        rows.append((ends[0], mention.relation, ends[1], sites, *numbers, flatten_text(item.evidence.sentence)))
    show_table(("subject", "relation", "object", "sites", "right", "own", "rule", "sentence"), rows)


def gold(
    folder: FolderArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the gold files.")],
) -> None:
    """Write the decisions that stand as gold, one file a document: what is right, what is wrong and why.

    \b
    Examples:
      sigmine curate gold out-curation -o judged
      sigmine evaluate --gold judged out
      sigmine query out --precision 0.9 --gold judged

    The files say "scope": "judged": nothing else in the documents is judged, so there is a precision and no recall. No
    sentence is in them. Exit code: 0; 1 some decision is no gold (the others are written); 2 wrong usage.
    """
    from sigmine.curation import write_gold

    with stop_on_error():
        found = write_gold(open_decisions(folder), output)
    for document in found.documents:
        right, wrong = len(document.statements), len(document.rejected)
        show(f"{document.document}: {right} right, {wrong} wrong")
    for reason in found.left_out:
        tell(f"left out: {reason}")
    if found.left_out:
        raise typer.Exit(1)


def undo(
    folder: FolderArgument,
    curator: Annotated[str, typer.Option("--curator", metavar="NAME", help="Whose decision.", show_default=False)],
    evidence: Annotated[
        str | None, typer.Option("--evidence", metavar="ID", help="The reading; else the newest decision.")
    ] = None,
) -> None:
    """Take back a curator's newest decision, or the one on a reading. Nothing is erased: a line says so.

    \b
    Examples:
      sigmine curate undo out-curation --curator ada

    Exit code: 0; 2 there is nothing to undo.
    """
    with stop_on_error():
        decision = open_decisions(folder, curator).undo(evidence)
    show(f"taken back: {decision.verdict} {decision.evidence} ({decision.time})")


# In the order in which they are used.
app.command("queue")(queue)
app.command("table")(table)
app.command("import")(import_decisions)
app.command("undo")(undo)
app.command("status")(status)
app.command("gold")(gold)
app.command("apply")(apply)
