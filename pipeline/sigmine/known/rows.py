"""A comparison as JSON for programs and as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import groupby
from typing import IO, Any

from sigmine.exports.cells import flatten_text, guard_formula
from sigmine.known.claims import Claim, KnownSource
from sigmine.known.comparison import Finding, KnownComparison
from sigmine.model.statement import Agent

JsonObject = dict[str, Any]

COLUMNS: tuple[str, ...] = (
    "class", "direction", "why", "relation", "subject", "subject_id", "object", "object_id", "site", "denied", "hedged",
    "belief", "statement_id", "document", "sentence", "their_subject", "their_subject_id", "their_relation",
    "their_object", "their_object_id", "their_site", "their_words", "their_lines", "their_ids", "publications",
    "in_output",
)  # fmt: skip
"""``why`` and ``direction`` as in ``Finding``; cells with several values separate them by ``; ``. ``in_output`` is
``no`` of what is missed where our output has not both ends."""


def make_json(result: KnownComparison, source: KnownSource, findings: Iterable[Finding]) -> JsonObject:
    """What the file holds, the counts, and the findings, each with our statement and their rows."""
    return {
        "with": source.path,
        "format": source.format,
        "rows": source.rows,
        "claims": len(source.claims),
        "malformed": [{"place": one.place, "reason": one.text} for one in source.malformed],
        "words": [{"reason": reason, "word": word, "rows": count} for reason, word, count in source.words],
        "without_identity": source.without_identity,
        "unidentified": [{"name": name, "claims": count} for name, count in source.unidentified],
        "counts": [asdict(count) for count in result.counts],
        "findings": [_finding_to_json(one) for one in findings],
    }


def _finding_to_json(finding: Finding) -> JsonObject:
    return {
        "class": finding.kind,
        "direction": finding.direction,
        "why": list(finding.why),
        "in_output": finding.here,
        "ours": None if finding.ours is None else _claim_to_json(finding.ours),
        "theirs": [_claim_to_json(claim) for claim in finding.theirs],
    }


def _claim_to_json(claim: Claim) -> JsonObject:
    return asdict(claim) | {"publications": list(claim.publications)}


def write_table(findings: Iterable[Finding], file: IO[bytes]) -> None:
    """One row a finding, and one for each statement of theirs where it meets several; UTF-8, tab-separated.

    No cell holds a tab or a line break, and no text can start a formula.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        writer = csv.writer(text, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        for finding in findings:
            groups = [tuple(rows) for _, rows in groupby(finding.theirs, key=lambda claim: claim.key)]
            for rows in groups or [()]:
                cells = _make_row(finding, rows)
                writer.writerow([guard_formula(flatten_text(cells.get(name, ""))) for name in COLUMNS])
        text.flush()
    finally:
        text.detach()


def _make_row(finding: Finding, rows: tuple[Claim, ...]) -> Mapping[str, str]:
    ours = finding.ours
    cells = {
        "class": finding.kind,
        "direction": finding.direction or "",
        "why": "; ".join(finding.why),
        "in_output": "yes" if finding.here else "no",
        "relation": finding.relation,
    }
    if ours is not None:
        cells |= {**_name_end("subject", ours.subject), **_name_end("object", ours.object), "site": ours.site or ""}
        cells |= {"denied": "yes" if ours.denied else "no", "hedged": "yes" if ours.hedged else "no"}
        cells |= {"belief": f"{ours.belief:.4f}"}
        cells |= {"statement_id": ours.source_id, "document": ours.document, "sentence": ours.words}
    if rows:
        theirs = rows[0]
        cells |= {**_name_end("their_subject", theirs.subject), **_name_end("their_object", theirs.object)}
        cells |= {"their_relation": theirs.relation, "their_site": theirs.site or ""}
        cells |= {"their_words": _join(claim.words for claim in rows)}
        cells |= {"their_lines": _join(str(claim.place) for claim in rows)}
        cells |= {"their_ids": _join(claim.source_id for claim in rows)}
        cells |= {"publications": _join(name for claim in rows for name in claim.publications)}
    return cells


def _name_end(column: str, end: Agent | None) -> dict[str, str]:
    return {} if end is None else {column: end.name, f"{column}_id": end.curie or ""}


def _join(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, values)))
