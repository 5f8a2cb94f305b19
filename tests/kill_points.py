"""A program for ``test_killing.py``: writes an output folder, is killed, and looks at what is there then.

``kill_points.py FOLDER STEP MODE`` kills a run that replaces ``FOLDER/out`` before its first change of the disk, before
the one STEP later, and so on until a run ends by itself; MODE ``rename`` does without exchanging folders at once. Each
time the folder must be the old or the new one. Prints how often it was which, and fails otherwise.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import fake_pipeline
import sigmine.knowledge
from sigmine import output
from sigmine.assembly import assemble
from sigmine.exports import EXPORTS
from sigmine.model import Document
from sigmine.run import run
from sigmine.store import open_store

LOADED = (assemble, EXPORTS, open_store)  # here, so that each child need not

OLD = Document("note", "AKT1 phosphorylates TSC2 at S939. MTOR activates RPS6KB1.")
NEW = Document("more", "TSC2 inhibits MTOR. LATS1 phosphorylates YAP1 at S127.")
CHANGES = {"os.rename", "os.link", "os.mkdir", "os.rmdir", "os.remove", "os.truncate", "shutil.rmtree", "ctypes.dlsym"}


def in_child(work: Callable[[], int]) -> int:
    """The exit code of the work done in a process of its own, or minus the signal that ended it."""
    child = os.fork()
    if not child:
        code = 70
        try:
            code = work()
        finally:
            sys.stdout.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def write(out: Path, *, add: bool) -> int:
    run([NEW] if add else [OLD], out, add=add, load=fake_pipeline.load)
    return 0


def kill_at(out: Path, number: int) -> int:
    """Adds a document; killed before change ``number`` of the disk."""
    seen = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        writes = event == "open" and isinstance(arguments[1], str) and not arguments[1].startswith("r")
        if event in CHANGES or writes:
            seen += 1
            if seen > number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    return write(out, add=True)


def look(out: Path) -> int:
    """0 if the folder is the old one, 1 if the new one."""
    with sigmine.knowledge.open(out) as known:
        statements = len(known.statements())
    lines = [len((out / name).read_bytes().splitlines()) for name in ("mentions.jsonl", "statements.jsonl")]
    assert (out / "notes.txt").read_text() == "mine"
    assert len((out / "statements.tsv").read_bytes().splitlines()) == statements + 1
    assert lines == [statements, statements], lines
    assert statements in (2, 4), statements
    assert (out / "manifest.json").read_text().count('"sha256": null') == statements // 2
    return int(statements == 4)


def main(folder: Path, step: int, mode: str) -> None:
    if mode == "rename":
        output._find_exchange = lambda: None  # type: ignore[assignment]
    base, out = folder / "base", folder / "out"
    assert in_child(lambda: write(base, add=False)) == 0
    (base / "notes.txt").write_text("mine")
    found = [0, 0]
    number, ended = 0, False
    while not ended:
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(base, out)
        code = in_child(lambda at=number: kill_at(out, at))  # type: ignore[misc]
        assert code in (0, -signal.SIGKILL), code
        state = in_child(lambda: look(out))
        assert state in (0, 1), f"killed before change {number}: neither the old nor the new folder"
        found[state] += 1
        ended = code == 0
        number += step
    assert in_child(lambda: write(out, add=True)) == 0
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["base", "out"], f"left behind: {left}"
    sys.stdout.write(f"{found[0]} {found[1]}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
