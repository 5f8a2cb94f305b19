"""Pages read back: what a browser would make of them, and what it would fetch."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "input", "link", "br", "hr", "img"})
FETCHING = frozenset({"src", "href", "xlink:href", "srcset", "action", "formaction", "poster", "data", "background"})
FETCHING_TAGS = frozenset({"link", "img", "iframe", "object", "embed", "audio", "video", "source", "base"})


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    pieces: list[str | Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def find_all(self, tag: str = "", class_: str = "") -> list[Element]:
        """Those below it, in the order of the page."""
        found = []
        for child in self.children:
            if tag in ("", child.tag) and (not class_ or class_ in child.classes):
                found.append(child)
            found += child.find_all(tag, class_)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        self.open[-1].pieces.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].pieces.append(data)


def read_page(page: str) -> Element:
    """The page's elements; each that is opened must be closed."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert len(reader.open) == 1, [element.tag for element in reader.open]
    return reader.root


def find_fetches(page: str) -> list[str]:
    """What a browser would load from elsewhere; fragments of the page itself and data in it are no such thing."""
    root = read_page(page)
    elements = root.find_all()
    found = [f"<{one.tag}>" for one in elements if one.tag in FETCHING_TAGS]
    for element in elements:
        for name, value in element.attributes.items():
            if name in FETCHING and not value.startswith(("#", "data:image/png;base64,")):
                found.append(f'{name}="{value}"')
            found += [value for place in re.findall(r"url\(\s*([^)]*)", value) if not place.startswith("#")]
    for element in (*root.find_all("style"), *root.find_all("script")):
        found += re.findall(
            r"@import|url\((?!#)[^)]*|\bfetch\b|XMLHttpRequest|WebSocket|\bimport\b|//\w+", element.text
        )
    return found
