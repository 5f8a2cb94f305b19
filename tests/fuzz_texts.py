"""Texts that nobody would write, for the whole program: a number gives one, the same in any process."""

from __future__ import annotations

import json
import random
import re
from functools import cache
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[1] / "corpus"

ODD: tuple[str, ...] = (
    "\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\u2066",
    "\u0301" * 20, "\u2028", "\x85", "\x0b", "\x0c", "\0", "\x1b[31m",
    "ﬁ", "ı", "İ", "ß", "ǅ", "Ω", "µ", "μ",
    "𝛃", "β", "\U0001f9ec", "👩‍👩‍👧", "שלום", "العربية", "日本語", "ไทย", "\ud7ff",
    "\ue000", "\uffff", "\U0010ffff", "１２", "Ⅳ", "½", "²", "—",
    "’", "“", "…", "\t", "\r", "\r\n", "\n", "\n\n", "  ",
)  # fmt: skip
UNITS: tuple[str, ...] = (
    "(", ")", "[", "]", "([", "[1,", "{", "/", "-", "–", ",",
    ";", ".", "...", ":", "'", '"', "=", "<", "</b>", "&", "S", "p",
    "Ser", "Ser9/", "S9,", "T308 ", "AKT", "AKT/", "AKT-",
    "AKT, ", "AKT and ", "of ", "the ", "which ", "not ", "et al., ",
    "phosphorylates ", "AKT inhibits ", "binding of ", "by AKT ", "that AKT inhibits ", "A. ",
    "1", "1 ", "a", "α", "Δ", "10.1/",
    "| ", "\t", "\n", "• ", "\u0301", "\u200b", "\u202e",
    "not only ", "either ", "via ", "(AKT) ", "AKT (", "is ", "to ",
)  # fmt: skip
MOLECULES: tuple[str, ...] = (
    "AKT",
    "mTORC1",
    "TSC1/2",
    "p70S6K",
    "14-3-3",
    "GSK3β",
    "insulin",
    "p38α MAPK",
    "c-Src",
    "IκBα",
)
VERBS: tuple[str, ...] = (
    "phosphorylates",
    "activates",
    "inhibits",
    "binds",
    "does not activate",
    "may inhibit",
    "is bound by",
)


@cache
def load_sentences() -> tuple[str, ...]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    return tuple(one for text in texts for one in re.split(r"(?<=\.)\s+", text) if 20 < len(one) < 500)


def make_text(seed: int, number: int) -> str:
    """A text of a few words to a hundred thousand characters; it may hold halves of surrogate pairs."""
    choose = random.Random(f"text {seed} {number}")
    kind = choose.choice(("damaged",) * 8 + ("repeated", "repeated", "letters", "list", "long", "glued"))
    match kind:
        case "repeated":
            unit = "".join(choose.choice(UNITS) for _ in range(choose.choice((1, 1, 2, 3))))
            count = choose.choice((10, 100, 1_000, 5_000)) // max(1, len(unit) // 4)
            return f"{_make_sentence(choose)} {unit * count} {_make_sentence(choose)}"
        case "letters":
            size = choose.choice((10, 100, 1_000))
            return "".join(chr(_choose_point(choose)) for _ in range(size)) + " AKT inhibits FOXO1."
        case "list":
            names = ", ".join(choose.choice(MOLECULES) for _ in range(choose.choice((5, 40, 200))))
            return f"{choose.choice(MOLECULES)} {choose.choice(VERBS)} {names} and {choose.choice(MOLECULES)}."
        case "long":
            size = choose.choice((2_000, 10_000, 10_000, 100_000 if choose.random() < 0.1 else 20_000))
            parts: list[str] = []
            while sum(map(len, parts[-50:])) * max(1, len(parts) // 50) < size and len(parts) < 3_000:
                parts.append(choose.choice(load_sentences()).rstrip("."))
            return f"{choose.choice((', ', ' and ', ' which ', ' '))}".join(parts)[:size] + "."
        case "glued":
            text = " ".join(_make_sentence(choose) for _ in range(choose.choice((1, 5, 30))))
            return re.sub(r"\s+", choose.choice(("", "\u200b", "\u00a0", "_", "\u3000")), text)
    return _damage(" ".join(_make_sentence(choose) for _ in range(choose.choice((1, 1, 3, 12)))), choose)


def _make_sentence(choose: random.Random) -> str:
    if choose.random() < 0.4:
        site = choose.choice(("", " at Ser939", " on T1462", " at S9 and S21", " (Thr308/Ser473)"))
        one, other = choose.choice(MOLECULES), choose.choice(MOLECULES)
        return f"{one} {choose.choice(VERBS)} {other}{site} [{choose.randrange(99)}]."
    return choose.choice(load_sentences())


def _choose_point(choose: random.Random) -> int:
    low, high = choose.choice(
        ((0, 0x7F), (0x80, 0x24F), (0x300, 0x6FF), (0x2000, 0x2BFF), (0xD800, 0xDFFF), (0xE000, 0x10FFFF))
    )
    return choose.randrange(low, high + 1)


def _damage(text: str, choose: random.Random) -> str:
    for _ in range(choose.choice((1, 3, 10, 40))):
        start = choose.randrange(len(text) + 1)
        end = start + choose.choice((0, 0, 1, 3, 30))
        match choose.randrange(4):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:start] + text[start:end] * 3 + text[end:]
            case _:
                text = text[:start] + choose.choice((*ODD, *UNITS)) * choose.choice((1, 1, 1, 2, 30)) + text[end:]
    return text


def make_row(seed: int, number: int) -> bytes:
    """The text as a line of JSON Lines, odd names among its fields."""
    choose = random.Random(f"row {seed} {number}")
    row = {
        "id": choose.choice(("d", "\u202ed", "<b>d</b>", "=d()", "../d", "d" * 300)),
        "text": make_text(seed, number),
    }
    return json.dumps(row, ensure_ascii=True).encode() + b"\n"
