"""Statements found: by the indexes of the graph first, then looked at one by one; and neighbourhoods walked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from sigmine.assembly.families import Families, collapse_families
from sigmine.assembly.merge import sort_key
from sigmine.assembly.terms import make_literal
from sigmine.assembly.triples import agent_iri, document_iri, statement_iri
from sigmine.assembly.vocabulary import term_iri
from sigmine.model.statement import Agent, Statement
from sigmine.resources.prefixes import compress_iri
from sigmine.store.lookup import ENDS, find_between, find_identities, find_statement_nodes, read_statements
from sigmine.store.selection import Identities, Selection, matches_statement, narrow_evidence

if TYPE_CHECKING:
    from sigmine.store.graph import Graph

_SITES = (term_iri("sigmine:site"), term_iri("sigmine:written_site"))
_STATUS = (term_iri("sigmine:site_status"),)
_RELATION = (term_iri("sigmine:relation"),)
_SECTION = term_iri("sigmine:section")
_SOURCE = term_iri("oa:hasSource")
_HAS_EVIDENCE = term_iri("sigmine:evidence")


def search_statements(graph: Graph, selection: Selection) -> list[Statement]:
    """The statements that fit, sorted.

    The work grows with what the names, documents and steps lead to, not with the store; only where no name and no
    document is given, with what the relation, site or section leads to.
    """
    return sorted(_Search(graph, selection).find(), key=sort_key)


class _Search:
    """One question: what its names mean, and the statements that were read for it."""

    def __init__(self, graph: Graph, selection: Selection) -> None:
        self._graph = graph
        self._selection = selection
        self._families = Families() if selection.collapse_families else None
        self._identities = Identities(
            self._find_identities([selection.subject] if selection.subject is not None else []),
            self._find_identities([selection.object] if selection.object is not None else []),
            self._find_identities(selection.molecules),
        )
        self._texts = self._list_texts()
        self._read: dict[str, Statement | None] = {}

    def find(self) -> list[Statement]:
        bound = self._find_bound()
        centre = self._find_identities(self._selection.around)
        if centre is not None:
            return self._find_around(centre, bound)
        return self._select(self._find_by_text(), checked=True) if bound is None else self._select(bound)

    def _find_identities(self, names: Collection[str]) -> frozenset[str] | None:
        """What the names mean; None if there is none."""
        if not names:
            return None
        return frozenset(node for name in names for node in self._widen(find_named(self._graph, name, self._families)))

    def _widen(self, nodes: Collection[str]) -> set[str]:
        """With the families of the identities, and all members of these, where members count as the family."""
        found = set(nodes)
        if self._families is None:
            return found
        for curie in [curie for curie in (compress_iri(node[1:-1]) for node in nodes) if curie]:
            family = self._families.find_family(curie)
            whole = curie if family is None or family.curie is None else family.curie
            members = self._families.find_members(whole)
            if members:
                found.update(map(_make_node, (whole, *members)))
        return found

    def _find_bound(self) -> set[str] | None:
        """The statements that the names of ends and the documents lead to, all that fit among them; None if none is
        given."""
        identities = self._identities
        groups = [
            self._graph.find_subjects(ENDS, agents)
            for agents in (identities.subjects, identities.objects, identities.molecules)
            if agents is not None
        ]
        if self._selection.documents:
            groups.append(self._find_with_evidence(_SOURCE, map(document_iri, self._selection.documents)))
        return set.intersection(*groups) if groups else None

    def _find_by_text(self) -> set[str]:
        """The statements that relation, site and section lead to; all where none of them is given."""
        groups = [
            {node for text in texts for node in self._graph.find_with_text(properties, text)}
            for properties, texts in self._texts
        ]
        if self._selection.sections:
            groups.append(self._find_with_evidence(_SECTION, map(make_literal, self._selection.sections)))
        return set.intersection(*groups) if groups else find_statement_nodes(self._graph)

    def _list_texts(self) -> list[tuple[tuple[str, ...], Collection[str]]]:
        """What can be asked of a statement before it is read: properties with the texts that fit.

        The status of a site follows from the evidence; where some is left out, or more comes from other members, it is
        only known afterwards.
        """
        selection = self._selection
        texts: list[tuple[tuple[str, ...], Collection[str]]] = []
        if selection.relation:
            texts.append((_RELATION, selection.relation))
        if selection.site is not None:
            texts.append(self._list_sites(selection.site))
        if selection.site_status is not None and not selection.narrows and self._families is None:
            texts.append((_STATUS, (selection.site_status,)))
        return texts

    def _list_sites(self, site: str) -> tuple[tuple[str, ...], Collection[str]]:
        """A site as it is asked for; of a family, where one member's text may number it otherwise, by the number that
        all have."""
        if self._families is None:
            return _SITES, (site,)
        nodes = sorted(self._graph.find_with_text(_SITES, site))
        return _SITES[:1], {text for _, text in self._graph.find_texts(_SITES[0], nodes)}

    def _find_with_evidence(self, property: str, values: Iterable[str]) -> set[str]:
        """The statements with evidence that has one of the values; asked at once, for there may be much evidence."""
        answer = self._graph.query(
            f"SELECT DISTINCT ?s {{ VALUES ?value {{ {' '.join(sorted(values))} }} ?e {property} ?value . "
            f"?s {_HAS_EVIDENCE} ?e }}"
        )
        return {f"<{row['s']['value']}>" for row in answer.bindings}

    def _select(self, nodes: Collection[str], *, checked: bool = False) -> list[Statement]:
        """Those of the statements that fit all but ``around``, on the evidence that counts.

        Args:
            checked: whether the nodes are known to have the texts that are asked for.
        """
        new = set(nodes) - self._read.keys()
        # Of one molecule there are few statements, of one relation many: what the ends leave is looked at one by one.
        kept = new
        for properties, texts in () if checked else self._texts:
            ordered = sorted(kept)
            kept = {node for one in properties for node, text in self._graph.find_texts(one, ordered) if text in texts}
        self._read.update(dict.fromkeys(new))
        for statement in read_statements(self._graph, kept):
            self._read[statement_iri(statement.id)] = narrow_evidence(statement, self._selection)
        found = [statement for statement in map(self._read.get, nodes) if statement is not None]
        if self._families is not None:
            found = collapse_families(found, self._families)
        return [item for item in found if matches_statement(item, self._selection, self._identities)]

    def _find_around(self, centre: Collection[str], bound: set[str] | None) -> list[Statement]:
        """Steps outwards over statements that fit, then takes all that lies between what was reached."""
        inside = set(centre)
        frontier = set(centre)
        for _ in range(self._selection.hops):
            reached = self._graph.find_subjects(ENDS, frontier)
            found = self._select(reached if bound is None else reached & bound)
            frontier = self._widen({node for item in found for node in _list_ends(item)} - inside) - inside
            inside |= frontier
            if not frontier:
                break
        between = find_between(self._graph, inside)
        return self._select(between if bound is None else between & bound)


def find_named(graph: Graph, name: str, families: Families | None = None) -> frozenset[str]:
    """The identities that a name means in the store; with families, also the family of members that it holds."""
    found = find_identities(graph, name)
    if found or families is None:
        return found
    family = families.find_named(name)
    members = [] if family is None else [_make_node(one) for one in families.find_members(family)]
    return frozenset(members) if graph.find_subjects(ENDS, members) else frozenset()


def _list_ends(statement: Statement) -> list[str]:
    return [agent_iri(end) for end in statement.ends]


def _make_node(curie: str) -> str:
    return agent_iri(Agent("", "", curie))
