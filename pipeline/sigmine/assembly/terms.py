"""RDF terms as N-Triples text: an IRI is ``<...>``, a literal ``"..."`` with its datatype.

Text is all that the projection needs, so it costs no library; the store and the Turtle export hand it to their parser.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from sigmine.resources.prefixes import PREFIXES

Triple = tuple[str, str, str]
"""Subject, predicate, object as N-Triples terms."""

_PLAIN = re.compile(r"[A-Za-z0-9_.~-]+", re.ASCII).fullmatch  # what percent-encoding leaves as it is
_SPECIAL = re.compile(r'[\\"\n\r]').search
_ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"))  # the backslash comes first
_INTEGER = f"^^<{PREFIXES['xsd']}integer>"
_DOUBLE = f"^^<{PREFIXES['xsd']}double>"
_TRUE = f'"true"^^<{PREFIXES["xsd"]}boolean>'
_FALSE = f'"false"^^<{PREFIXES["xsd"]}boolean>'


def term_iri(curie: str) -> str:
    """``<...>`` for a CURIE whose prefix is in ``PREFIXES``. Plain table lookup: no library is loaded."""
    prefix, _, local = curie.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def make_iri(base: str, *parts: str) -> str:
    """``<base/part/part>`` with every part percent-encoded, so that any text gives a valid IRI."""
    return f"<{base}{'/'.join(part if _PLAIN(part) else quote(part, safe='') for part in parts)}>"


def make_literal(value: str | int | float) -> str:
    """A literal of the value's own type: text, ``xsd:boolean``, ``xsd:integer`` or ``xsd:double``."""
    if isinstance(value, str):
        if _SPECIAL(value):
            for character, escape in _ESCAPES:
                value = value.replace(character, escape)
        return f'"{value}"'
    if isinstance(value, bool):
        return _TRUE if value else _FALSE
    if isinstance(value, int):
        return f'"{value}"{_INTEGER}'
    return f'"{value!r}"{_DOUBLE}'
