"""``sigmine gold template``, ``import`` and ``export``: annotations in and out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.options import TextsOption
from sigmine.cli.terminal import open_output, show, tell
from sigmine.errors import GoldError, ReadError, SigmineError

if TYPE_CHECKING:
    from sigmine.annotation.texts import AnnotatedText
    from sigmine.evaluation import GoldDocument

_TABLE_HELP = "A table (.tsv), a brat file (.ann) or a folder of such, or BioC (.json, .xml)."


def template(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Texts (.txt), or folders of them.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of standard output.")
    ] = None,
) -> None:
    """Write a table with a line for each sentence of texts, to fill in statements.

    \b
    Examples:
      sigmine gold template paper.txt -o paper.tsv

    Open it with a spreadsheet, as text separated by tabs. For each statement fill in a line: relation, subject, object
    in the words of the sentence, sites, "yes" under the flags that hold; copy the line for a second statement. Names
    and types need to be given once for the same words. gold/guidelines.md says what counts as a statement.

    Exit code: 0; 1 a text cannot be read; 2 wrong usage.
    """
    from sigmine.annotation.table import format_template
    from sigmine.annotation.template import find_sentences
    from sigmine.annotation.texts import load_texts
    from sigmine.model import Document
    from sigmine.readers import read_documents

    texts = load_texts(files)
    documents = []
    for item in read_documents(files, formats=("text",)):
        if not isinstance(item, Document):
            raise ReadError(str(item))
        documents.append(item)
    content = format_template(find_sentences((one for one in documents if one.id in texts), texts))
    with open_output(output) as stream:
        stream.write(content.encode())


def import_gold(
    annotations: Annotated[list[Path], typer.Argument(metavar="FILE...", help=_TABLE_HELP)],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder for the gold files, one a document.")
    ],
    texts: TextsOption = None,
    annotator: Annotated[str, typer.Option(metavar="NAME", help="Who annotated, for the head of the file.")] = "",
) -> None:
    """Make gold files from annotations: a filled-in table, brat stand-off or BioC.

    \b
    Examples:
      sigmine gold import paper.tsv --texts paper.txt -o mygold
      sigmine gold import brat/ -o mygold
      sigmine gold import annotated.json -o mygold --texts papers/

    The texts are those that --texts names, else those beside the annotations. Every problem is shown with its line;
    nothing is written while there is one.

    Exit code: 0; 1 some problem; 2 wrong usage.
    """
    from sigmine.annotation.formats import read_annotations
    from sigmine.evaluation.gold_write import format_gold

    try:
        documents, problems = read_annotations(annotations, _load_texts(annotations, texts), annotator)
    except SigmineError as error:
        tell(str(error))
        raise typer.Exit(2) from error
    for problem in problems:
        tell(problem)
    if problems:
        tell(f"{len(problems)} problem{'s' * (len(problems) != 1)}; nothing was written.")
        raise typer.Exit(1)
    if not documents:
        tell("no document in the annotations; nothing was written.")
        raise typer.Exit(1)
    output.mkdir(parents=True, exist_ok=True)
    for document in documents:
        path = output / f"{document.document}.jsonl"
        with open_output(path) as stream:
            stream.write(format_gold(document).encode())
        core = sum(statement.core for statement in document.statements)
        show(f"{path}: {len(document.statements)} statements, {core} of them core")


def export_gold(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold file, or a folder of gold files.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="PATH", help="FILE.tsv, FILE.json (BioC), or a folder for brat.")
    ],
    texts: TextsOption = None,
) -> None:
    """Write gold as a table (.tsv), as BioC JSON (.json) or as brat stand-off (a folder of .txt and .ann).

    \b
    Examples:
      sigmine gold export gold/corpus -o gold.tsv
      sigmine gold export gold/corpus -o gold.json
      sigmine gold export gold/corpus -o brat/

    All three hold the words of the texts, so they are only written for texts that are here (--texts, else in the
    current folder, beside the gold or among those that come with sigmine).

    Exit code: 0; 1 some text is not here (the others are written); 2 wrong usage or a gold file with errors.
    """
    from sigmine.annotation.formats import write_annotations
    from sigmine.evaluation import load_gold

    try:
        documents = load_gold(gold)
        judged = [one.document for one in documents if one.scope == "judged"]
        if judged:
            raise GoldError(
                f"Only readings are judged in {', '.join(judged)}; in these formats they would look like all that the "
                "texts say. `sigmine curate table` writes them as a table of readings."
            )
        here, absent = _find_texts(documents, gold, texts)
        if not here:
            raise GoldError(f"The texts of {', '.join(absent)} are not here. Name the files with --texts.")
        chosen = [document for document in documents if document.document in here]
        written = write_annotations(chosen, here, output)
    except SigmineError as error:
        tell(str(error))
        raise typer.Exit(2) from error
    suffixes = Counter(path.suffix for path in written)
    files = ", ".join(f"{count} {suffix}" for suffix, count in suffixes.items())
    show(f"{output}: {len(chosen)} document{'s' * (len(chosen) != 1)} ({files})")
    if absent:
        tell(f"left out, because the text is not here: {', '.join(absent)} (--texts names files).")
        raise typer.Exit(1)


def list_folders(gold: Path) -> list[Path]:
    """Where the texts of a gold folder may be: in it, beside it, in folders of it."""
    folder = gold if gold.is_dir() else gold.parent
    return [folder, folder.parent, *(path for path in sorted(folder.rglob("*")) if path.is_dir())]


def _load_texts(annotations: list[Path], texts: list[Path] | None) -> dict[str, AnnotatedText]:
    """The texts that were named, else those beside the annotations; brat and BioC may do without."""
    from sigmine.annotation.texts import load_texts

    if texts:
        return load_texts(texts)
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in annotations)
    return load_texts(file for folder in folders for file in sorted(folder.glob("*.txt")))


def _find_texts(
    documents: tuple[GoldDocument, ...], gold: Path, texts: list[Path] | None
) -> tuple[dict[str, AnnotatedText], list[str]]:
    """The texts of gold documents that are here and are those annotated, by the documents' ids, and what is absent."""
    from sigmine.annotation.texts import find_text, load_texts
    from sigmine.evaluation import check_against_text
    from sigmine.readers.lookup import list_places

    places = list_places(*list_folders(gold))
    found, absent = {}, []
    for document in documents:
        path = find_text(document, list(texts or ()), places)
        if path is None:
            absent.append(document.document)
        else:
            check_against_text(document, path)
            (found[document.document],) = load_texts([path]).values()
    return found, absent
