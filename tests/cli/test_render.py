from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from sigmine.cli.main import app
from web.pages import Element, find_fetches, read_page

pytestmark = pytest.mark.usefixtures("fake_reading")

TEXT = "Cells grow. AKT1 phosphorylates TSC2 at S939. MTOR activates RPS6KB1.\n"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def render(*arguments: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["render", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def find_labels(page: Element) -> list[str]:
    return [one.text for one in page.find_all("text", "label")]


def test_a_text_becomes_a_page(note: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    result = render(note, "-o", out)
    assert (result.stdout, result.stderr) == ("", "")
    html = out.read_text(encoding="utf-8")
    page = read_page(html)
    assert find_labels(page) == ["phosphorylates S939", "activates"]
    assert page.find_all("title")[0].text == "note"
    assert "Cells grow." in page.text
    assert find_fetches(html) == []
    assert render(note).stdout == html


def test_what_is_in_a_text_never_becomes_part_of_the_page(tmp_path: Path) -> None:
    path = tmp_path / "a<b>.txt"
    path.write_text("<script>alert(1)</script> AKT1 activates TSC2. <img src=x onerror=alert(2)>", encoding="utf-8")
    page = read_page(render(path).stdout)
    assert not [*page.find_all("script"), *page.find_all("img"), *page.find_all("b")]
    assert "<script>alert(1)</script>" in page.text


def test_relations_can_be_chosen(note: Path) -> None:
    assert find_labels(read_page(render(note, "--relation", "activates").stdout)) == ["activates"]
    assert find_labels(read_page(render(note, "--molecule", "tsc2").stdout)) == ["phosphorylates S939"]
    assert find_labels(read_page(render(note, "--molecule", "hgnc:3942").stdout)) == ["activates"]
    assert find_labels(read_page(render(note, "--min-belief", "0.9").stdout)) == []
    only = read_page(render(note, "--relations-only", "--relation", "activates").stdout)
    assert find_labels(only) == ["activates"]
    assert "Cells grow." not in only.text
    assert "There is no relation 'activate'" in render(note, "--relation", "activate", code=2).stderr


def test_what_cannot_be_read_is_named_and_the_others_go_on(note: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("BOOM", encoding="utf-8")
    result = render(bad, tmp_path / "none.txt", note, code=1)
    page = read_page(result.stdout)
    assert len(find_labels(page)) == 2
    assert {line.split(":")[0] for line in result.stderr.splitlines()} == {"sigmine"}
    assert "bad.txt" in result.stderr
    assert "none.txt" in result.stderr
    assert len(page.find_all("p", "failure")) == 2


def test_nothing_but_failures_is_a_page_that_says_so(tmp_path: Path) -> None:
    page = read_page(render(tmp_path / "none.txt", code=1).stdout)
    assert "none.txt" in page.find_all("p", "failure")[0].text
    assert not page.find_all("article")


def test_a_folder_of_a_run_has_its_texts_where_they_are_found(note: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert CliRunner().invoke(app, ["run", str(note), "--out", str(out)]).exit_code == 0
    page = read_page(render(out).stdout)
    assert find_labels(page) == ["phosphorylates S939", "activates"]
    assert "Cells grow." in page.text
    note.write_text(TEXT + "It has changed.", encoding="utf-8")  # another text than the one that was read
    page = read_page(render(out, "--molecule", "TSC2").stdout)
    assert find_labels(page) == ["phosphorylates S939"]
    assert "Cells grow." not in page.text
    assert "The text is not here" in page.text


def test_runs_and_files_go_on_one_page_in_their_order(note: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert CliRunner().invoke(app, ["run", str(note), "--out", str(out)]).exit_code == 0
    other = shutil.copy(note, tmp_path / "other.txt")
    page = read_page(render(other, out, other).stdout)
    assert [one.text for one in page.find_all("h2")] == ["other", "note", "other"]
