from __future__ import annotations

import json
import logging
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import fake_pipeline
import samples
import troubled_reading
from grounding.sequences import FASTA, write_fasta
from sigmine.analysis import Analysis, Options, Reading
from sigmine.errors import GroundingError, ReadError, ResourceError, StoreError
from sigmine.model import Document
from sigmine.model.json import statement_from_json
from sigmine.rereading import load_run_options
from sigmine.run import extract, run
from sigmine.store import open_store

NOTE = Document("note", "AKT1 phosphorylates TSC2 at S939. MTOR activates RPS6KB1.")
MORE = Document("more", "MTOR activates RPS6KB1. TSC2 inhibits MTOR. β1 binds MTOR.")
BAD = Document("bad", "BOOM")
FILES = [
    "graph.graphml", "manifest.json", "mentions.jsonl", "readings.jsonl", "report.html", "statements.jsonl",
    "statements.tsv", "store",
]  # fmt: skip


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_extract_gives_one_reading_for_each_document_in_order() -> None:
    readings = list(extract([NOTE, MORE], load=fake_pipeline.load))
    assert [reading.document for reading in readings] == ["note", "more"]
    assert [len(reading.evidence) for reading in readings] == [2, 3]
    assert readings[0].evidence[1].sentence == "MTOR activates RPS6KB1."
    assert (readings[0].words, readings[0].characters) == (8, len(NOTE.text))


def test_extract_takes_one_document_as_well() -> None:
    (reading,) = extract(NOTE, load=fake_pipeline.load)
    assert reading.document == "note"


def test_a_failing_document_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "sigmine")
    readings = list(extract([NOTE, BAD, MORE], load=fake_pipeline.load))
    assert [reading.document for reading in readings] == ["note", "bad", "more"]
    assert [reading.failure for reading in readings] == [None, "ZeroDivisionError: no way to read bad", None]
    assert readings[1].evidence == ()
    assert len(readings[2].evidence) == 3
    assert "Traceback" in caplog.text


def test_a_missing_file_is_reported_in_its_place(tmp_path: Path) -> None:
    readings = list(extract([NOTE, tmp_path / "none.txt", MORE], load=fake_pipeline.load))
    assert [reading.document for reading in readings] == ["note", "none", "more"]
    assert readings[1].failure
    assert str(tmp_path / "none.txt") == readings[1].source


def test_missing_resources_stop_everything() -> None:
    def load(options: Options) -> Any:
        raise ResourceError("The bundled language model is missing.")

    with pytest.raises(ResourceError, match="model is missing"):
        list(extract([NOTE, MORE], load=load))


def test_documents_are_read_as_they_are_asked_for() -> None:
    asked = []

    def documents() -> Any:
        for number in range(1000):
            asked.append(number)
            yield replace(NOTE, id=str(number))

    readings = extract(documents(), load=fake_pipeline.load)
    assert next(readings).document == "0"
    assert len(asked) < 200


def test_more_processes_give_the_same_readings() -> None:
    documents = [replace(document, id=f"{document.id}{n}") for n in range(100) for document in (NOTE, BAD, MORE)]
    alone = list(extract(documents, load=fake_pipeline.load))
    assert list(extract(documents, load=fake_pipeline.load, jobs=2)) == alone


def test_run_writes_all_its_files(tmp_path: Path) -> None:
    out = tmp_path / "out"
    seen: list[Reading] = []
    summary = run([NOTE, MORE, BAD], out, load=fake_pipeline.load, on_reading=seen.append)
    assert sorted(path.name for path in out.iterdir()) == FILES == list(summary.files)
    assert [reading.document for reading in seen] == ["note", "more", "bad"]
    assert [row["evidence"]["document"] for row in read_lines(out / "mentions.jsonl")] == ["note"] * 2 + ["more"] * 3
    statements = [statement_from_json(row) for row in read_lines(out / "statements.jsonl")]
    assert [statement.relation for statement in statements] == ["activates", "binds", "inhibits", "phosphorylates"]
    assert [evidence.document for evidence in statements[0].evidence] == ["note", "more"]
    assert "β1" in (out / "statements.tsv").read_text(encoding="utf-8")
    assert summary.counts["statements"] == 4
    assert summary.counts["relations"] == {"activates": 1, "binds": 1, "inhibits": 1, "phosphorylates": 1}
    assert summary.molecules[0] == ("MTOR", 3)


def test_the_manifest_says_what_was_read_and_with_what(tmp_path: Path) -> None:
    options = Options(entities="given", assume_protein=True)
    (tmp_path / "a.txt").write_text(NOTE.text, encoding="utf-8")
    summary = run([tmp_path / "a.txt", BAD], tmp_path / "out", options=options, load=fake_pipeline.load)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["program"], manifest["schema"], manifest["run"]) == ("sigmine", 2, summary.run)
    assert manifest["options"] == {
        "entities": "given",
        "assume_protein": True,
        "ner": None,
        "format": None,
        "max_megabytes": None,
        "proteome": None,
        "lexicon": None,
        "fast": False,
    }
    assert {"code", "rules"} <= set(manifest["sha256"])
    assert manifest["dependencies"]["spacy"]
    (document,) = manifest["documents"]
    assert (document["document"], document["file"], document["mentions"]) == ("a", "a.txt", 2)
    assert len(document["sha256"]) == 64
    assert manifest["failures"] == [
        {"document": "bad", "file": None, "sha256": None, "reason": "ZeroDivisionError: no way to read bad"}
    ]
    assert manifest["counts"] == summary.counts
    assert str(tmp_path) not in json.dumps(manifest)


def test_running_again_gives_the_same_bytes(tmp_path: Path) -> None:
    run([NOTE, MORE], tmp_path / "one", load=fake_pipeline.load)
    first = read_texts(tmp_path / "one")
    run([NOTE, MORE], tmp_path / "one", load=fake_pipeline.load)
    run([NOTE, MORE], tmp_path / "two", load=fake_pipeline.load)
    assert read_texts(tmp_path / "one") == first == read_texts(tmp_path / "two")


def test_other_options_are_another_run(tmp_path: Path) -> None:
    one = run([NOTE], tmp_path / "one", load=fake_pipeline.load)
    two = run([NOTE], tmp_path / "two", load=fake_pipeline.load, options=Options(entities="own"))
    assert one.run != two.run


def test_a_run_that_breaks_off_leaves_the_old_output(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([NOTE], out, load=fake_pipeline.load)
    before = read_texts(out)

    def stop(reading: Reading) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([MORE], out, load=fake_pipeline.load, on_reading=stop)
    assert read_texts(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.journal", "out"]


@pytest.mark.parametrize("documents", [[], [BAD]])
def test_a_run_that_reads_nothing_is_an_error_and_leaves_the_old_output(
    tmp_path: Path, documents: list[Document]
) -> None:
    out = tmp_path / "out"
    run([NOTE], out, load=fake_pipeline.load)
    before = read_texts(out)
    with pytest.raises(ReadError, match="Nothing was read"):
        run(iter(documents), out, load=fake_pipeline.load)
    assert read_texts(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_the_user_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"name": "a web application"}')

    def load(options: Options) -> Any:
        raise AssertionError("nothing is loaded")

    with pytest.raises(StoreError, match="sigmine did not write"):
        run([NOTE], tmp_path, load=load)


def test_documents_of_one_name_are_told_apart_and_a_file_given_twice_counts_once(tmp_path: Path) -> None:
    for folder, text in (("a", NOTE.text), ("b", MORE.text)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "main.txt").write_text(text, encoding="utf-8")
    paths = [tmp_path / "a" / "main.txt", tmp_path / "b" / "main.txt", tmp_path / "a" / "main.txt"]
    run(paths, tmp_path / "out", load=fake_pipeline.load)
    rows = read_lines(tmp_path / "out" / "mentions.jsonl")
    assert [row["evidence"]["document"] for row in rows] == ["main"] * 2 + ["main-2"] * 3


def test_samples_are_read_with_identity(tmp_path: Path) -> None:
    run([NOTE], tmp_path / "out", load=fake_pipeline.load)
    row = read_lines(tmp_path / "out" / "statements.jsonl")[0]
    assert row["subject"]["curie"] == samples.CURIES["MTOR"]


def test_residues_are_checked_against_a_proteome(tmp_path: Path) -> None:
    note = Document("sites", "MTOR phosphorylates AKT1 at S473. MTOR phosphorylates AKT1 at T473. TSC2 binds AKT1.")
    options = Options(proteome=str(write_fasta(tmp_path / "human.fasta.gz")))
    summary = run([note], tmp_path / "out", options=options, load=fake_pipeline.load)
    sites = {status: count for status, count in summary.counts["sites"].items() if count}
    assert sites == {"valid": 1, "impossible": 1}
    rows = read_lines(tmp_path / "out" / "statements.jsonl")
    assert [(row["site"], row.get("site_status")) for row in rows] == [
        (None, None), ("S473", "valid"), ("T473", "impossible")
    ]  # fmt: skip
    (site,) = rows[2]["evidence"][0]["sites"]
    assert (site["status"], site["note"]) == ("impossible", "S473 in P31749")
    assert statement_from_json(rows[2]).site_status == "impossible"
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["options"]["proteome"] == "human.fasta.gz"
    assert len(manifest["sha256"]["proteome"]) == 64
    assert load_run_options(tmp_path / "out") == Options(), "the file is not known by its name alone"


def test_another_proteome_is_another_run_and_its_folder_does_not_matter(tmp_path: Path) -> None:
    runs = []
    for folder, text in (("a", FASTA), ("b", FASTA), ("c", FASTA + FASTA[: FASTA.index(">", 1)])):
        (tmp_path / folder).mkdir()
        options = Options(proteome=str(write_fasta(tmp_path / folder / "human.fasta", text)))
        runs.append(run([NOTE], tmp_path / folder / "out", options=options, load=fake_pipeline.load).run)
    assert runs[0] == runs[1] != runs[2]


def test_several_processes_check_residues_alike(tmp_path: Path) -> None:
    documents = [Document(f"d{n}", "MTOR phosphorylates AKT1 at S473." * 2000) for n in range(4)]
    options = Options(proteome=str(write_fasta(tmp_path / "human.fasta")))
    alone = list(extract(documents, options=options, load=fake_pipeline.load))
    assert alone[0].evidence[0].mention.sites[0].status == "valid"
    assert list(extract(documents, options=options, load=fake_pipeline.load, jobs=2)) == alone


def test_a_proteome_that_cannot_be_used_stops_everything(tmp_path: Path) -> None:
    with pytest.raises(GroundingError, match="Cannot read the proteome"):
        run([NOTE], tmp_path / "out", options=Options(proteome="none.fasta"), load=fake_pipeline.load)
    wrong = tmp_path / "wrong.fasta"
    wrong.write_text("AKT1", encoding="utf-8")
    with pytest.raises(GroundingError, match="is no FASTA file: line 1"):
        run([NOTE], tmp_path / "out", options=Options(proteome=str(wrong)), load=fake_pipeline.load)
    assert not (tmp_path / "out").exists()


def test_the_manifest_holds_the_hash_of_own_names(tmp_path: Path) -> None:
    from sigmine.manifest import describe_program

    table = tmp_path / "mine.tsv"
    table.write_text("A1\thgnc:391\n", encoding="utf-8")
    before = describe_program({"lexicon": str(table)})
    table.write_text("A2\thgnc:391\n", encoding="utf-8")
    after = describe_program({"lexicon": str(table)})
    assert before["sha256"]["own_lexicon"] != after["sha256"]["own_lexicon"]
    assert before["run"] != after["run"]
    assert "own_lexicon" not in describe_program({"lexicon": None})["sha256"]


def test_sentences_too_long_to_be_read_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run([NOTE], tmp_path / "out", load=fake_pipeline.load).counts["long_sentences"] == 0
    monkeypatch.setattr("fake_pipeline.Analysis", partial(Analysis, long_sentences=2))
    assert run([NOTE, MORE], tmp_path / "out", reread=True, load=fake_pipeline.load).counts["long_sentences"] == 4
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert [row["long_sentences"] for row in manifest["documents"]] == [2, 2]


def test_more_processes_write_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many statements, the triple store is written by a process of its own."""
    monkeypatch.setattr("sigmine.assembly.statement_file._KEPT", 10)
    documents = [replace(document, id=f"{document.id}{n}") for n in range(20) for document in (NOTE, BAD, MORE)]
    for jobs in (1, 2):
        run(documents, tmp_path / str(jobs), load=fake_pipeline.load, jobs=jobs)
    assert read_texts(tmp_path / "1") == read_texts(tmp_path / "2")
    stores = []
    for jobs in (1, 2):
        with open_store(tmp_path / str(jobs) / "store", read_only=True) as store:
            stores.append(list(store.find_statements()))
    assert stores[0] == stores[1]
    assert len(stores[0]) == 4


def test_a_process_that_cannot_write_the_store_costs_no_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sigmine.assembly.statement_file._KEPT", 1)
    monkeypatch.setattr("sigmine.draft._fill_store_from_file", troubled_reading.die)
    with pytest.raises(StoreError, match="The process that wrote the triple store ended before its work was done"):
        run([NOTE, MORE], tmp_path / "out", load=fake_pipeline.load, jobs=2)
    monkeypatch.undo()
    assert len(run([NOTE, MORE], tmp_path / "out", load=fake_pipeline.load).resumed) == 2
