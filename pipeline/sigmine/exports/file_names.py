"""Names of files made of any text: safe on every system, and no two alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from sigmine.model.ids import make_hash

MAX_LENGTH = 80
"""Characters of a name, so that with a folder, a hash and a suffix it fits every file system."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # devices of Windows


def make_file_names(texts: Iterable[str]) -> dict[str, str]:
    """A name without suffix for each different text: the text itself where that is safe, else with a hash behind it.

    Names hold ASCII letters, digits, ``.``, ``_`` and ``-``, and begin and end with a letter or a digit; they differ
    in more than the case of their letters.
    """
    texts = set(texts)
    cases = Counter(text.casefold() for text in texts)
    return {text: text if _is_safe(text) and cases[text.casefold()] == 1 else _mend(text) for text in texts}


def _is_safe(text: str) -> bool:
    return text != "" and text == _clean(text) and not _RESERVED.fullmatch(text)


def _clean(text: str) -> str:
    return _UNSAFE.sub("_", text).strip("._-")[:MAX_LENGTH].rstrip("._-")


def _mend(text: str) -> str:
    return f"{_clean(text) or 'document'}-{make_hash(['file name', text])}"
