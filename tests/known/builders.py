"""Rows of other databases and claims in few words; what they say is textbook biology."""

from __future__ import annotations

from sigmine.known import Claim
from sigmine.known.signor import COLUMNS
from sigmine.model import Agent

AGENTS = {
    "AKT": Agent("AKT", "FAMILY", "fplx:AKT"),
    "AKT1": Agent("AKT1", "PROTEIN", "hgnc:391"),
    "AKT2": Agent("AKT2", "PROTEIN", "hgnc:392"),
    "TSC2": Agent("TSC2", "PROTEIN", "hgnc:12363"),
    "MTOR": Agent("MTOR", "PROTEIN", "hgnc:3942"),
    "RPTOR": Agent("RPTOR", "PROTEIN", "hgnc:30287"),
    "mTORC1": Agent("mTORC1", "COMPLEX", "fplx:mTORC1"),
    "mTORC2": Agent("mTORC2", "COMPLEX", "fplx:mTORC2"),
    "rapamycin": Agent("rapamycin", "CHEMICAL", "chebi:9168"),
}
UNIPROT = {"AKT1": "P31749", "TSC2": "P49815", "RHEB": "Q15382", "MTOR": "P42345", "CASP3": "P42574"}


def make_claim(
    subject: str | None, relation: str, object: str, site: str | None = None, *, place: int = 1, denied: bool = False,
    belief: float = 1.0,
) -> Claim:  # fmt: skip
    """Ends by their names in ``AGENTS``; another name is an end without identity."""
    ends = [None if name is None else AGENTS.get(name, Agent(name, "PROTEIN")) for name in (subject, object)]
    assert ends[1] is not None
    return Claim(relation, ends[0], ends[1], site, place, denied=denied, belief=belief)


def make_signor(subject: str, object: str, effect: str, mechanism: str = "", residue: str = "", **more: str) -> str:
    """A line of SIGNOR's table in its own order; columns by name in ``more``."""
    row = dict.fromkeys(COLUMNS, "") | {
        "ENTITYA": subject, "TYPEA": "protein", "IDA": UNIPROT.get(subject, ""), "DATABASEA": "UNIPROT",
        "ENTITYB": object, "TYPEB": "protein", "IDB": UNIPROT.get(object, ""), "DATABASEB": "UNIPROT",
        "EFFECT": effect, "MECHANISM": mechanism, "RESIDUE": residue, "DIRECT": "YES",
    } | more  # fmt: skip
    return "\t".join(row.values())


HEAD = "\t".join(COLUMNS)
