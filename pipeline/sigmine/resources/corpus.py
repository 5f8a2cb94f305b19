"""The documents that come with the project."""

from __future__ import annotations

import tomllib
from pathlib import Path

from sigmine.errors import ResourceError

_MANIFEST = "manifest.toml"


def find_corpus() -> Path:
    """The folder of the bundled documents: ``corpus/`` of a clone, ``sigmine/corpus`` of an installed package.

    Raises:
        ResourceError: if neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    places = (package / "corpus", package.parents[1] / "corpus")
    for place in places:
        if (place / _MANIFEST).is_file():
            return place
    looked = " and ".join(map(str, places))
    raise ResourceError(
        f"The bundled documents are missing: no {_MANIFEST} in {looked}. "
        "Install sigmine again, or name the files to read: sigmine run PATH..."
    )


def load_open_access() -> tuple[str, ...]:
    """PMCIDs of open-access reviews on signalling that the manifest lists for whoever wants to fetch some.

    Raises:
        ResourceError: if the manifest is missing or damaged.
    """
    path = find_corpus() / _MANIFEST
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["open_access"]
        return tuple(str(row["pmcid"]) for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(f"{path} is damaged: {error!r}. Install sigmine again.") from error
