from __future__ import annotations

import builtins
import json
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import fake_pipeline
import sigmine.cluster
from sigmine.cli.main import app
from sigmine.cluster import do_serially, read_partitions
from sigmine.cluster.partitions import Outcome
from sigmine.cluster.work import Task

pytest.importorskip("pyarrow", reason="partitions need pyarrow, which is in the extra cluster")


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("AKT1 phosphorylates TSC2 at S939.", encoding="utf-8")
    return path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """No Dask, no model; what the engine was asked for."""
    found: dict[str, object] = {}

    def engine(tasks: Iterable[Task], **values: object) -> Iterator[Outcome]:
        for task in tasks:
            found.update(values, seconds=task.seconds)
            yield from do_serially([task])

    monkeypatch.setattr(sigmine.cluster, "do_on_dask", engine)
    monkeypatch.setattr(sigmine.cluster, "distribute", partial(sigmine.cluster.distribute, load=fake_pipeline.load))
    return found


def test_partitions_are_written_and_told(note: Path, tmp_path: Path, asked: dict[str, object]) -> None:
    parts = tmp_path / "parts"
    result = CliRunner().invoke(app, ["distribute", str(note), "--parts", str(parts), "--workers", "3"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("1 documents, 5 words in 1 partitions. Put them together: sigmine merge")
    assert [record.document for _, record in read_partitions(parts)] == ["note"]
    assert asked == {"workers": 3, "scheduler": None, "seconds": 120.0}
    again = CliRunner().invoke(app, ["distribute", str(note), "--parts", str(parts), "--json", "--time-limit", "0"])
    assert json.loads(again.stdout)["kept"] == 1


def test_what_failed_is_named(note: Path, tmp_path: Path, asked: dict[str, object]) -> None:
    result = CliRunner().invoke(app, ["distribute", str(note), str(tmp_path / "no"), "-p", str(tmp_path / "parts")])
    assert result.exit_code == 1
    assert result.stderr == f"sigmine: could not read {tmp_path / 'no'}: no such file or folder.\n"


def test_a_stop_says_what_is_there(note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def engine(tasks: Iterable[Task], **_: object) -> Iterator[Outcome]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(sigmine.cluster, "do_on_dask", engine)
    result = CliRunner().invoke(app, ["distribute", str(note), "--parts", str(tmp_path / "parts")])
    assert result.exit_code != 0
    assert f"stopped: 0 of 1 partitions are in {tmp_path / 'parts'}; the same command goes on." in result.stderr


@pytest.mark.parametrize("missing", ["distributed", "pyarrow"])
def test_without_the_extra_it_says_what_to_install(
    note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    real = builtins.__import__

    def refuse(name: str, *arguments: Any, **values: Any) -> Any:
        if name.split(".")[0] == missing:
            raise ImportError(name)
        return real(name, *arguments, **values)

    monkeypatch.setattr(builtins, "__import__", refuse)
    result = CliRunner().invoke(app, ["distribute", str(note), "--parts", str(tmp_path / "parts")])
    assert result.exit_code == 1
    assert "pip install 'sigmine[cluster]'" in result.stderr
    assert len(result.stderr.splitlines()) <= 2
