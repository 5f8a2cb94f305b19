"""What stands in the sections of a document that a test has read."""

from __future__ import annotations

from sigmine.model import Document


def texts(document: Document, *kinds: str) -> list[str]:
    """The texts of the sections of these kinds, in order."""
    return [document.text[s.start : s.end] for s in document.sections if s.kind in kinds]
