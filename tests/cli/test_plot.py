from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from sigmine.cli.plot import plot
from sigmine.exports.drawing.picture import draw_network
from store.builders import make_statements

app = typer.Typer()
app.command()(plot)


def run(out: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [str(out), *arguments])


def flatten(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


@pytest.mark.parametrize(("ending", "start"), [("svg", b"<?xml"), ("PDF", b"%PDF"), ("png", b"\x89PNG")])
def test_the_ending_says_the_format(out: Path, tmp_path: Path, ending: str, start: bytes) -> None:
    path = tmp_path / f"all.{ending}"
    result = run(out, "-o", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert path.read_bytes().startswith(start)


def test_the_picture_is_that_of_the_library(out: Path, tmp_path: Path) -> None:
    result = run(out, "-o", str(tmp_path / "all.svg"), "--title", "All")
    assert (tmp_path / "all.svg").read_bytes() == draw_network(make_statements(), title="All")
    assert result.stderr == "sigmine: left out 2 that are denied or have no subject.\n"


def test_the_filters_hold(out: Path, tmp_path: Path) -> None:
    path = tmp_path / "rheb.svg"
    result = run(out, "--around", "RHEB", "--relation", "activates", "-o", str(path))
    assert (result.exit_code, result.stderr) == (0, "")
    text = path.read_text(encoding="utf-8")
    assert ">MTOR<" in text
    assert ">TSC2<" not in text


def test_what_is_cut_is_told(out: Path, tmp_path: Path) -> None:
    path = tmp_path / "few.svg"
    result = run(out, "--limit", "2", "-o", str(path))
    told = "sigmine: drew 2 of 5 statements, those with most evidence; --limit sets how many."
    assert result.stderr.splitlines()[0] == told
    assert ">TSC2<" in path.read_text(encoding="utf-8"), "what two sentences say"


def test_nothing_that_fits_gives_an_empty_picture_and_is_told(out: Path, tmp_path: Path) -> None:
    path = tmp_path / "none.svg"
    result = run(out, "--relation", "acetylates", "-o", str(path))
    assert result.exit_code == 0
    assert "no statement to draw" in result.stderr
    assert "no statement to draw" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [("-o", "x.jpg"), ("-o", "x"), (), ("-o", "x.svg", "--limit", "0")])
def test_wrong_usage_ends_with_two_and_leaves_no_file(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(out, *arguments)
    assert result.exit_code == 2
    assert not list(tmp_path.iterdir())
    if arguments == ("-o", "x.jpg"):
        assert "Known: .svg, .pdf, .png." in flatten(result.stderr)
