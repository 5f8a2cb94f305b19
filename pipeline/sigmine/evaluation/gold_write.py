"""Gold files written: the reverse of ``load_gold``."""

from __future__ import annotations

import json
from typing import Any

from sigmine.evaluation.claim import End, GoldStatement
from sigmine.evaluation.gold import GoldDocument

Row = dict[str, Any]


def format_gold(document: GoldDocument) -> str:
    """The lines of a gold file, as ``gold/README.md`` describes them."""
    header = {
        "document": document.document,
        "file": document.file,
        "sha256": document.sha256,
        "title": document.title,
        "annotator": document.annotator,
        **({} if document.scope == "all" else {"scope": document.scope}),
    }
    rows = [header, *(gold_to_json(statement) for statement in (*document.statements, *document.rejected))]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def gold_to_json(statement: GoldStatement) -> Row:
    """The object of one line."""
    row: Row = {
        "id": statement.id,
        "relation": statement.relation,
        "subject": None if statement.subject is None else _end_to_json(statement.subject),
        "object": _end_to_json(statement.object),
        "sites": list(statement.sites),
        "sentence": list(statement.sentence),
        "negated": statement.negated,
        "hedged": statement.hedged,
        "direct": statement.direct,
        "core": statement.core,
        "cross_sentence": statement.cross_sentence,
        "section": statement.section,
        "note": statement.note,
        "split": statement.split,
    }
    judgement = {name: getattr(statement, name) for name in ("verdict", "error", "instead", "curator", "time")}
    return row | {name: value for name, value in judgement.items() if value}


def _end_to_json(end: End) -> Row:
    (start, stop), *aliases = end.spans
    row: Row = {"start": start, "end": stop, "name": end.name, "type": end.type, "curie": end.curie}
    if aliases:
        row["aliases"] = [list(alias) for alias in aliases]
    return row
