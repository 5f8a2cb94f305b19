"""Scores against the hand-made gold: load it, read predictions back, match, count, with intervals.

::

    report = evaluate(load_gold("gold/reviews"), load_predictions("out"))
    print(report.total.micro.counts.f1)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sigmine.evaluation.gold import GoldDocument, check_against_text, load_gold
    from sigmine.evaluation.matching import LEVELS
    from sigmine.evaluation.predictions import load_predictions, load_read_documents, make_prediction
    from sigmine.evaluation.report import Report
    from sigmine.evaluation.scoring import evaluate

_HOMES = {
    "LEVELS": "matching",
    "GoldDocument": "gold",
    "Report": "report",
    "check_against_text": "gold",
    "evaluate": "scoring",
    "load_gold": "gold",
    "load_predictions": "predictions",
    "load_read_documents": "predictions",
    "make_prediction": "predictions",
}
"""Loaded when first used: each language pipeline imports this package for its scorer."""

__all__ = [
    "LEVELS",
    "GoldDocument",
    "Report",
    "check_against_text",
    "evaluate",
    "load_gold",
    "load_predictions",
    "load_read_documents",
    "make_prediction",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sigmine.evaluation' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"sigmine.evaluation.{_HOMES[name]}"), name)
