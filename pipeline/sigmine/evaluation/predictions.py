"""Our own claims, read back from what ``sigmine extract`` or a run wrote."""

from __future__ import annotations

import json
from pathlib import Path

from sigmine.errors import ReadError
from sigmine.evaluation.claim import End, Prediction, Span
from sigmine.model import Entity, Evidence
from sigmine.model.json import evidence_from_json

MENTIONS = "mentions.jsonl"
"""The file of an output folder that holds one line of the contract a relation mention."""
MANIFEST = "manifest.json"
"""The file of an output folder that names the documents that were read."""


def load_predictions(path: str | Path) -> tuple[Prediction, ...]:
    """Read an output folder's ``mentions.jsonl`` or any file of contract lines, in the order of the file.

    Raises:
        ReadError: if there is no such file, or a line is not one of the contract.
    """
    file = Path(path)
    if file.is_dir():
        file = file / MENTIONS
        if not file.is_file():
            raise ReadError(
                f"{path}: this folder has no {MENTIONS}. Give an output folder of 'sigmine run' or a file that "
                "'sigmine extract -o FILE' wrote."
            )
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{file}: cannot be read ({error}). Give what 'sigmine extract -o FILE' wrote.") from error
    predictions = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            predictions.append(make_prediction(evidence_from_json(row), row.get("id") or f"line-{number}"))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ReadError(
                f"{file}:{number}: not a line of 'sigmine extract' ({type(error).__name__}: {error}). "
                "docs/contract.md describes the lines."
            ) from error
    return tuple(predictions)


def load_read_documents(path: str | Path) -> tuple[str, ...] | None:
    """The ids of the documents that a run read, also of those that gave no mention; None without a manifest.

    Args:
        path: an output folder; of a file or a folder without a manifest nobody knows what was read.

    Raises:
        ReadError: if the manifest does not name the documents.
    """
    file = Path(path) / MANIFEST
    if not file.is_file():
        return None
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))["documents"]
        return tuple(str(row["document"]) for row in rows)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ReadError(
            f"{file}: does not say which documents were read ({type(error).__name__}: {error}). Run 'sigmine run' "
            f"again, or give {MENTIONS} of this folder instead."
        ) from error


def make_prediction(evidence: Evidence, prediction_id: str) -> Prediction:
    """The claim of one evidence, in the characters of the file.

    Where ``evidence.source`` is present, an end that it does not place has no spans and can match by identity only.
    """
    mention = evidence.mention
    moved = evidence.source is not None
    return Prediction(
        id=prediction_id,
        document=evidence.document,
        relation=mention.relation,
        subject=_make_end(mention.subject, moved, evidence.source_subject) if mention.subject else None,
        object=_make_end(mention.object, moved, evidence.source_object),
        sites=tuple(dict.fromkeys(site.name for site in mention.sites)),
        sentence=evidence.source or (evidence.start, evidence.end),
        section=evidence.section,
        negated=mention.negated,
        hedged=mention.hedged,
        direct=mention.direct,
        text=evidence.sentence,
        rule=mention.rule,
        belief=mention.prior,
    )


def _make_end(entity: Entity, moved: bool, source: Span | None) -> End:
    spans = ((entity.start, entity.end),) if not moved else (source,) if source else ()
    return End(spans, entity.name, entity.type, entity.curie)
