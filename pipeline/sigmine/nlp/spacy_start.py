"""spaCy, imported without its command line.

``import spacy`` also imports ``spacy.cli``, which training and ``spacy download`` need: a client for the network, a
program that runs projects, tables of templates. That is a sixth of the time that sigmine takes to start.
"""

from __future__ import annotations

import importlib
import sys
from importlib.machinery import ModuleSpec
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType
from typing import Any

_INFO = "spacy.cli.info"


def import_spacy() -> ModuleType:
    """The module ``spacy``. Its ``spacy.cli`` is there, but loaded by the first who asks for something in it."""
    if "spacy" in sys.modules:
        return importlib.import_module("spacy")
    # All that spaCy's __init__ takes from its command line; if a later spaCy takes more, that is imported as ever.
    stand_in = ModuleType(_INFO)
    stand_in.__dict__["info"] = _info
    sys.modules[_INFO] = stand_in
    try:
        spacy = importlib.import_module("spacy")
    finally:
        del sys.modules[_INFO]
    if "spacy.cli" not in sys.modules and (spec := find_spec("spacy.cli")) is not None:
        spacy.__dict__["cli"] = _import_later(spec)
    return spacy


def _import_later(spec: ModuleSpec) -> ModuleType:
    assert spec.loader is not None
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _info(*args: Any, **options: Any) -> Any:
    """``spacy.info``."""
    return importlib.import_module(_INFO).info(*args, **options)
