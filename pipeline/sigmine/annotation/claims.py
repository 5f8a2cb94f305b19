"""What any program states, read to be scored: our own output, INDRA's JSON, tables of triples, BioC, brat."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sigmine.annotation.bioc_json import parse_bioc
from sigmine.annotation.formats import read_annotations
from sigmine.annotation.identifiers import find_type
from sigmine.annotation.indra_json import parse_indra
from sigmine.annotation.place import FoundClaim, place_claims
from sigmine.annotation.texts import AnnotatedText
from sigmine.annotation.triples_table import parse_triples
from sigmine.errors import GoldError, ReadError
from sigmine.evaluation import load_predictions, load_read_documents
from sigmine.evaluation.claim import End, GoldStatement, Prediction
from sigmine.evaluation.gold import GoldDocument

FORMATS = "an output folder or .jsonl of sigmine, INDRA's .json, a .tsv of triples, BioC (.json, .xml) or brat (.ann)"


@dataclass(frozen=True, slots=True)
class Claims:
    """What was read.

    Attributes:
        predictions: those that can be compared at the level asked for.
        read: ids of the documents that were read; None where nobody knows.
        unplaced: how many are left out, because their sentence was not found in the gold's texts.
        lost: how many belong to no document of the gold.
    """

    predictions: tuple[Prediction, ...]
    read: tuple[str, ...] | None = None
    unplaced: int = 0
    lost: int = 0


def is_foreign(path: Path) -> bool:
    """Whether it is no output of sigmine."""
    if path.is_dir():
        return not (path / "mentions.jsonl").is_file() and any(path.glob("*.ann"))
    return path.suffix.lower() in (".json", ".tsv", ".xml", ".ann")


def load_claims(
    path: Path, gold: Sequence[GoldDocument], texts: Mapping[str, AnnotatedText], level: str = "relaxed"
) -> Claims:
    """Read an output to score.

    Args:
        gold: the documents that it is compared with.
        texts: those of the gold's texts that are here, by document; other programs' sentences are looked for in them.
        level: of ``sigmine.evaluation.LEVELS``. Claims without a place are compared at level ``document`` only.

    Raises:
        ReadError, GoldError: if it cannot be read; the message names the formats.
    """
    if not is_foreign(path):
        return Claims(load_predictions(path), load_read_documents(path))
    names = [document.document for document in gold]
    suffix = path.suffix.lower()
    if path.is_dir() or suffix == ".ann":
        documents, problems = read_annotations([path], texts)
        return _from_gold(documents, problems, path)
    content = _load(path)
    if suffix == ".tsv":
        found = place_claims(parse_triples(content, str(path), find_type), names, texts)
    else:
        rows = _parse_json(content, path) if suffix == ".json" else None
        if rows is None:
            documents, problems = parse_bioc(content, texts, place=str(path))
            return _from_gold(documents, problems, path)
        found = place_claims(map(_find_types, parse_indra(rows)), names, texts)
    chosen = found.select(level)
    unplaced = 0 if level == "document" else len(found.unplaced)
    return Claims(chosen, None, unplaced, found.lost)


def _load(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: cannot be read as UTF-8 text ({error}). Give {FORMATS}.") from error


def _parse_json(content: str, path: Path) -> list[Mapping[str, Any]] | None:
    """INDRA's statements; None for BioC."""
    try:
        found = json.loads(content)
    except ValueError as error:
        raise ReadError(f"{path}: not JSON ({error}). Give {FORMATS}.") from error
    if isinstance(found, dict) and "documents" in found:
        return None
    rows = found.get("statements") if isinstance(found, dict) else found
    if isinstance(rows, dict):  # as INDRA's database sends them, by hash
        rows = list(rows.values())
    if not isinstance(rows, list) or not all(isinstance(row, dict) and "type" in row for row in rows):
        raise ReadError(f"{path}: neither BioC nor a list of INDRA statements (objects with a 'type'). Give {FORMATS}.")
    return rows


def _find_types(claim: FoundClaim) -> FoundClaim:
    """INDRA tells what an agent is by its namespace; MeSH has everything, so there the lexicon is asked."""

    def retype(end: End) -> End:
        kind = find_type(end.curie, end.name) if end.curie and end.curie.startswith("mesh:") else None
        return replace(end, type=kind) if kind else end

    return replace(claim, subject=retype(claim.subject) if claim.subject else None, object=retype(claim.object))


def _from_gold(documents: Sequence[GoldDocument], problems: Sequence[str], path: Path) -> Claims:
    if problems:
        raise GoldError("\n".join([f"{path}: {len(problems)} problems:", *problems]), tuple(problems))
    predictions = [make_claim(statement) for document in documents for statement in document.statements]
    return Claims(tuple(predictions), tuple(document.document for document in documents))


def make_claim(statement: GoldStatement) -> Prediction:
    """An annotation as a prediction, sure of itself."""
    return Prediction(
        id=statement.id,
        document=statement.document,
        relation=statement.relation,
        subject=statement.subject,
        object=statement.object,
        sites=statement.sites,
        sentence=statement.sentence,
        section=statement.section,
        negated=statement.negated,
        hedged=statement.hedged,
        direct=statement.direct,
        belief=1.0,
    )
