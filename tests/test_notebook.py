"""docs/notebook.ipynb runs, and what it shows is what is committed with it: the kinds of it, not each number."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).resolve().parents[1] / "docs" / "notebook.ipynb"
REMAKE = "make the outputs anew: jupyter execute --inplace docs/notebook.ipynb"


def list_code(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def list_kinds(cell: dict[str, Any]) -> list[str]:
    """What each output of a cell is: the kinds of its data, or its type where it has none."""
    return [", ".join(sorted(one.get("data", {}))) or one["output_type"] for one in cell["outputs"]]


def find_text(cell: dict[str, Any]) -> str:
    return json.dumps(cell["outputs"], ensure_ascii=False)


def test_the_notebook_as_it_is_committed() -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    code = list_code(notebook)
    assert len(code) == 10
    assert all(cell["outputs"] for cell in code), REMAKE
    assert all("error" not in kind and "stderr" not in find_text(cell) for cell in code for kind in list_kinds(cell)), (
        REMAKE
    )
    assert sum("image/svg+xml" in kind for cell in code for kind in list_kinds(cell)) == 2
    assert not re.search(r'"/(?:home|root|Users|work)/', NOTEBOOK.read_text(encoding="utf-8")), "a path of one machine"
    assert NOTEBOOK.stat().st_size < 300_000
    assert "timestamp" not in notebook["metadata"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the programs that run it, not of ours
def test_the_notebook_runs(tmp_path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    committed = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    for cell in list_code(notebook):
        cell["outputs"] = []
    client = nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}})
    client.execute()  # raises where a cell fails
    for old, new in zip(list_code(committed), list_code(notebook), strict=True):
        assert list_kinds(new) == list_kinds(old), f"{new['source']}\n{REMAKE}"
    drawn, figure = [one["data"]["image/svg+xml"] for cell in list_code(notebook) for one in cell["outputs"]
                     if "image/svg+xml" in one.get("data", {})]  # fmt: skip
    assert "phosphorylates T308" in drawn
    assert ">mTORC1<" in figure
    assert ">RPS6KB1<" in figure
    assert "mtorc1.pdf" in find_text(list_code(notebook)[-1])
    assert not list(tmp_path.iterdir())  # it writes to a folder of its own
