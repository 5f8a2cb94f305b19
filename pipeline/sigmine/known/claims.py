"""What somebody states, free of any text: one form for databases, other programs and ourselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sigmine.model.ids import UNORDERED
from sigmine.model.statement import Agent

Key = tuple[str, str | None, str, str | None]
"""Relation, identity of subject (None: not named) and object, site: what makes two claims the same."""
Reason = Literal["malformed", "no relation", "unknown word"]
_MOST_NAMES = 30


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation between two identities, as one row says it.

    Attributes:
        relation, subject, object: as in ``sigmine.model.Statement``.
        site: ``S473``, ``S``, ``473`` where a database gives the number alone, or None.
        place: the line, counted from 1; of an array in JSON the number of its element.
        denied: that it is not so.
        hedged: that all that speaks for it leaves it open (may, whether).
        direct: False where the subject only brings it about.
        belief: 0 to 1; 1 where the source gives none.
        source_id: the row's own id; empty if none.
        publications: ``pubmed:12345``, in the order of the source; empty if none.
        words: the relation as the source writes it; of our own, an example sentence.
        document: where the example was read; empty but for our own.
    """

    relation: str
    subject: Agent | None
    object: Agent
    site: str | None
    place: int
    denied: bool = False
    hedged: bool = False
    direct: bool = True
    belief: float = 1.0
    source_id: str = ""
    publications: tuple[str, ...] = ()
    words: str = ""
    document: str = ""

    @property
    def key(self) -> Key:
        subject = None if self.subject is None else identify(self.subject)
        object = identify(self.object)
        if subject is not None and self.relation in UNORDERED and object < subject:
            subject, object = object, subject
        return self.relation, subject, object, self.site

    @property
    def label(self) -> str:
        """``AKT1 phosphorylates TSC2 at S939``; ``something`` stands for a subject that is not named."""
        subject = self.subject.name if self.subject else "something"
        text = f"{subject} {self.relation}{'' if self.direct else ' (indirectly)'} {self.object.name}"
        text = text if self.site is None else f"{text} at {self.site}"
        return f"not: {text}" if self.denied else text


@dataclass(frozen=True, slots=True)
class Skipped:
    """What a row says and we could not take.

    Attributes:
        reason: ``malformed``, a row that breaks the format; ``no relation``, a word that the format knows and we have
            no relation for; ``unknown word``, one that is not in ``relations.yml``.
        text: of a malformed row what is wrong and what is allowed, else the word.
    """

    place: int
    reason: Reason
    text: str


@dataclass(frozen=True, slots=True)
class KnownSource:
    """What a file holds.

    Attributes:
        format: its name in ``FORMATS``.
        rows: how many rows were looked at, those that could not be read among them.
        claims: in the order of the file; one that several rows make is there for each.
        malformed: rows, or cells of them, that could not be read.
        words: other words that gave no statement, with their reason and number, the most frequent first.
        unidentified: names of ends without an identity that we use, with the number of their claims, the most frequent
            first, at most 30; ``without_identity`` is the number of claims with such an end.
    """

    path: str
    format: str
    rows: int
    claims: tuple[Claim, ...]
    malformed: tuple[Skipped, ...] = ()
    words: tuple[tuple[str, str, int], ...] = ()
    without_identity: int = 0
    unidentified: tuple[tuple[str, int], ...] = ()


def identify(agent: Agent) -> str:
    """The CURIE; where there is none the name in small letters, so that equal names still meet."""
    return agent.curie or f"name:{agent.name.casefold()}"


def collect(items: Iterable[Claim | Skipped], path: str, format: str) -> KnownSource:
    """What a reader yields, counted; the items of a row come one after another."""
    claims: list[Claim] = []
    malformed: list[Skipped] = []
    words: Counter[tuple[str, str]] = Counter()
    names: Counter[str] = Counter()
    rows = without_identity = last = 0
    for item in items:
        rows, last = rows + (item.place != last), item.place
        if isinstance(item, Claim):
            claims.append(item)
            missing = {end.name for end in (item.subject, item.object) if end is not None and end.curie is None}
            without_identity += bool(missing)
            names.update(missing)
        elif item.reason == "malformed":
            malformed.append(item)
        else:
            words[item.reason, item.text] += 1
    return KnownSource(
        path=path,
        format=format,
        rows=rows,
        claims=tuple(claims),
        malformed=tuple(malformed),
        words=tuple((reason, word, count) for (reason, word), count in words.most_common()),
        without_identity=without_identity,
        unidentified=tuple(names.most_common(_MOST_NAMES)),
    )
