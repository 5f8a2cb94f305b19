"""JSON from strangers: parsed, or refused with a message."""

from __future__ import annotations

import json
import re
from typing import Any

from sigmine.errors import ReadError

_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


def parse_json(text: str, where: str, advice: str = "") -> Any:
    """The value that a JSON text holds; all its strings can be written as UTF-8.

    Args:
        where: opens the message of an error, e.g. ``corpus.jsonl: line 3``.
        advice: closes the message of a text that is no JSON.

    Raises:
        ReadError: if the text is no JSON, is nested too deep, or holds half of a surrogate pair.
    """
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise ReadError(f"{where}: not JSON that can be read: it is nested too deep.") from error
    except ValueError as error:
        raise ReadError(f"{where}: not JSON ({error}){advice or '.'}") from error
    if _SURROGATE_ESCAPE.search(text):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise ReadError(
                f"{where}: {error.object[error.start]!a} is half of a surrogate pair, which no text file can hold."
            ) from error
        except RecursionError as error:
            raise ReadError(f"{where}: not JSON that can be read: it is nested too deep.") from error
    return value
