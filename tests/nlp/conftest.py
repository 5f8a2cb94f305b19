"""What tests of mentions share."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pytest

from sigmine.nlp.mentions import MentionRecognizer

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def nlp() -> Language:
    import spacy

    from sigmine.nlp.tokenizer import make_tokenizer

    blank = spacy.blank("en")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        blank.tokenizer = make_tokenizer(blank)
    return blank


@pytest.fixture(scope="module")
def recognizer() -> MentionRecognizer:
    return MentionRecognizer()
