"""Statements as an activity flow in SBGN-ML 0.3, for SBGN-ED, Newt, CySBGN, Krayon and others that draw it.

[SBGN Activity Flow language, level 1 version 1.2: Mi et al. 2015; SBGN-ML: Bergmann et al. 2020]
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, cast

from sigmine.assembly.merge import sort_key
from sigmine.assembly.vocabulary import find_term
from sigmine.exports.cells import find_citations, find_example_sentence, flatten_text
from sigmine.exports.exchange_terms import find_exchange_term, is_stated
from sigmine.model.statement import Agent, Statement

if TYPE_CHECKING:
    from lxml.etree import _Element

Point = tuple[float, float]

_SBGN = "http://sbgn.org/libsbgn/0.3"
_XHTML = "http://www.w3.org/1999/xhtml"
_NAMESPACES = cast("Mapping[str, str]", {None: _SBGN, "xhtml": _XHTML})
_LANGUAGE = "http://identifiers.org/combine.specifications/sbgn.af.level-1.version-1.2"
_ENTITIES = {"PROTEIN": "macromolecule", "FAMILY": "macromolecule", "COMPLEX": "complex", "CHEMICAL": "simple chemical"}
_PHENOTYPES = frozenset({"PROCESS", "DISEASE"})
_INFLUENCES = {1: "positive influence", -1: "negative influence", 0: "unknown influence"}
_WIDTH, _HEIGHT, _ACROSS, _DOWN = 108, 60, 180, 140  # pixels: a node, and from one to the next
_UNIT_WIDTH, _UNIT_HEIGHT = 44, 14


def write_sbgn(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """One map: a glyph for each identity, an arc for each influence; the same statements have the same places.

    An end of what is stated but is no influence stands alone.
    """
    from lxml import etree

    stated = [one for one in sorted(statements, key=sort_key) if is_stated(one)]
    drawn = [one for one in stated if one.subject is not None and is_influence(one)]
    agents = {agent.key: agent for one in reversed(stated) for agent in (one.subject, one.object) if agent is not None}
    links = [(one.subject.key, one.object.key) for one in drawn if one.subject is not None]
    places = _place(sorted(agents), links)
    names = {key: f"glyph{number}" for number, key in enumerate(sorted(agents), start=1)}
    acting = {source for source, _ in links}
    root = etree.Element(f"{{{_SBGN}}}sbgn", nsmap=_NAMESPACES)
    map_ = etree.SubElement(root, f"{{{_SBGN}}}map", id="map1", language="activity flow", version=_LANGUAGE)
    for key in sorted(agents):
        phenotype = (
            agents[key].type in _PHENOTYPES and key not in acting
        )  # one that acts is an activity in this language
        _add_glyph(map_, names[key], agents[key], places[key], "phenotype" if phenotype else "biological activity")
    for one, (source, target) in zip(drawn, links, strict=True):
        arc = _add_arc(map_, f"arc_{one.id}", find_influence(one), names[source], names[target])
        _add_notes(arc, one)
        _add_ends(arc, places[source], places[target])
    file.write(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def is_influence(statement: Statement) -> bool:
    """Whether it says that one activity acts on another."""
    return find_exchange_term(statement.relation).kind in ("modification", "activity", "amount")


def find_influence(statement: Statement) -> str:
    """The class of the arc; what a modification does to an activity is not known."""
    term = find_exchange_term(statement.relation)
    return _INFLUENCES[term.sign if term.kind in ("activity", "amount") else 0]


def _place(keys: Sequence[str], links: Iterable[tuple[str, str]]) -> Mapping[str, Point]:
    """The left upper corner of each node on a grid, neighbours near each other: a start that programs lay out anew."""
    near: dict[str, dict[str, None]] = {key: {} for key in keys}
    for source, target in links:
        near[source][target] = near[target][source] = None
    order: dict[str, None] = {}
    for start in sorted(keys, key=lambda key: (-len(near[key]), key)):
        queue = [start]
        while queue:
            key = queue.pop(0)
            if key not in order:
                order[key] = None
                queue += [other for other in sorted(near[key]) if other not in order]
    columns = max(1, math.isqrt(len(keys) - 1) + 1) if keys else 1
    return {key: (20.0 + index % columns * _ACROSS, 20.0 + index // columns * _DOWN) for index, key in enumerate(order)}


def _add_glyph(parent: _Element, name: str, agent: Agent, place: Point, kind: str) -> None:
    glyph = _add(parent, "glyph", {"id": name, "class": kind})
    notes = _add(glyph, "notes")
    _add_paragraph(notes, agent.curie or "no identifier")
    _add(glyph, "label", {"text": flatten_text(agent.name) or "?"})
    _add_box(glyph, place, (_WIDTH, _HEIGHT))
    if kind == "phenotype":
        return
    unit = _add(glyph, "glyph", {"id": f"{name}_unit", "class": "unit of information"})
    _add(unit, "label", {"text": ""})
    _add(unit, "entity", {"name": _ENTITIES.get(agent.type, "unspecified entity")})
    _add_box(unit, (place[0] + 8, place[1] - _UNIT_HEIGHT / 2), (_UNIT_WIDTH, _UNIT_HEIGHT))


def _add_arc(parent: _Element, name: str, kind: str, source: str, target: str) -> _Element:
    return _add(parent, "arc", {"id": name, "class": kind, "source": source, "target": target})


def _add_notes(arc: _Element, statement: Statement) -> None:
    """What the arc stands for, the surest sentence, and what it cites."""
    notes = _add(arc, "notes")
    subject = statement.subject.name if statement.subject else "something"
    said = f"{subject} {find_term(statement.relation).label} {statement.object.name}"
    said += f" at {statement.site}" if statement.site else ""
    _add_paragraph(notes, said if statement.direct else f"{said} (indirectly)")
    _add_paragraph(notes, f"belief {statement.belief:.4f}, {len(statement.evidence)} passages")
    for text in (find_example_sentence(statement), "; ".join(find_citations(statement))):
        if text:
            _add_paragraph(notes, text)


def _add_ends(arc: _Element, source: Point, target: Point) -> None:
    """From border to border on the line between the middles; back to itself round a corner."""
    if source == target:
        right, top = source[0] + _WIDTH, source[1]
        points = [(right, top + _HEIGHT / 2), (right + 20, top + _HEIGHT / 2), (right + 20, top - 20),
                  (right - 20, top - 20), (right - 20, top)]  # fmt: skip
    else:
        points = [_clip(source, target), _clip(target, source)]
    for index, (x, y) in enumerate(points):
        name = "start" if index == 0 else "end" if index == len(points) - 1 else "next"
        _add(arc, name, {"x": f"{x:.1f}", "y": f"{y:.1f}"})


def _clip(place: Point, other: Point) -> Point:
    """Where the line to the middle of the other node leaves this one."""
    across, down = other[0] - place[0], other[1] - place[1]
    share = min(_WIDTH / 2 / abs(across) if across else math.inf, _HEIGHT / 2 / abs(down) if down else math.inf)
    return place[0] + _WIDTH / 2 + across * share, place[1] + _HEIGHT / 2 + down * share


def _add(parent: _Element, name: str, attributes: Mapping[str, str] | None = None) -> _Element:
    from lxml import etree

    return etree.SubElement(parent, f"{{{_SBGN}}}{name}", dict(attributes or {}))


def _add_box(parent: _Element, place: Point, size: tuple[int, int]) -> None:
    sides = zip("xywh", (*place, *size), strict=True)
    _add(parent, "bbox", {name: f"{value:.1f}" for name, value in sides})


def _add_paragraph(notes: _Element, text: str) -> None:
    from lxml import etree

    paragraph = etree.SubElement(notes, f"{{{_XHTML}}}p")
    paragraph.text = flatten_text(text)
