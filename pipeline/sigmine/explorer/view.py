"""What a page looks at: molecules, and what statements must be like. It travels as the query of an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sigmine.assembly.terms import make_literal
from sigmine.assembly.triples import agent_iri, document_iri
from sigmine.explorer.refusal import Refused
from sigmine.model.entity import ENTITY_TYPES
from sigmine.model.statement import Agent

Parameters = Mapping[str, Sequence[str]]
"""The names and values of a query, as ``urllib.parse.parse_qs`` gives them."""

_MAX_VALUES = 500
_MAX_LENGTH = 1_000
_SEVERAL = {"focus": "focus", "relation": "relations", "section": "sections", "document": "documents"}
_TYPES = {kind.lower(): kind for kind in ENTITY_TYPES}


@dataclass(frozen=True, slots=True)
class View:
    """Which statements are looked at. Empty tuples and texts ask nothing.

    Attributes:
        focus: keys of molecules (``Agent.key``), in the order in which they were opened.
        relations: names of relations, any of them.
        sections, documents: kinds of sections and ids of documents, with evidence in any of them.
        text: what the sentence of some evidence must hold, in any case of letters; looked for where there is no focus.
        statement: the id of the one statement that is meant.
        min_belief: 0 to 1.
        hedged, denied: whether statements are shown of which all evidence is so.
        direct_only: whether what a subject only brings about is left out.

    What is asked of evidence (``sections``, ``documents``, ``text``, ``hedged``, ``denied``) the same piece must fit.
    """

    focus: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    text: str = ""
    statement: str = ""
    min_belief: float = 0.0
    hedged: bool = True
    denied: bool = True
    direct_only: bool = False


def parse_view(parameters: Parameters) -> View:
    """The view of ``focus=hgnc:391&relation=activates&belief=0.7&hedged=no``; other names are not looked at.

    Raises:
        Refused: if a value is none that its name takes, or there are too many.
    """
    several: dict[str, tuple[str, ...]] = {}
    for name, field in _SEVERAL.items():
        values = tuple(dict.fromkeys(value for value in parameters.get(name, ()) if value))
        if len(values) > _MAX_VALUES or any(len(value) > _MAX_LENGTH for value in values):
            raise Refused(f"At most {_MAX_VALUES} values of {name} of {_MAX_LENGTH} characters are taken.")
        several[field] = values
    return View(
        **several,
        text=get_value(parameters, "text"),
        statement=get_value(parameters, "statement"),
        min_belief=get_number(parameters, "belief", 0.0, low=0.0, high=1.0),
        hedged=_get_choice(parameters, "hedged", True),
        denied=_get_choice(parameters, "denied", True),
        direct_only=_get_choice(parameters, "direct", False),
    )


def get_value(parameters: Parameters, name: str, default: str = "") -> str:
    """The last value of the name, without spaces around it.

    Raises:
        Refused: if it is longer than a page ever sends.
    """
    values = parameters.get(name) or (default,)
    if len(values[-1]) > _MAX_LENGTH:
        raise Refused(f"{name} may have {_MAX_LENGTH} characters.")
    return values[-1].strip()


def get_number(parameters: Parameters, name: str, default: float, *, low: float, high: float) -> float:
    """The number under the name.

    Raises:
        Refused: if it is none, or not from ``low`` to ``high``.
    """
    text = get_value(parameters, name)
    try:
        number = float(text) if text else default
    except ValueError:
        number = high + 1
    if not low <= number <= high:
        raise Refused(f"{name} is a number from {low:g} to {high:g}, not {text!r}.")
    return number


def _get_choice(parameters: Parameters, name: str, default: bool) -> bool:
    text = get_value(parameters, name)
    if text not in ("", "yes", "no"):
        raise Refused(f"{name} is yes or no, not {text!r}.")
    return default if not text else text == "yes"


def find_iri(key: str) -> str:
    """The identity (``<...>``) of a molecule's key: of a CURIE, or of ``protein:mtor`` where it has none."""
    kind, _, name = key.partition(":")
    return agent_iri(Agent(name, _TYPES[kind]) if kind in _TYPES else Agent(key, "", key))


def make_patterns(view: View) -> str:
    """What the view asks of ``?s``, but for its focus, as patterns of SPARQL.

    They follow patterns that bind ``?s`` to few statements: the database goes through them mostly as they stand, and
    conditions that most of a store fulfils must not come first. They bind ``?e``, each piece of evidence that fits.
    """
    lines = []
    if view.relations:
        lines.append(
            f"?s sigmine:relation ?relation FILTER(?relation IN ({', '.join(map(make_literal, view.relations))}))"
        )
    if view.min_belief:
        lines.append(f"?s sigmine:belief ?least FILTER(?least >= {view.min_belief!r})")
    if view.direct_only:
        lines.append("?s sigmine:direct true .")
    asked = []
    if view.documents:
        documents = ", ".join(map(document_iri, view.documents))
        asked.append(f"?e oa:hasSource ?document FILTER(?document IN ({documents}))")
    if view.sections:
        sections = ", ".join(map(make_literal, view.sections))
        asked.append(f"?e sigmine:section ?section FILTER(?section IN ({sections}))")
    if not view.hedged:
        asked.append("?e sigmine:hedged ?hedged FILTER(?hedged = false)")
    if not view.denied:
        asked.append("?e sigmine:negated ?negated FILTER(?negated = false)")
    evidence = "?s sigmine:evidence ?e ." if asked else "OPTIONAL { ?s sigmine:evidence ?e }"
    return " ".join([*lines, evidence, *asked])


def make_candidate_query(view: View, limit: int) -> str:
    """A query for at most so many statements ``?s`` among which those of a view without focus are.

    By the words of a sentence (then with the evidence ``?e`` that has them), by document, else those that are believed
    most.
    """
    if view.text:
        text = make_literal(view.text.lower())
        return (
            f"SELECT DISTINCT ?s ?e {{ {{ SELECT ?p {{ ?p oa:exact ?t FILTER(CONTAINS(LCASE(?t), {text})) }} "
            f"LIMIT {limit} }} ?e oa:hasSelector ?p . ?s sigmine:evidence ?e }} LIMIT {limit}"
        )
    if view.documents:
        documents = " ".join(map(document_iri, view.documents))
        return (
            f"SELECT DISTINCT ?s {{ VALUES ?d {{ {documents} }} ?e oa:hasSource ?d . ?s sigmine:evidence ?e }} "
            f"LIMIT {limit}"
        )
    relations = " ".join(map(make_literal, view.relations))
    asked = f"VALUES ?r {{ {relations} }} ?s sigmine:relation ?r ." if relations else ""
    return f"SELECT ?s {{ {asked} ?s sigmine:belief ?b }} ORDER BY DESC(?b) LIMIT {limit}"
