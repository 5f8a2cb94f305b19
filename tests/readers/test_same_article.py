"""One article, all formats: the same statements with the same citations, whatever file the article came in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from article_document import make_document
from article_formats import FORMATS, raise_markers, set_pdf, write_article
from article_statements import Claim, Works, compare, find_claims
from articles import Article, Block, Work, find_names, load_article
from sigmine.analysis import Options, load_analyser
from sigmine.model import READ_KINDS, Document
from sigmine.readers import read_documents
from sigmine.readers.pdf import parse_pdf
from typeset import Setting

TABLES = ("bioc json", "jsonl")
"""Formats in which less of tables is read than of the plain text's: cells know less of their row or column."""

ARTICLE = Article(
    id="insulin",
    title="How insulin reaches mTORC1",
    blocks=(
        Block("heading", "Abstract"),
        Block("abstract", "Insulin activates PI3K, and PI3K activates AKT. TSC2 inhibits mTORC1 until AKT stops it."),
        Block("heading", "1. From lipids to kinases"),
        Block(
            "text",
            "PI3Kα converts PIP_{2} to PIP_{3}, and PDK1 phosphorylates AKT1 at Thr308 {{[|1|]}}. The complex mTORC2 "
            "phosphorylates AKT1 at Ser473 {{[|2|–|4|]}}, whereas PHLPP1 dephosphorylates it at the same residue "
            "{{[|3|]}}. A rise of Ca^{2+} in the cytosol activates CaMKK2 {{[|1|, |5|]}}.",
        ),
        Block("heading", "1.1. The TSC complex", level=2),
        Block(
            "text",
            "AKT1 phosphorylates TSC2 at Ser939 and Thr1462 and thereby inhibits it {{[|4|]}}. GSK3β also "
            "phosphorylates TSC2 {{[|5|]}}, but it does not inhibit the protein in the presence of WNT3A. Whether "
            "AMPK may activate TSC2 in neurons is not known. TGF-β1 activates SMAD3 independently of these "
            "transmembrane events.",
        ),
        Block("heading", "2. Substrates of mTORC1"),
        Block(
            "text",
            "mTORC1 phosphorylates S6K1 at Thr389 {{[|2|]}}. Rapamycin inhibits mTORC1, but it does not inhibit mTORC2 "
            "in short experiments {{[|2|, |5|]}}. S6K1 phosphorylates IRS1 and thereby inhibits insulin signalling.",
        ),
        Block("legend", "Figure 1. From insulin to S6K1. AKT1 phosphorylates PRAS40 at Thr246. Arrows: activation."),
        Block(
            "table",
            "Table 1. Kinases and their substrates.",
            rows=(
                ("Kinase", "Substrate", "Site"),
                ("AKT1", "FOXO3", "Thr32"),
                ("AMPK", "RAPTOR", "Ser792"),
                ("ULK1", "Beclin-1", "Ser15"),
            ),
        ),
    ),
    works=(
        Work(
            "1", 1, "Alessi DR, Abel A", "Lipids that bring kinases together", "J Synth Signal", "1997", "10.5555/s.1"
        ),
        Work("2", 2, "Bach B", "Two complexes of one kinase", "J Synth Signal", "2004", "10.5555/s.2", "99000002"),
        Work("3", 3, "Cohn C, Abel A, et al", "An end to the signal", "Synth Cell", "2005", None, "99000003"),
        Work("4", 4, "Dahl D", "The brake of growth", "Synth Cell", "2002", "10.5555/s.4", "99000004"),
        Work("5", 5, "Eder E, Dahl D", "Kinases that work beside AKT", "J Synth Signal", "2006", "10.5555/s.5"),
    ),
)

Find = Callable[[Article, Document], list[tuple[Claim, Works]]]


@pytest.fixture(scope="module")
def find() -> Find:
    """What a document states; each different document is analysed once."""
    analyse = load_analyser(Options())
    known: dict[object, list[tuple[Claim, Works]]] = {}

    def find_(article: Article, document: Document) -> list[tuple[Claim, Works]]:
        key = (document.text, document.sections, document.citations)
        if key not in known:
            [analysis] = analyse([document])
            known[key] = find_claims(document, analysis, numbered=article.numbered)
        return known[key]

    return find_


def read(article: Article, name: str, folder: Path) -> Document:
    data, suffix = write_article(article, name)
    path = folder / f"{article.id}{suffix}"
    path.write_bytes(data)
    [document] = read_documents(path)
    assert isinstance(document, Document), document
    return document


def use_authors(article: Article) -> Article:
    """The article with ``(Dahl, 2002)`` for ``[4]``, and entries without numbers in the order of the alphabet."""
    names = {
        work.key: f"{work.authors.split()[0]}{' et al.' * (',' in work.authors)}, {work.year}" for work in article.works
    }

    def rename(text: str) -> str:
        text = text.replace("|2|–|4|", "|2|, |3|, |4|")
        for key, name in names.items():
            text = text.replace(f"|{key}|", f"|{name}|")
        return text.replace("{{[", "{{(").replace("]}}", ")}}").replace("|, |", "|; |")

    blocks = tuple(replace(block, text=rename(block.text)) for block in article.blocks)
    works = tuple(replace(work, key=names[work.key], number=None) for work in article.works)
    return replace(article, id="authors", blocks=blocks, works=works)


def test_the_article_says_what_it_should(find: Find) -> None:
    claims = find(ARTICLE, make_document(ARTICLE))
    stated = {str(claim): works for claim, works in claims}
    assert len(claims) >= 20
    assert [number for number, _, _ in stated["phosphorylates(hgnc:391, hgnc:12363) S939 T1462"]] == [4]
    assert [number for number, _, _ in stated["phosphorylates(fplx:mTORC2, hgnc:391) S473"]] == [2, 3, 4]
    assert "inhibits(chebi:9168, fplx:mTORC2) negated" in stated
    assert {claim.part for claim, _ in claims} == {"text", "table"}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_statements_and_citations(name: str, find: Find, tmp_path: Path) -> None:
    expected = find(ARTICLE, make_document(ARTICLE))
    found = find(ARTICLE, read(ARTICLE, name, tmp_path))
    for part in ("text", "table"):
        result = compare(expected, found, part)
        if part == "text" or name not in TABLES:
            assert (result.lost, result.added) == ((), ())
        if FORMATS[name].cites:
            assert (result.right, result.uncited) == (result.cited, 0)


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.cites and not form.raised])
def test_citations_by_author_and_year(name: str, find: Find, tmp_path: Path) -> None:
    article = use_authors(ARTICLE)
    document = read(article, name, tmp_path)
    works = [(work.pmid, work.doi) for work in document.references]
    assert works == [(work.pmid, work.doi) for work in article.works]
    unresolved = [citation.marker for citation in document.citations if not citation.references]
    assert unresolved == []
    expected = [[(work.pmid, work.doi) for work in one.references] for one in make_document(article).citations]
    assert [[(work.pmid, work.doi) for work in one.references] for one in document.citations] == expected


@pytest.mark.parametrize("name", FORMATS)
def test_the_words_that_are_read_are_the_same(name: str, tmp_path: Path) -> None:
    """Of everything but tables, whose cells stand with the head of their row."""
    kinds = READ_KINDS - {"table"}
    article = raise_markers(ARTICLE) if FORMATS[name].raised else ARTICLE
    expected, found = (
        " ".join(" ".join(one.text[s.start : s.end] for s in one.sections if s.kind in kinds).split())
        for one in (make_document(article), read(ARTICLE, name, tmp_path))
    )
    assert found == expected


@pytest.mark.parametrize(
    "setting",
    [
        Setting(columns=1, indent=0, skip=6),
        Setting(columns=3, size=7, leading=8.5, gutter=14),
        Setting(width=420, height=480, margin=40, gutter=16, size=7.5, leading=9.5),
    ],
    ids=["one column", "three columns", "small pages"],
)
def test_a_long_article_in_other_layouts_of_a_pdf(setting: Setting) -> None:
    article = load_article("hippo")
    document = parse_pdf(set_pdf(article, setting), id="hippo")
    expected, found = (
        [one.text[s.start : s.end] for s in one.sections if s.kind in READ_KINDS]
        for one in (make_document(article), document)
    )
    assert found == expected
    assert [(one.pmid, one.doi) for one in document.references] == [(work.pmid, work.doi) for work in article.works]


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_nearly_nothing_is_lost_of_the_bundled_texts(name: str, find: Find, tmp_path: Path) -> None:
    total = same = cited = right = 0
    for article in map(load_article, find_names()):
        expected = find(article, make_document(article))
        result = compare(expected, find(article, read(article, name, tmp_path)), "text")
        total, same = total + result.reference, same + result.same
        cited, right = cited + result.cited, right + result.right
    assert total > 450
    assert same >= 0.99 * total
    assert cited > 80
    assert not FORMATS[name].cites or right >= 0.98 * cited
