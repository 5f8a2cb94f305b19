"""The words of a Doc in plain lists, which Python goes through several times as fast as through spaCy's tokens."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "sigmine_words"  # in doc.user_data


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The words of a Doc, in its order.

    Attributes:
        text: of the whole Doc, which spaCy would join anew at every call.
        words: the tokens' texts.
        starts: the tokens' first characters.
        spaces: whether a space follows each token.
    """

    text: str
    words: list[str]
    starts: list[int]
    spaces: list[bool]


def read_words(doc: Doc) -> PlainWords:
    """The words of the Doc, kept with it; not to be changed."""
    known = doc.user_data.get(_KEY)
    if isinstance(known, PlainWords) and len(known.words) == len(doc):
        return known
    strings = doc.vocab.strings
    orths, spaces = doc.to_array(["ORTH", "SPACY"]).reshape(-1, 2).T.tolist()
    names = {orth: strings[orth] for orth in set(orths)}
    words = [names[orth] for orth in orths]
    lengths = (len(word) + space for word, space in zip(words, spaces, strict=True))
    starts = list(accumulate(lengths, initial=0))[:-1]
    text = "".join(word + " " if space else word for word, space in zip(words, spaces, strict=True))
    found = PlainWords(text, words, starts, [bool(space) for space in spaces])
    doc.user_data[_KEY] = found
    return found
