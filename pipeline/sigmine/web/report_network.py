"""The part of a run's network that its report draws: the molecules with most support, and what joins them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sigmine.model.statement import Agent, Statement
from sigmine.web.layout import place_nodes

MAX_MOLECULES = 55
MAX_EDGES = 130

_Edge = tuple[str, str, str]  # keys of subject and object, relation


@dataclass(frozen=True, slots=True)
class NetworkPart:
    """What is drawn, and of how much.

    Attributes:
        nodes: key, x and y of each molecule.
        edges: the numbers of the statements that each edge stands for: same ends, same relation, any site.
        molecules, relations: how many molecules and edges all statements have.
    """

    nodes: tuple[tuple[str, float, float], ...]
    edges: tuple[tuple[int, ...], ...]
    molecules: int
    relations: int


def choose_part(statements: Sequence[Statement], others: Iterable[Statement] = ()) -> NetworkPart:
    """The molecules of most support, and the best supported edges between them; of statements with two ends.

    Args:
        others: statements that are counted, but not drawn.
    """
    agents: dict[str, Agent] = {}
    edges: dict[_Edge, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        if statement.subject is not None:
            for agent in (statement.subject, statement.object):
                agents.setdefault(agent.key, agent)
            edges[statement.subject.key, statement.object.key, statement.relation].append(number)
    more = {(one.subject.key, one.object.key, one.relation) for one in others if one.subject is not None}
    support = {edge: _weigh([statements[number] for number in numbers]) for edge, numbers in edges.items()}
    chosen = _choose_molecules(support)
    inner = [edge for edge in edges if edge[0] in chosen and edge[1] in chosen]
    drawn = sorted(inner, key=lambda edge: (-support[edge], edge))[:MAX_EDGES]
    names = {key: agents[key].name for edge in drawn for key in edge[:2]}
    places = place_nodes(names, [edge[:2] for edge in drawn])
    return NetworkPart(
        nodes=tuple((key, *places[key]) for key in sorted(places)),
        edges=tuple(tuple(edges[edge]) for edge in drawn),
        molecules=len(agents.keys() | {key for edge in more for key in edge[:2]}),
        relations=len(edges.keys() | more),
    )


def _weigh(statements: Sequence[Statement]) -> float:
    """The belief, more with each sentence, but less and less."""
    sentences = {(item.document, item.start) for statement in statements for item in statement.evidence}
    return round(max(statement.belief for statement in statements) * math.sqrt(len(sentences)), 6)


def _choose_molecules(support: dict[_Edge, float]) -> set[str]:
    """Those whose relations to their partners have most support; what acts on itself alone is its own partner."""
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for (subject, object_, _), weight in support.items():
        for one, other in ((subject, object_), (object_, subject)):
            best[one][other] = max(best[one].get(other, 0.0), weight)
    ranked = sorted(best, key=lambda key: (-round(sum(best[key].values()), 6), key))
    return set(ranked[:MAX_MOLECULES])


def part_to_json(part: NetworkPart, agents: dict[str, int]) -> dict[str, Any]:
    """As the script reads it; ``agents`` are the numbers of the molecules by their keys."""
    return {"nodes": [[agents[key], x, y] for key, x, y in part.nodes], "edges": [list(one) for one in part.edges]}
