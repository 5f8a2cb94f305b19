"""Triples of any program as a table: subject, relation and object by name, and what else is known of them.

The table that ``sigmine export --format tsv`` writes is one of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sigmine.annotation.place import FoundClaim
from sigmine.annotation.tsv import split_table
from sigmine.errors import ReadError
from sigmine.evaluation.claim import RELATIONS, End
from sigmine.evaluation.gold_check import TYPES, name_nearest

COLUMNS: dict[str, str] = {
    "subject": "name; empty where none is named",
    "relation": "of the contract",
    "object": "name",
    "site": "S473; several separated by commas or semicolons (also: sites)",
    "subject_id": "CURIE (also: subject_curie)",
    "object_id": "CURIE (also: object_curie)",
    "subject_type": "PROTEIN where it is left empty",
    "object_type": "PROTEIN where it is left empty",
    "document": "id; several separated by semicolons (also: documents)",
    "sentence": "its words",
    "start": "of the sentence in the file",
    "end": "",
    "negated": "yes, or a number above 0",
    "hedged": "likewise",
    "direct": "no where the subject only brings it about",
    "belief": "0 to 1",
}
"""What is read; other columns are left alone. Only relation and object must be there."""
_ALSO = {"sites": "site", "subject_curie": "subject_id", "object_curie": "object_id", "documents": "document"}
_NO = frozenset({"", "0", "no", "false"})

FindType = Callable[[str, str], str | None]


def parse_triples(content: str, place: str, find_type: FindType = lambda curie, name: None) -> Iterator[FoundClaim]:
    """The claims of a table, in order; one for each document that a line names.

    Args:
        find_type: the type of an identifier and a name, where a line gives none.

    Raises:
        ReadError: if the columns or a line are wrong.
    """
    rows = split_table(content, place)
    names = rows[0][1] if rows else []
    header = [_ALSO.get(name.strip().casefold(), name.strip().casefold()) for name in names]
    lost = [name for name in ("relation", "object") if name not in header]
    if lost:
        raise ReadError(f"{place}:1: no column {' and '.join(map(repr, lost))}. Columns: {', '.join(COLUMNS)}.")
    for line, cells in rows[1:]:
        row = dict.fromkeys(COLUMNS, "") | dict(zip(header, (cell.strip() for cell in cells), strict=False))
        if not any(cells):
            continue
        where = f"{place}:{line}"
        if row["relation"] not in RELATIONS:
            raise ReadError(f"{where}: unknown relation {row['relation']!r}{name_nearest(row['relation'], RELATIONS)}")
        if not row["object"]:
            raise ReadError(f"{where}: object is empty; only the subject may be.")
        documents = [name.strip() for name in row["document"].split(";") if name.strip()]
        for number, document in enumerate(documents or [""]):
            yield _make_claim(row, f"{line}.{number}", document, where, find_type)


def _make_claim(row: dict[str, str], name: str, document: str, where: str, find_type: FindType) -> FoundClaim:
    try:
        belief = float(row["belief"]) if row["belief"] else 1.0
        place = (int(row["start"]), int(row["end"])) if row["start"] and row["end"] else None
    except ValueError as error:
        raise ReadError(f"{where}: belief, start and end must be numbers ({error}).") from error
    return FoundClaim(
        id=f"line-{name}",
        relation=row["relation"],
        subject=_make_end(row, "subject", where, find_type) if row["subject"] else None,
        object=_make_end(row, "object", where, find_type),
        sites=tuple(site for part in row["site"].replace(";", ",").split(",") if (site := part.strip())),
        negated=row["negated"].casefold() not in _NO,
        hedged=row["hedged"].casefold() not in _NO,
        direct=row["direct"] == "" or row["direct"].casefold() not in _NO,
        sentence=row["sentence"],
        documents=(document,) if document else (),
        place=place,
        belief=belief,
    )


def _make_end(row: dict[str, str], role: str, where: str, find_type: FindType) -> End:
    curie = row[f"{role}_id"] or None
    kind = row[f"{role}_type"] or (find_type(curie, row[role]) if curie else None) or "PROTEIN"
    if kind not in TYPES:
        raise ReadError(f"{where}: unknown type {kind!r} of {role}{name_nearest(kind, TYPES)}")
    return End((), row[role], kind, curie)
