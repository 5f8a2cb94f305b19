"""Our own statements as claims: an output folder, ``statements.jsonl``, or lines of ``sigmine extract``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sigmine.assembly import assemble
from sigmine.assembly.triples import is_denied
from sigmine.errors import ReadError
from sigmine.exports.cells import find_citations, find_example, flatten_text
from sigmine.known.claims import Claim, Skipped
from sigmine.model.json import evidence_from_json, statement_from_json
from sigmine.model.statement import Evidence, Statement

FILES: tuple[str, ...] = ("statements.jsonl", "mentions.jsonl")
"""What an output folder holds; the first that is there is read."""


def find_file(path: Path) -> Path:
    """The file of an output folder to read; of a file itself.

    Raises:
        ReadError: if a folder has none.
    """
    if not path.is_dir():
        return path
    found = next((path / name for name in FILES if (path / name).is_file()), None)
    if found is None:
        raise ReadError(
            f"{path}: this folder has no {' and no '.join(FILES)}. Give an output folder of 'sigmine run' or a file "
            "that 'sigmine extract -o FILE' wrote."
        )
    return found


def load_claims(path: str | Path) -> tuple[Claim, ...]:
    """The statements of an output folder or file, with their surest sentence, in its order.

    Raises:
        ReadError: if there is no such file, or a line is neither a statement nor a mention.
    """
    file = find_file(Path(path))
    try:
        with file.open(encoding="utf-8") as lines:
            items = list(read_own(lines))
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{file}: cannot be read ({error}). Give an output of sigmine.") from error
    for item in items:
        if isinstance(item, Skipped):
            raise ReadError(f"{file}:{item.place}: {item.text}")
    return tuple(item for item in items if isinstance(item, Claim))


def read_own(lines: Iterable[str]) -> Iterator[Claim | Skipped]:
    """The claims of statements, one a line; mentions, one a line, are taken together first."""
    mentions: list[Evidence] = []
    places: dict[int, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row: dict[str, Any] = json.loads(line)
            if isinstance(row["evidence"], list):
                yield make_claim(statement_from_json(row), number)
            else:
                mentions.append(evidence_from_json(row))
                places[id(mentions[-1])] = number
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            yield Skipped(
                number,
                "malformed",
                f"neither a statement nor a mention of sigmine ({type(error).__name__}: {error}). docs/contract.md "
                "describes the lines.",
            )
    for statement in assemble(mentions):
        yield make_claim(statement, min(places[id(one)] for one in statement.evidence))


def make_claim(statement: Statement, place: int) -> Claim:
    """A statement without its evidence but for one sentence; ``place`` is the line that it stands on."""
    example = find_example(statement)
    supporting = [one.mention for one in statement.evidence if not one.mention.opposes]
    return Claim(
        statement.relation,
        statement.subject,
        statement.object,
        statement.site,
        place,
        denied=is_denied(statement),
        hedged=bool(supporting) and all(mention.hedged for mention in supporting),
        direct=statement.direct,
        belief=statement.belief,
        source_id=statement.id,
        publications=tuple(name for name in find_citations(statement) if name.startswith(("pubmed:", "doi:"))),
        words=flatten_text(example.sentence) if example else "",
        document=example.document if example else "",
    )
