"""What words of other databases mean in our relations: ``relations.yml`` and ``families.tsv``, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from sigmine.evaluation.claim import RELATIONS


@dataclass(frozen=True, slots=True)
class Effect:
    """``relation`` is None where the source does not know the effect; ``amount`` where it is the same."""

    relation: str | None = None
    amount: str | None = None


@dataclass(frozen=True, slots=True)
class Mechanism:
    """``of_amount``: it acts on the amount; ``by_effect``: nothing is lost where the effect alone is taken."""

    relation: str | None = None
    of_amount: bool = False
    by_effect: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tables of ``relations.yml``, by ``normalize_word``; terms of PSI-MI (``mi:2236``) are keys too."""

    effects: Mapping[str, Effect]
    mechanisms: Mapping[str, Mechanism]
    sif: Mapping[str, str]
    types: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Translation:
    """What an effect and its mechanisms mean: our relations, each once, and the words that give none, by reason."""

    relations: tuple[str, ...]
    without_relation: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def normalize_word(word: str) -> str:
    """``Down-regulates``, ``down regulates`` and ``phosphorylation reaction``, ``phosphorylation`` are the same.

    A sign without letters (``-1``) stays as it is.
    """
    if not any(map(str.isalpha, word)):
        return word.strip()
    return " ".join(word.lower().replace("-", " ").replace("_", " ").split()).removesuffix(" reaction")


@cache
def load_vocabulary() -> Vocabulary:
    """The bundled tables."""
    import yaml

    text = (files("sigmine.known") / "relations.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return Vocabulary(
        effects={key: Effect(**values) for key, values in _read_words(data["effects"])},
        mechanisms={key: Mechanism(**values) for key, values in _read_words(data["mechanisms"])},
        sif={normalize_word(word): relation for word, relation in data["sif"].items()}
        | {normalize_word(relation): relation for relation in RELATIONS},
        types=data["types"],
    )


def _read_words(table: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for word, given in table.items():
        values = {name: value for name, value in given.items() if name != "mi"}
        yield normalize_word(word), values
        if "mi" in given:
            yield given["mi"].lower(), values


@cache
def load_families() -> Mapping[str, str]:
    """SIGNOR's id of a family or complex (``SIGNOR-PF24``) to the CURIE of the same in FamPlex (``fplx:AKT``)."""
    text = (files("sigmine.known") / "families.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


@lru_cache(maxsize=1_000)
def find_type(word: str) -> str:
    """One of ``ENTITY_TYPES`` for the type that a database gives an end; PROTEIN where it is unknown."""
    return load_vocabulary().types.get(re.sub(r"[\s_-]", "", word.lower()), "PROTEIN")


@lru_cache(maxsize=10_000)
def translate(effect: str, mechanisms: tuple[str, ...]) -> Translation:
    """Our relations for an effect and its mechanisms, that of the effect last; empty words are passed over."""
    words = load_vocabulary()
    relations: list[str] = []
    without, unknown = [], []
    of_amount = False
    for word in filter(None, map(str.strip, mechanisms)):
        known = words.mechanisms.get(normalize_word(word))
        if known is None:
            unknown.append(f"mechanism {word!r}")
        elif known.relation is not None:
            relations.append(known.relation)
        elif not (known.of_amount or known.by_effect):
            without.append(f"mechanism {word!r}")
        of_amount |= known is not None and known.of_amount
    meaning = words.effects.get(normalize_word(effect)) if effect.strip() else Effect()
    if meaning is None:
        unknown.append(f"effect {effect!r}")
    elif meaning.relation is not None:
        relations.append(meaning.amount if of_amount and meaning.amount else meaning.relation)
    elif not relations and not without and not unknown:
        without.append(f"effect {effect.strip() or 'unknown'!r} alone")
    return Translation(tuple(dict.fromkeys(relations)), tuple(without), tuple(unknown))
