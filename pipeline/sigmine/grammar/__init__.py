"""The rule language: reads rule files, expands them to rules, walks spaCy's parse. No biology in here."""

from sigmine.grammar.load import get_grammar, load_grammar

__all__ = ["get_grammar", "load_grammar"]
