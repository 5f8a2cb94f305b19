"""``sigmine evaluate``: predictions against the gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.gold_source import load_any_gold
from sigmine.cli.options import ExtendedOption, GoldOption, JsonOption, Level, LevelOption, Split, TextsOption
from sigmine.cli.terminal import format_ratio, open_output, tell
from sigmine.errors import GoldError, SigmineError

if TYPE_CHECKING:
    from sigmine.annotation.texts import AnnotatedText
    from sigmine.evaluation import GoldDocument, Report
    from sigmine.evaluation.alignment import Options
    from sigmine.evaluation.claim import Prediction
    from sigmine.evaluation.report import Scores
    from sigmine.evaluation.significance import PairedComparison


_OUT = "Output of 'sigmine run' or 'extract', or of another program: INDRA JSON, a .tsv of triples, BioC, brat."
OutArgument = Annotated[Path, typer.Argument(metavar="OUT", help=_OUT, show_default=False)]
RelationOption = Annotated[
    list[str] | None, typer.Option(metavar="R", help="Count this relation only (may be given again).")
]
ReportOption = Annotated[
    Path | None, typer.Option(metavar="FILE.html", help="Write a page with figures, plots and every error.")
]
CompareOption = Annotated[
    Path | None, typer.Option(metavar="OTHER", help="Another output: what OUT gained and lost; by chance?")
]
MinF1Option = Annotated[
    float | None, typer.Option(min=0.0, max=1.0, metavar="X", help="Fail if the F1 over what is shown is below X.")
]
SplitOption = Annotated[Split, typer.Option("--split", help="Show this split of the gold only.")]
_ALL_GOLD = "Count gold documents that were not read as missed."
_NEGATION = "What asserts what the gold denies, or the reverse, is wrong."
_WHY = "For --errors and --report, read missed sentences again to say why they were missed."


def evaluate(
    out: OutArgument,
    gold: GoldOption,
    level: LevelOption = Level.relaxed,
    split: SplitOption = Split.all,
    extended: ExtendedOption = False,
    relation: RelationOption = None,
    all_gold: Annotated[bool, typer.Option("--all-gold", help=_ALL_GOLD)] = False,
    match_negation: Annotated[bool, typer.Option("--match-negation", help=_NEGATION)] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List each miss, false alarm and flaw.")] = False,
    report: ReportOption = None,
    compare: CompareOption = None,
    texts: TextsOption = None,
    why: Annotated[bool, typer.Option(help=_WHY)] = True,
    json: JsonOption = False,
    min_f1: MinF1Option = None,
) -> None:
    """Score extracted statements against the gold: precision, recall and F1 with 95 % intervals.

    \b
    Examples:
      sigmine evaluate --gold gold out
      sigmine evaluate --gold gold out --split dev --report report.html
      sigmine evaluate --gold gold after --compare before
      sigmine evaluate --gold gold out --relation phosphorylates --min-f1 0.8
      sigmine evaluate --gold mygold reach.json --level identity

    Gold documents that the run did not read are left out (of a file: those without any prediction). Sentences are
    shown, and other programs' statements placed, where the gold's texts are here: named by --texts, in the current
    folder, beside OUT or the gold, or among those that come with sigmine. Gold that judges readings only ('sigmine
    curate gold') gives the precision over those, and no recall.

    Exit code: 0, 1 if the F1 is below --min-f1, 2 wrong usage (this includes a gold or prediction file with errors).
    """
    from sigmine.cli import evaluation_tables as tables

    relations = relation or []
    _check_relations(relations, extended)
    try:
        task = _load(gold, out, texts, level.value, not extended, relations, match_negation)
        scored = _score(task, all_gold, explain=why and (errors or report is not None))
        comparison = None if compare is None else _compare(task, compare, split.value)
        scores = _select(scored, split.value)
        if report is not None:
            _write_page(report, f"{out} against {gold}", task, scored, scores, comparison)
    except SigmineError as error:
        tell(str(error))
        raise typer.Exit(2) from error
    if json:
        tables.print_json(scored, split.value, errors, comparison)
    else:
        tables.print_report(scored, scores, split.value, errors, comparison)
    reached = scores.micro.counts.f1
    if min_f1 is not None and scored.scope == "judged":
        tell("--min-f1 needs gold of whole documents: where only readings are judged, there is no recall and no F1.")
        raise typer.Exit(2)
    if min_f1 is not None and (reached is None or reached < min_f1):
        tell(f"F1 is {format_ratio(reached)}, below {min_f1}.")
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Task:
    """What is compared, and how.

    ``texts`` are those of the gold's texts that are here, by document, with their paths in ``paths``; ``read`` are the
    documents that were read, None where only the predictions tell.
    """

    out: Path
    gold: tuple[GoldDocument, ...]
    predictions: tuple[Prediction, ...]
    read: tuple[str, ...] | None
    texts: dict[str, AnnotatedText]
    paths: dict[str, Path]
    options: Options

    @property
    def documents(self) -> set[str]:
        """Ids of what counts as read."""
        return {one.document for one in self.predictions} if self.read is None else set(self.read)

    @property
    def sentences(self) -> dict[str, str]:
        """The texts by document."""
        return {name: text.text for name, text in self.texts.items()}


def _check_relations(relations: list[str], extended: bool) -> None:
    from sigmine.evaluation.claim import CORE_RELATIONS, RELATIONS
    from sigmine.evaluation.gold_check import name_nearest

    for name in relations:
        if name not in RELATIONS:
            raise typer.BadParameter(f"unknown relation {name!r}{name_nearest(name, RELATIONS)}")
        if not extended and name not in CORE_RELATIONS:
            raise typer.BadParameter(f"{name!r} is not in the core ({', '.join(CORE_RELATIONS)}); add --extended.")


def _load(
    gold: Path,
    out: Path,
    texts: Sequence[Path] | None,
    level: str,
    core: bool,
    relations: Sequence[str],
    match_negation: bool,
) -> _Task:
    """Reads all that is compared and tells what of it has no place in the gold.

    Raises:
        SigmineError: if a file is wrong.
    """
    from sigmine.annotation.claims import load_claims
    from sigmine.annotation.texts import find_text, load_texts
    from sigmine.evaluation.alignment import Options
    from sigmine.readers.lookup import list_places

    documents = load_any_gold(gold)
    folder = gold if gold.is_dir() else gold.parent
    places = list_places(out.parent, folder, folder.parent)
    paths = {}
    found = {}
    for one in documents:
        path = find_text(one, list(texts or ()), places)
        if path is not None:
            (text,) = load_texts([path]).values()
            if text.sha256 == one.sha256:
                paths[one.document], found[one.document] = path, text
            else:
                tell(f"{path} is not used: it is another text than {one.document!r} was annotated on (SHA-256).")
    claims = load_claims(out, documents, found, level)
    if claims.unplaced:
        tell(
            f"left out: {claims.unplaced} statements whose sentence is not in the gold's texts (--level document needs "
            "no sentence; --texts names the texts)."
        )
    if claims.lost:
        tell(f"left out: {claims.lost} statements of no document of the gold.")
    options = Options(level, core, tuple(relations), match_negation)
    return _Task(out, documents, claims.predictions, claims.read, found, paths, options)


def _score(task: _Task, all_gold: bool, *, explain: bool) -> Report:
    """Scores and tells which documents are left out, and why.

    Raises:
        SigmineError: if no document of the gold was read.
    """
    from sigmine.evaluation import evaluate

    options = task.options

    def run(because: dict[str, str] | None = None, resamples: int = 1000) -> Report:
        return evaluate(
            task.gold,
            task.predictions,
            level=options.level,
            core=options.core,
            relations=options.relations,
            match_negation=options.match_negation,
            read=None if all_gold else task.documents,
            because=because,
            resamples=resamples,
        )

    report = run(_explain(task, run(resamples=1))) if explain else run()
    if report.not_read:
        reason = "there is no prediction for" if task.read is None else "the run did not read"
        tell(f"left out, because {reason} them: {', '.join(report.not_read)} (--all-gold counts them as missed).")
    if report.not_in_gold:
        names = ", ".join(report.not_in_gold[:5]) + (", ..." if len(report.not_in_gold) > 5 else "")
        tell(f"left out, because the gold does not have them: {names} ({len(report.not_in_gold)} in all).")
    if not report.documents:
        raise GoldError("Nothing to score: no document of the gold was read.")
    return report


def _explain(task: _Task, report: Report) -> dict[str, str]:
    """Why statements were missed, where the text is here and sigmine made the output."""
    from sigmine.annotation.claims import is_foreign
    from sigmine.evaluation.claim import GoldStatement
    from sigmine.misses import explain_misses
    from sigmine.rereading import load_run_options

    if is_foreign(task.out):
        return {}
    missed = [one.claim for one in report.total.findings if one.kind == "missed"]
    because: dict[str, str] = {}
    for document, path in task.paths.items():
        here = [one for one in missed if isinstance(one, GoldStatement) and one.document == document]
        because |= explain_misses(path, here, load_run_options(task.out))
    return because


def _compare(task: _Task, other: Path, split: str) -> PairedComparison:
    """The other output against the same gold; only documents that both have read count.

    Raises:
        SigmineError: if the other output cannot be read, or there is no such document.
    """
    from sigmine.annotation.claims import load_claims
    from sigmine.evaluation.alignment import select_read
    from sigmine.evaluation.significance import compare_scores

    claims = load_claims(other, task.gold, task.texts, task.options.level)
    theirs = {one.document for one in claims.predictions} if claims.read is None else set(claims.read)
    # each may know a document by its id or by its file
    mine, yours = ({one.document for one in select_read(task.gold, names)[0]} for names in (task.documents, theirs))
    if not mine & yours:
        raise GoldError(f"Nothing to compare: no document of the gold was read for both {task.out} and {other}.")
    return compare_scores(task.gold, task.predictions, claims.predictions, task.options, split=split, read=mine & yours)


def _select(report: Report, split: str) -> Scores:
    """The scores that are asked for.

    Raises:
        GoldError: if the gold has no such split.
    """
    if split == "all":
        return report.total
    found = next((scores for scores in report.splits if scores.name == split), None)
    if found is None:
        names = ", ".join(scores.name for scores in report.splits)
        raise GoldError(
            f"The gold has no statement of the split {split!r} in what was read; it has: {names or 'none'}."
        )
    return found


def _write_page(
    path: Path, title: str, task: _Task, report: Report, scores: Scores, comparison: PairedComparison | None
) -> None:
    from sigmine.web.evaluation_page import render_evaluation

    page = render_evaluation(report, scores, task.sentences, title=title, comparison=comparison)
    with open_output(path) as stream:
        stream.write(page.encode())
