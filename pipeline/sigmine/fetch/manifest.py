"""``manifest.json`` of a folder of fetched articles: what each is, where it came from, under which licence."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from sigmine.errors import StoreError
from sigmine.fetch.identifiers import Identifier, is_pmcid
from sigmine.manifest import MANIFEST
from sigmine.output import replace_file

PROGRAM = "sigmine fetch"
"""Not ``sigmine``, as in the manifest of a run: the folder of a run is replaced as a whole, this one never."""
SCHEMA = 1
SUFFIX = ".nxml"
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Article:
    """A fetched article.

    Attributes:
        id: its PMCID.
        file: its name in the folder.
        pmid, doi, licence: None if no source gives them.
        source: the address that it came from.
        fetched: when, UTC, to the second (``2026-10-07T09:30:00Z``).
        sha256: of the file.
    """

    id: str
    file: str
    pmid: str | None
    doi: str | None
    title: str
    citation: str
    licence: str | None
    retracted: bool
    source: str
    fetched: str
    sha256: str

    def matches(self, identifier: Identifier) -> bool:
        return identifier.value == {"pmcid": self.id, "pmid": self.pmid, "doi": self.doi}[identifier.kind]


def make_file_name(pmcid: str) -> str:
    """The only names that are ever written beside the manifest.

    Raises:
        StoreError: if it is no PMCID, which no source should give.
    """
    if not is_pmcid(pmcid):
        raise StoreError(f"{pmcid!r} is no PMCID; no file is named by it.")
    return f"{pmcid}{SUFFIX}"


def load_manifest(out: Path) -> dict[str, Article]:
    """The articles of a folder by id; none where there is no manifest.

    Raises:
        StoreError: if the folder's manifest is damaged or another program's.
    """
    path = out / MANIFEST
    if out.exists() and not out.is_dir():
        raise StoreError(f"Cannot write to {out}: it is a file. Name a folder with --out.")
    if not path.exists():
        return {}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise StoreError(
            f"{path} cannot be read: {error}. Delete it (articles are fetched again), or mend it."
        ) from error
    if not isinstance(rows, dict) or rows.get("program") != PROGRAM or rows.get("schema") != SCHEMA:
        raise StoreError(f"Will not write to {out}: its {MANIFEST} is not of fetched articles. Name another folder.")
    articles = rows.get("articles")
    made = [_make_article(row, path) for row in articles] if isinstance(articles, list) else []
    return {article.id: article for article in made}


def _make_article(row: Any, path: Path) -> Article:
    names = [one.name for one in fields(Article)]
    if isinstance(row, dict) and set(names) <= set(row):
        article = Article(**{name: row[name] for name in names})
        texts = (article.title, article.citation, article.source, article.fetched)
        maybe = (article.pmid, article.doi, article.licence)
        if (
            is_pmcid(str(article.id))
            and article.file == make_file_name(article.id)
            and _SHA256.fullmatch(str(article.sha256))
            and all(isinstance(text, str) for text in texts)
            and all(text is None or isinstance(text, str) for text in maybe)
            and isinstance(article.retracted, bool)
        ):
            return article
    raise StoreError(f"{path}: wrong entry: {json.dumps(row)[:200]}. Delete the file; articles are fetched again.")


def write_manifest(out: Path, articles: Iterable[Article]) -> None:
    """All at once or not at all, sorted by PMCID.

    Raises:
        StoreError: if the folder cannot be written to.
    """
    rows = sorted((asdict(article) for article in articles), key=lambda row: int(row["id"].removeprefix("PMC")))
    value = {"program": PROGRAM, "schema": SCHEMA, "articles": rows}
    write_within(out, MANIFEST, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())


def write_within(out: Path, name: str, data: bytes) -> None:
    """Writes a file of the folder, whole or not at all.

    Raises:
        StoreError: if it cannot be written, or a link or a device has its name: that would be written elsewhere.
    """
    path = out / name
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise StoreError(f"Will not write {path}: it is a link, a folder or a device. Move it away.")
    with replace_file(path) as stream:
        stream.write(data)


def has_file(out: Path, article: Article) -> bool:
    """Whether the article's file is there, as it came."""
    path = out / article.file
    try:
        with path.open("rb") as stream:
            return path.is_file() and hashlib.file_digest(stream, "sha256").hexdigest() == article.sha256
    except OSError:
        return False
