"""Annotations read and written by suffix: ``.tsv`` tables, ``.ann`` (brat), ``.json`` and ``.xml`` (BioC)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sigmine.annotation.bioc_json import format_bioc, parse_bioc
from sigmine.annotation.brat import format_brat, parse_brat
from sigmine.annotation.identifiers import find_curie
from sigmine.annotation.table import format_table, parse_table
from sigmine.annotation.texts import AnnotatedText
from sigmine.errors import GoldError
from sigmine.evaluation.gold import GoldDocument
from sigmine.output import replace_file

SUFFIXES: tuple[str, ...] = (".tsv", ".ann", ".json", ".xml")


def read_annotations(
    paths: Iterable[Path], texts: Mapping[str, AnnotatedText], annotator: str = ""
) -> tuple[tuple[GoldDocument, ...], tuple[str, ...]]:
    """The gold of files, or of every ``.ann`` of folders, and every problem with its place.

    Raises:
        GoldError: if a path is missing or of another suffix, a file cannot be read, or two give one document.
    """
    documents: dict[str, GoldDocument] = {}
    problems: list[str] = []
    ids: dict[str, Path] = {}
    for path in paths:
        files = sorted(path.glob("*.ann")) if path.is_dir() else [path]
        if not files:
            raise GoldError(f"{path}: no .ann file in this folder. Of tables and BioC, name the files.")
        for file in files:
            found, faults = _read_file(file, texts, annotator)
            problems += faults
            for document in found:
                if document.document in documents:
                    raise GoldError(f"{file}: document {document.document!r} was given by another file already.")
                documents[document.document] = document
                problems += [
                    f"{file}: id {one.id!r} is given already in {ids[one.id]}"
                    for one in document.statements
                    if ids.setdefault(one.id, file) != file
                ]
    return tuple(documents.values()), tuple(problems)


def _read_file(
    file: Path, texts: Mapping[str, AnnotatedText], annotator: str
) -> tuple[tuple[GoldDocument, ...], tuple[str, ...]]:
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        raise GoldError(f"{file}: annotations are read from {', '.join(SUFFIXES)} files, not {suffix or 'this'}.")
    try:
        content = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{file}: cannot be read as UTF-8 text ({error}).") from error
    if suffix == ".tsv":
        return parse_table(content, texts, place=str(file), annotator=annotator, find_curie=find_curie)
    if suffix == ".ann":
        if file.stem not in texts:
            raise GoldError(f"{file}: the text {file.stem}.txt is not beside it. Name it with --texts.")
        document, problems = parse_brat(content, file.stem, texts[file.stem], place=str(file), annotator=annotator)
        return (document,), problems
    return parse_bioc(content, texts, place=str(file), annotator=annotator)


def write_annotations(
    documents: Sequence[GoldDocument], texts: Mapping[str, AnnotatedText], path: Path
) -> tuple[Path, ...]:
    """Write ``.tsv`` or ``.json`` (BioC), or, without a suffix, a folder of brat files; gives the files.

    Raises:
        GoldError: if the suffix is another.
    """
    suffix = path.suffix.lower()
    if suffix == ".tsv":
        contents = {path: format_table(documents, texts)}
    elif suffix == ".json":
        contents = {path: format_bioc(documents, texts)}
    elif suffix and not path.is_dir():
        raise GoldError(f"{path}: write FILE.tsv, FILE.json (BioC) or a folder (brat), not {suffix}.")
    else:
        path.mkdir(parents=True, exist_ok=True)
        contents = {}
        for document in documents:
            text = texts[document.document]
            contents[path / f"{document.document}.txt"] = text.text
            contents[path / f"{document.document}.ann"] = format_brat(document, text.text)
    for file, content in contents.items():
        with replace_file(file) as stream:
            stream.write(content.encode())
    return tuple(contents)
