"""Articles as values, free of any file format: what ``article_formats`` writes as JATS, HTML, PDF and the others.

In texts, ``^{2+}`` is raised, ``_{3}`` lowered, and ``{{[|3|, |4|]}}`` is a citation marker: pieces of print, those
that are a key of the reference list lead there. ``{{^|3|,|4}}`` is a raised one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
PIECE = re.compile(
    r"\{\{(?P<cite>.*?)\}\}|\^\{(?P<up>[^}]*)\}|_\{(?P<down>[^}]*)\}|(?P<text>(?:(?!\{\{|[\^_]\{).)+)", re.S
)
_ENTRY = re.compile(
    r"\s*(?:(?P<key>\d+)\. )?(?P<authors>.+?(?:et al|[A-Z]{1,3}(?: Jr)?))\. (?P<title>.+?)\. (?P<journal>[^.]+)\. "
    r"(?P<year>\d{4})\."
)
_BRACKETS = re.compile(r"\[(\d[\d, –]*)\]")
_ROUND = re.compile(r"(?<= )\((\d{1,2}(?:[,–] ?\d{1,2})*)\)")
_AUTHOR = re.compile(r"\(([A-Z][\w’-]+ et al\., \d{4})\)")
_GLUED = re.compile(r"((?:glucagon,|kinase|Ser133\.|NR4A1\.|β-arrestin,|β2-adrenergic receptor))(\d(?:,\d)?)(?= )")
_LOWERED = re.compile(r"\b(PIP|PtdIns\(4,5\)P)([23])\b|\b(G)(αs)\b")


@dataclass(frozen=True, slots=True)
class Block:
    """``heading`` (of a level, 1 the highest), ``abstract``, ``text``, ``legend``, or ``table`` with a caption."""

    kind: str
    text: str
    level: int = 1
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """An entry of the reference list; ``number`` is None in lists without numbers."""

    key: str
    number: int | None
    authors: str
    title: str
    journal: str
    year: str
    doi: str | None = None
    pmid: str | None = None

    @property
    def text(self) -> str:
        """The entry as it is printed, without its number."""
        plain = f"{self.authors}. {self.title}. {self.journal}. {self.year}."
        return plain + (f" doi: {self.doi}." if self.doi else "") + (f" PMID: {self.pmid}." if self.pmid else "")


@dataclass(frozen=True, slots=True)
class Article:
    """A whole article; ``works`` are in the order of its reference list."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    works: tuple[Work, ...]

    @property
    def numbered(self) -> bool:
        """Whether the reference list prints numbers."""
        return any(work.number for work in self.works)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: ``text``, ``up``, ``down`` or ``cite``; the last with printed parts and their keys."""

    kind: str
    text: str
    parts: tuple[tuple[str, str | None], ...] = ()
    raised: bool = False


def find_pieces(text: str, keys: frozenset[str]) -> Iterator[Piece]:
    """The pieces of a text in its order; parts of markers that are among ``keys`` lead to an entry."""
    for match in PIECE.finditer(text):
        kind = match.lastgroup or "text"
        if kind != "cite":
            yield Piece(kind, match[kind])
            continue
        printed = match["cite"].split("|")
        raised = printed[0] == "^"
        parts = tuple((part, part if part in keys else None) for part in printed[raised:])
        yield Piece("cite", "".join(printed[raised:]), parts, raised)


def load_article(name: str) -> Article:
    """A text of ``corpus/`` as an article: lines joined, citations found, works with identifiers made up for tests."""
    paragraphs = (CORPUS / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    plain = [re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", part) for part in paragraphs]
    at = next((index for index, part in enumerate(plain) if part == "References"), len(plain))
    works = tuple(_find_works(name, " ".join("\n".join(plain[at + 1 :]).split("\n"))))
    blocks: list[Block] = []
    kind = "text"
    for part in plain[1:at]:
        lines = part.split("\n")
        text = " ".join(lines)
        if "\t" in part:
            blocks.append(Block("table", lines[0], rows=tuple(tuple(row.split("\t")) for row in lines[1:])))
        elif len(text) < 90 and not text.endswith("."):
            kind = "abstract" if text == "Abstract" else "text"
            blocks.append(Block("heading", text))
        else:
            blocks.append(Block("legend" if text.startswith("Figure ") else kind, text))
    if not works:
        works = tuple(_make_works(name, sorted({one for b in blocks for one in _AUTHOR.findall(b.text)})))
    return Article(name, " ".join(plain[0].split("\n")), tuple(_mark(block, name) for block in blocks), works)


def find_names() -> list[str]:
    """The ten texts."""
    return sorted(path.stem for path in CORPUS.glob("*.txt"))


def _find_works(name: str, text: str) -> Iterator[Work]:
    for index, match in enumerate(_ENTRY.finditer(text), start=1):
        authors, year = match["authors"].strip(), match["year"]
        key = match["key"] or f"{authors.split()[0]} et al., {year}"
        number = int(match["key"]) if match["key"] else None
        yield _identify(Work(key, number, authors, match["title"], match["journal"], year), name, index)


def _make_works(name: str, markers: list[str]) -> Iterator[Work]:
    """Entries for an article that has markers only; their titles are made up."""
    for index, marker in enumerate(markers, start=1):
        author, _, year = marker.partition(" et al., ")
        work = Work(
            marker, None, f"{author} A, Writer B, Reader C", "A work that is cited here", "J Synth Signal", year
        )
        yield _identify(work, name, index)


def _identify(work: Work, name: str, index: int) -> Work:
    """DOIs of the prefix for examples, PMIDs higher than any that was given; one or both of them."""
    doi = f"10.5555/{name}.{index}" if index % 3 else None
    pmid = str(99_000_000 + 100 * find_names().index(name) + index) if index % 3 != 1 else None
    return replace(work, doi=doi, pmid=pmid)


def _mark(block: Block, name: str) -> Block:
    """The block with its citations and lowered letters marked."""
    if block.kind not in ("abstract", "text", "legend"):
        return block
    text = _BRACKETS.sub(lambda m: _make_marker("[", m[1], "]"), block.text)
    text = _ROUND.sub(lambda m: _make_marker("(", m[1], ")"), text) if name == "hippo" else text
    text = _AUTHOR.sub(lambda m: "{{(|" + m[1] + "|)}}", text)
    text = _GLUED.sub(lambda m: m[1] + _make_marker("^", m[2], ""), text) if name == "camp" else text
    text = _LOWERED.sub(lambda m: f"{m[1] or m[3]}_{{{m[2] or m[4]}}}", text)
    return replace(block, text=text)


def _make_marker(opening: str, numbers: str, closing: str) -> str:
    parts = [part for part in re.split(r"(\d+)", numbers) if part]
    return "{{" + "|".join([opening, *parts, *([closing] if closing else [])]) + "}}"
