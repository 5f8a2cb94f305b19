"""Statements as English sentences, for people: ``AKT phosphorylates TSC2 on S939.``

How a relation is said stands in ``wording.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import IO, Any, Literal

from sigmine.assembly.merge import sort_key
from sigmine.assembly.support import count_support
from sigmine.assembly.triples import is_denied
from sigmine.assembly.vocabulary import find_term
from sigmine.exports.cells import find_citations, find_documents, flatten_text, name_site
from sigmine.model.ids import UNORDERED
from sigmine.model.statement import Agent, Evidence, Statement

MAX_CITED = 5
"""Works that ``describe_backing`` names; it counts the others."""

Mood = Literal["says", "denies", "supposes", "doubts", "asks", "asks_not", "rejects"]

_RESIDUES = {
    "A": "alanine", "C": "cysteine", "D": "aspartate", "E": "glutamate", "F": "phenylalanine", "G": "glycine",
    "H": "histidine", "I": "isoleucine", "K": "lysine", "L": "leucine", "M": "methionine", "N": "asparagine",
    "P": "proline", "Q": "glutamine", "R": "arginine", "S": "serine", "T": "threonine", "V": "valine",
    "W": "tryptophan", "Y": "tyrosine",
}  # fmt: skip
_PLAIN_WORD = re.compile(r"[a-zα-ω]{4,}(?![\w-])")  # "insulin" begins a sentence as "Insulin"; "p53" and "mTOR" stay
_PLURAL = re.compile(r"(?<![^\s-])(?!diabetes$)[a-z]{3,}(?<![isu])s$")


@dataclass(frozen=True, slots=True)
class Wording:
    """How a relation is said; the comment at the head of ``wording.yml`` says what each form is for."""

    does: str
    do: str
    alone: tuple[str, str] | None = None
    deed: str | None = None
    mutual: str | None = None


def describe_statement(statement: Statement) -> str:
    """The statement as one sentence, with its full stop: ``TSC2 is phosphorylated on S939.``

    What no text says outright is no plain fact here either: ``AKT may phosphorylate TSC2.`` where all of them suppose,
    ``It is an open question whether AKT phosphorylates TSC2.`` where they ask; ``AKT does not phosphorylate TSC2.``
    where all deny it, ``The view that AKT phosphorylates TSC2 is rejected.`` where they reject it. Names are words of
    documents, so escape the sentence before it goes into a page.
    """
    mood = find_mood(statement)
    clause = _make_clause(statement, mood)
    if mood in ("asks", "asks_not"):
        return f"It is an open question whether {clause}."
    if mood == "rejects":
        return f"The view that {clause} is rejected."
    return f"{clause[:1].upper() if _PLAIN_WORD.match(clause) else clause[:1]}{clause[1:]}."


def describe_backing(statement: Statement) -> str:
    """What stands behind it: ``belief 0.94; 3 sentences in 2 documents: 2 outright, 1 hedged; cited: pubmed:123``.

    The belief is in the statement, also where the sentence says that all deny it: ``belief that it is so 0.02``. The
    sides of the evidence are told where there are several or none says so outright. Of works, the first ``MAX_CITED``
    are named.
    """
    sentences = len({(item.document, item.start, item.end) for item in statement.evidence})
    read = "no evidence"
    if sentences:
        documents = len(find_documents(statement))
        read = f"{_count(sentences, 'sentence')} in {_count(documents, 'document')}"
        support = count_support(statement.evidence)
        sides = {"outright": support.stated, "hedged": support.hedged, "against": support.against}
        told = [f"{side.sentences} {name}" for name, side in sides.items() if side.sentences]
        if len(told) > 1 or not support.stated.sentences:
            read += f": {', '.join(told)}"
    parts = [f"belief {'that it is so ' * is_denied(statement)}{statement.belief:.2f}", read]
    works = [flatten_text(work) for work in find_citations(statement)]
    if works:
        more = f" and {len(works) - MAX_CITED} more" if len(works) > MAX_CITED else ""
        parts.append(f"cited: {', '.join(works[:MAX_CITED])}{more}")
    return "; ".join(parts)


def write_sentences(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """One line a statement, sorted by relation, names and site: the sentence, and behind it what it rests on."""
    for statement in sorted(statements, key=sort_key):
        file.write(f"{describe_statement(statement)[:-1]} ({describe_backing(statement)}).\n".encode())


def find_mood(statement: Statement) -> Mood:
    """How the texts, taken together, stand to it; a statement without evidence is said plainly."""
    evidence = statement.evidence
    if not evidence or count_support(evidence).stated.sentences:
        return "says"
    if is_denied(statement):
        if any(_is_claim(item, "asserted", "attributed") for item in evidence):
            return "denies"
        if any(_is_claim(item, "contradicted") for item in evidence):
            return "rejects"
        return "asks_not" if all(_is_claim(item, "open_question") for item in evidence) else "doubts"
    supporting = [item for item in evidence if not item.mention.opposes]
    return "asks" if all(_is_claim(item, "open_question") for item in supporting) else "supposes"


@lru_cache(maxsize=1)
def load_wordings() -> Mapping[str, Wording]:
    """How each relation is said, by its name."""
    import yaml

    rows = yaml.safe_load(files("sigmine.exports").joinpath("wording.yml").read_text(encoding="utf-8"))
    return {relation: _parse_wording(row) for relation, row in rows.items()}


def _parse_wording(row: Mapping[str, Any]) -> Wording:
    alone = row.get("alone")
    return Wording(
        does=row["does"],
        do=row["do"],
        alone=(alone[0], alone[1]) if alone else None,
        deed=row.get("deed"),
        mutual=row.get("mutual"),
    )


def _is_claim(evidence: Evidence, *claims: str) -> bool:
    return evidence.mention.claim in claims


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _make_clause(statement: Statement, mood: Mood) -> str:
    """The sentence without what stands around it: capital, full stop, "it is an open question whether"."""
    label = find_term(statement.relation).label
    wording = load_wordings().get(statement.relation) or Wording(label, label)
    subject, object_ = statement.subject, statement.object
    where = _name_place(statement)
    if subject is None:
        if wording.alone is None:
            return f"something {_conjugate(wording.does, wording.do, mood)} {_name(object_)}{where}"
        return f"{_name(object_)} {_conjugate(*wording.alone, mood, plural=_is_plural(object_))}{where}"
    if subject.key == object_.key:
        target = "itself"
    elif wording.mutual and statement.relation in UNORDERED:
        way = "" if statement.direct else " indirectly"
        verb = _conjugate(wording.mutual, wording.mutual, mood, plural=True)
        return f"{_name(subject)} and {_name(object_)} {verb}{way}{where}"
    else:
        target = _name(object_)
    does, do = wording.does, wording.do
    if not statement.direct:
        if wording.deed:
            does, do, target = "brings about", "bring about", f"the {wording.deed} of {target}"
        else:
            does, do = _put_adverb(does), _put_adverb(do)
    return f"{_name(subject)} {_conjugate(does, do, mood, plural=_is_plural(subject))} {target}{where}"


def _conjugate(does: str, do: str, mood: Mood, *, plural: bool = False) -> str:
    is_state = does.startswith("is ")
    if mood in ("says", "asks", "rejects"):
        if not plural:
            return does
        return f"are {does[3:]}" if is_state else do
    if mood == "supposes":
        return f"may {do}"
    auxiliaries, rest = (("is", "are"), does[3:]) if is_state else (("does", "do"), do)
    denied = f"{auxiliaries[plural]} not {rest}"
    return f"possibly {denied}" if mood == "doubts" else denied


def _is_plural(agent: Agent) -> bool:
    """By the last word of the name, where that is a common noun: "growth factors", not "stress" or "RAS"."""
    return bool(_PLURAL.search(agent.name))


def _put_adverb(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    return f"{first} indirectly {rest}" if first in ("is", "be") else f"indirectly {verb}"


def _name_place(statement: Statement) -> str:
    if statement.site is None:
        return ""
    return f" on {_RESIDUES.get(statement.site) or name_site(statement)}"


def _name(agent: Agent) -> str:
    return flatten_text(agent.name)
