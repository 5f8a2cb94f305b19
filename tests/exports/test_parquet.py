"""Parquet; what reads it back needs pyarrow, which is in the extra of that name."""

from __future__ import annotations

import builtins
import io
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import fake_pipeline
from sigmine.errors import MissingDependency
from sigmine.exports import EXPORTS
from sigmine.exports.columns import COLUMNS, find_values, list_names
from sigmine.exports.parquet import write_parquet
from sigmine.knowledge import StatementList
from sigmine.model import Document
from store.builders import make_statements


@pytest.fixture
def no_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def fail(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError("No module named 'pyarrow'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", fail)


@pytest.mark.usefixtures("no_pyarrow")
def test_without_the_library_the_command_that_installs_it_is_named() -> None:
    file = io.BytesIO()
    with pytest.raises(MissingDependency, match=r"No module named 'pyarrow'.*pip install 'sigmine\[parquet\]'"):
        write_parquet(make_statements(), file)
    assert file.getvalue() == b""


@pytest.mark.usefixtures("no_pyarrow")
def test_the_command_line_names_it_too_and_leaves_no_file(tmp_path: Path) -> None:
    from sigmine.cli.main import app
    from sigmine.run import run

    run([Document("note", "RHEB activates MTOR.")], tmp_path / "out", load=fake_pipeline.load)
    path = tmp_path / "x.parquet"
    ended = CliRunner().invoke(app, ["export", str(tmp_path / "out"), "--format", "parquet", "-o", str(path)])
    assert ended.exit_code == 1
    assert "pip install 'sigmine[parquet]'" in ended.output
    assert not path.exists()


def test_the_list_of_formats_says_what_to_install() -> None:
    from sigmine.cli.main import app

    shown = CliRunner().invoke(app, ["export", "--formats", "--json"]).stdout
    assert '"requires": "sigmine[parquet]"' in shown
    assert EXPORTS["parquet"].binary


@pytest.mark.slow
def test_columns_have_types_and_descriptions() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    file = io.BytesIO()
    write_parquet(make_statements(), file)
    table = pq.read_table(file)
    types = {"text": "string", "texts": "list<element: string>", "number": "double", "count": "int32", "flag": "bool"}
    assert [(one.name, str(one.type)) for one in table.schema] == [(one.name, types[one.kind]) for one in COLUMNS]
    assert table.schema.field("site").metadata[b"description"].startswith(b"The residue")
    assert table.to_pylist() == [find_values(one) for one in make_statements()]


@pytest.mark.slow
def test_an_empty_file_has_the_columns_and_their_types() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    file, full = io.BytesIO(), io.BytesIO()
    write_parquet((), file)
    write_parquet(make_statements(), full)
    table = pq.read_table(file)
    assert table.num_rows == 0
    assert table.schema.equals(pq.read_table(full).schema)


@pytest.mark.slow
def test_pandas_reads_what_to_pandas_gives() -> None:
    pytest.importorskip("pyarrow")
    import pandas

    file = io.BytesIO()
    write_parquet(make_statements(), file)
    read, frame = pandas.read_parquet(file), StatementList(make_statements()).to_pandas()
    assert list(read.columns) == list_names()
    for name in list_names():
        assert [list(one) if hasattr(one, "tolist") else one for one in read[name]] == list(frame[name]), name
