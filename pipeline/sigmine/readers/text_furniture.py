"""What stands on a page and is no part of the text: running heads, page numbers, the buttons of a web page."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Container, Sequence

from sigmine.readers.text_lines import Line
from sigmine.readers.text_shapes import ends_inside, is_caption, is_closed, starts_lower
from sigmine.readers.word_lists import make_words

_JUNK = re.compile(
    r"close modal|view large(?: image)?|download (?:slide|figure|image|pdf|powerpoint|\.?pptx?)(?: as .*)?|"
    r"open in (?:a )?new tab|"
    r"view (?:this )?(?:table|figure|article|abstract)(?: in .*)?|expand (?:figure|table)|full size (?:image|table)|"
    r"enlarge(?: image)?|search ads|google scholar|crossref|pubmed(?: central)?|web of science|scopus|medline|cas|"
    r"submit your manuscript.*|dovepress|downloaded (?:from|by) .*|author manuscript|nih[- ]pa author manuscript|"
    r"available in pmc .*|page \d+(?: of \d+)?|(?:https?://|www\.|doi: ?10\.)\S+|powered by .*|share this article|"
    r"©.*|copyright ©.*|all rights reserved\.?|(?:[|:+=_~*-]\s?){3,}",
    re.IGNORECASE,
)
_JUNK_STARTS = make_words(
    "clo vie dow ope exp ful enl sea goo cro pub web sco med cas sub dov aut nih ava pag htt www doi pow sha cop all"
)
"""The first letters of all that ``_JUNK`` knows: most lines begin otherwise."""
_ADDRESS = re.compile(r"https?:|www\.|doi:", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,5}")
_REPEATED = 3
_PAGE_LINES = 15
_RUNNING_HEAD = 100

Lines = list[Line]


def split_junk(lines: Sequence[Line]) -> tuple[Lines, Lines]:
    """The lines of the text, and those that are furniture by their words alone, both in file order."""
    junk = {index for index, line in enumerate(lines) if _is_junk(line.text) and not _goes_on(lines, index)}
    return _take_out(lines, junk)


def _is_junk(text: str) -> bool:
    start = text[:3].lower()
    if start in _JUNK_STARTS or start[:1] in "|:+=_~*-" or not start.isascii():
        return _JUNK.fullmatch(text) is not None
    return False


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether the line ends a sentence or a reference broken over two lines, as an address may."""
    if index == 0 or lines[index].gap > 0:
        return False
    return ends_inside(lines[index - 1].text) or _ADDRESS.match(lines[index].text) is not None


def split_page_furniture(lines: Sequence[Line]) -> tuple[Lines, Lines]:
    """The lines of the text, and its running heads and page numbers, both in file order."""
    return _take_out(lines, _find_repeated(lines) | _find_page_numbers(lines), page=True)


def _take_out(lines: Sequence[Line], furniture: Container[int], *, page: bool = False) -> tuple[Lines, Lines]:
    kept: Lines = []
    taken: Lines = []
    gap, at_page = 0, False
    for index, line in enumerate(lines):
        if index in furniture:
            taken.append(line)
            gap, at_page = max(gap, line.gap), at_page or line.page or page
            continue
        line.gap, line.page = max(gap, line.gap), at_page or line.page
        gap, at_page = 0, False
        kept.append(line)
    return kept, taken


def _find_repeated(lines: Sequence[Line]) -> set[int]:
    """Running heads: the same short line, numbers apart, a page away from each other, three times or more."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if len(line.text) <= _RUNNING_HEAD:
            places[_NUMBER.sub("#", line.text).casefold()].append(index)
    found: set[int] = set()
    for indices in places.values():
        distances = [later - earlier for earlier, later in itertools.pairwise(indices)]
        if len(indices) >= _REPEATED and min(distances) >= _PAGE_LINES and _may_be_head(lines[indices[0]].text):
            found.update(indices)
    return found


def _may_be_head(text: str) -> bool:
    """Not the end of a paragraph, nor a caption."""
    if not any(char.isalpha() for char in text) or is_caption(text) or starts_lower(text):
        return False
    return text.endswith("al.") or not (is_closed(text) or ends_inside(text))


def _find_page_numbers(lines: Sequence[Line]) -> set[int]:
    """Lines that are a number alone, where such numbers count up page by page, or stand at a page break."""
    numbers = [(index, int(line.text)) for index, line in enumerate(lines) if _NUMBER.fullmatch(line.text)]
    found = {
        index
        for index, _ in numbers
        if lines[index].page or (index + 1 < len(lines) and lines[index + 1].page) or index in (0, len(lines) - 1)
    }
    chain: list[tuple[int, int]] = []
    for index, number in [*numbers, (len(lines) + _PAGE_LINES, 0)]:
        if chain and index - chain[-1][0] < _PAGE_LINES:
            continue  # A number inside a figure does not break the count.
        if chain and not 0 < number - chain[-1][1] <= 2:
            found.update(place for place, _ in chain if len(chain) >= _REPEATED)
            chain = []
        chain.append((index, number))
    return found
