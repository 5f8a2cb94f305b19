"""What docs/readers.md says of the readers and no test of theirs shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from article_formats import write_bioc_json
from articles import load_article
from sigmine.model import Document
from sigmine.readers import ReadFailure, read_documents
from sigmine.readers.sources import MAX_DOCUMENT_BYTES


def read(path: Path, *formats: str) -> Document:
    [document] = read_documents(path, formats=formats or None)
    assert isinstance(document, Document), document
    return document


def test_a_markdown_file_is_read_only_if_the_format_is_named(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("# Kinases\n\nAKT inhibits FOXO1.\n")
    (tmp_path / "a.txt").write_text("PTEN opposes PI3K.")
    assert [item.source for item in read_documents(tmp_path)] == [str(tmp_path / "a.txt")]
    [failure] = read_documents(path)
    assert isinstance(failure, ReadFailure)
    assert "unknown suffix '.md'" in failure.reason
    assert "--format" in failure.reason
    assert ("title", "Kinases") in read(path, "text").metadata


def test_code_and_footnotes_of_markdown_are_words_like_others(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("# Kinases\n\nAKT inhibits FOXO1.[^1]\n\n    count = 5\n\n[^1]: Doe J. A work on it. Ex. 2001.\n")
    document = read(path)
    assert document.citations == ()
    assert "count = 5" in document.text


def test_a_set_of_articles_may_be_larger_than_an_article(tmp_path: Path) -> None:
    article = "<article><!--{}--><body><p>AKT inhibits FOXO1.</p></body></article>"
    half, whole = (article.format(".-" * (MAX_DOCUMENT_BYTES // part) + ".") for part in (3, 2))
    (tmp_path / "set.xml").write_text(f"<pmc-articleset>{half}{half}</pmc-articleset>")
    assert [item.id for item in read_documents(tmp_path / "set.xml") if isinstance(item, Document)] == [
        "set-1",
        "set-2",
    ]
    (tmp_path / "a.nxml").write_text(whole)
    [failure] = read_documents(tmp_path / "a.nxml")
    assert isinstance(failure, ReadFailure)
    assert "over 10,000,000 bytes" in failure.reason


def test_bioc_keeps_markers_as_characters_and_works_with_their_identifiers(tmp_path: Path) -> None:
    article = load_article("wnt")
    (tmp_path / "a.json").write_bytes(write_bioc_json(article))
    document = read(tmp_path / "a.json")
    assert "19 WNT genes are now known in humans [1]." in document.text
    assert document.citations == ()
    assert [(one.pmid, one.doi) for one in document.references] == [(work.pmid, work.doi) for work in article.works]


@pytest.mark.parametrize("name", ["a.tar", "a.txt.bz2", "a.7z"])
def test_other_archives_are_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"BZh91AY&SY")
    [failure] = read_documents(tmp_path / name)
    assert isinstance(failure, ReadFailure)
    assert "unknown suffix" in failure.reason
