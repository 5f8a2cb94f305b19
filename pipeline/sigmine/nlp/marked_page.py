"""A page that shows the names in a text, drawn by displaCy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

_COLOURS = {
    "PROTEIN": "#aec7e8", "FAMILY": "#c5b0d5", "COMPLEX": "#9edae5", "CHEMICAL": "#ffbb78", "SITE": "#ff9896",
    "DISEASE": "#c7c7c7", "CELL": "#98df8a", "SPECIES": "#dbdb8d", "LOCATION": "#f7b6d2", "PROCESS": "#c49c94",
}  # fmt: skip

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body style="font: 16px sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem">
{body}
</body>
</html>
"""


def render_page(texts: Iterable[tuple[str, str, Sequence[dict[str, Any]]]]) -> str:
    """A whole HTML page; needs no network, and what comes from the texts is escaped.

    Args:
        texts: title, text, and the names in the order of the text (``start``, ``end``, ``type``); of names that overlap
            the first is shown.
    """
    from spacy import displacy

    marked: list[dict[str, Any]] = []
    for title, text, names in texts:
        shown: list[dict[str, Any]] = []
        for name in names:
            if not shown or name["start"] >= shown[-1]["end"]:
                shown.append({"start": name["start"], "end": name["end"], "label": name["type"]})
        # displaCy escapes the text, not the title.
        marked.append({"text": text, "ents": shown, "title": escape(title)})
    body = displacy.render(marked, style="ent", manual=True, minify=False, options={"colors": _COLOURS}, jupyter=False)
    return _PAGE.format(title=", ".join(text["title"] for text in marked), body=body)
