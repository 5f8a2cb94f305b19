"""Files made to do harm, and odd but honest ones: nothing is loaded, nothing blows up, and every refusal says why."""

from __future__ import annotations

import io
import json
import socket
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fuzz_cases import load_seeds, make_case
from readers.damage import check
from sigmine.model import Document
from sigmine.readers import READERS, ReadFailure, Source, read_documents

DATA = Path(__file__).resolve().parents[1] / "data"
BIOC = (DATA / "reader_sample.xml").read_text().split("<collection>", 1)[1]
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: Any, **more: Any) -> None:
        pytest.fail(f"a reader opened a connection: {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def read(data: bytes | str, format_: str) -> list[Document | ReadFailure]:
    """Read in a few seconds at the most; whatever comes out holds together."""
    started = time.process_time()
    stream = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    items = list(read_documents("-", formats=[format_], stdin=stream))
    assert time.process_time() - started < 10
    for item in items:
        check(item)
    return items


def read_one(data: bytes | str, format_: str) -> Document:
    [item] = read(data, format_)
    assert isinstance(item, Document), item
    return item


def fail(data: bytes | str, format_: str) -> str:
    [item] = read(data, format_)
    assert isinstance(item, ReadFailure), item
    return item.reason


def make_bioc(doctype: str, text: str, *, id: str = "d") -> str:
    body = BIOC.replace("&amp;", text).replace("bioc-1", id)
    return f"<?xml version='1.0'?>{doctype}<collection>{body}"


@pytest.mark.parametrize(
    ("doctype", "text"),
    [
        (f'<!DOCTYPE collection [<!ENTITY l0 "lol">{LAUGHS}]>', "&l9;"),
        ('<!DOCTYPE collection [<!ENTITY x SYSTEM "SECRET">]>', "&x;"),
        ('<!DOCTYPE collection [<!ENTITY % p SYSTEM "SECRET"> %p;]>', "and"),
        ('<!DOCTYPE collection [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>', "&leak;"),
        ('<!DOCTYPE collection SYSTEM "http://127.0.0.1:9/x.dtd">', "&leak;"),
        ('<!DOCTYPE collection SYSTEM "http://169.254.169.254/latest/meta-data">', "and"),
        ('<!DOCTYPE collection PUBLIC "-//x//y" "SECRET">', "and"),
        ("", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="SECRET" parse="text"/>'),
        ('<?xml-stylesheet href="SECRET"?>', "and"),
    ],
)
def test_xml_loads_and_expands_nothing_that_it_names(tmp_path: Path, doctype: str, text: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of lol lol")
    for place in (secret.as_uri(), str(secret)):
        [item] = read(make_bioc(doctype.replace("SECRET", place), text.replace("SECRET", place)), "bioc")
        assert "secret of" not in str(item)
        assert "lollol" not in str(item)
        assert len(str(item)) < 5000


def test_entities_in_an_attribute_are_not_multiplied() -> None:
    doctype = f'<!DOCTYPE collection [<!ENTITY l0 "lol">{LAUGHS}]>'
    content = make_bioc(doctype, "and").replace('id="T1"', 'id="&l9;"')
    assert "not well-formed XML" in fail(content, "bioc")


@pytest.mark.parametrize("depth", [300, 100_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    assert "not well-formed XML" in fail("<collection>" + "<a>" * depth + "</a>" * depth + "</collection>", "bioc")
    values = "[" * depth * 10 + "]" * depth * 10
    assert "nested too deep" in fail(f'{{"documents": {values}}}', "bioc")
    assert "nested too deep" in fail(f'{{"text": "AKT is active.", "x": {values}}}', "jsonl")


@pytest.mark.parametrize("depth", range(900, 1100, 20))
def test_nesting_near_the_edge_of_what_python_can_hold(depth: int) -> None:
    values = "[" * depth + "]" * depth
    collection = json.loads((DATA / "reader_sample.json").read_text())
    collection["documents"][0]["infons"]["x"] = "HERE"
    assert len(read(json.dumps(collection).replace('"HERE"', values), "bioc")) == 1
    assert len(read(f'{{"text": "AKT \\u0394 \\ud83d\\ude00", "x": {values}}}', "jsonl")) == 1


def test_a_line_as_long_as_is_allowed_is_read_and_a_longer_one_is_not() -> None:
    sentence = "AKT inhibits FOXO1. "
    assert len(read_one(sentence * 20_000, "text").text) == 399_999
    assert "is not running text" in fail(sentence * 20_001, "text")


SLOW_UNITS = ("(", "[1,", "1-", "a.", "Smith et al., ", "(Smith 2000; ", " ", "\xad", "ﬁ", "| ", "• ", "10.1/", "A. ")


@pytest.mark.parametrize("unit", [*SLOW_UNITS, "ﬁ • ", "ﬁ word¹ "])
def test_no_line_takes_long(unit: str) -> None:
    read(f"AKT is active {unit * (40_000 // len(unit))} in cells.", "text")


@pytest.mark.parametrize("unit", ["1\n", "|\n", "References\n", "Figure 1\n", "a-\n", "[1] A\n", "A\tB\n", "\n", "\f"])
def test_no_number_of_lines_takes_long(unit: str) -> None:
    read(f"AKT is active.\n{unit * 4_000}AKT is active.\n", "text")


def make_page(within: str) -> str:
    return (
        f"<!DOCTYPE html><html><body><article><h1>AKT</h1><p>AKT inhibits {within} FOXO1.</p></article></body></html>"
    )


def test_a_tag_of_thousands_of_attributes_takes_no_time() -> None:
    attributes = " ".join(f"a{number}='1'" for number in range(100_000))
    assert "AKT inhibits x FOXO1." in read_one(make_page(f"<b {attributes}>x</b>"), "html").text
    assert "AKT inhibits x FOXO1." in read_one(make_page(f"<b>x</b {attributes}>"), "html").text
    picture = f"<img alt='a' src='data:image/png;base64,{'A' * 500_000}'>"
    assert "AKT inhibits FOXO1." in read_one(make_page(picture), "html").text


@pytest.mark.parametrize("tag", ["div", "i", "table", "ul", "p", "a", "section", "sec", "list", "td"])
@pytest.mark.parametrize("format_", ["html", "jats"])
def test_nested_markup_is_read_or_refused(format_: str, tag: str) -> None:
    for depth in (200, 5_000):
        nested = f"<{tag}>" * depth + "x" + f"</{tag}>" * depth
        content = make_page(nested) if format_ == "html" else f"<article><body><p>AKT {nested}</p></body></article>"
        assert len(read(content, format_)) == 1


@pytest.mark.parametrize(
    ("doctype", "text"),
    [
        (f'<!DOCTYPE article [<!ENTITY l0 "lol">{LAUGHS}]>', "&l9;"),
        ('<!DOCTYPE article [<!ENTITY x SYSTEM "SECRET">]>', "&x;"),
        ('<!DOCTYPE article [<!ENTITY % p SYSTEM "SECRET"> %p;]>', "and"),
        ('<!DOCTYPE article SYSTEM "http://127.0.0.1:9/x.dtd">', "&leak;"),
        ("", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="SECRET" parse="text"/>'),
    ],
)
@pytest.mark.parametrize("format_", ["html", "jats"])
def test_articles_load_and_expand_nothing_that_they_name(tmp_path: Path, format_: str, doctype: str, text: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of lol lol")
    article = f"<article><body><p>AKT inhibits {text} FOXO1 in cells.</p></body></article>"
    content = (doctype + article).replace("SECRET", secret.as_uri())
    [item] = read(content, format_)
    assert "secret of" not in str(item)
    assert "lollol" not in str(item)


def test_null_bytes() -> None:
    assert "binary file" in fail(b"AKT\0 is active.", "text")
    assert "binary file" in fail(make_bioc("", "and").replace("own", "\0"), "bioc")
    assert read_one(r'{"text": "AKT\u0000 is active."}', "jsonl").text == "AKT\0 is active."
    read(b"1|t|AKT\0\n1|a|is active.\n", "pubtator")


@pytest.mark.parametrize(
    "row",
    [
        r'{"text": "AKT \ud800"}',
        r'{"text": "AKT", "id": "\udfff"}',
        r'{"text": "AKT", "title": "\udc00\ud800"}',
        r'{"text": "AKT", "\ud800": 1}',
        r'{"text": "AKT", "entities": [{"type": "\ud800", "start": 0, "end": 3}]}',
        r'{"text": "AKT", "entities": [{"type": "Gene", "curie": "x:\ud800", "start": 0, "end": 3}]}',
        r'{"text": "AKT", "sections": [{"title": "\ud800", "start": 0, "end": 3}]}',
    ],
)
def test_half_a_surrogate_pair_is_refused_wherever_it_stands(row: str) -> None:
    assert "half of a surrogate pair" in fail(row, "jsonl")


def test_a_whole_surrogate_pair_is_a_character() -> None:
    assert read_one(r'{"text": "AKT \ud83d\ude00", "title": "\\ud800"}', "jsonl").text == "AKT \U0001f600"
    collection = (DATA / "reader_sample.json").read_text()
    assert "half of a surrogate pair" in fail(collection.replace('"own"', r'"\ud800"'), "bioc")


@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".xml", ".json"])
@pytest.mark.parametrize("change", ["bom", "crlf"])
def test_byte_order_marks_and_line_ends_of_windows_change_nothing(suffix: str, change: str) -> None:
    data = (DATA / f"reader_sample{suffix}").read_bytes()
    other = b"\xef\xbb\xbf" + data if change == "bom" else data.replace(b"\n", b"\r\n")
    format_ = "bioc" if suffix in (".xml", ".json") else "jsonl" if suffix == ".jsonl" else "text"
    before, after = (
        [replace(item, offsets=None, sha256="") for item in read(one, format_) if isinstance(item, Document)]
        for one in (data, other)
    )
    assert before == after
    assert before


def test_pubtator_with_a_byte_order_mark_and_line_ends_of_windows() -> None:
    data = (DATA / "reader_sample.pubtator").read_bytes()
    before = [item.text for item in read(data, "pubtator") if isinstance(item, Document)]
    for other in (b"\xef\xbb\xbf" + data, data.replace(b"\n", b"\r\n")):
        assert [item.text for item in read(other, "pubtator") if isinstance(item, Document)] == before


def make_passage(**changes: Any) -> str:
    collection = json.loads((DATA / "reader_sample.json").read_text())
    collection["documents"][0]["passages"][1].update(changes)
    return json.dumps(collection)


def test_blanks_between_sentences_cannot_fill_the_memory() -> None:
    sentence = {"offset": 10**15, "infons": {}, "text": "AKT is active.", "annotations": [], "relations": []}
    assert "characters apart" in fail(make_passage(text="", sentences=[sentence], annotations=[]), "bioc")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"offset": None}, "an offset or a length is None"),
        ({"offset": -1}, "an offset or a length is -1"),
        ({"offset": True}, "an offset or a length is True"),
        ({"infons": None}, "infons are None"),
        ({"text": 7}, "the text is 7"),
        ({"annotations": [{"id": "1", "infons": {}, "text": 7, "locations": []}]}, "entity '1': the text is 7"),
        ({"annotations": [{"id": "1", "infons": {}, "text": "", "locations": [{"offset": "0", "length": 1}]}]}, "'0'"),
    ],
)
def test_odd_values_in_bioc_are_named(changes: dict[str, Any], reason: str) -> None:
    assert reason in fail(make_passage(**changes), "bioc")


def test_numbers_where_bioc_has_words_are_words() -> None:
    document = read_one(make_passage(infons={"type": "ref", "pub-id_pmid": 123}, annotations=[]), "bioc")
    assert document.references[0].pmid == "123"


def test_a_message_of_a_bad_line_is_short() -> None:
    reason = fail(json.dumps({"text": "AKT", "id": ["x" * 100_000]}), "jsonl")
    assert len(reason) < 1000
    assert "must be a string" in reason
    assert fail('{"text": "AKT", "entities": [{"id": "\\u001b[2J\\n"}]}', "jsonl").isprintable()


def test_markers_of_many_ranges_and_many_markers_without_an_entry_take_no_time() -> None:
    ranges = ", ".join(["1–999"] * 10_000)
    entries = "".join(
        f"<ref id='B{n}'><label>{n}</label><mixed-citation>W {n}.</mixed-citation></ref>" for n in range(4000)
    )
    link = "<xref ref-type='bibr' rid='B1 none'>1, 9</xref>. AKT "
    body = f"<p>AKT [<xref ref-type='bibr' rid='B1 none'>{ranges}</xref>] acts.</p><p>AKT {link * 3_000}</p>"
    read_one(f"<article><body>{body}</body><back><ref-list>{entries}</ref-list></back></article>", "jats")
    read_one(f"AKT acts [1]. AKT acts [2]. AKT acts [3]. AKT [{ranges}] acts.", "text")
    items = "".join(f"<li id='r{n}'>Ng A. Of kinases that act. Ex. 2001;1:1.</li>" for n in range(3000))
    links = "<a href='#core-r1'>1</a> acts. " * 3_000
    powers = "10<sup>6</sup> cells. " * 3_000
    page = f"<article><h1>Kinases</h1><p>AKT {links}</p><p>{powers}</p><h2>References</h2><ol>{items}</ol></article>"
    read_one(f"<html><body>{page}</body></html>", "html")


def test_a_word_that_a_pdf_puts_far_off_its_page_takes_no_memory() -> None:
    """Found by ``fuzz_readers.py pdf --from 525``: a gap of columns was looked for point by point."""
    plain = load_seeds("pdf")[-1]
    far = [plain.replace(b"1 0 0 1 40 336 Tm", b"1 0 0 1 " + x + b" 336 Tm") for x in (b"400000000", b"-1e9", b"1e38")]
    for data in (*far, make_case("pdf", 1, 525)):
        assert data != plain
        tracemalloc.start()
        items = list(READERS["pdf"].read(Source("given", data=data)))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        check(items[0])
        assert peak < 50_000_000


def test_a_cell_that_is_nothing_but_a_marker_is_none() -> None:
    """Found by ``fuzz_readers.py html --from 2694``, when the head of its row stood before the marker."""
    row = '<tr><td rowspan="2">AMPK</td><td><sup><a href="#fn1">a</a></sup></td></tr><tr><td>inhibits MTOR</td></tr>'
    foot = '<div class="table-wrap-foot"><p id="fn1"><sup>a</sup> In cells.</p></div>'
    table = f"<table><thead><tr><th>Kinase</th><th>Effect</th></tr></thead><tbody>{row}</tbody></table>{foot}"
    read(make_page("").replace("</article>", f"{table}</article>"), "html")
    read(make_case("html", 1, 2694), "html")
