"""The articles of a benchmark as files of each format."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

from sigmine.benchmark.articles import Article, Paragraph, Section, Work

_WIDTH = 100
_ENTRY = re.compile(r"\n(?=\d+\. )")
_PARTS = 8
"""Paragraphs of a document in the formats of abstracts."""


def write_jats(article: Article) -> bytes:
    """Sections within sections, links to a reference list with fields, a table, figures."""
    names = [f"<contrib><name><surname>Author{n}</surname><given-names>A</given-names></name></contrib>" for n in "ABC"]
    figures = "".join(
        f'<fig id="F{place}"><label>Figure {place}</label><caption><p>{_escape(text)}</p></caption>'
        f'<graphic xlink:href="f{place}.jpg"/></fig>'
        for place, text in enumerate(article.legends, start=1)
    )
    head, *rows = ["".join(f"<td>{_escape(cell)}</td>" for cell in row) for row in article.rows]
    table = "\n".join(f"<tr>{row}</tr>" for row in rows)
    abstract = " ".join(f"{_escape(text)}." for text, _ in article.abstract)
    sections = "\n".join(_write_jats_section(one, article.is_raised) for one in article.sections)
    references = "\n".join(map(_write_jats_reference, article.works))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="review-article" xml:lang="en"><front><journal-meta>
<journal-title-group><journal-title>Annals of Invented Signalling</journal-title></journal-title-group></journal-meta>
<article-meta><title-group><article-title>{_escape(article.title)}</article-title></title-group>
<contrib-group>{"".join(names)}</contrib-group><abstract><p>{abstract}</p></abstract></article-meta></front>
<body>{sections}
<table-wrap id="T1"><label>Table 1</label><caption><p>What is said where.</p></caption>
<table><thead><tr>{head}</tr></thead><tbody>{table}</tbody></table></table-wrap>{figures}</body>
<back><ref-list><title>References</title>{references}</ref-list></back></article>
""".encode()


def _write_jats_section(section: Section, is_raised: bool) -> str:
    def cite(numbers: Sequence[int]) -> str:
        links = ",".join(f'<xref ref-type="bibr" rid="B{number}">{number}</xref>' for number in numbers)
        return f"<sup>{links}</sup>" if is_raised else f" [{links}]"

    paragraphs = [_join_sentences(one, lambda text: _emphasise(text, "italic"), cite) for one in section.paragraphs]
    inner = "\n".join(_write_jats_section(one, is_raised) for one in section.sections)
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<sec><title>{_escape(section.heading)}</title>\n{text}\n{inner}</sec>"


def _write_jats_reference(work: Work) -> str:
    people = "".join(
        f"<name><surname>{surname}</surname><given-names>{initials}</given-names></name>"
        for surname, initials in work.authors
    )
    return (
        f'<ref id="B{work.number}"><label>{work.number}.</label><element-citation publication-type="journal">'
        f'<person-group person-group-type="author">{people}</person-group><article-title>{work.title}</article-title>'
        f"<source>{work.journal}</source><year>{work.year}</year><volume>{work.number % 60 + 1}</volume>"
        f"<fpage>{work.number}</fpage><lpage>{work.number + 9}</lpage>"
        f'<pub-id pub-id-type="doi">{work.doi}</pub-id></element-citation></ref>'
    )


def write_html(article: Article) -> bytes:
    """A page as a publisher's site gives it, with scripts and menus around the article."""
    menu = "".join(f'<li class="nav-item"><a href="/topic/{n}" title="Topic {n}">Topic {n}</a></li>' for n in range(60))
    script = "window.dataLayer = window.dataLayer || [];\n" + "if (a < 1 && a > 2) { send(a); }\n" * 90
    sections = "\n".join(_write_html_section(one, article.is_raised, 2) for one in article.sections)
    head, *rows = ["".join(f"<td>{_escape(cell)}</td>" for cell in row) for row in article.rows]
    table = "\n".join(f"<tr>{row}</tr>" for row in rows)
    figures = "\n".join(
        f'<figure id="F{place}"><img src="f{place}.png" alt=""><figcaption>{_escape(text)}</figcaption></figure>'
        for place, text in enumerate(article.legends, start=1)
    )
    works = "\n".join(
        f'<li id="B{work.number}"><span class="citation">{_escape(work.text)}</span> '
        f'<a href="https://doi.org/{work.doi}" class="link" target="_blank">CrossRef</a> '
        f'<a href="https://scholar.example/?q={work.number}">Google Scholar</a></li>'
        for work in article.works
    )
    abstract = " ".join(f"{_escape(text)}." for text, _ in article.abstract)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{_escape(article.title)} | Invented Press</title>
<meta name="citation_title" content="{_escape(article.title)}"><script>{script}</script>
<style>{"p { margin: 0 } .nav > li { float: left }" * 40}</style></head>
<body><header class="site-header"><nav class="navbar"><ul>{menu}</ul></nav></header>
<main><article><h1>{_escape(article.title)}</h1><section id="abstract"><h2>Abstract</h2><p>{abstract}</p></section>
{sections}
<table><caption>Table 1. What is said where.</caption><thead><tr>{head}</tr></thead><tbody>{table}</tbody></table>
{figures}
<section id="references"><h2>References</h2><ol>{works}</ol></section></article></main>
<aside class="sidebar"><ul>{menu}</ul></aside><footer><p>Invented Press</p></footer>
<script>{script}</script></body></html>
""".encode()


def _write_html_section(section: Section, is_raised: bool, level: int) -> str:
    def cite(numbers: Sequence[int]) -> str:
        links = ",".join(f'<a href="#B{number}" data-track="click">{number}</a>' for number in numbers)
        return f"<sup>{links}</sup>" if is_raised else f" [{links}]"

    paragraphs = [_join_sentences(one, lambda text: _emphasise(text, "i"), cite) for one in section.paragraphs]
    text = "\n".join(f'<p class="para">{paragraph}</p>' for paragraph in paragraphs)
    inner = "\n".join(_write_html_section(one, is_raised, level + 1) for one in section.sections)
    return f'<div class="section"><h{level}>{_escape(section.heading)}</h{level}>\n{text}\n{inner}</div>'


def write_text(article: Article) -> bytes:
    """Lines of a fixed width, numbered headings, a blank line between paragraphs."""
    parts = [article.title, "Abstract", _wrap(" ".join(f"{text}." for text, _ in article.abstract))]
    for number, section in enumerate(article.sections, start=1):
        parts += _list_text(section, f"{number}", article.is_raised)
    parts += [_wrap(legend) for legend in article.legends]
    entries = [textwrap.fill(f"{work.number}. {work.text}", _WIDTH) for work in article.works]
    return "\n\n".join([*parts, "References", "\n".join(entries)]).encode()


def _list_text(section: Section, number: str, is_raised: bool) -> Iterator[str]:
    def cite(numbers: Sequence[int]) -> str:
        return ("" if is_raised else " ") + (",".join if is_raised else ", ".join)(map(str, numbers)).join(
            ("", "") if is_raised else ("[", "]")
        )

    yield f"{number}. {section.heading}"
    for paragraph in section.paragraphs:
        yield _wrap(_join_sentences(paragraph, str, cite, after_stop=is_raised))
    for place, inner in enumerate(section.sections, start=1):
        yield from _list_text(inner, f"{number}.{place}", is_raised)


def write_jsonl(article: Article) -> bytes:
    """A document for each few paragraphs, with one entity each."""
    rows = [
        {"id": f"d{place}", "text": text, "entities": [{"id": "T1", "type": "Protein", "start": 0, "end": 3}]}
        for place, text in enumerate(_list_abstracts(article))
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def write_pubtator(article: Article) -> bytes:
    """An abstract for each few paragraphs, with one entity each."""
    return "".join(
        f"{place}|t|{article.title}\n{place}|a|{text}\n{place}\t0\t3\t{article.title[:3]}\tGene\t1\n\n"
        for place, text in enumerate(_list_abstracts(article), start=1)
    ).encode()


def write_bioc_xml(article: Article) -> bytes:
    """A document for each few paragraphs, with one entity each."""
    documents = "\n".join(
        f"<document><id>{place}</id>"
        f'<passage><infon key="type">title</infon><offset>0</offset><text>{_escape(article.title)}</text></passage>'
        f'<passage><infon key="type">abstract</infon><offset>{len(article.title) + 1}</offset>'
        f'<text>{_escape(text)}</text><annotation id="T1"><infon key="type">Gene</infon>'
        f'<location offset="{len(article.title) + 1}" length="3"/><text>{_escape(text[:3])}</text></annotation>'
        "</passage></document>"
        for place, text in enumerate(_list_abstracts(article))
    )
    head = "<collection><source>sigmine</source><date>2020</date><key>none</key>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{documents}</collection>\n'.encode()


def write_bioc_json(article: Article) -> bytes:
    """The same documents as in XML."""
    nothing: dict[str, Any] = {"sentences": [], "relations": []}
    documents = [
        {
            "id": f"{place}",
            "infons": {},
            "passages": [
                {"offset": 0, "infons": {"type": "title"}, "text": article.title, "annotations": [], **nothing},
                {
                    "offset": len(article.title) + 1,
                    "infons": {"type": "abstract"},
                    "text": text,
                    "annotations": [
                        {
                            "id": "T1",
                            "infons": {"type": "Gene"},
                            "text": text[:3],
                            "locations": [{"offset": len(article.title) + 1, "length": 3}],
                        }
                    ],
                    **nothing,
                },
            ],
            "annotations": [],
            "relations": [],
        }
        for place, text in enumerate(_list_abstracts(article))
    ]
    whole = {"source": "sigmine", "date": "2020", "key": "none", "infons": {}, "documents": documents}
    return json.dumps(whole, ensure_ascii=False).encode()


def write_pdf(article: Article) -> bytes | None:
    """Two columns a page; None where reportlab, which sets it, is not installed."""
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.lib.styles import getSampleStyleSheet
        from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph
    except ImportError:
        return None
    from io import BytesIO

    width, height = A4
    frames = [Frame(x, 40, width / 2 - 50, height - 80) for x in (40, width / 2 + 10)]
    stream = BytesIO()
    document = BaseDocTemplate(stream, pagesize=A4, invariant=1)
    document.addPageTemplates(PageTemplate(frames=frames))
    style = getSampleStyleSheet()["BodyText"]
    text, _, references = write_text(article).decode().rpartition("\n\n")
    parts = [*text.split("\n\n"), *_ENTRY.split(references)]
    document.build([Paragraph(_escape(part), style) for part in parts])
    return stream.getvalue()


WRITERS: dict[tuple[str, str], Callable[[Article], bytes | None]] = {
    ("text", ".txt"): write_text,
    ("jsonl", ".jsonl"): write_jsonl,
    ("bioc", ".xml"): write_bioc_xml,
    ("bioc", ".json"): write_bioc_json,
    ("jats", ".nxml"): write_jats,
    ("html", ".html"): write_html,
    ("pdf", ".pdf"): write_pdf,
    ("pubtator", ".pubtator"): write_pubtator,
}
"""By the name of the reader and the suffix; stand-off needs two files and reads as text does."""


def _escape(text: str) -> str:
    return escape(text, quote=False)


def _emphasise(text: str, tag: str) -> str:
    """Every twentieth word in italics, as names of genes are."""
    words = _escape(text).split(" ")
    words[19::20] = [f"<{tag}>{word}</{tag}>" for word in words[19::20]]
    return " ".join(words)


def _join_sentences(
    paragraph: Paragraph,
    mark: Callable[[str], str],
    cite: Callable[[Sequence[int]], str],
    *,
    after_stop: bool = False,
) -> str:
    parts = []
    for text, numbers in paragraph:
        marker = cite(numbers) if numbers else ""
        parts.append(f"{mark(text)}.{marker}" if after_stop else f"{mark(text)}{marker}.")
    return " ".join(parts)


def _wrap(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False)


def _list_abstracts(article: Article) -> Iterator[str]:
    paragraphs = [" ".join(f"{text}." for text, _ in one) for one in article.list_paragraphs()]
    for start in range(0, len(paragraphs), _PARTS):
        yield " ".join(paragraphs[start : start + _PARTS])
