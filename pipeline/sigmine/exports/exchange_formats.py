"""Formats in which databases and modelling programs exchange statements."""

from __future__ import annotations

from sigmine.exports.export import Export

EXCHANGE: dict[str, Export] = {}
