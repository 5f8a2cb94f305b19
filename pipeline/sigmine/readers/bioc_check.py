"""Whether what the ``bioc`` library made of a file is what BioC allows; it checks no types and no sizes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sigmine.errors import ReadError

if TYPE_CHECKING:
    from bioc import BioCDocument

MAX_GAP_CHARACTERS = 1_000
"""Between two sentences of a passage that has no text of its own: blanks are put there."""


def check_document(document: BioCDocument, where: str) -> None:
    """Refuse a document that breaks a rule of the format.

    Args:
        where: opens the message, e.g. ``corpus.xml: document 12``.

    Raises:
        ReadError: naming the first part with a wrong value.
    """
    _check_infons(document, where)
    for passage in document.passages:
        place = f"{where}: passage at {passage.offset!r}"
        _check_offset(passage.offset, place)
        _check_part(passage, place)
        end = passage.offset
        for sentence in passage.sentences:
            inside = f"{where}: sentence at {sentence.offset!r}"
            _check_offset(sentence.offset, inside)
            _check_part(sentence, inside)
            if not passage.text and not 0 <= sentence.offset - end <= MAX_GAP_CHARACTERS:
                raise ReadError(
                    f"{inside}: the one before it, or its passage, ends at {end}; sentences must be in order and less "
                    f"than {MAX_GAP_CHARACTERS:,} characters apart."
                )
            end = max(end, sentence.offset + len(sentence.text or ""))


def _check_part(part: Any, where: str) -> None:
    """A passage or a sentence."""
    _check_infons(part, where)
    _check_text(part.text, where)
    for annotation in part.annotations:
        place = f"{where}: entity {annotation.id!r}"
        _check_infons(annotation, place)
        _check_text(annotation.text, place)
        for number in _list_numbers(annotation):
            _check_offset(number, place)


def _list_numbers(annotation: Any) -> Iterator[object]:
    for location in annotation.locations:
        yield from (location.offset, location.length)


def _check_infons(part: Any, where: str) -> None:
    if not isinstance(part.infons, dict):
        raise ReadError(f"{where}: infons are {part.infons!r}; they must be pairs of a key and a value.")


def _check_text(text: object, where: str) -> None:
    if text is not None and not isinstance(text, str):
        raise ReadError(f"{where}: the text is {text!r}; it must be a string.")


def _check_offset(offset: object, where: str) -> None:
    if not isinstance(offset, int) or isinstance(offset, bool) or offset < 0:
        raise ReadError(f"{where}: an offset or a length is {offset!r}; it must be a whole number, 0 or more.")
