"""Which file and which run a reading comes from, as far as an output folder tells."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from sigmine.errors import CurationError
from sigmine.manifest import MANIFEST


@dataclass(frozen=True, slots=True)
class Source:
    """The name of a document's file, the SHA-256 of its bytes, the run that read it and the version of sigmine."""

    file: str = ""
    sha256: str = ""
    run: str = ""
    version: str = ""


NO_SOURCE = Source()


def load_sources(out: Path) -> dict[str, Source]:
    """The sources of a run's documents, by id; none of a folder without a manifest (a store, an export).

    Raises:
        CurationError: if the manifest is damaged.
    """
    file = out / MANIFEST
    if not file.is_file():
        return {}
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        versions = {item["run"]: item["version"] for item in (rows, *rows.get("earlier_runs", ()))}
        return {
            row["document"]: Source(
                row["file"] or "", row["sha256"] or "", run := row.get("run", rows["run"]), versions.get(run) or ""
            )
            for row in rows["documents"]
        }
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise CurationError(
            f"{file}: does not say which files were read ({type(error).__name__}: {error}). Write the folder again "
            "with `sigmine run`."
        ) from error


def find_curation_folder(out: Path) -> Path:
    """Where decisions on an output are kept by default: beside it, since a run replaces its folder as a whole."""
    out = out.resolve()
    return out.with_name(f"{out.name}-curation")
