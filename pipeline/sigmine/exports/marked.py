"""Sentences with subject, object, trigger and site marked, for what is written to be looked at."""

from __future__ import annotations

from sigmine.model.marked import ROLES, Piece, Role, cut_text, find_outside, mark_evidence

__all__ = ["ROLES", "Piece", "Role", "cut_text", "find_outside", "mark_evidence"]
