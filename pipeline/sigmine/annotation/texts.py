"""The texts that annotations belong to: found, and with the hash that says which text it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sigmine.errors import ReadError
from sigmine.evaluation.gold import GoldDocument
from sigmine.readers.lookup import find_files


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """``text`` is the file's, line ends untouched; ``sha256`` of its bytes; ``file`` its name without folders."""

    file: str
    text: str
    sha256: str
    title: str = ""


def load_texts(paths: Iterable[str | Path]) -> dict[str, AnnotatedText]:
    """Text files, or every ``*.txt`` of folders, by the documents' ids: the files' names without suffix.

    Raises:
        ReadError: if a path is missing, a file is no UTF-8 text, or two have one id.
    """
    texts: dict[str, AnnotatedText] = {}
    places: dict[str, Path] = {}
    for path in map(Path, paths):
        if not path.exists():
            raise ReadError(
                f"{path}: no such file or folder. Give the text files that were annotated, or their folder."
            )
        for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
            if file.stem in places:
                raise ReadError(f"{file}: the id {file.stem!r} is taken by {places[file.stem]}. Rename one of them.")
            places[file.stem] = file
            texts[file.stem] = _load(file)
    return texts


def _load(file: Path) -> AnnotatedText:
    try:
        content = file.read_bytes()
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{file}: cannot be read as UTF-8 text ({error}).") from error
    title = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return AnnotatedText(file.name, text, hashlib.sha256(content).hexdigest(), title)


def find_text(document: GoldDocument, paths: Sequence[Path], places: Sequence[Path]) -> Path | None:
    """The text file of a gold document, or None.

    Args:
        paths: files, or folders that are searched with all that is in them, for the name of the text's file. What has
            another SHA-256 is found too, so that it can be told.
        places: folders in which a file of this name and SHA-256 is looked for where there are no ``paths``.
    """
    if not paths:
        return next(find_files(document.file, places, sha256=document.sha256), None)
    for path in paths:
        found = next(iter(sorted(path.rglob(document.file))), None) if path.is_dir() else path
        if found is not None and found.name == document.file and found.is_file():
            return found
    return None
