"""``sigmine render``: texts as a page, with names marked and relations drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.option_groups import take_groups
from sigmine.cli.reading_options import ReadingOptions
from sigmine.cli.readings import read_with_documents
from sigmine.cli.statement_filters import check_relation
from sigmine.cli.terminal import open_output, tell, tell_failure

if TYPE_CHECKING:
    from sigmine.analysis import Options, Reading
    from sigmine.model import Document, Evidence
    from sigmine.web.text_page import ShownText

PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Files, folders, .gz or .zip to read, or folders of `sigmine run`; '-' reads standard input.",
        show_default=False,
    ),
]
RelationsOption = Annotated[
    list[str] | None, typer.Option("--relation", metavar="RELATION", help="Draw only these (may be given again).")
]
MoleculesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--molecule",
        metavar="NAME",
        help="Draw only what is said of these: names as in the text, standard names or CURIEs (may be given again).",
    ),
]
MinBeliefOption = Annotated[
    float, typer.Option(min=0.0, max=1.0, metavar="B", help="Draw only what is as likely read right.")
]


@take_groups
def render(
    paths: PathsArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of standard output.")
    ] = None,
    relations_only: Annotated[
        bool, typer.Option("--relations-only", help="Only the sentences that state something.")
    ] = False,
    relations: RelationsOption = None,
    molecules: MoleculesOption = None,
    min_belief: MinBeliefOption = 0.0,
    *,
    how: ReadingOptions,
) -> None:
    """Show texts as a page: names marked by type, and relations drawn as lines above the words.

    A line goes from the subject to the object, over the word that carries the relation, and to its residues; its name
    says what is denied, left open or indirect. The page is one file that needs no network and no script.

    \b
    Examples:
      sigmine render review.txt -o review.html
      sigmine render review.txt --relation phosphorylates --molecule TSC2 --relations-only -o tsc2.html
      echo 'AKT phosphorylates TSC2 at Ser939.' | sigmine render - -o note.html
      sigmine render out -o out.html

    A folder of `sigmine run` keeps no texts: they are looked for in the current folder, beside it and among those that
    come with sigmine, and where one is not found its sentences that state something are shown.

    Exit code: 0 all read, 1 some document could not be read (named on standard error), 2 wrong usage.
    """
    from sigmine.web.text_page import render_texts

    for relation in relations or ():
        check_relation(relation)
    chosen = _Choice(frozenset(relations or ()), frozenset(map(str.casefold, molecules or ())), min_belief)
    options = how.make()
    failures: list[Reading] = []
    shown = list(_show_all(paths, options, chosen, relations_only, failures))
    for failure in failures:
        tell_failure(failure)
    if not shown and not failures:
        tell(f"there was no document in {', '.join(paths)}.")
    unread = [(failure.source or failure.document, failure.failure or "") for failure in failures]
    page = render_texts(shown, title=_make_title(shown), failures=unread)
    with open_output(output) as stream:
        stream.write(page.encode())
    if failures:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Choice:
    """What is drawn; nothing in a set chooses all. Molecules are in lower case."""

    relations: frozenset[str]
    molecules: frozenset[str]
    min_belief: float

    def pick(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        return tuple(one for one in evidence if self._fits(one))

    def _fits(self, evidence: Evidence) -> bool:
        mention = evidence.mention
        ends = [end for end in (mention.subject, mention.object) if end is not None]
        names = {name.casefold() for end in ends for name in (end.text, end.name, end.curie or "")}
        return (
            (not self.relations or mention.relation in self.relations)
            and (not self.molecules or not names.isdisjoint(self.molecules))
            and mention.prior >= self.min_belief
        )


def _show_all(
    paths: Sequence[str], options: Options, chosen: _Choice, relations_only: bool, failures: list[Reading]
) -> Iterator[ShownText]:
    """What is shown of each path, in order; what lies between folders of runs is read together."""
    from itertools import groupby

    from sigmine.manifest import is_output
    from sigmine.web.text_page import show_document

    for is_run, group in groupby(paths, key=lambda path: path != "-" and is_output(Path(path))):
        if is_run:
            for path in group:
                yield from _show_run(Path(path), chosen, relations_only)
            continue
        for document, reading in read_with_documents(list(group), options, failures):
            found = chosen.pick(reading.evidence)
            yield show_document(document, reading.entities, reading.sites, found, relations_only=relations_only)


def _show_run(out: Path, chosen: _Choice, relations_only: bool) -> Iterator[ShownText]:
    from sigmine.contents import iter_records, load_manifest
    from sigmine.web.text_page import show_document, show_evidence

    for record in iter_records(out, load_manifest(out)):
        if record.failed:
            continue
        name = record.document
        found = chosen.pick(tuple(record.load_evidence()))
        document = _find_text(name, record.row["file"], record.row["sha256"], out)
        if document is not None:
            yield show_document(document, (), (), found, relations_only=relations_only)
        else:
            note = "" if relations_only else "The text is not here: only the sentences that state something are shown."
            yield show_evidence(name, found, note=note)


def _find_text(name: str, file: str, sha256: str, out: Path) -> Document | None:
    """The document of a run, read from the very file that the run read, if that is found."""
    from sigmine.model import Document
    from sigmine.readers import read_documents
    from sigmine.readers.lookup import find_files, list_places

    if not file or not sha256:
        return None
    paths = find_files(file, list_places(out.parent), sha256=sha256)
    documents = (item for path in paths for item in read_documents([path]) if isinstance(item, Document))
    return next((document for document in documents if document.id == name), None)


def _make_title(shown: Sequence[ShownText]) -> str:
    names = [one.document for one in shown]
    return ", ".join(names[:3]) + (f" and {len(names) - 3:,} more" if len(names) > 3 else "") or "nothing"
