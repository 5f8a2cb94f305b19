"""JATS: the way back to the file, files that are damaged or hostile, and which files are taken for it."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readers.jats_reading import DATA, SAMPLE, parse, parse_body
from readers.sections import texts
from sigmine.model import Document
from sigmine.readers import ReadFailure, read_documents

X = '<xref ref-type="bibr" rid="B{0}">{0}</xref>'
X1, X2, X5 = X.format(1), X.format(2), X.format(5)


def fail(tmp_path: Path, content: str | bytes, name: str = "a.nxml") -> str:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    [failure] = read_documents(path)
    assert isinstance(failure, ReadFailure), failure
    return failure.reason


def check_offsets(document: Document, raw: str) -> None:
    """Every character that came from the file is the file's, but for white space and character references."""
    assert document.offsets is not None
    escapes = dict(document.offsets.escapes)
    for at, place, length in document.offsets.runs:
        for i in range(length):
            ours, theirs = document.text[at + i], raw[place + i]
            if place + i in escapes:
                assert ours in html.unescape(raw[place + i : place + i + escapes[place + i]])
            else:
                assert ours == theirs or (ours.isspace() and theirs.isspace())


@pytest.fixture(scope="module")
def sample() -> Document:
    return parse(SAMPLE.read_bytes())


def test_offsets_lead_to_the_file(sample: Document) -> None:
    raw = SAMPLE.read_text(encoding="utf-8")
    check_offsets(sample, raw)
    start = sample.text.index("GSK3β")
    assert raw[slice(*sample.source_span(start, start + 5))] == "GSK3&#946;"
    start = sample.text.index("AMPKα at")
    assert raw[slice(*sample.source_span(start, start + 8))] == "AMPK&#x3b1; at"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-7", "windows-1253"])
def test_offsets_count_characters_in_every_encoding(encoding: str) -> None:
    said = encoding.removesuffix("-sig")
    raw = f'<?xml version="1.0" encoding="{said}"?>\r\n'
    raw += "<article><body><p>ΔNp63 und\r\n GSK3β &lt;b&gt;</p></body></article>"
    data = raw.encode(encoding)
    document = parse(data)
    assert document.text == "ΔNp63 und GSK3β <b>"
    decoded = data.decode(said)
    check_offsets(document, decoded)
    assert decoded[slice(*document.source_span(10, 15))] == "GSK3β"


WORDS = st.sampled_from(
    [
        "AKT",
        "TSC2",
        "β",
        "𝛼",
        "&#946;",
        "&beta;",
        "&lt;",
        "&amp;",
        "&#x1D6FC;",
        " ",
        "  ",
        "\n  ",
        "\r\n",
        "\t",
        "\u00a0",
        ".",
        "é",
        "<italic>",
        "<bold>",
        "<!-- c -->",
        "<?p i?>",
        "<![CDATA[<&]]>",
        "\u00ad",
        "<sub>x</sub>",
        "<x/>",
    ]
)


def make_markup(words: list[str]) -> str:
    """Well-formed: what is opened is closed at the end."""
    opened = [word[1:-1] for word in words if word in ("<italic>", "<bold>")]
    return "".join(words) + "".join(f"</{tag}>" for tag in reversed(opened))


def get_words(markup: str) -> str:
    """The text of markup, found by other means."""
    markup = markup.replace("<![CDATA[<&]]>", "&lt;&amp;").replace("\u00ad", "")
    return " ".join(html.unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", markup)).split())


@given(st.lists(st.lists(WORDS, min_size=1), min_size=1, max_size=5))
@example([["\u00ad"], ["AKT"]])
def test_sections_are_the_words_of_the_file(paragraphs: list[list[str]]) -> None:
    markup = [make_markup(words) for words in paragraphs]
    raw = '<!DOCTYPE article SYSTEM "a.dtd">\n<article><body><p>Start &amp; go</p>' + "".join(
        f"<p>{one}</p>\n" for one in markup
    )
    raw += "</body></article>"
    document = parse(raw)
    expected = ["Start & go", *(words for one in markup if (words := get_words(one)))]
    assert texts(document, "body") == expected
    check_offsets(document, raw)
    for section, words in zip(document.sections, expected, strict=True):
        low, high = document.source_span(section.start, section.end)
        assert get_words(raw[low:high].removesuffix("]]>")) in (words, get_words(words)) or "CDATA" in raw
    assert document == parse(raw)


CITED = st.lists(
    st.sampled_from(
        ["AKT", " ", ".", ",", "(", ")", "[", "]", "–", "<sup>", "</sup>", X1, X2, X5, f"<sup>{X1},{X2}</sup>"]
    ),
    max_size=25,
)


@given(CITED)
def test_citations_stay_in_their_section(words: list[str]) -> None:
    depth = 0
    markup = ""
    for word in words:
        if word == "</sup>" and not depth:
            continue
        depth += {"<sup>": 1, "</sup>": -1}.get(word, 0)
        markup += word
    raw = f"<p>Start {markup}{'</sup>' * depth}</p><p>Other</p>"
    document = parse_body(raw)
    first = document.sections[0]
    assert all(first.start <= c.start < c.end <= first.end for c in document.citations)
    assert [c.start for c in document.citations] == sorted(c.start for c in document.citations)
    assert sum(len(re.findall(r"\d", c.marker)) for c in document.citations) == len(re.findall(r">\d<", raw))


# Damaged and hostile files


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "the file is empty"),
        ("<article>\n<body><p>AKT</body></article>", "line 2: not well-formed XML: mismatched tag"),
        ("<article><body>\n\n<p>AKT</p>", "line 3: not well-formed XML: no element found"),
        ("<article><body>\n<p>AKT & TSC2</p></body></article>", "line 2: not well-formed XML"),
        ("<article><front/></article>", "holds no title, abstract or text"),
        ("<catalogue/>", "the root element is <catalogue>"),
        ('<?xml version="1.0" encoding="punycode"?><article/>', "line 1: unknown encoding 'punycode'"),
        ('<?xml version="1.0" encoding="nonsense"?><article/>', "line 1: unknown encoding 'nonsense'"),
        (b"<article>\n<p>na\xefve</p></article>", "line 2: byte 0xef is not UTF-8"),
        (
            b'<?xml version="1.0" encoding="shift_jis"?><article>\n<p>\x80\xff</p></article>',
            "line 2: byte 0x80 is not shift_jis",
        ),
        ("<article><body>" + "<sec>" * 5000, "nested deeper than"),
        ("<article " + " ".join(f'a{n}="1"' for n in range(3)) + ' a1="2"/>', "duplicate attribute"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: str | bytes, reason: str) -> None:
    assert reason in fail(tmp_path, content)


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY leak SYSTEM "{secret}">',
        '<!ENTITY leak PUBLIC "x" "{secret}">',
        '<!ENTITY % all SYSTEM "{secret}"> %all;',
        '<!ENTITY leak "words">',
        '<!ENTITY leak SYSTEM "http://127.0.0.1:9/x">',
        f'<!ENTITY l0 "boom">{BOMB}<!ENTITY leak "&l9;">',
    ],
)
def test_entities_are_refused(tmp_path: Path, subset: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    content = f"<!DOCTYPE article [{subset.replace('{secret}', secret.as_uri())}]>\n<article><p>&leak;</p></article>"
    reason = fail(tmp_path, content)
    assert "declares the entity" in reason
    assert "the secret" not in reason


def test_a_dtd_is_never_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.dtd").write_text('<!ENTITY leak "the secret">')
    for place in ("a.dtd", (tmp_path / "a.dtd").as_uri(), "http://127.0.0.1:9/a.dtd"):
        path = tmp_path / "a.nxml"
        path.write_text(f'<!DOCTYPE article SYSTEM "{place}"><article><body><p>A &leak; b &alpha;</p></body></article>')
        [document] = read_documents(path)
        assert isinstance(document, Document)
        assert document.text == "A &leak; b α"


def test_an_inclusion_is_no_element_of_ours(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret.txt" parse="text"/>'
    assert parse_body(f"<p>AKT {include}acts.</p>").text.startswith("AKT acts.")


def test_many_citations_in_one_paragraph_take_linear_time() -> None:
    document = parse_body(f"<p>{f'AKT acts.<sup>{X1}</sup> ' * 20_000}</p>")
    assert len(document.citations) == 20_000


def test_tables_within_tables_are_read_once() -> None:
    depth = 30
    document = parse_body("<table-wrap><table><tr><td>A" * depth + "</td></tr></table></table-wrap>" * depth)
    assert texts(document, "table", "back_matter") == ["A"] * depth


# Which files


def test_a_set_gives_an_article_each_and_keeps_those_before_the_damage(tmp_path: Path) -> None:
    article = "<article><front><article-meta>{}</article-meta></front><body><p>AKT acts.</p></body></article>"
    pmc = '<article-id pub-id-type="pmc">PMC7</article-id>'
    path = tmp_path / "set.xml"
    path.write_text(f"<pmc-articleset>{article.format(pmc)}<article/>{article.format('')}\n<broken")
    items = list(read_documents([path, SAMPLE]))
    assert [item.id for item in items if isinstance(item, Document)] == ["PMC7", "set-3", "reader_sample"]
    assert [item.reason[:9] for item in items if isinstance(item, ReadFailure)] == ["article 2", "line 2: n"]


def test_xml_is_told_by_its_content(tmp_path: Path) -> None:
    start = '<?xml version="1.0"?>\n<!-- <collection> -->\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "JATS.dtd">\n'
    (tmp_path / "a.xml").write_text(f'{start}<j:article xmlns:j="x"><j:body><j:p>AKT acts.</j:p></j:body></j:article>')
    (tmp_path / "b.xml").write_bytes((DATA / "reader_sample.xml").read_bytes())
    (tmp_path / "c.xml").write_text(
        "<OAI-PMH><metadata><article><body><p>TSC2 rests.</p></body></article></metadata></OAI-PMH>"
    )
    found = [item for item in read_documents(tmp_path) if isinstance(item, Document)]
    assert [document.id for document in found] == ["a", "bioc-1", "c-1"]
    assert [item.id for item in read_documents(tmp_path, formats=["bioc"]) if isinstance(item, Document)] == ["bioc-1"]


def test_standard_input_may_be_jats() -> None:
    [document] = read_documents("-", stdin=io.BytesIO(SAMPLE.read_bytes()))
    assert isinstance(document, Document)
    assert document.id == "stdin"
    assert dict(document.metadata)["pmid"] == "900001"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_places_hold_behind_characters_of_any_width(tmp_path: Path, encoding: str) -> None:
    """Latin, Greek, and letters of two UTF-16 units; references and CDATA; over the border of a block."""
    words = "".join(
        f"𝛼{number} phosphorylates β-catenin &#x1D6FC;&amp;<italic>é{number}</italic>. " for number in range(9000)
    )
    text = f"<?xml version='1.0' encoding='{encoding}'?><article><body><p>{words}<![CDATA[&𝛽;]]></p></body></article>"
    path = tmp_path / "a.nxml"
    path.write_text(text, encoding=encoding)
    [document] = read_documents(path)
    assert isinstance(document, Document)
    read = path.read_bytes().decode(encoding)
    for word in ("𝛼8999", "é8999", "é17", "&𝛽;"):
        at = document.text.index(word)
        start, end = document.source_span(at, at + len(word))
        assert read[start:end] == word
    at = document.text.index("𝛼&é8999")
    start, end = document.source_span(at, at + 2)
    assert read[start:end] == "&#x1D6FC;&amp;"
