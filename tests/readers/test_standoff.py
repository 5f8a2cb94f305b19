"""Stand-off annotation: two files are one document, and the annotation must fit the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigmine.model import Document
from sigmine.readers import ReadFailure, read_documents

TEXT = "AKT inhi-\nbits FOXO1 (β form).\r\n\r\nPTEN opposes AKT."


def write(folder: Path, rows: str, text: str = TEXT, suffix: str = ".a1") -> Path:
    (folder / "x.txt").write_bytes(text.encode())
    (folder / f"x{suffix}").write_bytes(rows.encode())
    return folder


@pytest.mark.parametrize("suffix", [".a1", ".ann"])
@pytest.mark.parametrize("names", [["."], ["x.txt"], ["x.a1"], ["x.txt", "x.a1"]])
def test_the_pair_is_one_document_with_the_text_as_it_is(tmp_path: Path, names: list[str], suffix: str) -> None:
    write(tmp_path, "T1\tProtein 0 3\tAKT\nT2\tProtein 15 20\tFOXO1\nT3\tProtein 47 50\tAKT\n", suffix=suffix)
    paths = [tmp_path / name.replace(".a1", suffix) for name in names]
    [document] = read_documents(paths)
    assert isinstance(document, Document), document
    assert (document.id, document.text, document.offsets) == ("x", TEXT, None)
    assert [mention.text for mention in document.mentions] == ["AKT", "FOXO1", "AKT"]
    assert [TEXT[s.start : s.end] for s in document.sections] == [
        "AKT inhi-\nbits FOXO1 (β form).",
        "PTEN opposes AKT.",
    ]


def test_events_and_notes_are_left_out_and_an_empty_annotation_is_allowed(tmp_path: Path) -> None:
    rows = "E1\tBinding:T1 Theme:T1\n#1\tNote T1\tx\n*\tEquiv T1 T2\nR1\tpart Arg1:T1 Arg2:T2\n"
    for content in (rows, ""):
        [document] = read_documents(write(tmp_path, content))
        assert isinstance(document, Document), document
        assert document.mentions == ()


def test_the_trigger_of_an_event_is_no_entity(tmp_path: Path) -> None:
    rows = "T1\tProtein 0 3\tAKT\nT2\tInhibition 4 14\tinhi- bits\nT3\tProtein 15 20\tFOXO1\n"
    rows += "E1\tInhibition:T2 Agent:T1 Theme:T3\n"
    [document] = read_documents(write(tmp_path, rows, suffix=".ann"))
    assert isinstance(document, Document), document
    assert [mention.text for mention in document.mentions] == ["AKT", "FOXO1"]


def test_a_mention_in_pieces_is_taken_whole(tmp_path: Path) -> None:
    [document] = read_documents(write(tmp_path, "T1\tProtein 0 3;15 20\tAKT FOXO1\n"))
    assert isinstance(document, Document), document
    assert document.mentions[0].text == "AKT inhi-\nbits FOXO1"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("T1\tProtein 0 3\tPTEN\n", "entity T1 is 'PTEN', but the text has 'AKT' at 0:3"),
        ("T1\tProtein 0 999\tAKT\n", "offsets 0:999 are no span"),
        ("T1 Protein 0 3 AKT\n", "line 1: not an entity"),
        (f"T1\tProtein 0 {'9' * 5000}\tAKT\n", "line 1: not an entity"),
    ],
)
def test_an_annotation_that_does_not_fit_is_refused(tmp_path: Path, rows: str, reason: str) -> None:
    [failure] = read_documents(write(tmp_path, rows))
    assert isinstance(failure, ReadFailure)
    assert reason in failure.reason
    assert "x.a1" in failure.reason


def test_an_annotation_without_its_text_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "")
    (tmp_path / "x.txt").unlink()
    [failure] = read_documents(tmp_path / "x.a1")
    assert isinstance(failure, ReadFailure)
    assert "x.txt must stand beside it" in failure.reason
