"""What may stand in a line of a gold file. Each check returns its faults as sentences; the loader adds the place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from sigmine.evaluation.claim import CORE_RELATIONS, MODIFICATIONS, RELATIONS
from sigmine.evaluation.reasons import REASONS
from sigmine.model import ENTITY_TYPES, MOLECULE_TYPES, READ_KINDS

Row = dict[str, Any]

TYPES: tuple[str, ...] = (*ENTITY_TYPES, "SITE")
SECTIONS: tuple[str, ...] = tuple(sorted(READ_KINDS))
SPLITS: tuple[str, ...] = ("dev", "test")
SCOPES: tuple[str, ...] = ("all", "judged")
VERDICTS: tuple[str, ...] = ("accepted", "corrected", "rejected")
PREFIXES: tuple[str, ...] = ("hgnc", "fplx", "chebi", "mesh", "go", "pubchem.compound")

_HEADER_KEYS = {"document": str, "file": str, "sha256": str}
_HEADER_OPTIONAL = {"title": str, "annotator": str, "scope": str}
_FLAGS = ("negated", "hedged", "direct", "core", "cross_sentence")
_KEYS = ("id", "relation", "subject", "object", "sites", "sentence", *_FLAGS, "section")
_OPTIONAL = ("note", "split")
_JUDGED_OPTIONAL = ("error", "instead", "curator", "time")
_END_KEYS = ("start", "end", "name", "type", "curie")
_END_OPTIONAL = ("aliases",)
_BEARS_SITES = frozenset({*MODIFICATIONS, "inhibits_phosphorylation"})
_MAY_LACK_SUBJECT = frozenset({*MODIFICATIONS, "translocates"})
SITE_NAME = re.compile(r"[ACDEFGHIKLMNPQRSTVWY]([1-9]\d*)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LOCAL = {"hgnc": re.compile(r"\d+"), "chebi": re.compile(r"\d+"), "go": re.compile(r"\d{7}")}


def name_nearest(word: str, allowed: Iterable[str]) -> str:
    """``; nearest: 'activates'. Allowed: ...``, without the nearest where nothing is near."""
    names = list(allowed)
    by_case = {name.casefold(): name for name in names}
    near = get_close_matches(word.casefold(), list(by_case), n=1)
    hint = f"; nearest: {by_case[near[0]]!r}" if near else ""
    return f"{hint}. Allowed: {', '.join(names)}"


def check_header(row: Row) -> list[str]:
    """Faults of the first line."""
    faults = [f"key {key!r} is missing from the document's line" for key in _HEADER_KEYS if key not in row]
    known = {**_HEADER_KEYS, **_HEADER_OPTIONAL}
    for key, value in row.items():
        if key not in known:
            faults.append(f"unknown key {key!r} in the document's line{name_nearest(key, known)}")
        elif not isinstance(value, known[key]):
            faults.append(f"{key} must be text, not {value!r}")
        elif key in ("document", "file") and not value:
            faults.append(f"{key} is empty")
    if row.get("scope", "all") not in SCOPES:
        faults.append(f"unknown scope {row['scope']!r}{name_nearest(str(row['scope']), SCOPES)}")
    digest = row.get("sha256")
    if isinstance(digest, str) and not _SHA256.fullmatch(digest):
        faults.append(f"sha256 must be 64 lower-case hexadecimal digits, not {digest!r}")
    return faults


def check_statement(row: Row, *, judged: bool = False) -> list[str]:
    """Faults of a statement's line; ``judged``: in a file of that scope, where each line gives a verdict."""
    if judged:
        faults = _check_keys(row, (*_KEYS, "verdict"), (*_OPTIONAL, *_JUDGED_OPTIONAL), "") + _check_verdict(row)
    else:
        faults = _check_keys(row, _KEYS, _OPTIONAL, "")
        if "verdict" in row:
            faults.append('a verdict goes with "scope": "judged" in the document\'s line')
    if "id" in row and (not isinstance(row["id"], str) or not row["id"]):
        faults.append(f"id must be text that is not empty, not {row['id']!r}")
    for key, allowed in (("relation", RELATIONS), ("section", SECTIONS), ("split", SPLITS)):
        if key in row and row[key] not in allowed:
            faults.append(f"unknown {key} {row[key]!r}{name_nearest(str(row[key]), allowed)}")
    faults += [
        f"{key} must be true or false, not {row[key]!r}" for key in _FLAGS if not isinstance(row.get(key, True), bool)
    ]
    if not isinstance(row.get("note", ""), str):
        faults.append(f"note must be text, not {row['note']!r}")
    if row.get("object", {}) is None:
        faults.append("object is null; only the subject may be")
    if row.get("subject", {}) is None and row.get("relation") in RELATIONS and row["relation"] not in _MAY_LACK_SUBJECT:
        faults.append(f"subject is null; {row['relation']} needs one (only modifications and translocates may lack it)")
    for role in ("subject", "object"):
        if row.get(role) is not None:
            faults += _check_end(row[role], role, any_prefix=judged)
    if "sites" in row:
        faults += _check_sites(row["sites"], row.get("relation"))
    if "sentence" in row:
        faults += _check_span(row["sentence"], "sentence")
    if not faults:
        faults = _check_together(row)
    return faults


def _check_keys(row: Row, needed: tuple[str, ...], optional: tuple[str, ...], of: str) -> list[str]:
    faults = [f"key {key!r}{of} is missing" for key in needed if key not in row]
    for key in row:
        if key not in needed and key not in optional:
            faults.append(f"unknown key {key!r}{of}{name_nearest(key, (*needed, *optional))}")
    return faults


def _check_span(value: object, label: str) -> list[str]:
    if (
        isinstance(value, list)
        and len(value) == 2
        and all(type(offset) is int for offset in value)
        and 0 <= value[0] < value[1]
    ):
        return []
    return [f"{label} must be [start, end] with 0 <= start < end, not {value!r}"]


def _check_verdict(row: Row) -> list[str]:
    """What a judged line says beside the statement."""
    faults = [
        f"{key} must be text, not {row[key]!r}" for key in _JUDGED_OPTIONAL if not isinstance(row.get(key, ""), str)
    ]
    verdict, error = row.get("verdict"), row.get("error", "")
    if "verdict" in row and verdict not in VERDICTS:
        faults.append(f"unknown verdict {verdict!r}{name_nearest(str(verdict), VERDICTS)}")
    if error and error not in REASONS:
        faults.append(f"unknown error {error!r}{name_nearest(str(error), REASONS)}")
    elif error and verdict == "accepted":
        faults.append(f"error {error!r} does not go with the verdict 'accepted'")
    return faults


def _check_end(row: object, role: str, *, any_prefix: bool) -> list[str]:
    if not isinstance(row, dict):
        return [f"{role} must be an object, not {row!r}"]
    faults = _check_keys(row, _END_KEYS, _END_OPTIONAL, f" of {role}")
    if "start" in row and "end" in row:
        faults += _check_span([row["start"], row["end"]], f"{role} offsets")
    if "name" in row and (not isinstance(row["name"], str) or not row["name"].strip()):
        faults.append(f"{role} name must be text that is not empty, not {row['name']!r}")
    if "type" in row and row["type"] not in TYPES:
        hint = " (a pathway is a PROCESS)" if str(row["type"]).casefold() == "pathway" else ""
        faults.append(f"unknown type {row['type']!r} of {role}{hint}{name_nearest(str(row['type']), TYPES)}")
    if row.get("curie") is not None:
        faults += _check_curie(row["curie"], role, any_prefix=any_prefix)
    aliases = row.get("aliases", [])
    if not isinstance(aliases, list):
        return [*faults, f"aliases of {role} must be a list of [start, end], not {aliases!r}"]
    return faults + [fault for alias in aliases for fault in _check_span(alias, f"alias of {role}")]


def _check_curie(curie: object, role: str, *, any_prefix: bool) -> list[str]:
    prefix, colon, local = str(curie).partition(":")
    if not isinstance(curie, str) or not colon or not local:
        return [f"curie of {role} must look like 'hgnc:391' or be null, not {curie!r}"]
    if prefix not in PREFIXES and not any_prefix:  # what was read may come from a user's own names
        return [f"unknown prefix {prefix!r} in curie {curie!r} of {role}{name_nearest(prefix, PREFIXES)}"]
    pattern = _LOCAL.get(prefix)
    if (pattern is not None and not pattern.fullmatch(local)) or any(character.isspace() for character in local):
        return [
            f"curie {curie!r} of {role}: {local!r} is no identifier of {prefix} "
            "(write hgnc:391, chebi:9168, go:0006914, fplx:AKT, mesh:D000818)"
        ]
    return []


def _check_sites(value: object, relation: object) -> list[str]:
    if not isinstance(value, list):
        return [f"sites must be a list, not {value!r}"]
    faults = []
    if value and relation in RELATIONS and relation not in _BEARS_SITES:
        faults.append(f"sites {value!r} do not go with {relation}, only with phosphorylation and other modifications")
    for site in value:
        if not isinstance(site, str) or not SITE_NAME.fullmatch(site):
            faults.append(f"site {site!r} must be a one-letter residue and its number, as 'S473', or the residue alone")
        elif value.count(site) > 1:
            faults.append(f"site {site!r} is given twice")
    return list(dict.fromkeys(faults))


def _check_together(row: Row) -> list[str]:
    """What several keys say of each other; called for rows whose keys are right one by one."""
    faults = []
    ends = {role: row[role] for role in ("subject", "object") if row[role] is not None}
    molecules = all(end["type"] in MOLECULE_TYPES for end in ends.values())
    core = row["relation"] in CORE_RELATIONS and molecules and not row["cross_sentence"]
    if row["core"] != core:
        faults.append(
            f"core is {str(row['core']).lower()} but must be {str(core).lower()}: it is true exactly when the relation "
            "is phosphorylates, activates or inhibits, the ends are molecules and cross_sentence is false"
        )
    outside = [role for role, end in ends.items() if not _is_inside((end["start"], end["end"]), row["sentence"])]
    # A table row's head, the subject of its cells or another name of an end, stands outside the cell's text.
    in_table = row["section"] == "table"
    allowed = 1 if in_table and len(ends) == 2 else 0
    if len(outside) > allowed and not row["cross_sentence"]:
        faults += [_describe_outside(role, ends[role], row["sentence"]) for role in outside]
    for role, end in ends.items():
        for alias in end.get("aliases", []):
            if not (in_table or row["cross_sentence"] or _is_inside(alias, row["sentence"])):
                faults.append(f"alias {alias[0]}:{alias[1]} of {role} lies outside the sentence")
    return faults


def _is_inside(span: tuple[int, int] | list[int], sentence: list[int]) -> bool:
    return sentence[0] <= span[0] and span[1] <= sentence[1]


def _describe_outside(role: str, end: Row, sentence: list[int]) -> str:
    return (
        f"{role} {end['start']}:{end['end']} lies outside the sentence {sentence[0]}:{sentence[1]}; correct the "
        "offsets or, if it is named in another sentence, set cross_sentence to true"
    )
