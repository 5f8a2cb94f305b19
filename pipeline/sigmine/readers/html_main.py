"""Which part of a page is the article: the element that says so, else the one that holds nearly all running text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sigmine.readers.html_blocks import Block
from sigmine.readers.html_roles import HEADINGS
from sigmine.readers.text_matter import ABSTRACT, REFERENCES, find_part

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PROSE = 60
"""A block with as many characters that are no link is running text."""
_NEARLY_ALL = 0.9
_MOST = 0.5
_LOOK_AT = 20
_CONTAINERS = frozenset(("body", "div", "section", "article", "main", "td", "form", "center"))
_ARTICLE_PROPERTIES = frozenset(("articlebody", "mainentity", "maincontentofpage"))


@dataclass(frozen=True, slots=True)
class MainPart:
    """The article's blocks, in file order, and how much of the running text each element of the page holds."""

    blocks: list[Block]
    others: list[Block]
    shares: dict[Element, float]

    def find_role(self, block: Block) -> tuple[str, Element] | None:
        """The innermost part of an article around the block; one that holds most of the page is none."""
        for role, element in reversed(block.roles):
            if self.shares.get(element, 0) < (_NEARLY_ALL if role == REFERENCES else _MOST):
                return role, element
        return None

    def has_role(self, block: Block, role: str) -> bool:
        """Whether the block stands in such a part, directly or further out."""
        return any(name == role and self.shares.get(element, 0) < _MOST for name, element in block.roles)


def select_main(blocks: Sequence[Block], body: Element) -> MainPart:
    """The blocks of the article; menus, banners, sidebars and what else stands around it are the ``others``."""
    elements = list(body.iter())  # Kept: an element is the same object only as long as somebody holds it.
    shares = _measure(blocks, elements)
    clean = [block for block in blocks if not any(shares.get(one, 0) < _MOST for one in block.furniture)]
    clean_shares = _measure(clean, elements)
    main = _find_named(elements, clean_shares)
    if main is None:
        main = _find_dense(elements, clean_shares)
    main = _widen(main, clean)
    inside = set(main.iter())
    chosen = [block for block in clean if block.element in inside]
    kept = set(map(id, chosen))
    return MainPart(chosen, [block for block in blocks if id(block) not in kept], clean_shares)


def _measure(blocks: Iterable[Block], elements: Sequence[Element]) -> dict[Element, float]:
    """The share of all running text that each element holds; an element with none is left out."""
    sizes = [(block.element, len(block.content.text) - block.linked) for block in blocks if block.tag not in HEADINGS]
    weighed = [(element, size) for element, size in sizes if size >= _PROSE] or sizes
    weights: dict[Element, float] = {}
    total = 0.0
    for element, size in weighed:
        weights[element] = weights.get(element, 0) + size
        total += size
    for element in reversed(elements):
        weight = weights.get(element)
        parent = element.getparent() if weight else None
        if weight and parent is not None:
            weights[parent] = weights.get(parent, 0) + weight
    return {element: weight / (total or 1) for element, weight in weights.items()}


def _find_named(elements: Sequence[Element], shares: dict[Element, float]) -> Element | None:
    """The innermost ``article`` or ``main`` that holds nearly as much as the fullest, if that is most of the page."""
    named = [element for element in elements if _is_named(element)]
    most = max((shares.get(element, 0) for element in named), default=0)
    if most < _MOST:
        return None
    return [element for element in named if shares.get(element, 0) >= _NEARLY_ALL * most][-1]


def _is_named(element: Element) -> bool:
    if element.tag in ("article", "main"):
        return True
    attributes = element.attrib
    return bool(attributes) and (
        attributes.get("role", "").lower() in ("main", "article")
        or attributes.get("itemprop", "").lower() in _ARTICLE_PROPERTIES
    )


def _find_dense(elements: Sequence[Element], shares: dict[Element, float]) -> Element:
    """The innermost container that holds nearly all running text, with those beside it that are of its sort."""
    found = elements[0]
    for element in elements:
        # Two that hold more than half each stand in one another, the later one inside.
        if element.tag in _CONTAINERS and shares.get(element, 0) >= _NEARLY_ALL:
            found = element
    while (parent := found.getparent()) is not None and found is not elements[0] and _has_twin(found, parent, shares):
        found = parent
    return found


def _has_twin(element: Element, parent: Element, shares: dict[Element, float]) -> bool:
    """Whether running text stands in another element of the same tag and class beside it: a section, and the next."""
    classes = element.get("class")
    return any(
        other is not element and other.tag == element.tag and other.get("class") == classes and shares.get(other, 0)
        for other in parent
    )


def _widen(main: Element, blocks: Sequence[Block]) -> Element:
    """An element that also holds the abstract and the references, should they stand beside the text."""
    inside = set(main.iter())
    for part in (ABSTRACT, REFERENCES):
        holders = [block.element for block in blocks if _opens(block, part)]
        if holders and not any(element in inside for element in holders):
            around = {element for holder in holders[:_LOOK_AT] for element in (holder, *holder.iterancestors())}
            main = next((one for one in (main, *main.iterancestors()) if one in around), main)
            inside = set(main.iter())
    return main


def _opens(block: Block, part: str) -> bool:
    if block.tag in HEADINGS:
        return find_part(block.text) == part
    return any(role == part for role, _ in block.roles)
