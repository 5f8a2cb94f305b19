from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

import fake_pipeline
from explorer.conftest import Open, Page
from sigmine.errors import ResourceError
from sigmine.explorer import document_view
from sigmine.model import Document, Entity
from sigmine.run import run

TEXT = "AKT1 phosphorylates TSC2 at S939. Nothing <b>happens</b> here. MTOR activates RPS6KB1. RHEB sits there.\n"


@pytest.fixture
def page(read_page: Page) -> Page:
    """The tests share one, as nothing is decided."""
    return read_page


def find_rheb(document: Document, options: object) -> tuple[Entity, ...]:
    """In the place of the language pipeline."""
    at = document.text.index("RHEB")
    return (Entity("RHEB", at, at + 4, "PROTEIN", "RHEB", "hgnc:10011"),)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    run([tmp_path / "note.txt"], tmp_path / "out", load=fake_pipeline.load)
    return tmp_path / "out"


def wait(page: Page, name: str = "note") -> dict[str, Any]:
    for _ in range(200):
        found: dict[str, Any] = page.ask("document", id=name)
        if found["state"] != "reading":
            return found
        time.sleep(0.02)
    raise AssertionError("the document is never read")


def list_pieces(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [piece for block in found["blocks"] for part in block["parts"] for piece in part["pieces"]]


def test_the_running_text_is_shown_with_statements_at_once_and_with_names_when_it_is_read(
    out: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_view, "read_entities", find_rheb)
    page = open_page(out)
    assert page.ask("documents") == {"documents": [{"id": "note", "evidence": 2, "file": "note.txt"}]}
    found = wait(page)
    assert found["state"] == "read"
    text = "".join(piece["text"] for piece in list_pieces(found))
    assert text.split() == TEXT.split()
    [rheb] = [piece for piece in list_pieces(found) if piece["text"] == "RHEB"]
    assert (rheb["kinds"], rheb["curie"]) == (["mention"], "hgnc:10011")
    stated = [part for block in found["blocks"] for part in block["parts"] if "statements" in part]
    assert ["".join(piece["text"] for piece in part["pieces"]) for part in stated] == [
        "AKT1 phosphorylates TSC2 at S939.",
        "MTOR activates RPS6KB1.",
    ]
    assert [row["label"] for row in found["statements"]] == [
        "AKT1 phosphorylates TSC2 at S939",
        "MTOR activates RPS6KB1",
    ]
    assert [part["statements"] for part in stated] == [[row["id"]] for row in found["statements"]]


def test_the_first_answer_does_not_wait_for_the_model(
    out: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    ready = Event()

    def read_slowly(document: Document, options: object) -> tuple[Entity, ...]:
        ready.wait(20)
        return ()

    monkeypatch.setattr(document_view, "read_entities", read_slowly)
    page = open_page(out)
    first = page.ask("document", id="note")
    assert first["state"] == "reading"
    assert first["note"]
    assert any("subject" in piece.get("kinds", ()) for piece in list_pieces(first))
    ready.set()
    assert wait(page)["state"] == "read"


def test_a_failure_of_the_reading_is_told_and_may_be_tried_again(
    out: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(document: Document, options: object) -> tuple[Entity, ...]:
        raise ResourceError("the model is missing")

    monkeypatch.setattr(document_view, "read_entities", fail)
    page = open_page(out)
    failed = wait(page)
    assert (failed["state"], "the model is missing" in failed["note"]) == ("failed", True)
    monkeypatch.setattr(document_view, "read_entities", find_rheb)
    assert wait(page)["state"] == "read"


@pytest.mark.parametrize("change", ["gone", "altered"])
def test_without_the_text_the_sentences_are_shown_and_what_to_do(out: Path, open_page: Open, change: str) -> None:
    file = out.parent / "note.txt"
    if change == "gone":
        file.unlink()
    else:
        file.write_text("Something else. " + TEXT, encoding="utf-8")
    found = open_page(out).ask("document", id="note")
    assert found["state"] == "missing"
    assert "--texts" in found["note"]
    assert [[piece["text"] for piece in part["pieces"]] for block in found["blocks"] for part in block["parts"]] == [
        ["AKT1", " ", "phosphorylates", " ", "TSC2", " at ", "S939", "."],
        ["MTOR", " ", "activates", " ", "RPS6KB1", "."],
    ]


def test_texts_are_found_where_one_says(
    out: Path, open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_view, "read_entities", find_rheb)
    away = tmp_path / "elsewhere" / "texts"
    away.mkdir(parents=True)
    (out.parent / "note.txt").rename(away / "note.txt")
    assert open_page(out).ask("document", id="note")["state"] == "missing"
    assert wait(open_page(out, texts=(away,)))["state"] == "read"


def test_a_document_of_odd_name_and_with_markup_is_shown(page: Page) -> None:
    found = page.ask("document", id='γ-notes "1"')
    assert found["state"] == "missing"
    assert "<script>alert(1)</script>" in [piece["text"] for piece in list_pieces(found)]


@pytest.mark.slow
def test_the_way_to_an_end_is_that_of_sigmine_why(out: Path, open_page: Open) -> None:
    page = open_page(out)
    row = page.ask("document", id="note")["statements"][0]
    piece = page.ask("statement", id=row["id"])["pieces"][0]
    for _ in range(600):
        answer = page.ask("why", statement=row["id"], evidence=piece["id"])
        if answer["state"] != "reading":
            break
        time.sleep(0.1)
    assert answer["state"] == "read"
    [statement] = [one for sentence in answer["sentences"] for one in sentence["statements"]]
    assert [end["name"] for end in statement["ends"]] == ["AKT1", "TSC2"]
    assert statement["ends"][0]["words"][0]["text"] == "phosphorylates"
    named = [piece["text"] for piece in list_pieces(wait(page)) if "mention" in piece.get("kinds", ())]
    assert "RHEB" in named
