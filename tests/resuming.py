"""A program for ``test_resuming.py``: starts the same run again and again, and kills it each time, until one ends.

``resuming.py FOLDER KILLS SEED`` writes FOLDER/out from the texts in FOLDER/texts; each process is killed by SIGKILL at
a random moment, mostly while documents are read, sometimes while the folder is written. Whenever one comes to its end,
the folder is compared with that of a run that nobody disturbed, and all begins anew. Prints as JSON how many were
killed, how many came to an end, and how many documents each of these had found in the journal.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

import fake_pipeline
import sigmine.journal
from sigmine.analysis import Analyser, Options
from sigmine.assembly import assemble
from sigmine.exports import EXPORTS
from sigmine.run import run
from sigmine.store import open_store

LOADED = (assemble, EXPORTS, open_store)  # here, so that each child need not
DOCUMENTS = 120
SECONDS = 0.004
"""How long the reading of one document takes."""


def write_texts(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    names = ("AKT1", "TSC2", "MTOR", "RPS6KB1", "LATS1", "YAP1")
    for number in range(DOCUMENTS):
        one, two = names[number % 6], names[(number * 5 + 1) % 6]
        text = f"{one} phosphorylates {two} at S{number % 7 + 1}. {two} inhibits {one}. K{number} binds {one}."
        (folder / f"{number:03}.txt").write_text("BOOM" if number % 50 == 49 else text, encoding="utf-8")


def load(options: Options) -> Analyser:
    analyse = fake_pipeline.load(options)

    def slow(documents):  # type: ignore[no-untyped-def]
        for document in documents:
            time.sleep(SECONDS)
            yield from analyse([document])

    return slow


def start(folder: Path, out: str) -> int:
    """A process that runs; gives its PID."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        summary = run([folder / "texts"], folder / out, load=load)
        (folder / "resumed").write_text(str(len(summary.resumed)))
        code = 0
    finally:
        os._exit(code)


def wait(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def read_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def main(folder: Path, kills: int, seed: int) -> None:
    sigmine.journal._SECONDS = 0.02
    choose = random.Random(seed)
    write_texts(folder / "texts")
    began = time.monotonic()
    assert wait(start(folder, "whole")) == 0
    taken = time.monotonic() - began
    whole = read_files(folder / "whole")
    killed, rounds, resumed = 0, 0, []
    while killed < kills:
        child = start(folder, "out")
        time.sleep(taken * choose.uniform(0.0, choose.choice((0.3, 1.2))))
        os.kill(child, signal.SIGKILL)
        code = wait(child)
        assert code in (0, -signal.SIGKILL), code
        if code:
            killed += 1
            continue
        rounds += 1
        resumed.append(int((folder / "resumed").read_text()))
        assert read_files(folder / "out") == whole, "not what an uninterrupted run writes"
        shutil.rmtree(folder / "out")
    assert wait(start(folder, "out")) == 0
    resumed.append(int((folder / "resumed").read_text()))
    assert read_files(folder / "out") == whole, "not what an uninterrupted run writes"
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["out", "resumed", "texts", "whole"], left
    sys.stdout.write(json.dumps({"killed": killed, "rounds": rounds + 1, "resumed": resumed}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
