"""The forms in which services give BioC JSON, as the collections that the format has."""

from __future__ import annotations

from typing import Any

_SERVICES = ("PubTator3",)
"""Keys under which a service gives a bare list of documents."""
_LISTS = {
    "document": ("passages", "annotations", "relations"),
    "passage": ("sentences", "annotations", "relations"),
    "sentence": ("annotations", "relations"),
}
_PARTS = {"document": ("passages", "passage"), "passage": ("sentences", "sentence")}


def list_collections(value: Any) -> list[dict[str, Any]]:
    """The BioC collections in a JSON value; empty if it is none.

    It may be a collection, a list of them, a document (an object with ``passages``), a list of documents, or what
    PubTator 3 gives (``{"PubTator3": [document, ...]}``). Lists that a service leaves out where they would be empty
    are put in; relations are not read and are left out.
    """
    rows = value if isinstance(value, list) else [value]
    if not rows or not all(isinstance(row, dict) for row in rows):
        return []
    if all("documents" in row for row in rows):
        return rows
    for service in _SERVICES:
        if all(isinstance(row.get(service), list) for row in rows):
            rows = [document for row in rows for document in row[service]]
    if not rows or not all(isinstance(row, dict) and isinstance(row.get("passages"), list) for row in rows):
        return []
    documents = [_complete(row, "document") for row in rows]
    return [{"source": "", "date": "", "key": "", "infons": {}, "documents": documents}]


def _complete(row: Any, kind: str) -> Any:
    """A part with the lists that it lacks; what is no object stays, for the format's own check."""
    if not isinstance(row, dict):
        return row
    found: dict[str, Any] = {
        "infons": {},
        **row,
        **{name: row.get(name) or [] for name in _LISTS[kind]},
        "relations": [],
    }
    if kind in _PARTS and isinstance(found[_PARTS[kind][0]], list):
        name, part = _PARTS[kind]
        found[name] = [_complete(one, part) for one in found[name]]
    return found
