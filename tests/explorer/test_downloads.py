from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import sigmine
from explorer.conftest import Page
from sigmine.errors import MissingDependency
from sigmine.exports import EXPORTS
from sigmine.model import Statement


@pytest.fixture
def page(read_page: Page) -> Page:
    """The tests share one, as nothing is decided."""
    return read_page


@pytest.mark.parametrize("format", sorted(EXPORTS))
def test_every_format_is_what_sigmine_export_writes(
    page: Page, format: str, statements: tuple[Statement, ...], place: Path
) -> None:
    answer = page.client.get("/api/download", params={"format": format})
    expected = io.BytesIO()
    with sigmine.open(place) as known:
        try:
            EXPORTS[format].write(known.statements(), expected)
        except MissingDependency as error:
            expected = io.BytesIO(json.dumps({"error": str(error)}, ensure_ascii=False, separators=(",", ":")).encode())
    assert answer.content == expected.getvalue()
    if answer.status_code == 200:
        assert answer.headers["content-disposition"] == f'attachment; filename="sigmine{EXPORTS[format].suffix}"'


def test_a_view_is_downloaded_as_it_is_seen(page: Page) -> None:
    drawn = page.client.get("/api/download?format=tsv&focus=hgnc:3942&drawn=yes&relation=inhibits")
    assert [line.split("\t")[:3] for line in drawn.text.splitlines()[1:]] == [["RHEB", "inhibits", "MTOR"]]
    assert drawn.headers["content-disposition"] == 'attachment; filename="sigmine-MTOR.tsv"'
    document = page.client.get("/api/download", params={"format": "tsv", "document": 'γ-notes "1"'})
    assert len(document.text.splitlines()) == 2
    assert document.headers["content-disposition"] == 'attachment; filename="sigmine-notes-1.tsv"'
    one = page.ask("statements", text="in our hands")["rows"][0]["id"]
    assert len(page.client.get(f"/api/download?format=tsv&statement={one}").text.splitlines()) == 2


def test_a_format_that_there_is_not_is_refused(page: Page) -> None:
    assert "graphml" in page.ask("download", format="docx", status=400)["error"]
    assert page.ask("download", status=400)["error"]
