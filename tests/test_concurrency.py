"""Several at once on one folder or store: who writes, who reads, and what each of them sees."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import fake_pipeline
import sigmine.knowledge
from explorer.conftest import open_pages
from sigmine.model import Document
from sigmine.run import run
from sigmine.store import open_store
from test_killing import WRITER, run_python

TESTS = Path(__file__).parent
OLD = Document("note", "AKT1 phosphorylates TSC2 at S939. MTOR activates RPS6KB1.")
NEW = Document("note", "TSC2 inhibits MTOR.")

READER = """
import sys
from sigmine.errors import StoreError
from sigmine.store import open_store
seen, refused = set(), 0
for _ in range(int(sys.argv[2])):
    try:
        with open_store(sys.argv[1], read_only=True) as store:
            statements = list(store.find_statements())
            versions = {one.sentence.rpartition("v")[2] for each in statements for one in each.evidence}
            counted = store.query("SELECT (COUNT(?e) AS ?n) { ?e a sigmine:Evidence }").rows[0][0]
    except StoreError:
        refused += 1
        continue
    assert len(versions) == 1, versions
    assert len(statements) == counted, (len(statements), counted)
    seen |= versions
assert seen, "nothing could be read"
print(len(seen), refused)
"""

ADDER = """
import sys
import fake_pipeline
from sigmine.errors import StoreError
from sigmine.model import Document
from sigmine.run import run
done = told = 0
for number in range(int(sys.argv[3])):
    try:
        document = Document(f"{sys.argv[2]}{number}", "AKT1 activates MTOR.")
        run([document], sys.argv[1], add=True, load=fake_pipeline.load)
        done += 1
    except StoreError as error:
        assert "process" in str(error), error
        told += 1
print(done, told)
"""


def finish(process: subprocess.Popen[str]) -> list[int]:
    out, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    return [int(word) for word in out.split()]


def test_readers_of_a_store_that_is_being_written_see_whole_versions(tmp_path: Path) -> None:
    place = tmp_path / "store"
    writer = run_python("-c", WRITER, str(place), "25")
    assert writer.stdout is not None
    assert writer.stdout.readline()
    readers = [run_python("-c", READER, str(place), "3") for _ in range(2)]
    try:
        results = [finish(reader) for reader in readers]
    finally:
        writer.kill()
        writer.communicate()
    assert all(seen >= 1 for seen, _ in results)


def test_of_several_that_add_to_a_folder_each_is_done_or_told(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([OLD], out, load=fake_pipeline.load)
    adders = [run_python("-c", ADDER, str(out), name, "6") for name in "ab"]
    done = sum(finish(adder)[0] for adder in adders)
    assert done >= 6
    with sigmine.knowledge.open(out) as known:
        documents = {one.document for statement in known.statements() for one in statement.evidence}
    assert len(documents) == done + 1, "what was said to be done is there"


def test_whoever_has_a_folder_open_goes_on_with_what_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([OLD], out, load=fake_pipeline.load)
    with sigmine.knowledge.open(out) as known:
        before = {statement.id for statement in known.statements()}
        run([NEW], out, load=fake_pipeline.load)
        assert {statement.id for statement in known.statements()} == before
    with sigmine.knowledge.open(out) as known:
        assert [statement.relation for statement in known.statements()] == ["inhibits"]


def test_an_explorer_of_a_folder_that_a_run_replaces_goes_on(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([OLD], out, load=fake_pipeline.load)
    query = "SELECT (COUNT(?s) AS ?n) { ?s a sigmine:Statement }"
    with open_pages(tmp_path / "decisions") as open_page:
        page = open_page(out)
        assert page.ask("ask", sparql="ASK {}")["answer"] is True
        run([NEW], out, load=fake_pipeline.load)
        total = page.ask("statements")["total"]
        assert total == 2
        assert page.ask("ask", sparql=query)["rows"][0][0]["text"] == "2"
        assert page.client.get("/api/download", params={"format": "tsv"}).text.count("\n") == 3
        assert open_page(out).ask("statements")["total"] == 1


def test_a_run_while_the_folder_is_explored_is_not_held_up(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([OLD], out, load=fake_pipeline.load)
    with open_store(out / "store", read_only=True):
        code = "import sys, fake_pipeline\nfrom sigmine.run import run\nfrom sigmine.model import Document\n"
        code += "run([Document('note', 'TSC2 inhibits MTOR.')], sys.argv[1], load=fake_pipeline.load)"
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])}
        done = subprocess.run(
            [sys.executable, "-c", code, str(out)], env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
