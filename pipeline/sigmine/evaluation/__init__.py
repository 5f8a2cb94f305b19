"""Scores against the hand-made gold: load it, read predictions back, match, count, with intervals.

::

    report = evaluate(load_gold("gold/reviews"), load_predictions("out"))
    print(report.total.micro.counts.f1)
"""

from sigmine.evaluation.gold import GoldDocument, check_against_text, load_gold
from sigmine.evaluation.matching import LEVELS
from sigmine.evaluation.predictions import load_predictions, load_read_documents, make_prediction
from sigmine.evaluation.report import Report
from sigmine.evaluation.scoring import evaluate

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
