"""The gold: what annotators wrote down (``gold/README.md`` describes the files)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sigmine.errors import GoldError
from sigmine.evaluation.claim import End, GoldStatement
from sigmine.evaluation.gold_check import check_header, check_statement
from sigmine.evaluation.judged import JUDGED

PASSES = "passes"
"""The name of a folder with the work of single annotators, of which the gold was made."""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One gold file.

    Attributes:
        document: the document's id; ``file``: the name of the text file that the offsets belong to.
        sha256: of that file's bytes.
        statements: in the order of the file; of readings that were judged, those that are right.
        path: of the gold file.
        lines: the line of each statement in the gold file, counted from 1.
        scope: ``all``, or ``judged`` where only the readings in the file are judged and nothing else in the document.
        rejected: readings that are wrong, where the scope is ``judged``; ``rejected_lines``: as ``lines``.
    """

    document: str
    file: str
    sha256: str
    title: str = ""
    annotator: str = ""
    statements: tuple[GoldStatement, ...] = ()
    path: str = ""
    lines: tuple[int, ...] = ()
    scope: str = "all"
    rejected: tuple[GoldStatement, ...] = ()
    rejected_lines: tuple[int, ...] = ()


@dataclass(slots=True)
class _Reading:
    """What was found so far over all files."""

    problems: list[str] = field(default_factory=list)
    documents: dict[str, str] = field(default_factory=dict)  # id -> where it was read
    ids: dict[str, str] = field(default_factory=dict)


def load_gold(path: str | Path) -> tuple[GoldDocument, ...]:
    """Read a gold file, or every ``*.jsonl`` of a folder and its folders, in the order of their paths.

    Folders in it that are named ``passes`` hold what single annotators wrote, and are left out.

    Raises:
        GoldError: if anything is wrong; ``problems`` lists all of it, each with file and line.
    """
    root = Path(path)
    if root.is_dir():
        files = [file for file in sorted(root.rglob("*.jsonl")) if PASSES not in file.relative_to(root).parts]
    elif root.is_file():
        files = [root]
    else:
        raise GoldError(f"{root}: no such file or folder. Give a gold file (*.jsonl) or a folder that holds some.")
    if not files:
        raise GoldError(f"{root}: no *.jsonl file in this folder. Give a gold file or a folder that holds some.")
    reading = _Reading()
    documents = [_load_file(file, reading) for file in files]
    _raise_problems(reading.problems, "in the gold")
    return tuple(document for document in documents if document is not None)


def check_against_text(gold: GoldDocument, text_path: str | Path) -> None:
    """Check that the text is the one annotated and that every offset fits it.

    Args:
        text_path: the text file, or the folder that holds ``gold.file``.

    Raises:
        GoldError: if the text is not there, is another text, or offsets are out of range or begin or end in
            white space; ``problems`` lists all of it.
    """
    path = Path(text_path)
    path = path / gold.file if path.is_dir() else path
    if not path.is_file():
        title = f" ({gold.title})" if gold.title else ""
        raise GoldError(
            f"{path}: the text of gold document {gold.document!r}{title} is not here. Texts of third parties are not "
            f"part of the project: get the article, save its text as {gold.file} and try again. "
            f"Its bytes must have the SHA-256 {gold.sha256}."
        )
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != gold.sha256:
        raise GoldError(
            f"{path}: this is not the text that {gold.path or gold.document} was annotated on. Its SHA-256 is "
            f"{digest}, expected {gold.sha256}. Use the unchanged file; line ends count."
        )
    text = content.decode("utf-8")
    problems: list[str] = []
    for number, statement in enumerate((*gold.statements, *gold.rejected)):
        lines = (*gold.lines, *gold.rejected_lines)
        place = f"{gold.path}:{lines[number]}" if lines else f"{gold.path} {statement.id}"
        for label, (start, end) in _spans_of(statement):
            if end > len(text):
                problems.append(
                    f"{place}: {label} {start}:{end} goes beyond the text, which has {len(text)} characters"
                )
            elif text[start].isspace() or text[end - 1].isspace():
                problems.append(f"{place}: {label} {start}:{end} begins or ends in white space; move it to the word")
    _raise_problems(problems, f"in {gold.path or gold.document} against its text")


def _spans_of(statement: GoldStatement) -> list[tuple[str, tuple[int, int]]]:
    spans = [("sentence", statement.sentence)]
    for label, end in (("subject", statement.subject), ("object", statement.object)):
        if end is not None:
            spans += [(label if index == 0 else f"{label} alias", span) for index, span in enumerate(end.spans)]
    return spans


def _raise_problems(problems: list[str], where: str) -> None:
    if problems:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise GoldError("\n".join([f"{count} {where}:", *problems]), tuple(problems))


def _load_file(path: Path, reading: _Reading) -> GoldDocument | None:
    """One file; None if its first line is wrong. Problems go to ``reading``."""
    rows = _load_rows(path, reading)
    if not rows:
        reading.problems.append(f"{path}:1: the file is empty; the first line describes the document")
        return None
    (number, header), *rest = rows
    faults = check_header(header) if header is not None else []
    reading.problems += [f"{path}:{number}: {fault}" for fault in faults]
    header_is_good = header is not None and not faults
    name = header["document"] if header_is_good and header is not None else None
    if name is not None:
        first = reading.documents.setdefault(name, f"{path}:{number}")
        if first != f"{path}:{number}":
            reading.problems.append(f"{path}:{number}: document {name!r} is given already in {first}")
    scope = header.get("scope", "all") if header_is_good and header is not None else "all"
    found: list[tuple[int, GoldStatement]] = []
    for line, row in rest:
        if row is None:
            continue
        faults = check_statement(row, judged=scope == JUDGED)
        place = f"{path}:{line}"
        if isinstance(row.get("id"), str):
            first = reading.ids.setdefault(row["id"], place)
            if first != place:
                faults.append(f"id {row['id']!r} is given already in {first}")
        reading.problems += [f"{place}: {fault}" for fault in faults]
        if not faults and name is not None:
            found.append((line, _parse_statement(row, name)))
    if header is None or name is None:
        return None
    right = [pair for pair in found if pair[1].verdict != "rejected"]
    wrong = [pair for pair in found if pair[1].verdict == "rejected"]
    return GoldDocument(
        document=name,
        file=header["file"],
        sha256=header["sha256"],
        title=header.get("title", ""),
        annotator=header.get("annotator", ""),
        statements=tuple(statement for _, statement in right),
        path=str(path),
        lines=tuple(line for line, _ in right),
        scope=scope,
        rejected=tuple(statement for _, statement in wrong),
        rejected_lines=tuple(line for line, _ in wrong),
    )


def _load_rows(path: Path, reading: _Reading) -> list[tuple[int, dict[str, Any] | None]]:
    """Line numbers and objects of the lines that are not blank; None for a line that is no JSON object."""
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reading.problems.append(f"{path}: cannot be read as UTF-8 text ({error})")
        return [(0, None)]
    rows: list[tuple[int, dict[str, Any] | None]] = []
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        row: Any = None
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            reading.problems.append(f"{path}:{number}: not JSON ({error.msg} at column {error.colno})")
        else:
            if not isinstance(row, dict):
                reading.problems.append(f"{path}:{number}: a line must be a JSON object, not {type(row).__name__}")
                row = None
        rows.append((number, row))
    return rows


def _parse_end(row: dict[str, Any] | None) -> End | None:
    if row is None:
        return None
    aliases = tuple((start, end) for start, end in row.get("aliases", ()))
    return End(((row["start"], row["end"]), *aliases), row["name"], row["type"], row["curie"])


def _parse_statement(row: dict[str, Any], document: str) -> GoldStatement:
    """A statement from a row without faults."""
    theme = _parse_end(row["object"])
    assert theme is not None  # check_statement refuses a row without object
    return GoldStatement(
        id=row["id"],
        document=document,
        relation=row["relation"],
        subject=_parse_end(row["subject"]),
        object=theme,
        sites=tuple(row["sites"]),
        sentence=(row["sentence"][0], row["sentence"][1]),
        section=row["section"],
        negated=row["negated"],
        hedged=row["hedged"],
        direct=row["direct"],
        cross_sentence=row["cross_sentence"],
        split=row.get("split", "dev"),
        note=row.get("note", ""),
        verdict=row.get("verdict", ""),
        error=row.get("error", ""),
        instead=row.get("instead", ""),
        curator=row.get("curator", ""),
        time=row.get("time", ""),
    )
