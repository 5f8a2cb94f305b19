"""The same documents give the same bytes: on any machine's settings, in any folder, with any number of processes."""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
CODE = sorted((ROOT / "pipeline" / "sigmine").rglob("*.py"))

RUN = """
import os, sys
from pathlib import Path
listed = os.scandir
if sys.argv[1] == "backwards":
    class Backwards(list):
        __enter__ = lambda self: self
        __exit__ = lambda self, *_: None
        __next__ = lambda self: self.pop() if self else next(iter(()))
        close = lambda self: None
    os.scandir = lambda *place: Backwards(sorted(listed(*place), key=lambda entry: os.fsencode(entry.name)))
    names = os.listdir
    os.listdir = lambda *place: sorted(names(*place), reverse=True)
from sigmine.run import run
import fake_pipeline
load = {} if sys.argv[5] == "bundled" else {"load": fake_pipeline.load}
if __name__ == "__main__":
    summary = run(Path(sys.argv[2]), Path(sys.argv[3]), jobs=int(sys.argv[4]), **load)
    sys.stdout.buffer.write(str(summary.counts["mentions"]).encode())
"""

PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"}
SETTINGS: Mapping[str, Mapping[str, str]] = {
    "again": {},
    "no locale": {"LC_ALL": "", "LANG": "", "LANGUAGE": ""},
    "ASCII alone": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    # Where the system has no Turkish, C takes its place; `test_no_function_asks_the_locale` holds there too.
    "Turkish": {"LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "another day": {"TZ": "Etc/GMT+12", "SOURCE_DATE_EPOCH": "0"},
    "other hashes": {"PYTHONHASHSEED": "12345"},
    "optimised": {"PYTHONOPTIMIZE": "1", "PYTHONHASHSEED": "7"},
}


def run(folder: Path, out: Path, *, jobs: int = 1, order: str = "as listed", model: str = "fake", **env: str) -> int:
    """Runs in a process of its own, in the folder above the output; how many mentions it found."""
    program = out.parent / "program.py"
    program.write_text(RUN)
    path = os.pathsep.join([str(ROOT / "pipeline"), str(ROOT / "tests")])
    left_out = ("LC_", "LANG", "PYTHON", "TZ", "SOURCE_DATE_EPOCH")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    done = subprocess.run(
        [sys.executable, str(program), order, os.path.relpath(folder, out.parent), out.name, str(jobs), model],
        env={**kept, **PLAIN, **env, "PYTHONPATH": path},
        cwd=out.parent,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return int(done.stdout)


def hash_output(out: Path) -> dict[str, str]:
    """A hash of each file; of the store, whose files are its own matter, one of its quads."""
    from sigmine.store import open_store

    names = [path for path in sorted(out.rglob("*")) if path.is_file() and "store" not in path.relative_to(out).parts]
    found = {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in names}
    with open_store(out / "store", read_only=True) as store:
        answer = store.query("SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
        rows = sorted(map(repr, answer.rows))
    assert len(rows) > 20
    found["store"] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files whose order, names and letters could depend on the machine; one cannot be read, one fails."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "I").mkdir()
    for name, text in {
        "b.txt": "AKT1 phosphorylates TSC2 at S939. MTOR activates RPS6KB1.",
        "B.txt": "TSC2 inhibits MTOR.",
        "I/i.txt": "INSR activates IRS1. IRS1 binds PIK3R1.",
        "β.txt": "PTEN inhibits AKT1. AKT1 phosphorylates TSC2 at S939.",
        "ı.jsonl": '{"id": "İ", "text": "AKT1 activates MTOR."}\n{"id": "x", "text": 7}\n',
        "fails.txt": "BOOM",
    }.items():
        (folder / name).write_bytes(text.encode())
    Path(os.fsdecode(os.fsencode(folder) + b"/odd\xff.txt")).write_bytes(b"MTOR inhibits ULK1.")
    return folder


@pytest.fixture(scope="module")
def expected(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    out = tmp_path_factory.mktemp("expected") / "out"
    assert run(texts, out) == 9
    found = hash_output(out)
    assert {"manifest.json", "mentions.jsonl", "statements.jsonl", "statements.tsv", "report.html"} <= found.keys()
    return found


_QUICK = ("ASCII alone", "other hashes")


@pytest.mark.parametrize(
    "name", [name if name in _QUICK else pytest.param(name, marks=pytest.mark.slow) for name in SETTINGS]
)
def test_no_setting_of_the_machine_changes_a_byte(
    texts: Path, expected: dict[str, str], tmp_path: Path, name: str
) -> None:
    run(texts, tmp_path / "out", **SETTINGS[name])
    assert hash_output(tmp_path / "out") == expected


def test_neither_the_order_on_the_disk_nor_places_nor_processes_change_a_byte(
    texts: Path, expected: dict[str, str], tmp_path: Path
) -> None:
    copy = shutil.copytree(texts, tmp_path / "copied here" / "texts")
    (tmp_path / "deep" / "down").mkdir(parents=True)
    out = tmp_path / "deep" / "down" / "other name"
    run(copy, out, jobs=3, order="backwards", PYTHONHASHSEED="99")
    assert hash_output(out) == expected


@pytest.mark.slow
def test_with_the_bundled_model_too(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for path in sorted(CORPUS.glob("*.txt"))[:3]:
        shutil.copy(path, folder)
    found = []
    for number, (jobs, order, name) in enumerate(
        [(1, "as listed", "again"), (1, "backwards", "ASCII alone"), (2, "backwards", "other hashes")]
    ):
        (tmp_path / str(number)).mkdir()
        out = tmp_path / str(number) / f"out{number}"
        assert run(folder, out, jobs=jobs, order=order, model="bundled", **SETTINGS[name]) > 50
        found.append(hash_output(out))
    assert found[0] == found[1] == found[2]


# What would make bytes depend on the machine is not used at all.


def test_files_are_opened_with_their_encoding_and_times_have_a_zone() -> None:
    rules = ["--preview", "--select", "PLW1514,DTZ", "--no-cache", "--output-format", "concise", "pipeline"]
    done = subprocess.run([sys.executable, "-m", "ruff", "check", *rules], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


def test_no_function_asks_the_locale_or_the_time_zone() -> None:
    banned = ("locale.", "time.localtime", "time.ctime", "time.asctime", "time.mktime", "time.tzset")
    problems = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node).startswith(banned)
    ]
    assert not problems
