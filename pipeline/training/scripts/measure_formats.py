"""One article in every format: how many statements, and which of the works they cite, each format keeps.

Usage: python measure_formats.py [NAMES...] [--formats A B] [--losses] [--keep DIR]

The ten texts of ``corpus/`` are written as JATS, HTML, text, PDF and others (``tests/article_formats.py``), read by the
readers and compared with the document that a reader without fault would make (``tests/article_document.py``).
Tables are compared with what plain text gives. Statements are relation, both identities, residues, negated and hedged;
works are number, PMID and DOI. Needs reportlab.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tests"))

from article_formats import FORMATS, make_document, write_article
from article_statements import Claim, Comparison, Works, compare, find_claims
from articles import Article, find_names, load_article
from sigmine.analysis import Analyser, Options, load_analyser
from sigmine.model import Document
from sigmine.readers import read_documents

_COLUMNS = ("reference", "found", "same", "lost", "added", "%", "cited", "right", "%", "uncited", "ms a doc", "words/s")


@dataclass(slots=True)
class Tally:
    """Of one format: its comparisons by part, the seconds and words of reading."""

    parts: dict[str, list[Comparison]] = field(default_factory=lambda: {"text": [], "table": []})
    seconds: float = 0.0
    words: int = 0

    def row(self, part: str, *, cites: bool) -> list[str]:
        """The cells of ``_COLUMNS``."""
        of = self.parts[part]
        total, found, same = (sum(getattr(one, name) for one in of) for name in ("reference", "found", "same"))
        lost, added = (sum(len(getattr(one, name)) for one in of) for name in ("lost", "added"))
        cited, right, uncited = (sum(getattr(one, name) for one in of) for name in ("cited", "right", "uncited"))
        cites_ = [str(cited), str(right), f"{100 * right / max(1, cited):.1f}", str(uncited)] if cites else ["-"] * 4
        speed = [f"{1000 * self.seconds / max(1, len(of)):.0f}", f"{self.words / max(1e-9, self.seconds):,.0f}"]
        counts = [str(total), str(found), str(same), str(lost), str(added), f"{100 * same / max(1, total):.1f}"]
        return [*counts, *cites_, *(speed if part == "text" else ["", ""])]


class Measure:
    """Reads documents, each different one once."""

    def __init__(self, analyse: Analyser) -> None:
        self.analyse = analyse
        self.known: dict[object, list[tuple[Claim, Works]]] = {}

    def find(self, document: Document, *, numbered: bool) -> list[tuple[Claim, Works]]:
        """Its statements, each with the works that it cites."""
        key = (document.text, document.sections, document.citations)
        if key not in self.known:
            [analysis] = self.analyse([document])
            self.known[key] = find_claims(document, analysis, numbered=numbered)
        return self.known[key]


def read_one(path: Path) -> Document:
    """The file's one document."""
    [document] = read_documents(path)
    if not isinstance(document, Document):
        raise SystemExit(f"{path}: {document}")
    return document


def write_one(article: Article, name: str, folder: Path) -> Path:
    """The file of the article in a format."""
    data, suffix = write_article(article, name)
    path = folder / f"{article.id}.{name.replace(', ', '-').replace(' ', '-')}{suffix}"
    path.write_bytes(data)
    return path


def measure(
    articles: Iterable[Article], names: Iterable[str], folder: Path, *, losses: bool
) -> Iterator[tuple[str, Tally]]:
    """A tally for each format."""
    find = Measure(load_analyser(Options())).find
    wanted = []
    for article in articles:
        plain = find(read_one(write_one(article, "text", folder)), numbered=article.numbered)
        whole = find(make_document(article), numbered=article.numbered)
        wanted.append((article, {"text": whole, "table": plain}))
    for name in names:
        tally = Tally()
        for article, reference in wanted:
            path = write_one(article, name, folder)
            started = time.process_time()
            document = replace(read_one(path), id=article.id)
            tally.seconds += time.process_time() - started
            tally.words += len(document.text.split())
            claims = find(document, numbered=article.numbered)
            for part, comparisons in tally.parts.items():
                result = compare(reference[part], claims, part)
                comparisons.append(result)
                if losses:
                    show_losses(name, article.id, part, result)
        yield name, tally


def show_losses(name: str, article: str, part: str, result: Comparison) -> None:
    """Each lost or added statement, and how many markers went wrong."""
    for sign, claims in (("-", result.lost), ("+", result.added)):
        for claim in claims:
            print(f"  {name}: {article}: {part}: {sign} {claim}")
    if FORMATS[name].cites and result.right < result.cited:
        print(f"  {name}: {article}: {part}: {result.cited - result.right} statements with other works")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", help="texts of corpus/, by default all")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS))
    parser.add_argument("--losses", action="store_true", help="show each statement that is lost or added")
    parser.add_argument("--keep", type=Path, help="the folder that the files are left in")
    args = parser.parse_args()
    articles = [load_article(name) for name in args.names or find_names()]
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        rows = [
            [name if part == "text" else "  tables", *tally.row(part, cites=FORMATS[name].cites)]
            for name, tally in measure(articles, args.formats, folder, losses=args.losses)
            for part in ("text", "table")
        ]
    for row in [["format", *_COLUMNS], *rows]:
        print(f"{row[0]:15}" + "".join(f"{cell:>10}" for cell in row[1:]))


if __name__ == "__main__":
    main()
