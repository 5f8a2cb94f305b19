"""Statements as a Parquet file, for pandas, polars, R, DuckDB and the like, through pyarrow (extra ``parquet``)."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType
from typing import IO

from sigmine.assembly.merge import sort_key
from sigmine.errors import MissingDependency
from sigmine.exports.columns import COLUMNS, find_values
from sigmine.model.statement import Statement


def write_parquet(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """A row a statement, sorted by relation, names and site; the columns are ``sigmine.exports.columns.COLUMNS``.

    Lists are lists, counts 32-bit integers, what is not known is null; the description of each column stands with it.

    Raises:
        MissingDependency: if pyarrow is not installed (``pip install 'sigmine[parquet]'``).
    """
    pa, pq = _import_library()
    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "number": pa.float64(),
        "count": pa.int32(),
        "flag": pa.bool_(),
    }
    schema = pa.schema(
        [
            pa.field(one.name, types[one.kind], nullable=one.kind == "text", metadata={"description": one.meaning})
            for one in COLUMNS
        ]
    )
    rows = [find_values(statement) for statement in sorted(statements, key=sort_key)]
    buffer = pa.BufferOutputStream()  # not the file: pyarrow would close it
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), buffer, compression="zstd")
    file.write(buffer.getvalue())


def _import_library() -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingDependency(
            f"Parquet is written with pyarrow, which cannot be loaded ({error}); install one that fits: "
            "pip install 'sigmine[parquet]'"
        ) from error
    return pyarrow, pyarrow.parquet
