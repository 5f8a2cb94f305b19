"""How texts write residues: names, codes, numbers and the signs around them. Tables and patterns, no judgement."""

from __future__ import annotations

import re

AMINO_ACIDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "A": ("Ala", ("alanine", "alanyl")),
    "C": ("Cys", ("cysteine", "cysteinyl")),
    "D": ("Asp", ("aspartate", "aspartic acid", "aspartyl")),
    "E": ("Glu", ("glutamate", "glutamic acid", "glutamyl")),
    "F": ("Phe", ("phenylalanine", "phenylalanyl")),
    "G": ("Gly", ("glycine", "glycyl")),
    "H": ("His", ("histidine", "histidyl")),
    "I": ("Ile", ("isoleucine", "isoleucyl")),
    "K": ("Lys", ("lysine", "lysyl")),
    "L": ("Leu", ("leucine", "leucyl")),
    "M": ("Met", ("methionine", "methionyl")),
    "N": ("Asn", ("asparagine", "asparaginyl")),
    "P": ("Pro", ("proline", "prolyl")),
    "Q": ("Gln", ("glutamine", "glutaminyl")),
    "R": ("Arg", ("arginine", "arginyl")),
    "S": ("Ser", ("serine", "seryl")),
    "T": ("Thr", ("threonine", "threonyl")),
    "V": ("Val", ("valine", "valyl")),
    "W": ("Trp", ("tryptophan", "tryptophanyl")),
    "Y": ("Tyr", ("tyrosine", "tyrosyl")),
}
"""One-letter code to three-letter code and names (singular, lower case)."""

_LETTERS = {word.lower(): letter for letter, (code, names) in AMINO_ACIDS.items() for word in (code, *names)}

_PHOSPHO = r"phospho(?!lip|inos|tid|dies|fruct|enol)"
_GLYCO = r"(?<!rib)osyl|glcnac|galnac|acetylgalact|acetylgluc|glucosamin|oligosacch|carbohydr|glycan|xyl-|\b[no]-linked"
_HYDROXY = rf"{_PHOSPHO}|{_GLYCO}|sulfat|ubiquit"
MODIFICATIONS: dict[str, str] = {
    "S": rf"{_HYDROXY}|acetyl",
    "T": rf"{_HYDROXY}|acetyl",
    "Y": rf"{_HYDROXY}|nitrat|nitro|ampyl|hydroxylat",
    "K": "methyl|acetyl|acylat|ubiquit|sumo|nedd8|neddyl|hydroxyl|osyl|crotonyl|succinyl|malonyl|lactyl|biotinyl|isg15",
    "R": "methyl|citrull|deimin|ribosyl",
    "N": rf"{_GLYCO}|hydroxyl|deamid|methyl",
    "P": "hydroxyl|isomeri[sz]",
    "D": rf"hydroxyl|ribosyl|methyl|{_PHOSPHO}",
    "E": "carboxyl|ribosyl|methyl|glutamyl",
    "C": "palmito|prenyl|farnes|geranyl|acyl|lipid|thioester|nitros|glutathion|sulfen|oxidi|ubiquit|ribosyl|hydroxyl"
    "|methyl",
    "H": rf"{_PHOSPHO}|hydroxyl|methyl",
    "A": "acetyl|methylat",
    "G": "acetyl|myristoyl",
    "L": "methyl",
    "M": "acetyl|oxidi|sulfoxid",
    "Q": "methyl|deamid",
    "W": "hydroxyl|mannosyl",
}
"""Residue to the pattern, for lower-case text, of words for the modifications that it can carry; others carry none."""

NUMBER = "[1-9][0-9]{0,3}"
_MARK = "(?:[Mm]e?[1-3]?(?:as|a|s)?(?:/(?:me)?[1-3])*|[Aa]c|[Uu]bi?[1-3]?|ph|p|cr|su|sumo)"
END = rf"(?=(?:{_MARK}|H[1-4][A-Z]?)?(?![A-Za-z0-9]))"
"""What may follow a number: the end of a word, the mark of a modification (``K27me3``), a histone (``Lys9H3``)."""

_NAMES = sorted((name for _, names in AMINO_ACIDS.values() for name in names), key=len, reverse=True)
NAME = "(?i:" + "|".join(_NAMES).replace(" ", "[ -]") + ")"
CODE = "(?:" + "|".join(code for code, _ in AMINO_ACIDS.values()) + ")"
_CODES = f"(?:{CODE}|{CODE.upper()}|ser|thr|tyr|lys|arg|asn)"

_PREFIX = (
    "(?:phospho|(?:(?:mono|di|tri)-?)?methyl|acetyl|(?:erythro[ -])?(?:beta-)?hydroxy"
    "|(?:[Mm]e|[Aa]c|[pP])(?=-?[A-Z]))-?"
)
_POSITION = (
    ",? (?:(?:located|found|present) )?(?:at|in) (?:the )?(?:amino[ -]acid )?(?:positions?|residues?|amino[ -]acids?)"
)

NUMBERED = re.compile(
    rf"(?<![A-Za-z])(?P<prefix>{_PREFIX})?"
    rf"(?:(?P<name>{NAME})(?P<plural>s?)(?: \((?:{CODE}|[A-Z])\))?|(?P<code>{_CODES})(?:\(P\))?)"
    rf"(?P<residues>,? ?-?residues?)?(?:{_POSITION})?"
    rf"(?P<link>-?\(| \((?=[0-9]{{3}})|-|\^| |)(?P<number>{NUMBER})(?P<close>\))?{END}"
)
"""``Ser473``, ``Thr-308``, ``Lys(63)``, ``Ser(P)-473``, ``serine residues 32``, ``tyrosine at position 705``."""

GLUED = re.compile(rf"(?<=[A-Za-z0-9])(?P<code>Ser|Thr|Tyr|Lys)(?P<number>[1-9][0-9]{{1,3}}){END}")
"""A site that lost its raise and stands against the name of the protein: ``AktSer473``."""

HISTONE = r"(?:H2A|H2B|H[1-4])(?:\.?[XYZ]|\.[1-9])?"
LETTER = re.compile(
    rf"(?P<histone>(?:(?<![A-Za-z0-9])|(?<=[Aa]c)|(?<=[Mm]e)|(?<=methyl)){HISTONE}(?:[ -]|\()?)?"
    rf"(?P<mark>(?<![A-Za-z0-9])(?:[Aa]c|(?:mono|di|tri|[1-3])?-?[Mm]e[1-3]?)(?=[KR]))?(?(histone)|(?(mark)|(?<![A-Za-z0-9])))"
    rf"(?P<prefix>(?:phospho-?|p-?)(?=[STY]))?(?P<letter>[STYKRNPCHDE])"
    rf"(?:(?<=[STYK])-|(?P<open>\())?(?P<number>{NUMBER})(?(open)\)){END}"
)
"""``S473``, ``pT308``, ``K(57)``, ``H3K27``, ``H3-K9``."""

LETTER_GLUED = re.compile(rf"(?<=[a-zα-ω0-9])(?P<letter>[STY])(?P<number>[1-9][0-9]{{2,3}}){END}")
"""``AktS473``; three digits at least, else it is a name."""

MORE = re.compile(
    rf"(?P<separator> ?, ?(?:and/or |and |or |& )?| ?/ ?| (?:and/or|and|or|&|as well as|but not) )"
    rf"(?:(?:at|on) )?-?\(?(?P<number>{NUMBER})(?P<close>\))?{END}"
)
"""The next number of a list: ``21 and 9``, ``37/46``, ``-32 and -36``."""

BARE = re.compile(
    rf"(?<![A-Za-z0-9])(?P<prefix>{_PREFIX})?"
    rf"(?:(?P<name>{NAME})(?P<plural>s?)|(?P<code>Ser|Thr|Tyr|Lys|Arg|Asn|Pro|Asp|Cys|Glu)(?:\(P\))?)"
    rf"(?P<residues>[ -]residues?)?(?![A-Za-z0-9])"
)
"""A residue without a number: ``serine residues``, ``phosphotyrosine``, ``Ser``."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—−﹣－", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u200a\u202f\t\r", " "),
        **{raised: str(digit) for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    }
)
_LINE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


def make_plain(text: str) -> str:
    """``text``, character for character, with one kind of hyphen, space and digit and without single line breaks."""
    return _LINE_BREAK.sub(" ", text.translate(_PLAIN))


def make_lower(text: str) -> str:
    """``text`` in lower case, character for character (letters whose lower case is longer stay)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def get_letter(word: str) -> str:
    """The one-letter code of a name or three-letter code in any case.

    Raises:
        KeyError: if it is neither.
    """
    return _LETTERS[word.lower().replace("-", " ")]


def complete_number(head: int, number: int) -> int:
    """What ``number`` means after ``head`` and a slash: ``Tyr1234/5`` is 1234 and 1235, ``Ser21/9`` is 21 and 9."""
    scale: int = 10 ** len(str(number))
    full = head - head % scale + number
    return full if number < head and full == head + 1 else number
