"""``sigmine evaluate`` with the gold's texts, other outputs and other programs' files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from evaluation.builders import make_header, make_row, write_lines
from samples import make_mention
from sigmine.annotation.bioc_json import format_bioc
from sigmine.annotation.brat import format_brat
from sigmine.annotation.texts import load_texts
from sigmine.cli.evaluate import evaluate
from sigmine.evaluation import load_gold
from sigmine.evaluation.claim import GoldStatement
from sigmine.model import Document, Evidence
from sigmine.model.json import evidence_to_json

TEXT = "AKT1 phosphorylates TSC2 at S939. RHEB activates MTOR <in cells>."
DOCUMENT = Document("doc", TEXT)
FIRST, SECOND = (0, 33), (34, 65)
ROWS = (
    make_row(sentence=list(FIRST)),
    make_row(
        id="doc-2", relation="activates", sites=[], sentence=list(SECOND), split="test",
        subject={"start": 34, "end": 38, "name": "RHEB", "type": "PROTEIN", "curie": "hgnc:10011"},
        object={"start": 49, "end": 53, "name": "MTOR", "type": "PROTEIN", "curie": "hgnc:3942"},
    ),
)  # fmt: skip
PHOSPHORYLATES = ("phosphorylates", "AKT1", "TSC2", ("S939",), FIRST)
ACTIVATES = ("activates", "RHEB", "MTOR", (), SECOND)
INHIBITS = ("inhibits", "RHEB", "MTOR", (), SECOND)
Said = tuple[str, str, str, tuple[str, ...], tuple[int, int]]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    header = make_header(sha256=hashlib.sha256(TEXT.encode()).hexdigest())
    return write_lines(tmp_path / "gold" / "doc.jsonl", header, *ROWS)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """The folder of the text, which is searched only if it is named."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "doc.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "texts"


def write_out(folder: Path, *said: Said, document: str = "doc") -> Path:
    rows = []
    for relation, subject, theme, sites, sentence in said:
        mention = make_mention(DOCUMENT, relation, subject, theme, sites=sites, sentence=sentence)
        evidence = Evidence(document, "body", TEXT[slice(*sentence)], *sentence, mention)
        rows.append(evidence_to_json(evidence, 0.8))
    write_lines(folder / "mentions.jsonl", *rows)
    write_manifest(folder, document)
    return folder


def write_manifest(folder: Path, *documents: str) -> None:
    rows = [{"document": name, "file": f"{name}.txt", "sha256": None} for name in documents]
    write_lines(folder / "manifest.json", {"program": "sigmine", "documents": rows, "failures": []})


def run(*args: object) -> tuple[int, str, str]:
    app = typer.Typer()
    app.command()(evaluate)
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def score(*args: object) -> tuple[int, int, int]:
    """Right, wrong and missed."""
    code, shown, told = run(*args, "--json")
    assert code == 0, told
    micro = json.loads(shown)["total"]["micro"]
    return micro["tp"], micro["fp"], micro["fn"]


class Reasons:
    """Stands for ``explain_misses``: writes down what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []

    def __call__(self, path: Path, missed: Sequence[GoldStatement], options: object = None) -> dict[str, str]:
        self.asked.append((path.name, [one.id for one in missed]))
        return {one.id: "no trigger" for one in missed}


@pytest.fixture
def reasons(monkeypatch: pytest.MonkeyPatch) -> Reasons:
    import sigmine.misses

    stub = Reasons()
    monkeypatch.setattr(sigmine.misses, "explain_misses", stub)
    return stub


def test_errors_say_why_where_the_text_is_here(gold: Path, texts: Path, tmp_path: Path, reasons: Reasons) -> None:
    out = write_out(tmp_path / "out", PHOSPHORYLATES)
    code, shown, _ = run("--gold", gold, out, "--texts", texts, "--errors")
    assert code == 0
    assert reasons.asked == [("doc.txt", ["doc-2"])]
    assert "missed (because: no trigger)  activates(RHEB, MTOR) doc-2" in shown
    assert "missed because: no trigger 1" in shown
    report = json.loads(run("--gold", gold, out, "--texts", texts / "doc.txt", "--errors", "--json")[1])
    assert report["total"]["because"] == {"no trigger": 1}
    assert [(one["id"], one["because"]) for one in report["total"]["findings"]] == [("doc-2", "no trigger")]


@pytest.mark.parametrize("options", [["--errors", "--no-why"], [], ["--json"], ["--min-f1", "0"]])
def test_nobody_asks_why(gold: Path, texts: Path, tmp_path: Path, reasons: Reasons, options: list[str]) -> None:
    out = write_out(tmp_path / "out", PHOSPHORYLATES)
    code, shown, _ = run("--gold", gold, out, "--texts", texts, *options)
    assert (code, reasons.asked) == (0, [])
    assert "because: no" not in shown


def test_without_the_text_nothing_is_read_again(gold: Path, tmp_path: Path, reasons: Reasons) -> None:
    out = write_out(tmp_path / "out", PHOSPHORYLATES)
    code, shown, _ = run("--gold", gold, out, "--errors")
    assert (code, reasons.asked) == (0, [])
    assert "missed  activates(RHEB, MTOR) doc-2" in shown


def test_another_text_of_the_name_is_told_and_not_used(
    gold: Path, texts: Path, tmp_path: Path, reasons: Reasons
) -> None:
    (texts / "doc.txt").write_text(TEXT + "\n", encoding="utf-8")
    out = write_out(tmp_path / "out", PHOSPHORYLATES)
    code, _, told = run("--gold", gold, out, "--texts", texts, "--errors")
    assert (code, reasons.asked) == (0, [])
    assert "doc.txt" in told
    assert "another text" in told


def test_a_missed_sentence_is_read_again_by_the_pipeline(gold: Path, texts: Path, tmp_path: Path) -> None:
    out = write_out(tmp_path / "out", PHOSPHORYLATES)
    (texts / "doc.txt").write_text(TEXT.replace("RHEB activates MTOR", "RHEB and also  MTOR"), encoding="utf-8")
    digest = hashlib.sha256((texts / "doc.txt").read_bytes()).hexdigest()
    write_lines(gold, make_header(sha256=digest), *ROWS)
    _, shown, told = run("--gold", gold, out, "--texts", texts, "--errors")
    assert told == ""
    assert "missed (because: no trigger)  activates(RHEB, MTOR) doc-2" in shown


@pytest.mark.usefixtures("no_plots")
def test_the_report_is_a_page(gold: Path, texts: Path, tmp_path: Path, reasons: Reasons) -> None:
    out = write_out(tmp_path / "out", PHOSPHORYLATES, INHIBITS)
    code, shown, told = run("--gold", gold, out, "--texts", texts, "--report", tmp_path / "page.html")
    assert (code, told) == (0, "")
    assert "total:" in shown
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert '<span class="gold-subject ours-subject">RHEB</span> activates ' in page
    assert "&lt;in cells&gt;" in page
    assert reasons.asked == [("doc.txt", ["doc-2"])]
    # without the text, our own sentence
    run("--gold", gold, out, "--report", tmp_path / "plain.html", "--json")
    plain = (tmp_path / "plain.html").read_text(encoding="utf-8")
    assert "RHEB activates MTOR &lt;in cells&gt;." in plain
    assert '<span class="gold-subject ours-subject">' not in plain


@pytest.mark.usefixtures("no_plots")
def test_the_page_of_a_split_keeps_the_errors_of_the_other_out(gold: Path, texts: Path, tmp_path: Path) -> None:
    out = write_out(tmp_path / "out", INHIBITS)
    for split, own, other in (("dev", "doc-1", "doc-2"), ("test", "doc-2", "doc-1")):
        page = tmp_path / f"{split}.html"
        run("--gold", gold, out, "--texts", texts, "--report", page, "--split", split, "--no-why")
        content = page.read_text(encoding="utf-8")
        assert own in content
        assert other not in content


@pytest.mark.usefixtures("no_plots")
def test_a_page_that_cannot_be_written_is_told(gold: Path, tmp_path: Path) -> None:
    out = write_out(tmp_path / "out", PHOSPHORYLATES)
    (tmp_path / "folder.html").mkdir()
    code, shown, told = run("--gold", gold, out, "--report", tmp_path / "folder.html")
    assert (code, shown) == (2, "")
    assert "folder.html" in told


def test_another_output_is_compared(gold: Path, tmp_path: Path) -> None:
    ours = write_out(tmp_path / "ours", PHOSPHORYLATES, INHIBITS)
    other = write_out(tmp_path / "other", (*PHOSPHORYLATES[:3], (), FIRST), ACTIVATES)
    code, shown, told = run("--gold", gold, ours, "--compare", other)
    assert (code, told) == (0, "")
    table = shown.split("against the other output")[1]
    assert [line.split()[:4] for line in table.splitlines() if line.split()[:1] == ["recall"]] == [
        ["recall", "1.000", "0.500", "-0.500"]  # the other: 2 of 2; this one: 1 of 2
    ]
    assert "- lost       doc:34-65  activates(RHEB, MTOR) doc-2" in table
    assert "! new alarm  doc:34-65  inhibits(RHEB, MTOR) " in table
    assert "~ changed    doc:0-33  phosphorylates(AKT1, TSC2) S939 doc-1  site -> no flaw" in table
    assert "lost 1, new alarm 1, changed 1" in table
    row = json.loads(run("--gold", gold, ours, "--compare", other, "--json", "--split", "dev")[1])["comparison"]
    assert (row["split"], [one["kind"] for one in row["changes"]]) == ("dev", ["changed"])


@pytest.mark.usefixtures("no_plots")
def test_an_output_compared_with_itself_has_no_difference(gold: Path, tmp_path: Path) -> None:
    out = write_out(tmp_path / "out", PHOSPHORYLATES, INHIBITS)
    code, shown, _ = run("--gold", gold, out, "--compare", out, "--report", tmp_path / "page.html")
    assert code == 0
    assert shown.rstrip().endswith("no difference")
    assert "No difference." in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_outputs_may_know_a_document_by_its_id_or_its_file(gold: Path, tmp_path: Path) -> None:
    header = make_header(document="PMC1", file="doc.txt")
    write_lines(gold, header, *ROWS)
    ours = write_out(tmp_path / "ours", PHOSPHORYLATES, document="doc")
    other = write_out(tmp_path / "other", ACTIVATES, document="PMC1")
    row = json.loads(run("--gold", gold, ours, "--compare", other, "--json")[1])["comparison"]
    assert (row["ours"], row["other"]) == ({"tp": 1, "fp": 0, "fn": 1}, {"tp": 1, "fp": 0, "fn": 1})
    assert sorted(one["kind"] for one in row["changes"]) == ["gained", "lost"]


def test_outputs_of_other_documents_cannot_be_compared(gold: Path, tmp_path: Path) -> None:
    ours = write_out(tmp_path / "ours", PHOSPHORYLATES)
    other = write_out(tmp_path / "other", ACTIVATES, document="elsewhere")
    code, shown, told = run("--gold", gold, ours, "--compare", other)
    assert (code, shown) == (2, "")
    assert "Nothing to compare" in told
    code, _, told = run("--gold", gold, ours, "--compare", tmp_path / "none")
    assert code == 2
    assert str(tmp_path / "none") in told


def make_indra(*, text: str = "AKT1 phosphorylates TSC2 at S939.", **more: object) -> dict[str, object]:
    return {
        "type": "Phosphorylation",
        "enz": {"name": "AKT1", "db_refs": {"HGNC": "391"}},
        "sub": {"name": "TSC2", "db_refs": {"HGNC": "12363"}},
        "residue": "S",
        "position": "939",
        "belief": 0.9,
        "evidence": [{"source_api": "reach", "text": text, "source_hash": 1}],
        **more,
    }


def write_foreign(tmp_path: Path, kind: str, gold: Path, texts: Path) -> Path:
    """The first statement of the gold, as other programs write it."""
    documents, known = load_gold(gold), load_texts([texts])
    if kind == "indra":
        content, name = json.dumps([make_indra()]), "reach.json"
    elif kind == "table":
        content = "subject\trelation\tobject\tsite\tsentence\nAKT1\tphosphorylates\tTSC2\tS939\t" + TEXT[:33] + "\n"
        name = "triples.tsv"
    elif kind == "bioc":
        content, name = format_bioc(documents, known), "bioc.json"
    else:
        content, name = format_brat(documents[0], TEXT), "doc.ann"
    path = tmp_path / "foreign" / name
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("kind", "expected"), [("indra", (1, 0, 1)), ("table", (1, 0, 1)), ("bioc", (2, 0, 0)), ("brat", (2, 0, 0))]
)
def test_other_programs_are_scored(
    gold: Path, texts: Path, tmp_path: Path, reasons: Reasons, kind: str, expected: tuple[int, int, int]
) -> None:
    path = write_foreign(tmp_path, kind, gold, texts)
    args = ("--gold", gold, path, "--texts", texts)
    assert score(*args, "--level", "identity", "--errors") == expected
    assert score(*args, "--level", "strict") == expected
    assert score(*args, "--level", "document") == expected
    assert reasons.asked == []  # today's rules have not read it
    row = json.loads(run(*args, "--compare", write_out(tmp_path / "out", PHOSPHORYLATES, ACTIVATES), "--json")[1])
    assert row["comparison"]["other"] == {"tp": 2, "fp": 0, "fn": 0}
    assert row["comparison"]["ours"] == dict(zip(("tp", "fp", "fn"), expected, strict=True))


def test_a_folder_of_brat_files_is_read(gold: Path, texts: Path, tmp_path: Path) -> None:
    path = write_foreign(tmp_path, "brat", gold, texts)
    assert score("--gold", gold, path.parent, "--texts", texts) == (2, 0, 0)


def test_what_has_no_place_is_told_and_counts_by_document(gold: Path, texts: Path, tmp_path: Path) -> None:
    path = tmp_path / "reach.json"
    lost = make_indra(evidence=[{"text": "elsewhere", "pmid": "1"}])
    path.write_text(json.dumps([make_indra(text="Other words."), lost, make_indra()]), encoding="utf-8")
    code, shown, told = run("--gold", gold, path, "--texts", texts, "--json")
    assert (code, json.loads(shown)["total"]["micro"]["tp"]) == (0, 1)
    assert "left out: 1 statements whose sentence is not in the gold's texts" in told
    assert "left out: 1 statements of no document of the gold" in told
    code, shown, told = run("--gold", gold, path, "--level", "document", "--json")  # without the text
    assert (code, json.loads(shown)["total"]["micro"]["tp"]) == (0, 1)
    code, _, told = run("--gold", gold, path)
    assert code == 2
    assert "Nothing to score" in told


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.json", "{", "not JSON"),
        ("x.json", '{"rows": 1}', "neither BioC nor a list of INDRA statements"),
        ("x.tsv", "a\tb\n", "x.tsv:1: no column 'relation' and 'object'"),
        ("x.tsv", "relation\tobject\neats\tTSC2\n", "x.tsv:2: unknown relation 'eats'"),
        ("x.xml", "<a>", "x.xml"),
    ],
)
def test_a_file_that_is_none_of_these_is_wrong_usage(
    gold: Path, texts: Path, tmp_path: Path, name: str, content: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    code, shown, told = run("--gold", gold, path, "--texts", texts)
    assert (code, shown) == (2, "")
    assert message in told
    out = write_out(tmp_path / "out", PHOSPHORYLATES)
    code, _, told = run("--gold", gold, out, "--texts", texts, "--compare", path)
    assert code == 2
    assert message in told
