"""Citation markers in running text: numbers that lost their raise, numbers in brackets, authors with a year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sigmine.model import Reference
from sigmine.readers.text_author_citations import find_author_citations, find_works, resolve_works
from sigmine.readers.word_lists import COMMON_WORDS

_LIST = r"\d{1,3}(?:[,–‐-]\d{1,3})*"
_END = r"(?=\s|$|[.,;:)\]](?:\s|$))"
# What is behind comes after the first digit: a pattern that begins with a set of characters is looked for faster.
_RAISED = re.compile(rf"(?P<list>\d(?<=[.,;:!?)”’]\d)\d{{0,2}}(?:[,–‐-]\d{{1,3}})*){_END}")
_SUPERSCRIPT_DIGIT = re.compile(r"[⁰¹²³⁴-⁹]")
_SUPERSCRIPT = re.compile(r"(?<=[\w.,;:!?)\]”’])(?P<list>[⁰¹²³⁴-⁹]{1,3}(?:[⁻,–-][⁰¹²³⁴-⁹]{1,3})*)(?![⁺⁻+\w])")
_MAY_BE_GLUED = re.compile(r"\d(?<=[a-z]{4}\d)")
_GLUED = re.compile(rf"(?<![\w-])(?P<word>[a-z]{{4,}})(?P<list>{_LIST}){_END}")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789–")
_WORD_BEFORE = re.compile(r"[^\W⁰¹²³⁴-⁹]+$")
_UNITS = ("m", "cm", "mm", "km", "nm", "dm", "s")
_LONG_WORD = 50
_NOT_BEFORE = re.compile(
    r"[(\[]*(?:figs?|refs?|eqs?|nos?|vol|pp?|tabs?|sec|ch|approx|ca|vs|ver|cat|i\.e|e\.g|[A-Z]{1,3}_\d+|[A-Z]{1,2}\d{5,}|(?:v|pH|OD)\d*)",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"[(\[]*(?:p-?)?(?:Ser|Thr|Tyr|Lys|Arg|Asp|Glu|His|Cys|serine|threonine|tyrosine|lysine|H[1-4][AB]?K|[STYKR])-?\d+|.*-\d",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"[^A-Za-zα-ωΑ-Ω%°)\]”’]*")
_NUMBERED = re.compile(
    r"\b(?:types?|complex|factor|domain|class|stage|phase|group|grade|receptor|protein|kinase|subunit|isoform|"
    r"chromosome|exon|generation)\s$",
    re.IGNORECASE,
)
_STARTER = re.compile(
    r"\s(?:The|This|These|Those|In|It|Its|However|Moreover|Furthermore|Thus|Although|Here|We|An|As|At|By|For|Indeed|"
    r"Interestingly|Recent|Recently|Similarly|Conversely|Other|Several|Such|To|When|While|Another|Both)\b"
)
_PLAIN_NEXT = re.compile(r"\s+[a-z][a-z’'-]*(?=[\s.,;:)]|$)")
_BRACKETS = re.compile(r"\[\d{1,3}(?:\s?[,;–‐-]\s?\d{1,3})*\]")
_LEAD_IN = (
    r"(?:(?:see|see also|also|and|reviewed in|discussed in|e\.g\.,?|cf\.|(?:and )?references therein|refs?\.?) )*"
)
_PARENTHESES = re.compile(
    rf"\({_LEAD_IN}\d{{1,3}}(?:\s?[–‐-]\s?\d{{1,3}})?(?:\s?[,;]\s?{_LEAD_IN}\d{{1,3}}(?:\s?[–‐-]\s?\d{{1,3}})?)*\)"
)
_ITEM_BEFORE = re.compile(
    r"(?:[:;,—–]|\b(?:and|or|then|either|are|is|namely|include|includes|including|that|to|by|of))\s*$"
)
_NUMBERS = r"\d{1,3}(?:(?:\s?[,–‐-]\s?|,?\sand\s|\sto\s)\d{1,3})*(?![\w%]|\s?[–-]?\d|\.\d)"
_REF = re.compile(
    rf"(?<![\w.])(?:[Rr]efs?\.?\s{_NUMBERS}|"
    rf"(?:[Rr]eferences?|(?:reviewed|summari[sz]ed|discussed) in)\s{_NUMBERS}(?=\s?[).,;:\]]|$|\sand\selsewhere))"
)
_REF_WORDS = ("ref", "Ref", "reviewed in", "summarised in", "summarized in", "discussed in")
_FORMULA_BEFORE = re.compile(r"\b(?:eqs?|equations?|formulas?|schemes?|chart|items?)\.?\s?$", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)(?:\]?\s?(?:[–‐-]|to)\s?\[?(\d+))?")
_ANY_NUMBER = 999
_MOST_RANGES = 100
_MAX_AHEAD = 5
"""How far above the highest certain number a doubtful one may be."""
_MIN_STYLE = 3
_NAME_REPEATS = 3


@dataclass(frozen=True, slots=True)
class Marker:
    """A citation marker: ``paragraph[start:end]``; a ``raised`` one is to leave the running text."""

    start: int
    end: int
    text: str
    raised: bool = False


def find_markers(paragraphs: Sequence[str], references: Sequence[Reference]) -> list[list[Marker]]:
    """The markers of each paragraph, sorted and disjoint.

    The paragraphs are those of one document, in order: how it cites elsewhere decides doubtful cases.
    """
    limit = max((reference.number or 0 for reference in references), default=0) or _ANY_NUMBER
    raised = _find_raised(paragraphs, limit)
    found: list[list[Marker]] = []
    inline = [[*_find_inline(text, limit)] for text in paragraphs]
    cites_in_brackets = sum(marker.text[0] == "[" for group in inline for marker in group) >= _MIN_STYLE
    if cites_in_brackets:
        inline = [[*_find_inline(text, limit, known=True)] for text in paragraphs]
    cites_raised = sum(map(len, raised)) >= _MIN_STYLE
    bracketed: list[list[Marker]] = [[] for _ in paragraphs]
    if not cites_in_brackets and not cites_raised:
        bracketed = [[*_find_in_parentheses(text, limit, known=False)] for text in paragraphs]
        if limit != _ANY_NUMBER or sum(map(len, bracketed)) >= _MIN_STYLE:
            bracketed = [[*_find_in_parentheses(text, limit, known=True)] for text in paragraphs]
    for groups in zip(raised, inline, bracketed, strict=True):
        found.append(_disjoint([marker for group in groups for marker in group]))
    return found


def expand_numbers(marker: str) -> list[int]:
    """``2–4,7`` as 2, 3, 4, 7; of a marker that no author writes, only the beginning."""
    numbers: list[int] = []
    for match in islice(_RANGE.finditer(marker), _MOST_RANGES):
        first, last = int(match[1]), int(match[2] or match[1])
        numbers.extend(range(first, last + 1) if first <= last else (first, last))
    return numbers


class ReferenceFinder:
    """Finds what markers point to, in one document."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self._references = references
        self._places: dict[int | None, list[int]] = {}
        for place, reference in enumerate(references):
            self._places.setdefault(reference.number, []).append(place)

    def find(self, marker: str) -> tuple[Reference, ...]:
        """The references that the words of a marker point to, those without an entry by number alone.

        Empty where none can be told.
        """
        works = find_works(marker)
        if works:
            return resolve_works(works, self._references)
        wanted = dict.fromkeys(expand_numbers(marker))
        places = {place for number in wanted for place in self._places.get(number, ())}
        # A number that the list has no entry for stays, for all to see, beside those that have one.
        missing = [number for number in wanted if number not in self._places] if places else []
        return (*(self._references[place] for place in sorted(places)), *(Reference(number=n) for n in missing))


def _disjoint(markers: list[Marker]) -> list[Marker]:
    kept: list[Marker] = []
    for marker in sorted(markers, key=lambda marker: (marker.start, -marker.end)):
        if not kept or marker.start >= kept[-1].end:
            kept.append(marker)
    return kept


# Numbers that were raised in print


def _find_raised(paragraphs: Sequence[str], limit: int) -> list[list[Marker]]:
    certain: list[list[Marker]] = []
    doubtful: list[list[Marker]] = []
    for text in paragraphs:
        sure: list[Marker] = []
        unsure: list[Marker] = []
        for match in _RAISED.finditer(text):
            marker = Marker(match.start(), match.end(), match["list"], raised=True)
            if not _is_list(marker.text, limit):
                continue
            if text[marker.start - 1] in ".!?":
                sure += [marker] if _ends_sentence(text, marker) else []
            else:
                unsure += [marker] if _follows_name(text, marker) else []
        for match in _SUPERSCRIPT.finditer(text) if not text.isascii() and _SUPERSCRIPT_DIGIT.search(text) else ():
            marker = Marker(match.start(), match.end(), match["list"].translate(_DIGITS), raised=True)
            if _is_list(marker.text, limit) and not _is_measured(text, marker):
                sure.append(marker)
        certain.append(sure)
        doubtful.append(unsure)
    highest = max((max(expand_numbers(marker.text)) for group in certain for marker in group), default=0)
    if sum(map(len, certain)) >= 2:
        for sure, unsure in zip(certain, doubtful, strict=True):
            sure.extend(marker for marker in unsure if max(expand_numbers(marker.text)) <= highest + _MAX_AHEAD)
    for sure, glued in zip(certain, _find_glued(paragraphs, limit), strict=True):
        sure.extend(glued)
    return certain


def _is_measured(text: str, marker: Marker) -> bool:
    """``cm²``, ``10⁶``, ``Ca²``: an exponent or a charge, not a citation."""
    word = _WORD_BEFORE.search(text[max(0, marker.start - _LONG_WORD) : marker.start])
    return word is not None and (word[0] in _UNITS or word[0].isdigit())


def _is_list(numbers: str, limit: int, *, some: bool = False) -> bool:
    """Whether the numbers can be references: from 1 to the last one (``some``: one of them), ranges upwards."""
    found = re.findall(r"\d+", numbers)
    if any(number[0] == "0" for number in found) or not (any if some else all)(int(one) <= limit for one in found):
        return False
    return all(not match[2] or int(match[1]) < int(match[2]) for match in _RANGE.finditer(numbers))


def _ends_sentence(text: str, marker: Marker) -> bool:
    """``development.1 Dysregulation`` and ``TSC2.23–25``, not ``10.9 months`` nor ``Fig.1``."""
    core = text[text.rfind(" ", 0, marker.start) + 1 : marker.start - 1]
    if not core or _NOT_BEFORE.fullmatch(core):
        return False
    if core == "al" or core.endswith("14-3-3"):
        return True
    if _NUMERIC.fullmatch(core):
        # "diabetes type 2.12 These": the number belongs to the word before it, and a sentence starts after.
        before = text[max(0, marker.start - _LONG_WORD) : marker.start - 2]
        return len(core) == 1 and _NUMBERED.search(before) is not None and _STARTER.match(text, marker.end) is not None
    return _PLAIN_NEXT.match(text, marker.end) is None


def _follows_name(text: str, marker: Marker) -> bool:
    """``PI3K,50 and`` or ``(mTOR)5 is``, not ``Thr308,473`` nor ``poly(A)2``."""
    core = text[text.rfind(" ", 0, marker.start) + 1 : marker.start - 1]
    if text[marker.start - 1] == ")":
        opening = text.rfind("(", 0, marker.start)
        return opening > 0 and text[opening - 1] == " "
    if _SITE.fullmatch(core):
        return _comes_down(core, marker)
    return any(char.isalpha() for char in core) and not _NOT_BEFORE.fullmatch(core)


def _comes_down(site: str, marker: Marker) -> bool:
    """``Ser166,9 which``: positions of residues go up in a list, so the lower number after one is a citation."""
    position = re.fullmatch(r"\D*?(\d+)", site)
    return position is not None and expand_numbers(marker.text)[0] < int(position[1])


def _find_glued(paragraphs: Sequence[str], limit: int) -> Iterator[list[Marker]]:
    """``as shown elsewhere12,13.``: only where the document cites in this way and the numbers count up."""
    matches = [
        [match for match in _GLUED.finditer(text) if _is_list(match["list"], limit)]
        if _MAY_BE_GLUED.search(text)
        else []
        for text in paragraphs
    ]
    uses = Counter(match[0] for group in matches for match in group)
    accepted: list[list[Marker]] = []
    highest = distinct = total = 0
    for group in matches:
        markers: list[Marker] = []
        for match in group:
            numbers = expand_numbers(match["list"])
            if uses[match[0]] >= _NAME_REPEATS or (
                len(numbers) == 1 and numbers[0] <= highest and _may_be_name(match["word"])
            ):
                continue  # "beclin1" comes again and again, "caspase3" is no new number.
            total += 1
            if max(numbers) <= highest + _MAX_AHEAD + len(numbers):
                distinct += max(numbers) > highest
                highest = max(highest, *numbers)
                markers.append(Marker(match.start("list"), match.end("list"), match["list"], raised=True))
        accepted.append(markers)
    is_style = distinct > _MIN_STYLE and sum(map(len, accepted)) > 0.7 * total
    return iter(accepted if is_style else [[] for _ in paragraphs])


def _may_be_name(word: str) -> bool:
    return word.endswith(("in", "ase", "ine")) and word not in COMMON_WORDS


# Markers that are part of the sentence


def _find_inline(text: str, limit: int, *, known: bool = False) -> Iterator[Marker]:
    """``[3, 4]``, ``ref. 3``, authors; one of several numbers may have no entry where the text cites so (``known``)."""
    refs = _REF.finditer(text) if any(word in text for word in _REF_WORDS) else ()
    for match in (*_BRACKETS.finditer(text), *refs):
        if _is_list(match[0], limit, some=known) and not _FORMULA_BEFORE.search(
            text[max(0, match.start() - _LONG_WORD) : match.start()]
        ):
            yield Marker(match.start(), match.end(), match[0])
    for start, end in find_author_citations(text):
        yield Marker(start, end, text[start:end])


def _find_in_parentheses(text: str, limit: int, *, known: bool) -> Iterator[Marker]:
    """``(1, 2)``; a lone ``(3)`` inside a clause only where the text cites so (``known``), and never that of a list."""
    for match in _PARENTHESES.finditer(text):
        if not _is_list(match[0], limit):
            continue
        before = text[max(0, match.start() - _LONG_WORD) : match.start()]
        goes_on = re.match(r"\s+\w", text[match.end() :]) is not None
        if match[0][1:-1].isdigit() and goes_on and (not known or match.start() == 0 or _ITEM_BEFORE.search(before)):
            continue
        if not before.rstrip()[-1:].isalnum() and before[-1:] != " ":
            continue
        yield Marker(match.start(), match.end(), match[0])
