"""What made an output: versions and hashes of code, rules and bundled data. No times of day, no machine names."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

from sigmine.errors import GroundingError
from sigmine.model.ids import make_hash

MANIFEST = "manifest.json"
SCHEMA = 2
"""Grows when a reader of older outputs would be misled by the new ones. 2: the folder has ``readings.jsonl``."""

_DEPENDENCIES = ("spacy", "scispacy", "numpy", "gilda-slim", "pyoxigraph", "networkx", "lxml", "bioc")
_PACKAGE = Path(__file__).resolve().parent


def describe_program(options: dict[str, Any]) -> dict[str, Any]:
    """The part of a manifest that is known before reading; ``run`` is a hash of all the rest of it.

    Args:
        options: what was asked for, as JSON values; ``ner``, if set, names an installed pipeline, ``proteome`` a file,
            ``lexicon`` a file or folder, whose content is hashed.

    Raises:
        GroundingError: if the proteome cannot be read.
    """
    proteome = Path(options["proteome"]) if options.get("proteome") else None
    rows: dict[str, Any] = {
        "program": "sigmine",
        "schema": SCHEMA,
        "version": find_version("sigmine"),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "dependencies": {name: find_version(name) for name in _DEPENDENCIES},
        "sha256": {
            "code": hash_files(_PACKAGE, "**/*.py"),
            "rules": hash_files(_PACKAGE / "rules", "**/*.yml"),
            **{name: _hash_entry(path) for name, path in _find_resources()},
            **({"proteome": _hash_proteome(proteome)} if proteome else {}),
        },
        # The name of the file, not its path: a manifest is the same on every machine.
        "options": options | ({"proteome": proteome.name} if proteome else {}),
    }
    if options.get("lexicon"):
        rows["sha256"]["own_lexicon"] = _hash_entry(Path(options["lexicon"]))
    if options.get("ner"):
        rows["dependencies"][options["ner"]] = find_version(options["ner"])
    return {"run": make_hash([json.dumps(rows, sort_keys=True)]), **rows}


def find_version(name: str) -> str | None:
    """The version of an installed distribution, or None."""
    try:
        return metadata.version(name)
    except (metadata.PackageNotFoundError, ValueError):
        return None


def hash_files(folder: Path, pattern: str) -> str:
    """SHA-256 over names and bytes of the files that match, sorted by name; of nothing where none does."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.glob(pattern) if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{_hash_file(path)}\n".encode())
    return digest.hexdigest()


def is_output(folder: Path) -> bool:
    """Whether the folder was written by ``sigmine run``."""
    return find_manifest(folder) is not None


def find_manifest(folder: Path) -> dict[str, Any] | None:
    """What the manifest of a folder holds; None where ``sigmine run`` did not write it."""
    try:
        rows = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return rows if isinstance(rows, dict) and rows.get("program") == "sigmine" else None


def find_runs(folder: Path) -> list[dict[str, Any]]:
    """What the manifest of a folder says of the runs that read its documents, the newest last; empty without one."""
    rows = find_manifest(folder)
    return [] if rows is None else [*rows.get("earlier_runs", ()), rows]


def _find_resources() -> list[tuple[str, Path]]:
    data = _PACKAGE / "resources" / "data"
    return [(path.name, path) for path in sorted(data.iterdir())] if data.is_dir() else []


def _hash_entry(path: Path) -> str:
    return hash_files(path, "**/*") if path.is_dir() else _hash_file(path)


def _hash_proteome(path: Path) -> str:
    try:
        return _hash_file(path)
    except OSError as error:
        raise GroundingError(
            f"Cannot read the proteome {path}: {error.strerror}. Name a FASTA file of UniProt."
        ) from error


def _hash_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
