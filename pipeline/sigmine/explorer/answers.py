"""What a page asks: each function takes the session and the parameters of an address, and gives JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from sigmine.assembly.vocabulary import load_relation_terms
from sigmine.explorer import curating, document_view, downloads, questions
from sigmine.explorer.names import Molecule, list_names
from sigmine.explorer.neighbourhood import Neighbourhood, find_neighbourhood, find_statements
from sigmine.explorer.refusal import Refused
from sigmine.explorer.rows import make_detail, make_rows
from sigmine.explorer.session import Session
from sigmine.explorer.view import Parameters, View, get_number, get_value, parse_view
from sigmine.exports.cells import format_value
from sigmine.exports.cytoscape_js import make_elements
from sigmine.model.document import READ_KINDS
from sigmine.model.entity import ENTITY_TYPES
from sigmine.model.json import JsonObject
from sigmine.web.layout import place_nodes

PAGE = 50
"""Statements that a list shows at once."""

_SUGGESTED = 8


def describe_session(session: Session, parameters: Parameters) -> JsonObject:
    """What a page needs to begin: what is there to choose from, and who curates."""
    from importlib.metadata import version

    relations = session.store.query("SELECT ?r (COUNT(?s) AS ?n) { ?s sigmine:relation ?r } GROUP BY ?r").rows
    counts = {str(name): int(str(number)) for name, number in relations}
    terms = load_relation_terms()
    answer = {
        "place": session.place,
        "version": version("sigmine"),
        "statements": sum(counts.values()),
        "documents": len(session.list_documents()),
        "relations": [
            {"name": name, "label": terms[name].label if name in terms else name, "statements": counts[name]}
            for name in sorted(counts, key=lambda name: (-counts[name], name))
        ],
        "all_relations": [{"name": name, "label": term.label} for name, term in terms.items()],
        "sections": sorted(READ_KINDS),
        "types": list(ENTITY_TYPES),
        "formats": downloads.list_formats(),
        "queries": questions.list_queries(),
        "reasons": curating.list_reasons(),
        "curation": curating.describe_curation(session),
    }
    session.warm_up()
    return answer


def search(session: Session, parameters: Parameters) -> JsonObject:
    """Molecules and statements for what somebody has typed so far."""
    text = get_value(parameters, "q")
    molecules = session.names.find(text, _SUGGESTED)
    statements = _find_by_words(session, text) if text else []
    return {"molecules": list_names(molecules), "statements": make_rows(statements, session.curation.find)}


def _find_by_words(session: Session, text: str) -> list[Any]:
    """Statements with an end for each word that names a molecule, of the relation if a word begins one; or by id."""
    statement = session.store.find_statement(text) if len(text) == 16 and text.isalnum() else None
    if statement is not None:
        return [statement]
    labels = {term.label: name for name, term in load_relation_terms().items()}
    groups: list[set[str]] = []
    relations: list[str] = []
    for word, molecules in session.names.find_words(text):
        named = [name for label, name in labels.items() if len(word) > 3 and label.startswith(word.lower())]
        if named:
            relations += named
        elif molecules:
            groups.append({molecule.iri for molecule in molecules if _begins(molecule, word)})
    groups = [group for group in groups if group]
    if not groups:
        return []
    ids = _find_between(session, groups, relations)
    return session.get_statements(ids[:_SUGGESTED])


def _begins(molecule: Molecule, word: str) -> bool:
    return molecule.name.casefold().startswith(word.casefold()) or (molecule.curie or "").casefold() == word.casefold()


def _find_between(session: Session, groups: list[set[str]], relations: list[str]) -> list[str]:
    """Ids of statements that have an end in each group, best supported first; an end counts for one group."""
    smallest = min(groups, key=len)
    keys = [molecule.key for iri in sorted(smallest) if (molecule := session.names.get(iri))]
    found = find_statements(session.store, View(focus=tuple(keys[:20]), relations=tuple(relations))).ids
    if len(groups) == 1:
        return list(found)
    kept = []
    for statement in session.get_statements(found[:1_000]):
        ends = [end.key for end in statement.ends]
        keyed = [{m.key for iri in group if (m := session.names.get(iri))} for group in groups[:2]]
        if len(ends) == 2 and any(ends[i] in keyed[0] and ends[1 - i] in keyed[1] for i in (0, 1)):
            kept.append(statement.id)
    return kept


def draw_network(session: Session, body: JsonObject) -> JsonObject:
    """The molecules around the focus of ``view`` (the query of a page's address) with their places.

    ``positions``, id to ``[x, y]``, are of molecules that have a place already and keep it.
    """
    view = parse_view(parse_qs(str(body.get("view", "")), keep_blank_values=True))
    found = find_neighbourhood(session.store, view)
    statements = session.get_statements(found.statements)
    elements = make_elements(statements)
    names = {node["data"]["id"]: node["data"]["name"] for node in elements["nodes"]}
    edges = [(edge["data"]["source"], edge["data"]["target"]) for edge in elements["edges"]]
    places = place_nodes(names, edges, fixed=_parse_positions(body.get("positions")))
    for node in elements["nodes"]:
        x, y = places[node["data"]["id"]]
        node["position"] = {"x": x, "y": y}
    return {"elements": elements, "note": _describe_rest(view, found), "statements": len(statements)}


def _describe_rest(view: View, found: Neighbourhood) -> str:
    """What is not drawn, in words; empty if nothing is left out."""
    notes = []
    if found.unknown:
        notes.append(f"Not in this store: {', '.join(found.unknown)}.")
    if not view.focus and found.hidden_statements:
        notes.append(
            f"The {len(found.statements)} statements with most evidence, of all that are believed most. Search for a "
            "molecule to see what is around it."
        )
    elif found.hidden_molecules or found.hidden_statements:
        parts = [(found.hidden_molecules, "neighbour"), (found.hidden_statements, "statement")]
        said = " and ".join(f"{number:,} {word}{'s' * (number != 1)}" for number, word in parts if number)
        notes.append(f"Drawn is what has most evidence; left out: {said}.")
    return " ".join(notes)


def _parse_positions(value: Any) -> Mapping[str, tuple[float, float]]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Refused("positions are pairs of numbers by the ids of molecules.")
    places: dict[str, tuple[float, float]] = {}
    for key, place in value.items():
        if not isinstance(place, list) or len(place) != 2 or not all(_is_coordinate(one) for one in place):
            raise Refused("positions are pairs of numbers by the ids of molecules.")
        places[key] = (float(place[0]), float(place[1]))
    return places


def _is_coordinate(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6


def list_statements(session: Session, parameters: Parameters) -> JsonObject:
    """A page of the statements of a view: those drawn (``drawn=yes``) or all that fit, from ``offset`` on."""
    view = parse_view(parameters)
    offset = int(get_number(parameters, "offset", 0, low=0, high=1e9))
    ids, complete = _find_ids(session, view, drawn=get_value(parameters, "drawn") == "yes")
    rows = make_rows(session.get_statements(ids[offset : offset + PAGE]), session.curation.find)
    return {"rows": rows, "total": len(ids), "complete": complete, "offset": offset}


def _find_ids(session: Session, view: View, *, drawn: bool) -> tuple[tuple[str, ...], bool]:
    if drawn:
        return find_neighbourhood(session.store, view).statements, True
    found = find_statements(session.store, view)
    return found.ids, found.complete


def show_statement(session: Session, parameters: Parameters) -> JsonObject:
    """A statement with all its evidence, and the revision of the decisions that are shown with it."""
    revision = session.curation.refresh()
    detail = make_detail(session.get_statement(get_value(parameters, "id")), session.curation.find)
    return {**detail, "revision": revision}


def explain_evidence(session: Session, parameters: Parameters) -> JsonObject:
    """How the rule came to a piece of evidence, as ``sigmine why`` tells it; read again in the background."""
    _, evidence = session.get_evidence(get_value(parameters, "statement"), get_value(parameters, "evidence"))
    name = f"why {get_value(parameters, 'evidence')}"
    task = session.background.ask(name, lambda: session.explainer.explain(evidence, evidence.document).to_json())
    if task.failure:
        return {"state": "failed", "note": task.failure}
    return {"state": "reading"} if task.result is None else {"state": "read", **task.result}


def list_documents(session: Session, parameters: Parameters) -> JsonObject:
    """The documents of the store."""
    return {"documents": session.list_documents()}


def show_document(session: Session, parameters: Parameters) -> JsonObject:
    """A document with what was found in it."""
    return document_view.make_document(session, get_value(parameters, "id"))


def answer_question(session: Session, parameters: Parameters) -> JsonObject:
    """The answer to SPARQL or to a query with a name; cells that name a molecule or a statement lead to it."""
    answer = questions.make_answer(questions.ask(session, parameters))
    for row in answer["rows"]:
        for cell in row:
            if cell is not None and cell["kind"] == "uri":
                iri = cell["text"]
                molecule = session.names.get(iri)
                if molecule is not None:
                    cell["molecule"] = molecule.key
                elif "/statement/" in iri:
                    cell["statement"] = iri.rpartition("/")[2]
            if cell is not None:
                cell["text"] = format_value(cell["text"])
    return answer


def describe_curation(session: Session, parameters: Parameters) -> JsonObject:
    """Who curates, and how far they are."""
    session.curation.refresh()
    return curating.describe_curation(session)


def list_queue(session: Session, parameters: Parameters) -> JsonObject:
    """What to decide next, what teaches most first (``sigmine.curation.queue``)."""
    return curating.list_queue(session)
