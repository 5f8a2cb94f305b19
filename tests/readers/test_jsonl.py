"""JSON Lines: the text stays as it is, the entities are checked, a bad line is named."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmine.errors import ReadError
from sigmine.model import Document
from sigmine.readers.jsonl import read_jsonl
from sigmine.readers.sources import ReadFailure, Source


def read(*rows: Any) -> list[Document | ReadFailure]:
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    return list(read_jsonl(Source("x.jsonl", data=b"\n".join(lines))))


def read_one(row: dict[str, Any]) -> Document:
    [document] = read(row)
    assert isinstance(document, Document), document
    return document


def test_text_and_entities_of_the_contract() -> None:
    text = "AKT phosphorylates TSC2 at Ser939."
    document = read_one(
        {"id": "doc-1", "text": text, "title": "On AKT", "entities": [
            {"id": "T2", "type": "Protein", "start": 19, "end": 23},
            {"id": "T1", "type": "protein_family", "start": 0, "end": 3, "curie": "fplx:AKT"},
        ]}
    )  # fmt: skip
    assert (document.id, document.text, document.offsets) == ("doc-1", text, None)
    assert document.metadata == (("title", "On AKT"),)
    assert [(m.text, m.type, m.curie, m.source) for m in document.mentions] == [
        ("AKT", "FAMILY", "fplx:AKT", "given"),
        ("TSC2", "PROTEIN", None, "given"),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Gene_or_gene_product", "PROTEIN"),
        ("GENE_OR_GENE_PRODUCT", "PROTEIN"),
        ("ggp", "PROTEIN"),
        ("Simple_chemical", "CHEMICAL"),
        ("Cellular_component", "LOCATION"),
        ("Cell line", "CELL"),
        ("Complex", "COMPLEX"),
        ("Cancer", "DISEASE"),
        ("Organism", "SPECIES"),
        ("Biological_process", "PROCESS"),
        ("family", "FAMILY"),
        ("Anatomical-entity", "ANATOMICAL_ENTITY"),
    ],
)
def test_types_go_by_our_names(name: str, expected: str) -> None:
    document = read_one({"text": "AKT", "entities": [{"type": name, "start": 0, "end": 3}]})
    assert document.mentions[0].type == expected


def test_a_blank_line_parts_paragraphs_and_a_line_end_does_not() -> None:
    text = "AKT is\nactive.\n\n  PTEN opposes it. \r\n\r\nmTORC1 grows."
    document = read_one({"text": text})
    assert document.text == text
    assert [text[s.start : s.end] for s in document.sections] == [
        "AKT is\nactive.",
        "PTEN opposes it.",
        "mTORC1 grows.",
    ]


def test_in_long_lines_each_line_is_a_paragraph() -> None:
    text = "How AKT acts on growth \n" + "AKT phosphorylates TSC2, and TSC2 inhibits RHEB. " * 5
    assert [s.start for s in read_one({"text": text}).sections] == [0, 24]


def test_given_sections_are_kept() -> None:
    row = {
        "text": "On AKT\nAKT is active.",
        "sections": [{"kind": "title", "start": 0, "end": 6}, {"start": 7, "end": 21}],
    }
    assert [(s.kind, s.start, s.end) for s in read_one(row).sections] == [("title", 0, 6), ("body", 7, 21)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"{nonsense", "not JSON"),
        (b"[1]", 'an object with a string "text"'),
        (b'{"text": 3}', 'an object with a string "text"'),
        ({"text": "  "}, "blank"),
        (b'{"text": "na\xefve"}', "not UTF-8"),
        (b'{"text": "\\ud800"}', "surrogate"),
        ({"text": "AKT", "id": ["a"]}, '"id" is'),
        ({"text": "AKT", "entities": {}}, "must be a list"),
        ({"text": "AKT", "entities": [{"id": "T7", "type": "Gene", "start": 1, "end": 9}]}, "entity T7: offsets 1:9"),
        ({"text": "AKT", "entities": [{"id": "T7", "type": "Gene", "start": 2, "end": 2}]}, "entity T7: offsets 2:2"),
        ({"text": "AKT", "entities": [{"id": "T7", "start": 0, "end": 2}]}, 'entity T7: "type"'),
        ({"text": "AKT", "entities": [{"id": "T7", "type": "Gene", "start": "0", "end": 2}]}, "whole numbers"),
        ({"text": "AKT", "entities": ["AKT"]}, "whole numbers"),
        ({"text": "AKT", "sections": [{"kind": "poem", "start": 0, "end": 3}]}, "kind 'poem' is unknown"),
        ({"text": "AKT", "sections": [{"start": 0, "end": 2}, {"start": 1, "end": 3}]}, "in order and apart"),
        (b"[" * 100_000, "not JSON"),
        (b'{"text": ' + b"9" * 5000 + b"}", "not JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(row: Any, reason: str) -> None:
    first, failure, last = read({"text": "AKT is active."}, row, {"text": "PTEN opposes it."})
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(failure, ReadFailure)
    assert failure.source == "x.jsonl"
    assert failure.reason.startswith("line 2: ")
    assert reason in failure.reason


def test_blank_lines_are_no_documents_and_ids_count_lines() -> None:
    documents = read({"text": "AKT."}, b"", {"text": "PTEN."})
    assert [document.id for document in documents if isinstance(document, Document)] == ["stdin-1", "stdin-3"]


def test_a_file_without_documents_is_refused() -> None:
    with pytest.raises(ReadError, match="no document in it"):
        read(b"\n \n")


class CountingStream(io.BytesIO):
    lines = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.lines += 1
        return super().readline(size)


def test_lines_are_read_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = CountingStream(b'{"text": "AKT."}\n' * 50)
    monkeypatch.setattr(Source, "open", lambda self: stream)
    monkeypatch.setattr(Source, "make_sha256", lambda self: "")
    next(read_jsonl(Source("x.jsonl")))
    assert stream.lines == 1


@given(st.text(), st.integers(-2, 20), st.integers(-2, 20))
def test_text_is_never_changed(text: str, start: int, end: int) -> None:
    rows = read({"text": text, "entities": [{"id": "T1", "type": "Gene", "start": start, "end": end}]})
    if isinstance(rows[0], Document):
        assert rows[0].text == text
        assert rows[0].mentions[0].text == text[start:end]
        assert all(text[s.start : s.end].strip() for s in rows[0].sections)
    else:
        assert not text.strip() or not 0 <= start < end <= len(text) or not text.isprintable()
