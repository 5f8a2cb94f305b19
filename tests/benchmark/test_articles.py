"""The articles of a benchmark are read as what they were written from; else the clock would measure something else."""

from __future__ import annotations

import pytest

from sigmine.benchmark.article_formats import WRITERS
from sigmine.benchmark.articles import REFERENCES, make_articles
from sigmine.model import Document
from sigmine.readers import READERS, Source

ARTICLES = make_articles(2, texts=4)


@pytest.mark.parametrize("article", ARTICLES, ids=["brackets", "raised"])
@pytest.mark.parametrize("format_", ["text", "jats", "html"])
def test_an_article_is_read_whole(format_: str, article: object) -> None:
    ((key, write),) = ((key, write) for key, write in WRITERS.items() if key[0] == format_)
    data = write(article)  # type: ignore[arg-type]
    assert data is not None
    (document,) = READERS[format_].read(Source(f"x{key[1]}", data=data))
    assert isinstance(document, Document)
    assert len(document.references) == REFERENCES
    assert all(work.title and work.authors and work.year and work.doi for work in document.references)
    kinds = {section.kind for section in document.sections}
    assert {"title", "abstract", "heading", "body", "legend", "references"} <= kinds
    resolved = [cite for cite in document.citations if cite.references]
    assert len(resolved) > 30


def test_articles_are_the_same_each_time_and_differ_from_each_other() -> None:
    assert make_articles(2, texts=4) == ARTICLES
    assert ARTICLES[0].title != ARTICLES[1].title
    assert all(write(ARTICLES[0]) == write(ARTICLES[0]) for write in WRITERS.values())
