from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigmine.assembly import assemble, statement_file
from sigmine.assembly.statement_file import StatementFile
from sigmine.model import Evidence
from sigmine.model.record import dump_evidence
from store.builders import make_entity, make_evidence

NAMES = ("AKT1", "TSC2", "MTOR", "β-arrestin", "ßX", "\U0001d6fd", "Ａ")
SITES = ("", "S9", "S21", "S939", "T308", "S99999999999999999999999")


def with_records(items: Iterable[Evidence]) -> Iterator[tuple[Evidence, bytes]]:
    return ((item, dump_evidence(item).encode()) for item in items)


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    subject, object_ = draw(st.sampled_from(NAMES)), draw(st.sampled_from(NAMES))
    sentence = f"{subject} acts on {object_}."
    return make_evidence(
        sentence,
        draw(st.sampled_from(("phosphorylates", "activates", "binds"))),
        make_entity(sentence, subject) if draw(st.booleans()) else None,
        make_entity(sentence, object_),
        site=draw(st.sampled_from(SITES)),
        document=draw(st.sampled_from("abc")),
        negated=draw(st.booleans()),
        prior=draw(st.sampled_from((0.5, 0.81234567, 0.99))),
    )


@pytest.mark.parametrize("kept", [1, 3_000], ids=["from the file", "kept in memory"])
def test_a_file_gives_what_memory_gives(tmp_path: Path, kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statement_file, "_KEPT", kept)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(evidence(), max_size=25))
    def check(items: list[Evidence]) -> None:
        with StatementFile(tmp_path / "statements", with_records(items)) as statements:
            assert tuple(statements) == assemble(items)
            assert tuple(statements) == assemble(items), "it can be gone through again"
            assert len(statements) == len(assemble(items))
        assert not (tmp_path / "statements").exists()

    check()


def test_more_rows_than_are_written_at_once(tmp_path: Path) -> None:
    sentence = "AKT1 phosphorylates TSC2."
    plain = make_evidence(sentence, "phosphorylates", "AKT1", "TSC2")
    items = [replace(plain, document=f"d{n % 1_700}", start=n, end=n + 25) for n in range(4_500)]
    with StatementFile(tmp_path / "statements", with_records(items)) as statements:
        (statement,) = statements
    assert statement.evidence == tuple(items), "in the order given"


def test_an_error_leaves_no_file(tmp_path: Path) -> None:
    def fail() -> object:
        raise ZeroDivisionError
        yield

    with pytest.raises(ZeroDivisionError):
        StatementFile(tmp_path / "statements", fail())  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
