"""Ways to damage a file, and what every document must keep whatever was read: shared by the tests of robustness."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import asdict, replace
from typing import Any

from hypothesis import strategies as st

from sigmine.model import SECTION_KINDS, Document
from sigmine.readers import READERS, ReadFailure, Source

ODD_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1, 2, 7, 10**6, 10**15, -(10**30), 1.5, float("nan"), "", "x", "\ud800", "\0", "AKT", [], [[]],
    {}, {"a": 1},
)  # fmt: skip
ODD_BYTES: tuple[bytes, ...] = (
    *(bytes([byte]) for byte in b"\0\xff\r\t|<>&\"{[\x0c\x1c"),
    *(text.encode() for text in ("\ufeff", "\x85", "\u2028", "\xad", "\ufb01")),
    b"\r\n", b"\n\n", b"&x;", b"]}", b"]]>", b"-1", b"9999999999", b"1\n", b"[1]", b"\\ud800", b"1e999",
    b"T1\tProtein 0 3\tAKT\n", b"References\n", b"<!DOCTYPE a [<!ENTITY x 'y'>]>",
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, sample: bytes) -> bytes:
    """The sample with a few bytes flipped, cut out, put in, doubled or lost at the end."""
    data = bytearray(sample)
    for _ in range(draw(st.integers(1, 6))):
        if not data:
            break
        start = draw(st.integers(0, len(data) - 1))
        end = min(len(data), start + draw(st.integers(1, 40) | st.just(len(data))))
        match draw(st.sampled_from(("flip", "cut", "insert", "double", "truncate", "swap"))):
            case "flip":
                data[start] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[start:end]
            case "insert":
                data[start:start] = draw(st.sampled_from(ODD_BYTES))
            case "double":
                data[start:start] = data[start:end] * draw(st.integers(1, 3))
            case "truncate":
                del data[start:]
            case _:
                other = draw(st.integers(0, len(data)))
                piece = data[start:end]
                del data[start:end]
                data[other:other] = piece
    return bytes(data)


@st.composite
def damaged_json(draw: st.DrawFn, value: Any) -> Any:
    """The value with a few of its parts replaced by odd ones, dropped, or doubled."""
    value = deepcopy(value)
    for _ in range(draw(st.integers(1, 3))):
        places = list(_find_places(value))
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        match draw(st.sampled_from(("odd", "odd", "drop", "double"))):
            case "odd":
                holder[key] = deepcopy(draw(st.sampled_from(ODD_VALUES)))
            case "drop":
                del holder[key]
            case _ if isinstance(holder, list):
                holder.append(deepcopy(holder[key]))
            case _:
                holder[draw(st.sampled_from(("id", "text", "offset", "x")))] = deepcopy(holder[key])
    return value


def _find_places(value: Any) -> Any:
    items = (
        list(value.items() if isinstance(value, dict) else enumerate(value)) if isinstance(value, dict | list) else []
    )
    for key, part in items:
        yield value, key
        yield from _find_places(part)


def read(format_: str, source: Source) -> list[Document | ReadFailure]:
    """All that a reader gives; only ReadError leaves it."""
    return list(READERS[format_].read(source))


def check(item: Document | ReadFailure, size: int | None = None) -> None:
    """What holds of every document.

    Args:
        size: characters of the file, where offsets lead to them; None where they lead elsewhere (BioC counts its own).
    """
    if isinstance(item, ReadFailure):
        assert item.reason
        str(item).encode()
        return
    text = item.text
    text.encode()
    item.id.encode()
    assert item.id
    assert text.strip()
    end = 0
    for section in item.sections:
        assert section.kind in SECTION_KINDS
        assert end <= section.start < section.end <= len(text)
        end = section.end
        for cell in section.cells:
            assert section.start <= cell.start <= cell.end <= section.end
            assert cell.row >= 0
            assert cell.column >= 0
    for mention in item.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
    for citation in item.citations:
        assert 0 <= citation.start < citation.end <= len(text)
    assert [citation.start for citation in item.citations] == sorted(citation.start for citation in item.citations)
    assert [line.start for line in item.lines] == sorted(line.start for line in item.lines)
    if item.offsets is not None:
        before = 0
        for start, place, length in item.offsets.runs:
            assert length > 0
            assert before <= start
            assert start + length <= len(text)
            assert place >= 0
            assert size is None or place + length <= size
            before = start + length
    json.dumps(asdict(replace(item, offsets=None)), ensure_ascii=False).encode()
    assert all(isinstance(part, str) for pair in item.metadata for part in pair)
