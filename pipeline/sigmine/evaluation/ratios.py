"""Ratios as they are written."""

from __future__ import annotations

from typing import Any


def round_ratio(value: float | None) -> float | None:
    """Four digits; None stays None."""
    return None if value is None else round(value, 4)


def round_all(value: Any) -> Any:
    """The same with each ratio in it rounded, at any depth of dicts, lists and tuples."""
    if isinstance(value, dict):
        return {key: round_all(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [round_all(one) for one in value]
    return round_ratio(value) if isinstance(value, float) else value
