"""Formats of annotation tools: sentences with what is marked in them."""

from __future__ import annotations

from sigmine.exports.export import Export

ANNOTATIONS: dict[str, Export] = {}
