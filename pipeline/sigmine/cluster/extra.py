"""What the extra ``cluster`` brings, imported where it is needed, with what to do where it is absent."""

from __future__ import annotations

from types import ModuleType

from sigmine.errors import MissingDependency

ADVICE = "pip install 'sigmine[cluster]'"


def import_parquet() -> tuple[ModuleType, ModuleType]:
    """``pyarrow`` and ``pyarrow.parquet``.

    Raises:
        MissingDependency: if they cannot be loaded.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingDependency(f"Partitions are Parquet files, read and written with pyarrow: {ADVICE}") from error
    return pyarrow, pyarrow.parquet


def import_distributed() -> ModuleType:
    """Dask's scheduler and workers.

    Raises:
        MissingDependency: if they cannot be loaded.
    """
    try:
        import distributed
    except ImportError as error:
        raise MissingDependency(f"Work is distributed with Dask, which is not installed: {ADVICE}") from error
    module: ModuleType = distributed
    return module
