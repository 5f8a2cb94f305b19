"""The script that measures on corpora, with a corpus of two sentences made for this test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from evaluation.builders import write_lines

SCRIPTS = Path(__file__).parents[2] / "pipeline" / "training" / "scripts"
TEXT = "Alpha kinase (AK) phosphorylates Beta and Beta at S12. Gamma induces phosphorylation of Delta and binds Beta."
SENTENCE = TEXT.index("Gamma")


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import score_corpora

    return score_corpora


def find(word: str, at: int = 0) -> tuple[int, int]:
    start = TEXT.index(word, at)
    return start, start + len(word)


ENTITIES = {
    "T1": find("Alpha kinase"), "T2": find("AK"), "T3": find("Beta"), "T4": find("Beta", find("Beta")[1]),
    "T5": find("Gamma"), "T6": find("Delta"), "T7": find("Beta", SENTENCE), "T8": find("S12"),
}  # fmt: skip


def make_statement(relation: str, subject: str | None, object: str, **more: Any) -> dict[str, Any]:
    row = {"relation": relation, "subject": subject, "object": object, "sites": []}
    return {**row, "negated": False, "hedged": False, **more}


def make_corpus(*statements: dict[str, Any], doc: str = "PMID-1") -> dict[str, Any]:
    entities = [
        {"id": name, "type": "Entity" if name == "T8" else "Protein", "start": span[0], "end": span[1],
         "text": TEXT[slice(*span)]}
        for name, span in ENTITIES.items()
    ]  # fmt: skip
    head = {"corpus": "made", "doc": doc, "text": TEXT, "entities": entities, "equivs": [["T1", "T2"]]}
    return {**head, "statements": list(statements)}


def make_line(relation: str, subject: str | None, object: str, document: str = "made-PMID-1", **more: Any) -> Any:
    def make_end(entity: str) -> dict[str, Any]:
        start, end = ENTITIES[entity]
        return {"text": TEXT[start:end], "start": start, "end": end, "type": "PROTEIN", "name": entity, "curie": None}

    sites = [{"text": s, "residue": s[0], "position": int(s[1:]), "start": 0, "end": 3} for s in more.pop("sites", [])]
    place = {"document": document, "section": "body", "sentence": "", "start": 0, "end": 5, "rule": "", "citations": []}
    return {
        "relation": relation, "subject": make_end(subject) if subject else None, "object": make_end(object),
        "sites": sites, "negated": False, "hedged": False, "direct": True, "belief": 1.0,
        "evidence": {**place, "trigger": {"text": "x", "start": 0, "end": 1}}, **more,
    }  # fmt: skip


@pytest.fixture
def run(
    script: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., dict[str, tuple[int, ...]]]:
    """Runs the script; gives tp, fp and fn of each line of the first table."""

    def run(*args: object) -> dict[str, tuple[int, ...]]:
        monkeypatch.setattr("sys.argv", ["score_corpora.py", *(str(arg) for arg in args)])
        script.main()
        table = capsys.readouterr().out.strip().split("\n\n")[0].splitlines()[2:]
        return {line[:36].strip(): tuple(int(part) for part in line[36:54].split()) for line in table}

    return run


def test_corpus_counted_by_hand(run: Callable[..., object], tmp_path: Path) -> None:
    corpus = write_lines(
        tmp_path / "made.train.jsonl",
        make_corpus(
            make_statement("phosphorylates", "T2", "T3", sites=["S12"], negated=True),
            make_statement("phosphorylates", "T2", "T4", negated=True),  # the same event again
            make_statement("phosphorylates", None, "T6"),
            make_statement("phosphorylates", "T5", "T6", indirect=True),
            make_statement("binds", "T5", "T7"),
        ),
    )
    predictions = write_lines(
        tmp_path / "predictions.jsonl",
        make_line("phosphorylates", "T1", "T4", sites=["S12"]),  # an alias of T2, the other mention of Beta
        make_line("phosphorylates", "T5", "T6"),  # indirect in the corpus: neither right nor wrong as a direct one
        make_line("phosphorylates", "T6", "T7", sites=["T5"]),
        make_line("binds", "T7", "T5"),
        make_line("binds", "T8", "T5"),  # T8 is no molecule: cannot be judged
        make_line("activates", "T5", "T6", hedged=True),
    )
    found = run(corpus, "--split", "all", "--predictions", predictions)
    assert found == {
        "phosphorylation: object": (2, 1, 0),
        "phosphorylation: kinase, object": (2, 1, 0),
        "direct only": (1, 1, 0),
        "phosphorylation: object, site": (1, 1, 0),
        "activates": (0, 1, 0),
        "raises/lowers activity or amount": (0, 1, 0),
        "of the objects found": (1, 0, 0),
        "binds": (1, 0, 0),
        "molecules only": (1, 0, 0),
        "negated, of what is found": (0, 0, 1),
        "hedged, of what is found": (0, 0, 0),
    }


def test_only_molecules_are_given(script: ModuleType) -> None:
    import corpus_events

    line = corpus_events.make_article(make_corpus()).to_contract()
    assert line["id"] == "made-PMID-1"
    assert [entity["id"] for entity in line["entities"]] == [f"T{number}" for number in range(1, 8)]
    assert "text" not in line["entities"][0]


def test_splits_share_no_article(script: ModuleType) -> None:
    names = [f"PMC-{number}-{part:02}-Results" for number in range(50) for part in range(2)]
    test = {name for name in names if script.is_in_split(name, "test")}
    dev = {name for name in names if script.is_in_split(name, "dev")}
    assert test | dev == set(names)
    assert not {name[:8] for name in test} & {name[:8] for name in dev}
    assert all(script.is_in_split(name, "all") for name in names)


def test_judged_statements_counted_by_hand(run: Callable[..., object], tmp_path: Path) -> None:
    def judge(relation: str, subject: str | None, object: str, tag: str) -> dict[str, Any]:
        return {"relation": relation, "subject": subject, "object": object, "sentence": TEXT, "tag": tag, "pmid": "1"}

    rows = write_lines(
        tmp_path / "indra_curated.dev.jsonl",
        judge("phosphorylates", "t2", "T3", "correct"),
        judge("phosphorylates", None, "T3", "correct"),
        judge("binds", "T5", "T7", "grounding"),
        judge("activates", "T5", "T6", "correct"),
        judge("inhibits", "T5", "T6", "polarity"),
    )
    predictions = write_lines(
        tmp_path / "predictions.jsonl",
        make_line("phosphorylates", "T2", "T3", "indra-0"),
        make_line("binds", "T7", "T5", "indra-0"),
        make_line("activates", "T5", "T6", "indra-0", negated=True),
        make_line("activates", "T6", "T5", "indra-0"),
    )
    found = run(rows, "--indra", "--split", "all", "--predictions", predictions)
    assert found == {
        "all": (2, 1, 1),
        "phosphorylates": (2, 0, 0),
        "binds": (0, 1, 0),
        "activates": (0, 0, 1),
        "inhibits": (0, 0, 0),
    }


def test_extraction_is_run_on_the_molecules_and_its_files_kept(
    run: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program in place of ``sigmine`` checks its arguments and writes one prediction."""
    ready = write_lines(tmp_path / "ready.jsonl", make_line("binds", "T5", "T7"))
    program = tmp_path / "sigmine"
    program.write_text(f'#!/bin/sh\n[ "$1 $5 $6 $7 $8" = "extract --entities given --jobs 1" ] && cp {ready} "$4"\n')
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    corpus = write_lines(tmp_path / "made.train.jsonl", make_corpus(make_statement("binds", "T5", "T7")))
    kept = tmp_path / "kept"
    assert run(corpus, "--split", "all", "--keep", kept)["binds"] == (1, 0, 0)  # type: ignore[index]
    assert (kept / "input.jsonl").read_text().count("\n") == 1
    assert run(corpus, "--split", "all", "--predictions", kept / "predictions.jsonl")["binds"] == (1, 0, 0)  # type: ignore[index]
    program.write_text("#!/bin/sh\nexit 2\n")
    with pytest.raises(SystemExit, match="failed with exit code 2"):
        run(corpus, "--split", "all")
