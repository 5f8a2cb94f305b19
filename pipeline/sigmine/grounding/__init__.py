"""Names to identities: CURIE and standard name, families and complexes kept as such, "none" when unsure."""

from sigmine.grounding.candidates import GroundingCandidate, explain_grounding
from sigmine.grounding.document import ground_mentions, ground_relations
from sigmine.grounding.sites import SiteChecker, check_relation_sites, load_site_checker, mark_sites

__all__ = [
    "GroundingCandidate",
    "SiteChecker",
    "check_relation_sites",
    "explain_grounding",
    "ground_mentions",
    "ground_relations",
    "load_site_checker",
    "mark_sites",
]
