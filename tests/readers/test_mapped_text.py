"""Texts with runs do what texts with a place for each single character would do."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from sigmine.readers.mapped_text import MappedText, concatenate, join

FILE = "AKT phosphorylates TSC2 at Ser939 and Thr1462."
Places = list[int | None]

spans = st.tuples(st.integers(0, len(FILE)), st.integers(0, len(FILE))).map(sorted)
pieces = st.lists(
    spans.map(lambda span: MappedText.from_file(FILE, *span))
    | st.sampled_from(["", " ", "; "]).map(MappedText.inserted),
    max_size=8,
)
texts = pieces.map(join)


def find_places(content: MappedText) -> Places:
    places: Places = [None] * len(content.text)
    for start, place, length in content.runs:
        assert length > 0
        places[start : start + length] = range(place, place + length)
    assert all(a[0] + a[2] < b[0] or a[1] + a[2] != b[1] for a, b in itertools.pairwise(content.runs)), "runs to be one"
    assert all(a[0] + a[2] <= b[0] for a, b in itertools.pairwise(content.runs))
    return places


@given(pieces)
def test_join(parts: list[MappedText]) -> None:
    whole = join(parts)
    assert whole.text == "".join(part.text for part in parts)
    assert find_places(whole) == [place for part in parts for place in find_places(part)]


@given(texts, st.data())
def test_cut(content: MappedText, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(content.text)))
    end = data.draw(st.integers(start, len(content.text)))
    inner = content.cut(start, end)
    assert inner.text == content.text[start:end]
    assert find_places(inner) == find_places(content)[start:end]
    assert find_places(content.cut(start)) == find_places(content)[start:]


@given(texts, st.data())
def test_remove(content: MappedText, data: st.DataObject) -> None:
    bounds = sorted(data.draw(st.lists(st.integers(0, len(content.text)), max_size=6)))
    removed = list(zip(bounds[::2], bounds[1::2], strict=False))
    kept = content.remove(removed)
    left = [place for place in range(len(content.text)) if not any(low <= place < high for low, high in removed)]
    assert kept.text == "".join(content.text[place] for place in left)
    places = find_places(content)
    assert find_places(kept) == [places[place] for place in left]


def test_nothing_between_no_parts() -> None:
    assert concatenate([]) == MappedText("", ())
