from __future__ import annotations

import logging
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from sigmine.errors import StoreError
from sigmine.journal import Journal, find_journal
from sigmine.records import Record, make_record
from test_records import READING

RECORD = make_record(READING, "key", "run1")
FAILURE = Record("bad", "bad-key", {"document": "bad", "file": None, "sha256": None, "reason": "no text."})


def test_what_was_written_is_found_again_by_the_same_run(tmp_path: Path) -> None:
    path = tmp_path / ".out.journal"
    with Journal(path, "run1") as journal:
        assert journal.find("key", "note") is None
        number = journal.add(RECORD)
        assert journal.find("key", "note") == number
        assert journal.load(number) == RECORD
    with Journal(path, "run1") as journal:
        number = journal.find("key", "note") or 0
        assert journal.load(number) == RECORD
        assert journal.find("other", "note") is None
        assert journal.find("key", "note-2") is None, "the same file in another folder is another document"
        assert not journal.was_kept(number)


def test_another_run_knows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with Journal(path, "run1") as journal:
        journal.add(RECORD)
    with Journal(path, "run2") as journal:
        assert journal.find("key", "note") is None


def test_nor_does_one_that_forgets(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with Journal(path, "run1") as journal:
        journal.add(RECORD)
    with Journal(path, "run1", forget=True) as journal:
        assert journal.find("key", "note") is None


def test_failures_are_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with Journal(path, "run1") as journal:
        assert journal.load(journal.add(FAILURE)) == FAILURE
        journal.add(RECORD)
        assert journal.find("bad-key", "bad") is None
    with Journal(path, "run1") as journal:
        assert journal.find("key", "note") is not None
        assert journal.database.execute("SELECT COUNT(*) FROM record").fetchone() == (1,)


def test_a_journal_that_holds_nothing_new_leaves_no_file(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal", "run1") as journal:
        assert journal.was_kept(journal.add(RECORD, kept=True))
    assert list(tmp_path.iterdir()) == []
    with Journal(tmp_path / "journal", "run1") as journal:
        journal.add(RECORD)
        journal.discard()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"no database " * 500, b"SQLite format 3\0" + bytes(5000)])
def test_a_damaged_journal_is_begun_anew(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "journal"
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING, "sigmine"), Journal(path, "run1") as journal:
        assert journal.find("key", "note") is None
        journal.add(RECORD)
    assert "is damaged" in caplog.text
    with Journal(path, "run1") as journal:
        assert journal.find("key", "note") is not None


def test_a_journal_of_another_version_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with Journal(path, "run1") as journal:
        journal.add(RECORD)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with Journal(path, "run1") as journal:
        assert journal.find("key", "note") is None


def test_what_is_half_a_letter_can_be_a_name(tmp_path: Path) -> None:
    odd = replace(RECORD, document="\udcff")
    with Journal(tmp_path / "journal", "run1") as journal:
        assert journal.load(journal.add(odd)) == odd
        assert journal.find("key", "\udcff") is not None


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Cannot write the journal"):
        Journal(tmp_path / "none" / "journal", "run1")


def test_the_journal_stands_beside_its_folder(tmp_path: Path) -> None:
    assert find_journal(tmp_path / "out") == tmp_path / ".out.journal"
