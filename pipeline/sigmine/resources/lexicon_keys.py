"""How names are made comparable: keys that forget case, dashes, spaces and scripts, and tests that look at them again.

A key is what is left of a name in lower case when all but letters and digits is gone: ``4E-BP1``, ``4EBP1`` and
``4e bp1`` share ``4ebp1``; Greek letters are spelled out. Equal keys are candidates only; ``accepts`` decides.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

GREEK: dict[str, str] = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ι": "iota",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "ς": "sigma",
    "τ": "tau",
    "υ": "upsilon",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
}
LATIN: dict[str, str] = {
    "alpha": "a",
    "beta": "b",
    "gamma": "g",
    "delta": "d",
    "epsilon": "e",
    "zeta": "z",
    "eta": "h",
    "theta": "q",
}
"""The letter that gene symbols use for a Greek one: GSK3β is GSK3B, PRKC theta is PRKCQ."""

_TABLE = str.maketrans(
    {
        **GREEK,
        **{letter.upper(): word for letter, word in GREEK.items() if letter != "ς"},
        "ß": "beta",
        "µ": "mu",
        "ϵ": "epsilon",
    }
)
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_GREEK_END = re.compile("(" + "|".join(sorted(LATIN, key=len, reverse=True)) + r")(\d*)$")
_LOST_I = re.compile(r"(?<![a-z])([a-z]?)l(?=[A-Z])")
_SMALL_CAPS = frozenset("eivw")
"""Letters that some fonts draw alike in both cases, so that a PDF's text holds the wrong one (``RiCTOR``)."""


def spell_greek(text: str) -> str:
    """The text with Greek letters spelled out in Latin ones."""
    return text if text.isascii() else text.translate(_TABLE)


def fold(text: str) -> str:
    """Letters and digits only, accents and raised digits made plain, Greek spelled out; case is kept."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_TABLE))
        text = text.encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "", text)


@lru_cache(maxsize=10_000)
def make_key(text: str) -> str:
    """The key of a name or a word; empty if it holds no letter or digit."""
    return _NOT_KEY.sub("", text.lower()) if text.isascii() else fold(text).lower()


@lru_cache(maxsize=10_000)
def make_keys(word: str) -> tuple[str, ...]:
    """All keys under which a word may stand, the plain one first; empty if it holds no letter or digit.

    Besides the plain key: a Greek letter at the end as the Latin one (``GSK3β`` as ``gsk3b``), and a small ``l``
    before a capital as the capital ``I`` that it was (``elF4E`` as ``eif4e``).
    """
    key = make_key(word)
    if not key:
        return ()
    keys = [key]
    greek = _GREEK_END.search(key)
    if greek:
        keys.append(key[: greek.start()] + LATIN[greek[1]] + greek[2])
    if _LOST_I.search(word):
        keys.append(make_key(_LOST_I.sub(r"\1I", word)))
    return tuple(keys)


def has_small_caps(text: str, name: str) -> bool:
    """Whether ``text`` is ``name`` but for capitals that came out small (``Pi3K``, ``eRK``, ``mSiN``)."""
    if text == name or len(text) != len(name) or sum(map(str.isupper, text)) < 2:
        return False
    return all(
        small == large or (small in _SMALL_CAPS and small.upper() == large)
        for small, large in zip(text, name, strict=True)
    )


def accepts(text: str, name: str, recognise: str) -> bool:
    """Whether a text with the key of ``name`` may be taken for it where nothing else points to a name.

    ``recognise`` is the column of the lexicon: ``yes`` takes any case, ``case`` a capitalised form too (``Tsc2`` for
    ``TSC2``), ``exact`` and ``weak`` only the same letters, ``no`` nothing. A plural in ``s`` is allowed for.
    """
    if recognise == "no" or not _has_fitting_joints(text, name):
        return False
    if recognise == "yes":
        return True
    folded, target = fold(text), fold(name)
    if len(folded) == len(target) + 1 and folded.endswith("s"):
        folded = folded[:-1]
    if len(folded) != len(target):  # by another spelling of a Greek letter
        return not text.isascii()
    if folded == target or has_small_caps(folded, target):
        return True
    if len(target) >= 5 and target[0].islower() and folded == target[0].upper() + target[1:]:
        return True  # a long name at the start of a sentence
    return recognise == "case" and folded == target.capitalize()


def _find_joints(text: str) -> dict[int, str]:
    """For each place between letters (how many letters and digits stand before it) the other characters there."""
    joints: dict[int, str] = {}
    count = 0
    for char in text:
        letters = make_key(char)
        if letters:
            count += len(letters)
        else:
            joints[count] = joints.get(count, "") + char
    return joints


def _has_fitting_joints(text: str, name: str) -> bool:
    """Whether slashes, brackets and commas of the text stand in the name too, and its spaces at joints of the name."""
    if text == name or text.isalnum():
        return True
    joints = _find_joints(name)
    plain = fold(name)
    for place, marks in _find_joints(text).items():
        if not 0 < place < len(plain):
            continue
        if place in joints:
            if any(mark in "/()[],;:+" and mark not in joints[place] for mark in marks):
                return False
        elif any(mark in "/()[],;:+" for mark in marks) or not _is_break(plain, place):
            return False
        elif any(map(str.isspace, marks)) and len(plain) <= 6 and sum(map(str.isupper, text)) < 2:
            return False  # "map 2" is not MAP2
    return True


def _is_break(plain: str, place: int) -> bool:
    """Whether letters meet digits, or small letters capitals, at the place."""
    left, right = plain[place - 1], plain[place]
    if left.isdigit() != right.isdigit():
        return True
    return left.isalpha() and right.isupper() and (left.islower() or plain[place + 1 : place + 2].islower())
