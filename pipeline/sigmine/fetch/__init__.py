"""Open-access articles as JATS XML, from Europe PMC and PubMed Central: the only part that uses the network."""

from sigmine.fetch.articles import Outcome, Sources, fetch_articles
from sigmine.fetch.client import Manners
from sigmine.fetch.identifiers import Identifier, parse_identifier, parse_identifiers

__all__ = ["Identifier", "Manners", "Outcome", "Sources", "fetch_articles", "parse_identifier", "parse_identifiers"]
