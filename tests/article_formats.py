"""Articles of ``articles`` written in the formats that sigmine reads.

``FORMATS`` is the table: a name, the suffix, the function that gives the file's bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import escape

import typeset
from article_document import make_document
from articles import Article, Block, Work, find_pieces

RAISED = {"up": ("<sup>", "</sup>"), "down": ("<sub>", "</sub>")}


def render_pieces(
    article: Article, text: str, cite: Callable[[str, str], str], tags: dict[str, tuple[str, str]]
) -> str:
    """The text with each piece between its tags; ``cite`` writes one part of a marker that leads to a key."""
    out = ""
    keys = frozenset(work.key for work in article.works)
    for piece in find_pieces(text, keys):
        if piece.kind != "cite":
            before, after = tags.get(piece.kind, ("", ""))
            out += before + escape(piece.text, quote=False) + after
            continue
        before, after = tags["up"] if piece.raised else ("", "")
        parts = (cite(part, key) if key else escape(part, quote=False) for part, key in piece.parts)
        out += before + "".join(parts) + after
    return out


def nest(blocks: Iterable[Block], open_: Callable[[Block], str], close: str, render: Callable[[Block], str]) -> str:
    """The blocks with each heading's section opened and closed."""
    out, levels = "", list[int]()
    for block in blocks:
        if block.kind == "heading":
            while levels and levels[-1] >= block.level:
                out += close
                levels.pop()
            out += open_(block)
            levels.append(block.level)
        else:
            out += render(block)
    return out + close * len(levels)


def split_abstract(article: Article) -> tuple[list[Block], list[Block]]:
    """The abstract's paragraphs, and the other blocks without its heading."""
    abstract = [block for block in article.blocks if block.kind == "abstract"]
    rest = [b for b in article.blocks if b.kind != "abstract" and not (b.kind == "heading" and b.text == "Abstract")]
    return abstract, rest


def write_jats(article: Article) -> bytes:
    """JATS as PubMed Central gives it: labels apart, cross-references, ``element-citation``."""
    ids = {work.key: f"B{index}" for index, work in enumerate(article.works, start=1)}

    def inline(text: str) -> str:
        return render_pieces(
            article, text, lambda part, key: f'<xref ref-type="bibr" rid="{ids[key]}">{escape(part)}</xref>', RAISED
        )

    def label(text: str) -> tuple[str, str]:
        match = re.match(r"((?:Figure|Table) \d+|\d+(?:\.\d+)*)\. ", text)
        return (f"<label>{match[1]}.</label>", text[match.end() :]) if match else ("", text)

    def render(block: Block) -> str:
        if block.kind == "text":
            return f"<p>{inline(block.text)}</p>\n"
        mark, words = label(block.text)
        if block.kind == "legend":
            return f"<fig>{mark}<caption><p>{inline(words)}</p></caption><graphic/></fig>\n"
        rows = ["".join(f"<td>{inline(cell)}</td>" for cell in row) for row in block.rows]
        head = f"<thead><tr>{rows[0].replace('td>', 'th>')}</tr></thead>"
        body = "".join(f"<tr>{row}</tr>\n" for row in rows[1:])
        caption = f"<caption><p>{inline(words)}</p></caption>"
        return f"<table-wrap>{mark}{caption}<table>{head}<tbody>{body}</tbody></table></table-wrap>\n"

    abstract, rest = split_abstract(article)
    front = "".join(f"<p>{inline(block.text)}</p>" for block in abstract)
    front = f"<abstract>{front}</abstract>" if front else ""
    body = nest(rest, lambda b: "<sec>{}<title>{}</title>\n".format(*label(inline(b.text))), "</sec>\n", render)
    works = "".join(_write_jats_work(work, ids[work.key]) for work in article.works)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<article><front><article-meta><title-group><article-title>'
        f"{inline(article.title)}</article-title></title-group>{front}</article-meta></front>\n<body>{body}</body>\n"
        f"<back><ref-list><title>References</title>\n{works}</ref-list></back></article>\n"
    ).encode()


def _write_jats_work(work: Work, id: str) -> str:
    names = ""
    for author in re.sub(r",? et al$", "", work.authors).split(", "):
        surname, _, given = author.partition(" ")
        names += f"<name><surname>{surname}</surname><given-names>{given}</given-names></name>"
    names += "<etal/>" if "et al" in work.authors else ""
    label = f"<label>{work.number}</label>" if work.number else ""
    links = (("doi", work.doi), ("pmid", work.pmid))
    links_ = "".join(f'<pub-id pub-id-type="{kind}">{link}</pub-id>' for kind, link in links if link)
    return (
        f'<ref id="{id}">{label}<element-citation publication-type="journal"><person-group>{names}</person-group>'
        f"<article-title>{escape(work.title)}</article-title><source>{escape(work.journal)}</source>"
        f"<year>{work.year}</year>{links_}</element-citation></ref>\n"
    )


def write_html(article: Article) -> bytes:
    """HTML as a journal's page gives it: links to the entries, figures, tables with a head."""
    ids = {work.key: f"ref-{index}" for index, work in enumerate(article.works, start=1)}

    def inline(text: str) -> str:
        return render_pieces(article, text, lambda part, key: f'<a href="#{ids[key]}">{escape(part)}</a>', RAISED)

    def render(block: Block) -> str:
        if block.kind == "legend":
            return f'<figure><img src="f.png" alt=""><figcaption>{inline(block.text)}</figcaption></figure>\n'
        if block.kind != "table":
            return f"<p>{inline(block.text)}</p>\n"
        rows = ["".join(f"<td>{inline(cell)}</td>" for cell in row) for row in block.rows]
        head = f"<thead><tr>{rows[0].replace('td>', 'th>')}</tr></thead>"
        body = "".join(f"<tr>{row}</tr>\n" for row in rows[1:])
        return f"<table><caption>{inline(block.text)}</caption>{head}<tbody>{body}</tbody></table>\n"

    body = nest(
        article.blocks,
        lambda b: f"<section><h{b.level + 1}>{inline(b.text)}</h{b.level + 1}>\n",
        "</section>\n",
        render,
    )
    kind = "ol" if all(work.number for work in article.works) else "ul"
    works = "".join(f'<li id="{ids[work.key]}">{_link(work)}</li>\n' for work in article.works)
    works = f'<section class="references"><h2>References</h2><{kind}>\n{works}</{kind}></section>' if works else ""
    title = inline(article.title)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<nav><a href='/'>Home</a></nav><main><article><h1>{title}</h1>\n{body}{works}</article></main>"
        "<footer>A footer.</footer></body></html>\n"
    ).encode()


def _link(work: Work) -> str:
    plain = escape(f"{work.authors}. {work.title}. {work.journal}. {work.year}.", quote=False)
    doi = f' <a href="https://doi.org/{work.doi}">CrossRef</a>' if work.doi else ""
    pmid = f' <a href="https://pubmed.ncbi.nlm.nih.gov/{work.pmid}/">PubMed</a>' if work.pmid else ""
    return plain + doi + pmid


def make_plain(article: Article, text: str) -> str:
    """The text as characters alone, as a copied page has them: raised and lowered ones stand among the others."""
    return "".join(piece.text for piece in find_pieces(text, frozenset(work.key for work in article.works)))


def list_works(article: Article) -> list[str]:
    return [f"{work.number}. {work.text}" if work.number else work.text for work in article.works]


def write_text(article: Article) -> bytes:
    """Plain text, a line each paragraph, tabs between the cells of tables."""
    parts = [article.title]
    for block in article.blocks:
        rows = ["\t".join(row) for row in block.rows]
        parts.append("\n".join([make_plain(article, block.text), *rows]))
    parts += ["References", "\n".join(list_works(article))] if article.works else []
    return ("\n\n".join(parts) + "\n").encode()


def write_wrapped(article: Article) -> bytes:
    """Plain text in lines of 78 characters at most, with words hyphenated at their ends."""
    parts = []
    for part in write_text(article).decode().strip().split("\n\n"):
        keep = "\t" in part or part in ("Abstract", "References")
        parts.append(part if keep else "\n".join(wrapped for line in part.split("\n") for wrapped in _wrap(line)))
    return ("\n\n".join(parts) + "\n").encode()


def _wrap(text: str, width: int = 78) -> list[str]:
    """Lines; a long word of small letters is parted behind a vowel where that fills the line."""
    lines: list[str] = [""]
    for word in text.split(" "):
        room = width - len(lines[-1]) - 1
        if len(word) <= room or not lines[-1]:
            lines[-1] += (" " if lines[-1] else "") + word
            continue
        at = next((i for i in range(min(room - 1, len(word) - 4), 2, -1) if _may_part(word, i)), 0)
        if at:
            lines[-1] += f" {word[:at]}-"
        lines.append(word[at:])
    return lines


def _may_part(word: str, at: int) -> bool:
    whole = re.fullmatch(r"[a-z]{7,}[,.;]?", word) is not None
    return whole and word[at - 1] in typeset.VOWELS and word[at] not in typeset.VOWELS


def write_markdown(article: Article) -> bytes:
    """Markdown: marks before headings, pipes between cells, ``<sup>`` for raised markers, a numbered list."""

    def inline(text: str) -> str:
        pieces = find_pieces(text, frozenset(work.key for work in article.works))
        return "".join(f"<sup>{piece.text}</sup>" if piece.raised else piece.text for piece in pieces)

    parts = [f"# {article.title}"]
    for block in article.blocks:
        if block.kind == "heading":
            parts.append(f"{'#' * (block.level + 1)} {inline(block.text)}")
        elif block.kind == "table":
            rows = [f"| {' | '.join(row)} |" for row in block.rows]
            rule = "|" + " --- |" * len(block.rows[0])
            parts += [inline(block.text), "\n".join([rows[0], rule, *rows[1:]])]
        else:
            parts.append(inline(block.text))
    parts += ["## References", "\n".join(list_works(article))] if article.works else []
    return ("\n\n".join(parts) + "\n").encode()


def set_pdf(article: Article, setting: typeset.Setting | None = None) -> bytes:
    """Two columns with running heads, page numbers, justified lines, hyphens and figures; fonts of every reader."""

    def inline(text: str) -> str:
        out = ""
        for piece in find_pieces(text, frozenset(work.key for work in article.works)):
            marks = {"up": "^", "down": "_"}
            mark = "^" if piece.raised else marks.get(piece.kind, "")
            out += f"{mark}{{{piece.text}}}" if mark else piece.text
        return out

    blocks = [typeset.Block("title", article.title), typeset.Block("authors", "A. Author and B. Writer")]
    for block in article.blocks:
        kind = {"legend": "figure"}.get(block.kind, block.kind)
        kind = "abstract" if block.kind == "heading" and block.text == "Abstract" else kind
        rows = block.rows or ((("receptor", "kinase"), ("nucleus", "p")) if kind == "figure" else ())
        blocks.append(typeset.Block(kind, inline(block.text), rows, wide=kind == "table"))
    if article.works:
        blocks.append(typeset.Block("heading", "References"))
        blocks += [typeset.Block("entry", text) for text in list_works(article)]
    return typeset.typeset(blocks, setting or typeset.Setting())


def raise_markers(article: Article) -> Article:
    """The article with its numbered markers raised, behind the punctuation: ``TSC2 [3].`` to ``TSC2.^{3}``."""
    marker = re.compile(r" \{\{[\[(]\|([\d|, –]+)\|[\])]\}\}([.,;]?)")

    def raise_(text: str) -> str:
        return marker.sub(lambda m: m[2] + "{{^|" + m[1].replace(" ", "") + "}}", text)

    return replace(article, blocks=tuple(replace(block, text=raise_(block.text)) for block in article.blocks))


_PASSAGES = {"abstract": ("ABSTRACT", "abstract"), "legend": ("FIG", "fig_caption"), "table": ("TABLE", "table")}


def write_bioc_json(article: Article) -> bytes:
    """BioC as PubMed Central's service gives it: a passage a paragraph, a table's cells between tabs."""
    passages: list[dict[str, object]] = []
    offset = 0

    def add(section: str, kind: str, text: str, **infons: str) -> None:
        nonlocal offset
        passages.append({
            "offset": offset, "infons": {"section_type": section, "type": kind, **infons}, "text": text,
            "sentences": [], "annotations": [], "relations": [],
        })  # fmt: skip
        offset += len(text) + 1

    add("TITLE", "front", article.title)
    for block in article.blocks:
        text = make_plain(article, block.text)
        if block.kind == "heading":
            add("ABSTRACT" if text == "Abstract" else "INTRO", f"title_{block.level}", text)
        elif block.kind == "table":
            add("TABLE", "table_caption", text)
            add("TABLE", "table", "\t\n".join("\t".join(row) for row in block.rows))
        else:
            add(*_PASSAGES.get(block.kind, ("INTRO", "paragraph")), text)
    for work in article.works:
        links = {"pub-id_pmid": work.pmid, "pub-id_doi": work.doi, "year": work.year, "source": work.journal}
        add("REF", "ref", work.title, **{key: value for key, value in links.items() if value})
    document = {"id": article.id, "infons": {}, "passages": passages, "annotations": [], "relations": []}
    collection = {"source": "own", "date": "2021", "key": "own.key", "infons": {}, "documents": [document]}
    return json.dumps(collection, ensure_ascii=False).encode()


def write_jsonl(article: Article) -> bytes:
    """One line with the sections of ``make_document``."""
    document = make_document(article)
    sections = [
        {"kind": s.kind, "start": s.start, "end": s.end, "title": s.title, "subject": s.subject}
        for s in document.sections
    ]
    row = {"id": article.id, "title": article.title, "text": document.text, "sections": sections}
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write an article; ``cites``: whether markers lead to works in it; ``raised``: with raised markers."""

    suffix: str
    write: Callable[[Article], bytes]
    cites: bool = True
    raised: bool = False


FORMATS: dict[str, Format] = {
    "jsonl": Format(".jsonl", write_jsonl, cites=False),
    "bioc json": Format(".json", write_bioc_json, cites=False),
    "jats": Format(".nxml", write_jats),
    "jats, raised": Format(".nxml", write_jats, raised=True),
    "html": Format(".html", write_html),
    "html, raised": Format(".html", write_html, raised=True),
    "text": Format(".txt", write_text),
    "text, wrapped": Format(".txt", write_wrapped),
    "text, glued": Format(".txt", write_text, raised=True),
    "markdown": Format(".txt", write_markdown),
    "pdf": Format(".pdf", set_pdf),
    "pdf, raised": Format(".pdf", set_pdf, raised=True),
}


def write_article(article: Article, name: str) -> tuple[bytes, str]:
    """The file's bytes and suffix; ``name`` is a key of ``FORMATS``."""
    form = FORMATS[name]
    return form.write(raise_markers(article) if form.raised else article), form.suffix
