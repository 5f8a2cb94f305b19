"""Mentions of relations taken together: evidence, merging by identity, belief."""

from sigmine.assembly.belief import compute_belief
from sigmine.assembly.evidence import make_evidence
from sigmine.assembly.merge import assemble
from sigmine.assembly.reliability import weigh_mentions

__all__ = ["assemble", "compute_belief", "make_evidence", "weigh_mentions"]
