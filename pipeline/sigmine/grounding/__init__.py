"""Names to identities: CURIE and standard name, families and complexes kept as such, "none" when unsure."""

from sigmine.grounding.candidates import GroundingCandidate, explain_grounding
from sigmine.grounding.document import ground_mentions, ground_relations

__all__ = ["GroundingCandidate", "explain_grounding", "ground_mentions", "ground_relations"]
