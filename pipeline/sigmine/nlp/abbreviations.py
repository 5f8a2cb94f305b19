"""scispaCy's abbreviation detector, quiet where a document defines none.

It warns then, and our tests take warnings for errors.

Method: Schwartz and Hearst 2003, "A simple algorithm for identifying abbreviation definitions in biomedical text".
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class AbbreviationFinder:
    """Sets ``doc._.abbreviations``: spans of short forms, each with its long form as ``span._.long_form``."""

    def __init__(self, nlp: Language) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # a regular expression in scispaCy
            from scispacy.abbreviation import AbbreviationDetector

            self._detector = AbbreviationDetector(nlp)

    def __call__(self, doc: Doc) -> Doc:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\[W036\]", category=UserWarning)
            found: Doc = self._detector(doc)
        return found
