from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmine.shards import Shard, parse_shard


@given(st.text(), st.integers(1, 50))
def test_each_document_belongs_to_one_part(document: str, count: int) -> None:
    assert sum(Shard(index, count).holds(document) for index in range(1, count + 1)) == 1


def test_parts_are_about_equal() -> None:
    sizes = Counter(index for n in range(3000) for index in range(1, 11) if Shard(index, 10).holds(f"PMC{n}"))
    assert min(sizes.values()) > 200
    assert max(sizes.values()) < 400


def test_which_part_a_document_is_in_never_changes() -> None:
    """The parts of one set may be read on different machines, by different versions of Python."""
    assert [n for n in range(40) if Shard(3, 10).holds(f"PMC{n}")] == [14, 20, 34, 36, 37]


def test_a_part_is_written_as_a_fraction() -> None:
    assert parse_shard("3/10") == Shard(3, 10)
    assert str(Shard(3, 10)) == "3/10"


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "1/0", "a/b", "-1/3", "1/2/3", "1.5/3", ""])
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="part"):
        parse_shard(text)
