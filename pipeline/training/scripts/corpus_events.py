"""An annotated document and its events, and ours in the same form: for score_corpora.py."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sigmine.model import Entity, Evidence
from sigmine.model.ids import UNORDERED

Row = dict[str, Any]

MOLECULES = ("Protein", "Gene_or_gene_product", "Complex", "Simple_chemical")
"""The corpora's types that are given to the extraction; sites and pronouns are not."""

_DNA = re.compile(
    "promoter|enhancer|element|sequence|box|repeat|[ACGT]{6}|(binding|kappa ?B|consensus|ets|GATA).* sites?", re.I
)
_SENTENCE_END = re.compile(
    r"(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bal\.)(?<!\bvs\.)(?<!\bFig\.)(?<!\bFigs\.)(?<![\s(][A-Z]\.)"
    r"(?<=[.?!\])\"'])\s+(?=[A-Z0-9(\[\"'])|\n+"
)


@dataclass(frozen=True, slots=True)
class Event:
    """A relation in a sentence.

    Attributes:
        sentence: its number in the document: that of the object's mention.
        subject, object: names of groups of entities; the subject may be None.
        direct: False where the text does not make the subject the one that does it.
        at_dna: True where the annotators name a stretch of DNA (promoter, element) as the place of a binding.
    """

    sentence: int
    relation: str
    subject: str | None
    object: str
    sites: frozenset[str]
    negated: bool
    hedged: bool
    direct: bool
    at_dna: bool = False

    @property
    def ends(self) -> tuple[str, str]:
        """Subject and object; sorted where they may be exchanged. An absent subject is the empty text."""
        ends = (self.subject or "", self.object)
        return ends if self.relation not in UNORDERED else (min(ends), max(ends))


class EntityGroups:
    """The annotated molecules of a document; those that name the same thing form a group."""

    def __init__(self, entities: Sequence[Row], equivalents: Iterable[Sequence[str]]) -> None:
        self._entities = sorted((row for row in entities if row["type"] in MOLECULES), key=lambda row: row["start"])
        self._starts = [row["start"] for row in self._entities]
        self._longest = max((row["end"] - row["start"] for row in self._entities), default=0)
        self._parent: dict[str, str] = {row["id"]: row["id"] for row in entities}
        first: dict[str, str] = {}
        for row in entities:
            self._join(row["id"], first.setdefault(row["text"].casefold(), row["id"]))
        for group in equivalents:
            for other in group[1:]:
                self._join(group[0], other)
        self._names = {row["id"]: row["text"] for row in entities}

    def _root(self, entity: str) -> str:
        while self._parent[entity] != entity:
            entity = self._parent[entity]
        return entity

    def _join(self, one: str, other: str) -> None:
        self._parent[self._root(one)] = self._root(other)

    def get_name(self, entity: str) -> str:
        """The name of the entity's group: the id and the text of one of its members."""
        root = self._root(entity)
        return f"{root} {self._names[root]}"

    def find(self, start: int, end: int) -> Row | None:
        """The entity with these characters, else the one that overlaps them most (of equal ones, the shortest)."""
        low, high = bisect_right(self._starts, start - self._longest - 1), bisect_right(self._starts, end - 1)
        near = [row for row in self._entities[low:high] if row["start"] < end and start < row["end"]]
        return max(
            near,
            key=lambda row: (min(end, row["end"]) - max(start, row["start"]), row["start"] - row["end"], -row["start"]),
            default=None,
        )


@dataclass(slots=True)
class Article:
    """A document of a corpus with its annotated events and ours."""

    corpus: str
    doc: str
    text: str
    entities: tuple[Row, ...]
    groups: EntityGroups
    sentence_starts: tuple[int, ...]
    gold: list[Event] = field(default_factory=list)
    predicted: list[Event] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Of the document in the contract's lines: a document may be in two corpora."""
        return f"{self.corpus}-{self.doc}"

    def to_contract(self) -> Row:
        """The input line of ``sigmine extract``, with the molecules."""
        entities = [
            {key: row[key] for key in ("id", "type", "start", "end")}
            for row in self.entities
            if row["type"] in MOLECULES
        ]
        return {"id": self.id, "text": self.text, "entities": entities}

    def find_sentence(self, number: int) -> str:
        """The text of a sentence."""
        ends = (*self.sentence_starts[1:], len(self.text))
        return " ".join(self.text[self.sentence_starts[number] : ends[number]].split())

    def add_predictions(self, evidence: Iterable[Evidence]) -> None:
        """Ours, where both ends are annotated entities; others cannot be judged."""
        for one in evidence:
            mention = one.mention
            theme = self._find(mention.object)
            subject = self._find(mention.subject) if mention.subject else None
            if theme is None or (mention.subject is not None and subject is None):
                continue
            event = Event(
                sentence=self._number(theme["start"]),
                relation=mention.relation,
                subject=self.groups.get_name(subject["id"]) if subject else None,
                object=self.groups.get_name(theme["id"]),
                sites=frozenset(site.name for site in mention.sites),
                negated=mention.negated,
                hedged=mention.hedged,
                direct=mention.direct,
            )
            self.predicted.append(event)

    def _find(self, entity: Entity) -> Row | None:
        return self.groups.find(entity.start, entity.end)

    def _number(self, offset: int) -> int:
        return bisect_right(self.sentence_starts, offset) - 1

    def add_gold(self, statements: Iterable[Row]) -> None:
        """The annotated events between molecules."""
        starts = {row["id"]: row["start"] for row in self.entities if row["type"] in MOLECULES}
        for row in statements:
            subject = row["subject"]
            if row["object"] not in starts or (subject is not None and subject not in starts):
                continue
            event = Event(
                sentence=self._number(starts[row["object"]]),
                relation=row["relation"],
                subject=self.groups.get_name(subject) if subject else None,
                object=self.groups.get_name(row["object"]),
                sites=frozenset(row["sites"]),
                negated=row["negated"],
                hedged=row["hedged"],
                direct=not row.get("indirect", False),
                at_dna=any(_DNA.search(text) for text in row.get("site_texts", ())),
            )
            self.gold.append(event)


def make_article(row: Row) -> Article:
    """A document from a line of a corpus."""
    article = Article(
        corpus=row["corpus"],
        doc=row["doc"],
        text=row["text"],
        entities=tuple(row["entities"]),
        groups=EntityGroups(row["entities"], row["equivs"]),
        sentence_starts=(0, *(match.end() for match in _SENTENCE_END.finditer(row["text"]))),
    )
    article.add_gold(row["statements"])
    return article
