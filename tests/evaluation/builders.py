"""Gold statements and predictions in few words. The text is never needed: offsets and names are enough."""

from __future__ import annotations

import json
from dataclasses import fields
from itertools import count
from pathlib import Path
from typing import Any

from sigmine.evaluation import GoldDocument
from sigmine.evaluation.claim import Claim, End, GoldStatement, Prediction

SHA = "0" * 64
_numbers = count(1)


def make_end(name: str, start: int, *, curie: str | None = None, type: str = "PROTEIN", length: int = 4) -> End:
    return End(((start, start + length),), name, type, curie)


AKT = make_end("AKT1", 0, curie="hgnc:391")
TSC2 = make_end("TSC2", 20, curie="hgnc:12363")
MTOR = make_end("MTOR", 40, curie="hgnc:3942")


def make_gold(relation: str, subject: End | None, object: End, **more: Any) -> GoldStatement:
    """A gold statement of the sentence 0:60 of ``doc``."""
    values = {"id": f"g{next(_numbers)}", "document": "doc", "sentence": (0, 60), **more}
    return GoldStatement(relation=relation, subject=subject, object=object, **values)


def make_predicted(relation: str, subject: End | None, object: End, **more: Any) -> Prediction:
    """A prediction of the sentence 0:60 of ``doc``."""
    values = {"id": f"p{next(_numbers)}", "document": "doc", "sentence": (0, 60), **more}
    return Prediction(relation=relation, subject=subject, object=object, **values)


def predict_exactly(claim: Claim, **changes: Any) -> Prediction:
    """The prediction that says what the gold says, but for the changes."""
    values = {field.name: getattr(claim, field.name) for field in fields(Claim)}
    return Prediction(**{**values, **changes})


def make_document(*statements: GoldStatement, document: str = "doc") -> GoldDocument:
    return GoldDocument(document, f"{document}.txt", SHA, statements=statements)


def make_header(**more: Any) -> dict[str, Any]:
    return {"document": "doc", "file": "doc.txt", "sha256": SHA, "title": "A text", "annotator": "one", **more}


def make_row(**more: Any) -> dict[str, Any]:
    """A line of a gold file without faults."""
    row: dict[str, Any] = {
        "id": "doc-1",
        "relation": "phosphorylates",
        "subject": {"start": 0, "end": 4, "name": "AKT1", "type": "PROTEIN", "curie": "hgnc:391"},
        "object": {"start": 20, "end": 24, "name": "TSC2", "type": "PROTEIN", "curie": "hgnc:12363"},
        "sites": ["S939"],
        "sentence": [0, 34],
        "negated": False,
        "hedged": False,
        "direct": True,
        "core": True,
        "cross_sentence": False,
        "section": "body",
        "note": "",
    }
    return {**row, **more}


def write_lines(path: Path, *rows: object) -> Path:
    """One line a row; a string is written as it stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
