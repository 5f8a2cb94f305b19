"""What is known already: statements of databases and other outputs, read and compared with ours.

Readers of SIGNOR's table, CausalTAB, INDRA's JSON, SIF and our own output, each to ``Claim``; the comparison at the
level of statements. What the words of the databases mean is in ``relations.yml``.
"""

from sigmine.known.claims import Claim, KnownSource, Skipped
from sigmine.known.comparison import CLASSES, Finding, KnownComparison, compare_with_known
from sigmine.known.formats import FORMATS, load_known
from sigmine.known.own_output import load_claims

__all__ = [
    "CLASSES",
    "FORMATS",
    "Claim",
    "Finding",
    "KnownComparison",
    "KnownSource",
    "Skipped",
    "compare_with_known",
    "load_claims",
    "load_known",
]
