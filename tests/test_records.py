from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sigmine.analysis import Reading
from sigmine.errors import StoreError
from sigmine.model import Statement
from sigmine.records import Record, dump_record, load_record, make_record
from store.builders import PLAIN, make_evidence
from store.test_statements import statements

READING = Reading("note", "papers/note.txt", "ab", 50, 2, 9, (), (PLAIN,))


def test_a_record_has_all_of_a_reading_and_its_row() -> None:
    record = make_record(READING, "key", "run1")
    assert tuple(record.load_evidence()) == (PLAIN,)
    assert (record.document, record.key, record.failed) == ("note", "key", False)
    assert (record.row["run"], record.row["file"], record.row["mentions"]) == ("run1", "note.txt", 1)


def test_a_failure_is_a_record_too() -> None:
    record = make_record(Reading("bad", "bad.txt", failure="no text."), "key", "run1")
    assert record.failed
    assert record.row["reason"] == "no text."
    assert load_record(dump_record(record)) == record


def test_a_reading_that_cannot_be_written_is_a_failure() -> None:
    half = make_evidence("AKT1 \ud835 activates MTOR.", "activates", "AKT1", "MTOR")
    record = make_record(replace(READING, evidence=(half,)), "key", "run1")
    assert record.failed
    assert "its text has characters that are no text" in record.row["reason"]
    assert not record.lines


def test_so_is_a_file_whose_name_is_no_text() -> None:
    record = make_record(replace(READING, document="\udcff", source="papers/\udcff.txt"), "key", "run1")
    assert (record.document, record.row["file"]) == ("\\udcff", "\\udcff.txt")
    assert "its name has characters" in record.row["reason"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(statements(), st.text(), st.dictionaries(st.text(), st.integers() | st.text() | st.none()))
def test_a_line_gives_back_its_record(statement: Statement, key: str, row: dict[str, object]) -> None:
    record = Record("note", key, row).with_evidence(statement.evidence)
    line = dump_record(record)
    assert line.count(b"\n") == 1
    assert load_record(line) == record
    assert dump_record(load_record(line)) == line
    assert tuple(load_record(line).load_evidence()) == statement.evidence


@pytest.mark.parametrize("cut", [1, 10, 60, -20])
def test_a_damaged_line_is_told(cut: int) -> None:
    with pytest.raises(StoreError, match="The record of a document cannot be read"):
        load_record(dump_record(make_record(READING, "key", "run1"))[:cut])


def test_a_line_is_json() -> None:
    row = json.loads(dump_record(make_record(READING, "key", "run1")))
    assert list(row) == ["document", "key", "row", "evidence"]
