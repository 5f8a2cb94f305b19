"""What an element of a page is for, told from its tag, class, id, role and style: parts of an article, furniture."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sigmine.readers.word_lists import make_words

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Attributes = dict[str, str]

BLOCK_TAGS = make_words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table tbody td "
    "tfoot th thead tr ul"
)
"""Elements that end the line before and after them; every other is part of its line."""
SKIPPED_TAGS = make_words(
    "annotation annotation-xml audio button canvas datalist embed head iframe input map meter noembed noframes "
    "noscript object option progress rp rt script select style svg template textarea title video"
)
"""Elements whose content is never the article's text."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}

_FURNITURE_TAGS = frozenset(("nav", "header", "footer", "aside", "form", "dialog", "menu", "search"))
_FURNITURE_ROLES = make_words(
    "navigation banner contentinfo complementary search form dialog alertdialog menu menubar toolbar tablist tooltip "
    "alert status doc-toc doc-pagelist"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_THINGS = r"(?:articles?|content|contents|links?|posts?|papers?|items?|reading|research|topics|stories|news)"
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:(?:cookies?|consent|gdpr|onetrust|nav|navbar|navigation|navbox|navigate|menu|submenu|dropdown|"
    r"breadcrumbs?|sidebar|side-(?:bar|panel|nav)|rail|shar(?:e|ing)|social|socials|addthis|advert\w*|ads|adsense|promo|"
    r"promos|newsletter|subscribe|signup|log-?in|sign-?in|toolbar|toolbox|altmetrics?|metrics|recommend\w*|popup|modal|"
    r"tooltip|toc|infobox|hatnote|ambox|catlinks|printfooter|comments|masthead|footer|"
    r"skip|skip-?(?:nav|links?|to-\w+)|jump-links?|copyright|"
    r"(?:site|page|global|main|top|journal|usa)-(?:header|banner)|cookie-banner|page-tools|article-tools|tools|"
    rf"(?:similar|related|recommended|cited-by|trending|popular|latest|more)-?{_THINGS}|cited-by|pagination|pager|"
    r"back-to-top|editsection|noprint|buttons?|btn-group)(?:$|[\s_-])|related\s*$|related\s)"
)
_HIDDEN = re.compile(
    r"(?:^|\s)(?:hidden|is-hidden|d-none|hide|invisible|sr-only|(?:u-)?visually-?hidden|screen-?reader(?:-text|-only)?|"
    r"offscreen|mathjax_preview)(?:$|\s)"
)
_INLINE_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:editsection|backlinks?|noprint|tooltip|tooltiptext|popover|share|social|icon|icons)(?:$|[\s_-])"
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_ROLES: tuple[tuple[str, str], ...] = (
    (
        "caption",
        r"(?:[\w-]+-)?(?:captions?|fig-?caption|legends?|thumbcaption|fig(?:ure)?-desc(?:ription)?)"
        r"(?:-(?:text|body|content|wrap))?",
    ),
    ("notes", r"(?:[\w-]+-)?(?:table-wrap-foot|tw-foot|tfoot|fn-group|footnotes?|table-(?:foot)?notes?)"),
    (
        "figure",
        r"(?:[\w-]+-)?(?:fig|figure|figures|thumb|thumbinner)(?:-(?:group|wrap|wrapper|panel|inline|container))?",
    ),
    ("keywords", r"(?:[\w-]+-)?(?:kwds?|kwd-group|keywords?)(?:-(?:group|list|section|wrapper))?"),
    (
        "references",
        r"(?:[\w-]+-)?(?:ref-?lists?|references|bibliography|citation-?list|bib-?list|reference-?list|cited-?refs|"
        r"doc-bibliography|literature-cited)(?:-(?:list|section|content|container|wrapper|columns))*",
    ),
    ("abstract", r"(?:[\w-]+-)?(?:abstract|doc-abstract)(?:-(?:content|section|text|body|group|wrapper|container))?"),
    (
        "authors",
        r"(?:[\w-]+-)?(?:authors?|author-?(?:list|info|notes?|information)|contrib-?group|contributors?|affiliations?|"
        r"affs?|byline|correspondence|author-affiliations?|article-(?:history|dates|info|meta|metadata))",
    ),
)
_ROLE = re.compile("|".join(rf"(?P<{role}>{pattern})" for role, pattern in _ROLES))


def list_attributes(element: Element) -> Attributes:
    """As a dict of Python's own: each look into lxml's costs more than to take all of them once."""
    return dict(element.items())  # type: ignore[arg-type]


def find_role(tag: str, attributes: Attributes) -> str | None:
    """The part of an article that a block-level element holds (``abstract``, ``caption``, ...), or None."""
    if tag in ("figcaption", "caption"):
        return "caption"
    if tag == "figure":
        return "figure"
    if not attributes:
        return None
    return _find_role(attributes.get("class", ""), attributes.get("id", ""), attributes.get("role", ""))


@lru_cache(maxsize=4096)
def _find_role(classes: str, id_: str, role: str) -> str | None:
    names = [*_split(classes), *_split(role)]
    if id_ and len(id_) < 40:
        names += _split(id_)  # Ids made from headings hold more words than these, and match as a whole only.
    for name in names:
        match = _ROLE.fullmatch(name)
        if match is not None:
            return match.lastgroup
    return None


def _split(names: str) -> list[str]:
    return _CAMEL.sub("-", names).lower().replace("_", "-").split()


def is_furniture(tag: str, attributes: Attributes) -> bool:
    """Whether a block-level element is of the site, not of the article (menus, banners, sidebars), or not shown."""
    if tag in _FURNITURE_TAGS:
        return True
    if not attributes:
        return False
    if is_hidden(attributes):
        return True
    if attributes.get("role", "").lower() in _FURNITURE_ROLES:
        return True
    return tag not in HEADINGS and _is_furniture(attributes.get("class", ""), attributes.get("id", ""))


@lru_cache(maxsize=4096)
def _is_furniture(classes: str, id_: str) -> bool:
    return any(_FURNITURE.search(_CAMEL.sub("-", names).lower()) for names in (classes, id_) if names)


def is_hidden(attributes: Attributes) -> bool:
    """Whether the element is not shown to a reader of the page."""
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    style = attributes.get("style")
    if style and _UNSEEN.search(style):
        return True
    classes = attributes.get("class")
    return bool(classes) and _has_hidden_class(classes or "")


@lru_cache(maxsize=4096)
def _has_hidden_class(classes: str) -> bool:
    return _HIDDEN.search(classes.lower()) is not None


def is_inline_furniture(attributes: Attributes) -> bool:
    """Whether an element within a line is no part of what the line says: hidden words, edit links, backlinks."""
    return bool(attributes) and (is_hidden(attributes) or _is_inline_furniture(attributes.get("class", "")))


@lru_cache(maxsize=4096)
def _is_inline_furniture(classes: str) -> bool:
    return bool(classes) and _INLINE_FURNITURE.search(_CAMEL.sub("-", classes).lower()) is not None
