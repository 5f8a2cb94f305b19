"""sigmine reads papers on cell signalling and writes down who phosphorylates, activates or inhibits whom.

    import sigmine

    for reading in sigmine.extract("review.txt"):
        for evidence in reading.evidence:
            print(evidence.mention.relation, evidence.sentence)

    with sigmine.open("out") as known:  # the output folder of a run
        print(known.statements(relation="phosphorylates", object="MTOR").to_pandas())

Names are loaded when they are first used; importing sigmine loads nothing else. ``sigmine.run.run`` writes an output
folder, as the command ``sigmine run`` does.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sigmine.analysis import Options, Reading
    from sigmine.assembly import assemble
    from sigmine.errors import SigmineError
    from sigmine.evaluation import evaluate, load_gold, load_predictions
    from sigmine.extraction import extract
    from sigmine.knowledge import open
    from sigmine.model import Document, Entity, Evidence, RelationMention, Site, Statement
    from sigmine.nlp.pipeline import load_pipeline
    from sigmine.readers import read_documents
    from sigmine.summary import RunSummary

    __version__: str

# Nothing is told unless whoever uses the package sets up logging.
logging.getLogger(__name__).addHandler(logging.NullHandler())

_HOMES = {
    "Document": "sigmine.model",
    "Entity": "sigmine.model",
    "Evidence": "sigmine.model",
    "Options": "sigmine.analysis",
    "Reading": "sigmine.analysis",
    "RelationMention": "sigmine.model",
    "RunSummary": "sigmine.summary",
    "SigmineError": "sigmine.errors",
    "Site": "sigmine.model",
    "Statement": "sigmine.model",
    "assemble": "sigmine.assembly",
    "evaluate": "sigmine.evaluation",
    "extract": "sigmine.extraction",
    "load_gold": "sigmine.evaluation",
    "load_pipeline": "sigmine.nlp.pipeline",
    "load_predictions": "sigmine.evaluation",
    "open": "sigmine.knowledge",
    "read_documents": "sigmine.readers",
}

__all__ = [
    "Document",
    "Entity",
    "Evidence",
    "Options",
    "Reading",
    "RelationMention",
    "RunSummary",
    "SigmineError",
    "Site",
    "Statement",
    "__version__",
    "assemble",
    "evaluate",
    "extract",
    "load_gold",
    "load_pipeline",
    "load_predictions",
    "open",
    "read_documents",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("sigmine")
    if name not in _HOMES:
        raise AttributeError(f"module 'sigmine' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
