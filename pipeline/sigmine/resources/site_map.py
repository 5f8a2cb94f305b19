"""The bundled table of residues that texts are known to number otherwise than the reference sequence does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from sigmine.errors import ResourceError


@dataclass(frozen=True, slots=True)
class CuratedSite:
    """What curators found out about a residue.

    Attributes:
        reference: the residue of the UniProt reference sequence that is meant (``T412``), or None where there is none.
        reason: why the text has another, e.g. ``numbering of another isoform``.
    """

    reference: str | None
    reason: str


SiteMap = Mapping[tuple[str, str], CuratedSite]
"""By UniProt accession and the residue as texts number it: ``("P23443", "T389")``."""


@cache
def load_site_map() -> SiteMap:
    """The curated site map of ProtMapper (Bachman et al. 2022, bioRxiv 822668); read once, then kept.

    Raises:
        ResourceError: if ``sigmine/resources/data/site_map/site_map.tsv`` is missing or damaged.
    """
    file = files("sigmine.resources") / "data" / "site_map" / "site_map.tsv"
    advice = "It comes with sigmine; install sigmine again, or in a checkout run compile_site_map.py."
    try:
        rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    except (OSError, ValueError) as error:
        raise ResourceError(f"Cannot read {file}: {error}. {advice}") from error
    bad = next((number for number, row in enumerate(rows, 2) if len(row) != 4), None)
    if bad is not None:
        raise ResourceError(f"{file}, line {bad}: 4 columns are expected. {advice}")
    return MappingProxyType(
        {(uniprot, written): CuratedSite(reference or None, reason) for uniprot, written, reference, reason in rows}
    )
