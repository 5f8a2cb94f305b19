"""Heads of a table's columns against the lists of a cue file: what kind of column each one tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import yaml

_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_WORD = re.compile(r"\w+")
_NO_PLURAL = ("ss", "us", "is")
_SHORTEST_PLURAL = 4
_LONGEST_HEAD = 80
"""Characters; a longer head is a sentence or damage."""


def normalise_head(header: str) -> str:
    """``Substrates (human)`` as ``substrate``: words in lower case without brackets, marks and a plural s."""
    words = _WORD.findall(_BRACKETS.sub(" ", header).casefold())
    return " ".join(
        word[:-1] if len(word) >= _SHORTEST_PLURAL and word[-1] == "s" and not word.endswith(_NO_PLURAL) else word
        for word in words
    )


class TableHeads:
    """The lists of kinds of columns, ready to be asked.

    A kind ``K`` may have the lists ``K`` (whole heads), ``K_holds`` (words that stand in the head, anywhere) and
    ``K_without`` (beginnings of words; a head with one of them is not of the kind). All are compared as
    ``normalise_head`` makes them.
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._lists = {kind: frozenset(map(normalise_head, words)) for kind, words in lists.items()}
        self._known: dict[tuple[str, str, str], bool] = {}

    def has_kind(self, header: str, kind: str, lowest: str = "") -> bool:
        """Whether the column is of the kind; ``lowest`` is the last line of a head of several, which may tell alone."""
        key = (kind, header, lowest)
        if key not in self._known:
            self._known[key] = self._decide(kind, header, lowest)
        return self._known[key]

    def _decide(self, kind: str, header: str, lowest: str) -> bool:
        if len(header) > _LONGEST_HEAD:
            return False
        name = normalise_head(header)
        if not name or any(f" {start}" in f" {name}" for start in self._lists.get(f"{kind}_without", ())):
            return False
        if any(f" {word} " in f" {name} " for word in self._lists.get(f"{kind}_holds", ())):
            return True
        whole = self._lists.get(kind, frozenset())
        return name in whole or normalise_head(lowest) in whole

    def is_known(self, header: str) -> bool:
        """Whether the column is of any kind."""
        kinds = {re.sub(r"_(?:holds|without)$", "", kind) for kind in self._lists}
        return any(self.has_kind(header, kind) for kind in kinds)

    def tells(self, text: str, kind: str) -> bool:
        """Whether a text (a caption, a head, a cell) has a word that begins like one of the list ``kind``."""
        name = f" {normalise_head(text)}"
        return any(f" {start}" in name for start in self._lists.get(kind, ()))


@cache
def get_table_heads() -> TableHeads:
    """The lists of the bundled cue file ``tables``, read by themselves: readers need no more of the grammar."""
    text = files("sigmine.rules").joinpath("cues", "tables.yml").read_text(encoding="utf-8")
    return TableHeads(yaml.safe_load(text)["words"])
