"""Is what came a whole article in JATS, the one that was asked for, and harmless? Nothing else is kept.

expat alone answers that: it loads nothing, and a handler stops at the first declared entity, before one can be
expanded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from sigmine.errors import FetchError
from sigmine.fetch.problems import PassingError

_META = ("article", "front", "article-meta")
_LICENSE = (*_META, "permissions", "license")
_PMC_TYPES = ("pmc", "pmcid")


@dataclass(slots=True)
class _Watch:
    """What the handlers have seen so far."""

    path: list[str] = field(default_factory=list)
    ids: list[tuple[str, str]] = field(default_factory=list)
    licences: list[str] = field(default_factory=list)
    has_body: bool = False
    text: str | None = None
    type: str = ""

    def open(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self.path and name != "article":
            raise FetchError(f"not an article in JATS: the root element is <{name}>, not <article>.")
        self.path.append(name)
        here = tuple(self.path)
        if here == ("article", "body"):
            self.has_body = True
        elif here == (*_META, "article-id"):
            self.text, self.type = "", attributes.get("pub-id-type", "")
        elif here == _LICENSE and attributes.get("xlink:href"):
            self.licences.append(attributes["xlink:href"].strip())
        elif here == (*_LICENSE, "ali:license_ref"):
            self.text = ""

    def close(self, name: str) -> None:
        if self.text is not None:
            if name == "article-id":
                self.ids.append((self.type, self.text.strip()))
            else:
                self.licences.append(self.text.strip())
            self.text = None
        self.path.pop()

    def take(self, text: str) -> None:
        if self.text is not None:
            self.text += text


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What the article says of itself; ``licence`` is an address, or None."""

    licence: str | None


def check_article(data: bytes, pmcid: str) -> ArticleFacts:
    """Looks at the XML of the article ``pmcid``.

    Raises:
        PassingError: if it is not well-formed, most likely because it broke off.
        FetchError: if it declares entities, is no JATS article, another one, or without its text.
    """
    watch = _Watch()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse_entity
    parser.StartElementHandler = watch.open
    parser.EndElementHandler = watch.close
    parser.CharacterDataHandler = watch.take
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # the latter two for an encoding that is unknown
        raise PassingError(f"the XML is damaged or broke off: {error}") from error
    ids = {value.upper().removeprefix("PMC") for type_, value in watch.ids if type_ in _PMC_TYPES}
    if ids and pmcid.removeprefix("PMC") not in ids:
        raise FetchError(f"another article came: PMC{min(ids)} instead of {pmcid}.")
    if not watch.has_body:
        raise FetchError("the XML has no text (<body>), only what describes the article.")
    return ArticleFacts(next(filter(None, watch.licences), None))


def _refuse_entity(name: str, *rest: Any) -> None:
    raise FetchError(f"the XML declares an entity ({name}); such a file is not kept.")
