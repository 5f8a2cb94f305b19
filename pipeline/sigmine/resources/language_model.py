"""The bundled language model: a spaCy pipeline folder, found here, loaded by ``sigmine.nlp.pipeline``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sigmine.errors import ResourceError

_MODEL = Path(__file__).parent / "data" / "model"


def find_model() -> Path:
    """The folder of the bundled model.

    Raises:
        ResourceError: it is not there or not complete.
    """
    if not (_MODEL / "meta.json").is_file():
        raise ResourceError(
            f"The bundled language model is missing: {_MODEL} has no meta.json. Install sigmine again, or build the "
            "model with pipeline/training/project.yml."
        )
    return _MODEL


def load_model_meta() -> dict[str, Any]:
    """What the model says of itself: version, data and their licences, scores."""
    meta: dict[str, Any] = json.loads((find_model() / "meta.json").read_text(encoding="utf-8"))
    return meta
