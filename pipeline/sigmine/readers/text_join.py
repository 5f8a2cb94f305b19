"""Lines to running text: hyphens at line ends, slashes and dashes, a space for every other line break."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sigmine.readers.mapped_text import SPACE, MappedText, join
from sigmine.readers.text_lines import Line

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_LEFT = re.compile(r"([A-Za-z]+)-$")
_RIGHT = re.compile(r"[A-Za-z]+")
_LONGEST_WORD = 50
_HYPHENS = ("-", "\u2010", "\u2011")
_SOFT_HYPHEN = "\xad"

_SECOND_PARTS = frozenset(
    "acting activated adjacent amplified anchored and arrested associated at attached autonomous based bearing binding "
    "bound box catalyzed catalysed cell cells chain coated coding coil competent competitive complex conditioned "
    "conjugated containing controlled coupled cycle damaged defective deficient density dependent depleted derived "
    "digested dimensional directed domain driven early encoded encoding enriched evoked exposed expressing expressed "
    "facing fat finger fold fork free function fused gated grade guided helix high immunoreactive inactivated "
    "independent induced inducible inducing infected inhibited inhibitory initiated injected insensitive interacting "
    "kinase knockdown knockout labeled labelled lacking length level like limited linked linking lived loaded localized "
    "long loop low lowering made mediated modified modulated mutant naive negative null of old only oriented "
    "phosphorylated poor positive presenting primed producing promoting protein proximal reactive receptor regulated "
    "related relevant repressed resistant responsive restricted rich scale secreting selective sensitive shaped "
    "signalling signaling site specific stained starved state stimulated stimulating strand stranded supplemented tagged "
    "tailed targeted targeting term terminal terminus throughput time to tolerant transfected transformed treated "
    "triggered tumor type wide".split()
)
"""What stands after a hyphen in compounds; a word divided for the line rarely leaves one of these."""

_KEEPING_PREFIXES = frozenset("all cell cross double dose full half high ill large life long low non one self short single small time two three well wild".split())  # fmt: skip
"""First parts that keep their hyphen before any word."""

_SOLID_PREFIXES = frozenset(
    "ab ac ad af an anti as at auto bio centro chemo co col com con cor counter cyto de di dis dys ec ef em en endo epi "
    "ex extra fibro fore geno glyco gluco hemo hetero homo hydro hyper hypo il im immuno in inter intra ir iso kary "
    "leuko lipo lympho macro mega meta micro mid mis mono morpho multi myo nano neo neuro nucleo ob oc of onco op "
    "osteo out over oxy para patho per peri phospho photo physio pluri poly post pre pro proto pseudo psycho re retro "
    "se semi sub suf sup super supra sur syn tele thermo trans tri ultra un under uni up vaso".split()
)
"""What a word may begin with and be divided after; not words of their own in these texts."""


@dataclass(frozen=True, slots=True)
class WordForms:
    """How the document itself writes its words, in lower case: ``downstream``, ``rapamycin-insensitive``."""

    solid: frozenset[str]
    hyphenated: frozenset[str]


def collect_words(lines: Iterable[Line]) -> WordForms:
    """The words of the lines, without the pieces of words broken at line ends."""
    solid: set[str] = set()
    hyphenated: set[str] = set()
    broken = False
    for line in lines:
        words = _WORD.findall(line.text)
        ends_broken = line.text.endswith((*_HYPHENS, _SOFT_HYPHEN))
        for word in words[1 if broken else 0 : -1 if ends_broken else None]:
            lowered = word.lower()
            if "-" in lowered:
                hyphenated.add(lowered)
                solid.update(lowered.split("-"))
            else:
                solid.add(lowered)
        broken = ends_broken
    return WordForms(frozenset(solid), frozenset(hyphenated))


def keeps_hyphen(left: str, right: str, words: WordForms) -> bool:
    """Whether the hyphen that ends ``left`` belongs to the word (``mTOR-`` / ``dependent``) or to the line."""
    left = left[-_LONGEST_WORD:]
    first, second = _LEFT.search(left), _RIGHT.match(right)
    if first is None or second is None:
        return True
    head, tail = first[1], second[0]
    if len(head) == 1 or not tail.islower() or not (head.islower() or head.istitle()) or _goes_left(left, first):
        return True
    head, tail = head.lower(), tail.lower()
    solid, hyphenated = head + tail in words.solid, f"{head}-{tail}" in words.hyphenated
    if solid != hyphenated:
        return hyphenated
    if head in _KEEPING_PREFIXES:
        return True
    if head in _SOLID_PREFIXES:
        return False
    if tail in _SECOND_PARTS:
        return len(head) >= 4 or head in words.solid
    return len(head) >= 4 and len(tail) >= 5 and head in words.solid and tail in words.solid


def _goes_left(left: str, first: re.Match[str]) -> bool:
    """Whether what ends in the hyphen is more than a word: a name with digits or Greek, or ``loss-of-``."""
    if first.start() == 0:
        return False
    before = left[first.start() - 1]
    return before.isdigit() or before > "\u036f" or (before == "-" and first[1] in ("of", "to", "in", "by"))


def join_lines(contents: Sequence[MappedText], words: WordForms) -> MappedText:
    """One unit of running text out of the contents of its lines."""
    parts: list[MappedText] = []
    for content in contents:
        if parts:
            parts[-1:] = _glue(parts[-1], content, words)
        parts.append(content)
    return join(parts)


def _glue(before: MappedText, after: MappedText, words: WordForms) -> list[MappedText]:
    """What stands before ``after``: the text before, without a hyphen or with a space as it takes."""
    text = before.text
    if text.endswith(_SOFT_HYPHEN):
        return [before.cut(0, len(text) - 1)]
    if len(text) > 1 and not text[-2].isspace():
        if text.endswith(_HYPHENS):
            if _is_suspended(text, after.text):
                return [before, SPACE]
            return [before] if keeps_hyphen(text, after.text, words) else [before.cut(0, len(text) - 1)]
        if text[-1] in "/–" and (after.text[0].isalnum() or after.text[0] in "(["):
            return [before]
    return [before, SPACE]


def _is_suspended(left: str, right: str) -> bool:
    """``pre- and postsynaptic``: the hyphen stays and a space follows."""
    return re.match(r"(?:and|or|to|versus|vs)\b", right) is not None and not left[:-1].endswith("-")
