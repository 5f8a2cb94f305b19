"""What the rows of a table state by the heads of its columns: ``Kinase | Substrate | Site``."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sigmine.grammar.compile import Grammar
from sigmine.model import Citation, Document, Entity, RelationMention, Section, Site, Trigger
from sigmine.model.entity import MOLECULE_TYPES
from sigmine.nlp.mention_index import get_identity
from sigmine.nlp.table_columns import CUES, ColumnReader, Ends, PlacedCell, Row, Table, find_tables

_PRIOR = 0.8
_SEPARATOR = re.compile(r"[,;/|•&\n]|\s(?:and|or|plus|\+)\s")
_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_MOST_OTHER_WORDS = 3
_CODE = re.compile(r"(?<![A-Za-z0-9])p?([STYKRHCDN])-?([1-9]\d{0,3})(?![A-Za-z0-9])")
_NOTHING = re.compile(r"[\W_]*")
_MOST_PAIRS = 60
_MOST_LED = 2
"""Cells of a section that holds one cell behind the head of its row."""
_CAUSES = frozenset({"activates", "inhibits", "increases_amount", "decreases_amount", "inhibits_phosphorylation"})


@dataclass(frozen=True, slots=True)
class _Name:
    """A molecule named in a cell; ``item`` is the part of the cell's list that it stands in."""

    entity: Entity
    place: PlacedCell
    item: tuple[int, int]
    sites: tuple[Site, ...]
    hedged: str | None


class TableReader:
    """The relations of one document's tables.

    Args:
        document: with sections whose cells are known.
        mentions, sites: of the document, each in text order.
        grammar: whose cue file ``tables`` tells the columns.
    """

    def __init__(self, document: Document, mentions: Sequence[Entity], sites: Sequence[Site], grammar: Grammar) -> None:
        self.document = document
        self.text = document.text
        self.grammar = grammar
        self.columns = ColumnReader(grammar)
        self.mentions = sorted((one for one in mentions if one.type in MOLECULE_TYPES), key=lambda one: one.start)
        self.sites = sorted(sites, key=lambda one: one.start)
        self._mention_starts = [one.start for one in self.mentions]
        self._site_starts = [one.start for one in self.sites]
        self._effects: dict[int, list[RelationMention]] = {}

    def read(self) -> list[RelationMention]:
        """The relations of all rows, in text order, with the citations of their cells."""
        found: list[RelationMention] = []
        for table in find_tables(self.document):
            ends = self.columns.find_ends(self.document, table)
            if not ends:
                turned, ends = self.columns.find_turned(self.document, table)
                table = turned if ends else table
            if ends:
                for row in table.rows.values():
                    found += self._read_row(table, row, ends)
            elif told := self.columns.find_told(self.document, table):
                for row in table.rows.values():
                    found += self._read_told(table, row, *told)
        return sorted(found, key=lambda one: (one.sentence, one.object.start))

    def mend(self, relations: Iterable[RelationMention]) -> Iterator[RelationMention]:
        """What the grammar read; where a cell tells an effect of its row's event, what that causes its agent does.

        ``AKT1 | PRAS40 | Activates mTORC1`` is read with the row's substrate as subject; it is AKT1 that activates.
        """
        for mention in relations:
            events = self._effects.get(section.start) if (section := self._find_section(mention)) else None
            if not events or mention.subject is None or mention.relation not in _CAUSES:
                yield mention
                continue
            subject = get_identity(mention.subject)
            agents = [one for one in events if get_identity(one.object) == subject and one.subject is not None]
            if not agents:
                yield mention
            for one in agents:
                if one.subject is not None and get_identity(one.subject) != get_identity(mention.object):
                    yield replace(mention, subject=one.subject)

    def _find_section(self, mention: RelationMention) -> Section | None:
        return self.document.find_section(mention.trigger.start) if self._effects else None

    # A row

    def _read_row(self, table: Table, row: Row, ends: Sequence[Ends]) -> list[RelationMention]:
        found: list[RelationMention] = []
        residues = self.columns.find_columns(self.document, table, "residues")
        for one in ends:
            action = self._read_action(table, row, one) if one.is_neutral else ""
            if not one.is_neutral or self.columns.tells_relation(table, one.relation, action):
                found += self._relate(table, row, one, residues)
        for column in self.columns.find_columns(self.document, table, "effect"):
            found += self._read_effect(table, row, column, found)
        return found

    def _read_told(self, table: Table, row: Row, column: int, ends: Ends) -> Iterator[RelationMention]:
        """The relation that a cell tells by its one word, a verb: ``ERK2 | phosphorylates | TSC2``."""
        words = [word.casefold() for cell in row.get(column, ()) for word in _WORD.findall(self._read_cell(cell))]
        senses = self.grammar.triggers.get(words[0], ()) if len(words) == 1 else ()
        rules = [rule for sense in senses if not sense.before and not sense.after for rule in sense.rules]
        relations = {rule.relation for rule in rules if rule.name.endswith("transitive_verb.active")}
        if len(relations) == 1 and not self.grammar.relations[min(relations)].internal:
            residues = self.columns.find_columns(self.document, table, "residues")
            yield from self._relate(table, row, replace(ends, relation=min(relations)), residues)

    def _read_action(self, table: Table, row: Row, ends: Ends) -> str:
        """What the row says of how its subject acts."""
        columns = {*self.columns.find_columns(self.document, table, "action"), *ends.object}
        return " ".join(self._read_cell(cell) for column in columns for cell in row.get(column, ()))

    def _relate(self, table: Table, row: Row, ends: Ends, residues: Sequence[int]) -> Iterator[RelationMention]:
        head = table.heads[ends.object[0]]
        trigger = Trigger(self.text[head.cell.start : head.cell.end], head.cell.start, head.cell.end)
        doubt = self._find_doubt(f"{table.heads[ends.subject[0]].cell.header} {head.cell.header}")
        agents = list(self._find_names(row, ends.subject, is_subject=True))
        themes = _make_distinct(self._find_names(row, ends.object))
        if not agents or len(agents) * len(themes) > _MOST_PAIRS:
            return
        allowed = self.grammar.relations[ends.relation].residues
        named = [site for column in residues for cell in row.get(column, ()) for site in self._find_residues(cell)]
        named = list({(site.residue, site.position): site for site in named if site.residue in allowed}.values())
        if ends.needs_site and not named:
            return
        columns = (*ends.subject, *ends.object, *residues)
        for theme in themes:
            own = tuple(site for site in theme.sites if site.residue in allowed)
            sites = own or (tuple(named) if len(themes) == 1 else ())
            for agent in _choose_nearest(agents, theme):
                if get_identity(agent.entity) == get_identity(theme.entity):
                    continue
                hedge = doubt or agent.hedged or theme.hedged
                subject, object_ = agent.entity, theme.entity
                if self.grammar.relations[ends.relation].unordered and object_.start < subject.start:
                    subject, object_ = object_, subject
                yield RelationMention(
                    relation=ends.relation,
                    subject=subject,
                    object=object_,
                    sites=sites,
                    trigger=trigger,
                    rule=f"{ends.relation}/table_row",
                    sentence=theme.place.section,
                    claim="asserted" if hedge is None else "hypothesised",
                    cues=(f"hedge:{hedge}",) if hedge else (),
                    prior=_PRIOR,
                    citations=self._find_citations(row, columns, theme.place.section),
                )

    def _read_effect(
        self, table: Table, row: Row, column: int, events: Sequence[RelationMention]
    ) -> Iterator[RelationMention]:
        """What a cell under "Effect" makes of the row's ends: ``PDK1 | AKT1 | T308 | Activation``."""
        for cell in row.get(column, ()):
            self._effects[cell.section[0]] = list(events)
            place = cell.cell
            names = self._list_mentions(cell)
            words = self._find_other_words(place.start, place.end, names)
            words = [word for word in words if word not in self.grammar.cues[CUES]["effect_other"]]
            for relation in self.columns.signed:
                if len(words) != 1 or not self.columns.heads.tells(words[0], f"{relation}_effect"):
                    continue
                trigger = Trigger(self.text[place.start : place.end], place.start, place.end)
                for event in events:
                    is_named = all(get_identity(one) == get_identity(event.object) for one in names)
                    if is_named and event.subject is not None and event.relation not in self.columns.signed:
                        rule = f"{relation}/table_effect"
                        yield replace(
                            event, relation=relation, sites=(), trigger=trigger, rule=rule, sentence=cell.section
                        )

    # What a cell holds

    def _read_cell(self, placed: PlacedCell) -> str:
        return self.text[placed.cell.start : placed.cell.end]

    def _find_names(self, row: Row, columns: Sequence[int], *, is_subject: bool = False) -> Iterator[_Name]:
        for placed in (one for column in columns for one in row.get(column, ())):
            inside = self._list_mentions(placed)
            sites = self._find_sites(placed)
            for low, high in self._split(placed, inside):
                names = [
                    one
                    for one in inside
                    if low <= one.start and one.end <= high and not _is_in_brackets(self.text[low : one.start])
                ]
                if names and self._is_list(low, high, inside, is_subject=is_subject):
                    own = tuple(site for site in sites if low <= site.start and site.end <= high)
                    hedged = self._find_doubt(self.text[low:high])
                    for name in names:
                        bound = tuple(site for site in own if _find_bearer(names, site) is name)
                        yield _Name(name, placed, (low, high), bound, hedged)

    def _split(self, placed: PlacedCell, names: Sequence[Entity]) -> list[tuple[int, int]]:
        """The items of a list of names: parted by commas and the like, where those are in no name and no brackets."""
        cell = placed.cell
        content = self._read_cell(placed)
        closed = [(cell.start + match.start(), cell.start + match.end()) for match in _BRACKET.finditer(content)]
        closed += [(one.start, one.end) for one in names]
        items: list[tuple[int, int]] = []
        start = cell.start
        for match in _SEPARATOR.finditer(content):
            low, high = cell.start + match.start(), cell.start + match.end()
            if not any(first <= low and high <= last for first, last in closed):
                items.append((start, low))
                start = high
        return [*items, (start, cell.end)]

    def _is_list(self, low: int, high: int, names: Sequence[Entity], *, is_subject: bool) -> bool:
        """Whether an item is a name with few words beside it: neither a sentence nor a thing made from the name."""
        words = self._find_other_words(low, high, names)
        if len(words) > _MOST_OTHER_WORDS:
            return False
        lists = self.grammar.cues[CUES].get("not_itself", frozenset())
        if is_subject and any(word in lists or word.removesuffix("s") in lists for word in words):
            return False
        negation = self.grammar.cues["negation"]
        return not any(
            word in negation["particles"] or word in negation["determiners"] or self._is_verb(word) for word in words
        )

    def _find_other_words(self, low: int, high: int, names: Sequence[Entity]) -> list[str]:
        """The words of an item outside its names and brackets, in lower case."""
        parts: list[str] = []
        position = low
        for one in names:
            if low <= one.start and one.end <= high:
                parts.append(self.text[position : max(position, one.start)])
                position = max(position, one.end)
        left = _BRACKET.sub(" ", " ".join([*parts, self.text[position:high]]))
        return [word.casefold() for word in _WORD.findall(left)]

    def _is_verb(self, word: str) -> bool:
        senses = self.grammar.triggers.get(word, ())
        return any("_verb." in rule.name for sense in senses for rule in sense.rules if not sense.before)

    def _find_doubt(self, words: str) -> str | None:
        """The mark or word that makes a name a possible one; None if there is none."""
        if "?" in words:
            return "?"
        hedging = self.grammar.cues["hedging"]
        found = (word.casefold() for word in _WORD.findall(words))
        return next((word for word in found if word in hedging["adverbs"] or word in hedging["adjectives"]), None)

    def _list_mentions(self, placed: PlacedCell) -> list[Entity]:
        first = bisect_left(self._mention_starts, placed.cell.start)
        last = bisect_right(self._mention_starts, placed.cell.end)
        return [one for one in self.mentions[first:last] if one.end <= placed.cell.end]

    def _find_residues(self, placed: PlacedCell) -> list[Site]:
        """The residues of a cell in a column of sites, where one letter and a number (``S9``) can be nothing else."""
        found = self._find_sites(placed)
        start = placed.cell.start
        for match in _CODE.finditer(self._read_cell(placed)):
            low, high = start + match.start(1), start + match.end()
            if not any(one.start < high and low < one.end for one in found):
                found.append(Site(match[1], int(match[2]), self.text[low:high], low, high))
        return sorted(found, key=lambda one: one.start)

    def _find_sites(self, placed: PlacedCell) -> list[Site]:
        first = bisect_left(self._site_starts, placed.cell.start)
        last = bisect_right(self._site_starts, placed.cell.end)
        return [one for one in self.sites[first:last] if one.end <= placed.cell.end]

    def _find_citations(self, row: Row, columns: Sequence[int], section: tuple[int, int]) -> tuple[Citation, ...]:
        """The markers in the given cells and in those that hold nothing else (a column of references).

        Where a section holds the row, all of its markers, since those of references stand at its end.
        """
        found: list[Citation] = []
        if sum(any(one.section == section for one in cells) for cells in row.values()) > _MOST_LED:
            found += self._list_citations(*section)
        for column, cells in row.items():
            for placed in cells:
                inside = self._list_citations(placed.cell.start, placed.cell.end)
                if inside and (column in columns or self._is_bare(placed, inside)):
                    found += inside
        return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.start, one.end, one.marker)))

    def _list_citations(self, start: int, end: int) -> list[Citation]:
        cites = self.document.citations
        first = bisect_left(cites, start, key=lambda one: one.start)
        last = bisect_right(cites, end, key=lambda one: one.start)
        return [one for one in cites[first:last] if one.end <= end]

    def _is_bare(self, placed: PlacedCell, cites: Sequence[Citation]) -> bool:
        position, parts = placed.cell.start, []
        for one in cites:
            parts.append(self.text[position : max(position, one.start)])
            position = max(position, one.end)
        return _NOTHING.fullmatch("".join([*parts, self.text[position : placed.cell.end]])) is not None


def _make_distinct(names: Iterable[_Name]) -> list[_Name]:
    """Each molecule once, where it is named with most residues."""
    found: dict[str, _Name] = {}
    for name in names:
        known = found.setdefault(get_identity(name.entity), name)
        if len(name.sites) > len(known.sites):
            found[get_identity(name.entity)] = name
    return list(found.values())


def _choose_nearest(agents: Sequence[_Name], theme: _Name) -> list[_Name]:
    """Each subject once: the words of the row's head are repeated before other cells, those in the object's count."""
    found: dict[str, _Name] = {}
    for agent in agents:
        known = found.setdefault(get_identity(agent.entity), agent)
        if known.place.section != theme.place.section == agent.place.section:
            found[get_identity(agent.entity)] = agent
    return list(found.values())


def _is_in_brackets(before: str) -> bool:
    return before.count("(") > before.count(")") and bool(before.split("(")[0].strip())


def _find_bearer(names: Sequence[Entity], site: Site) -> Entity:
    """The last name before the residue, else the first of the item."""
    before = [one for one in names if one.start <= site.start]
    return before[-1] if before else names[0]
