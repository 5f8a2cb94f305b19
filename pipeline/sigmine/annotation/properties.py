"""What brat and BioC have no place for, as words beside a relation: a statement's sites, flags and sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sigmine.evaluation.claim import RELATIONS, End, GoldStatement, Span
from sigmine.evaluation.gold_check import check_statement, name_nearest
from sigmine.evaluation.gold_write import gold_to_json

FLAGS: tuple[str, ...] = ("negated", "hedged", "indirect", "cross_sentence")
KEYS: tuple[str, ...] = ("id", "sites", *FLAGS, "sentence", "section", "split", "note")
"""In the order in which they are written; a flag's value is ``yes``."""
YES = frozenset({"yes", "y", "true", "1", "x"})
NO = frozenset({"", "no", "n", "false", "0", "-"})

_BORDER = re.compile(r"(?:[.!?][\"”’)\]]*\s+(?=[\"“(\[]?[A-ZΑ-Ω0-9])|\n\s*\n)")


def make_properties(statement: GoldStatement) -> dict[str, str]:
    """The properties that differ from what holds where nothing is said; id and sentence always."""
    flags = (statement.negated, statement.hedged, not statement.direct, statement.cross_sentence)
    values = {
        "id": statement.id,
        "sites": ", ".join(statement.sites),
        **{name: "yes" * value for name, value in zip(FLAGS, flags, strict=True)},
        "sentence": f"{statement.sentence[0]}-{statement.sentence[1]}",
        "section": statement.section if statement.section != "body" else "",
        "split": statement.split if statement.split != "dev" else "",
        "note": " ".join(statement.note.split()),
    }
    return {key: value for key in KEYS if (value := values[key])}


def make_statement(
    relation: str,
    subject: End | None,
    object: End,
    properties: Mapping[str, str],
    *,
    id: str,
    document: str,
    text: str,
) -> tuple[GoldStatement | None, list[str]]:
    """The statement and what is wrong with it; None where it cannot be made.

    Where no sentence is given, it is what stands between the nearest ends of sentences around both ends.
    """
    problems = [f"unknown property {key!r}{name_nearest(key, KEYS)}" for key in properties if key not in KEYS]
    if relation not in RELATIONS:
        problems.append(f"unknown relation {relation!r}{name_nearest(relation, RELATIONS)}")
    words = {name: properties.get(name, "").casefold() for name in FLAGS}
    problems += [
        f"{name} must be yes or left out, not {properties[name]!r}" for name in FLAGS if words[name] not in YES | NO
    ]
    sentence = _parse_sentence(properties.get("sentence", ""), text, subject, object, problems)
    if problems:
        return None, problems
    assert sentence is not None
    flags = {name: words[name] in YES for name in FLAGS}
    statement = GoldStatement(
        id=id,
        document=document,
        relation=relation,
        subject=subject,
        object=object,
        sites=tuple(site for part in properties.get("sites", "").split(",") if (site := part.strip())),
        sentence=sentence,
        section=properties.get("section") or "body",
        negated=flags["negated"],
        hedged=flags["hedged"],
        direct=not flags["indirect"],
        cross_sentence=flags["cross_sentence"],
        split=properties.get("split") or "dev",
        note=properties.get("note", ""),
    )
    return statement, check_statement(gold_to_json(statement))


def _parse_sentence(given: str, text: str, subject: End | None, object: End, problems: list[str]) -> Span | None:
    if given:
        match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", given)
        if match is None or not int(match[1]) < int(match[2]) <= len(text):
            problems.append(f"sentence must be its first and last character, as '0-34', within the text, not {given!r}")
            return None
        return int(match[1]), int(match[2])
    places = [end.spans[0] for end in (subject, object) if end is not None]
    return find_sentence(text, min(start for start, _ in places), max(end for _, end in places))


def find_sentence(text: str, start: int, end: int) -> Span:
    """The stretch around ``start:end`` between two ends of sentences (a mark before a capital, or a blank line)."""
    # The capital that makes a mark a border may be the first character of what is looked for.
    low = max((match.end() for match in _BORDER.finditer(text, 0, start + 2)), default=0)
    after = _BORDER.search(text, end)
    high = len(text) if after is None else after.end()
    stretch = text[low:high]
    return low + len(stretch) - len(stretch.lstrip()), low + len(stretch.rstrip())
