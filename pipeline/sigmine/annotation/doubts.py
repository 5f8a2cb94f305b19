"""What a program can find suspicious in a gold set whose format is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sigmine.evaluation.claim import MODIFICATIONS, GoldStatement
from sigmine.evaluation.gold import GoldDocument
from sigmine.evaluation.matching import merge_repetitions


def find_doubts(gold: Sequence[GoldDocument]) -> tuple[str, ...]:
    """Doubts, each with its place; they are worth a look, and may be right.

    A statement given twice; a null subject beside one that is named; one name with two identifiers and one identifier
    with two names; overlapping sentences that are not the same.
    """
    found: list[str] = []
    for document in gold:
        places = dict(zip((one.id for one in document.statements), document.lines, strict=False))

        def locate(statement: GoldStatement, document: GoldDocument = document, places: dict[str, int] = places) -> str:
            line = places.get(statement.id)
            return f"{document.path}:{line}" if line else f"{document.document} {statement.id}"

        # Judged readings are where and what a program read: sentences overlap, and not all of one need be there.
        statements = document.statements if document.scope == "all" else ()
        found += [f"{locate(one)}: {doubt}" for one, doubt in _find_in_document(statements)]
    return (*found, *_find_in_names(gold))


def _find_in_document(statements: Sequence[GoldStatement]) -> Iterator[tuple[GoldStatement, str]]:
    kept = {one.id for one in merge_repetitions(statements, "identity")}
    named = {
        (one.relation, one.sentence, key)
        for one in statements
        if one.relation in MODIFICATIONS and one.subject is not None
        for key in one.object.keys
    }
    last: GoldStatement | None = None
    told: set[object] = set()
    for one in sorted(statements, key=lambda one: one.sentence):
        if one.id not in kept:
            yield one, f"{one.id} says what another line of its sentence says"
        if one.subject is None and any((one.relation, one.sentence, key) in named for key in one.object.keys):
            yield one, f"{one.id} has no subject, but another line names who {one.relation} {one.object.name}"
        overlaps = last is not None and last.sentence != one.sentence and one.sentence[0] < last.sentence[1]
        if last is not None and overlaps and last.sentence not in told:
            told.add(last.sentence)
            yield one, f"sentence {one.sentence} overlaps that of {last.id}, {last.sentence}, without being the same"
        if last is None or one.sentence[1] > last.sentence[1]:
            last = one


def _find_in_names(gold: Sequence[GoldDocument]) -> list[str]:
    curies: dict[str, set[str | None]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for document in gold:
        for one in document.statements:
            for end in filter(None, (one.subject, one.object)):
                curies[end.name.casefold()].add(end.curie)
                if end.curie is not None:
                    names[end.curie].add(end.name.casefold())
    found = [
        f"{name!r} has more than one identifier: {', '.join(sorted(curie or 'none' for curie in several))}"
        for name, several in sorted(curies.items())
        if len(several) > 1
    ]
    return found + [
        f"{curie} has more than one name: {', '.join(sorted(several))}"
        for curie, several in sorted(names.items())
        if len(several) > 1
    ]
