"""Places found again and read again, with the bundled model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sigmine.analysis import Options
from sigmine.errors import ReadError
from sigmine.explanation import Explanation, explain_id, explain_line
from sigmine.rereading import load_run_options
from sigmine.run import run

PAPER = (
    "Insulin and the TSC complex\n\n"
    "Insulin activates AKT. AKT phosphorylates TSC2 at Ser939 and Thr1462 and thereby\n"
    "inhibits it [1]. It does not bind the cells.\n\n"
    "References\n1. A. Author. A paper. J Cell Sci. 2001;1:1-2.\n"
)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``paper.txt`` and ``out``, the output of a run over it."""
    folder = tmp_path_factory.mktemp("why")
    (folder / "paper.txt").write_text(PAPER, encoding="utf-8")
    run([folder / "paper.txt"], folder / "out")
    return folder


def list_relations(found: Explanation) -> list[str]:
    return [one.relation for sentence in found.sentences for one in sentence.statements]


def load_rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_line_gives_all_sentences_that_stand_in_it_or_reach_into_it(work: Path) -> None:
    assert list_relations(explain_line(work / "paper.txt", 3)) == ["activates", "phosphorylates", "inhibits"]
    fourth = explain_line(work / "paper.txt", 4)
    assert list_relations(fourth) == ["phosphorylates", "inhibits"]
    assert [one.trigger for one in fourth.sentences[-1].silent] == ["bind"]


@pytest.mark.parametrize(("line", "reason"), [(2, "the line is blank"), (7, "section of kind 'references'")])
def test_a_line_without_sentences_says_why(work: Path, line: int, reason: str) -> None:
    found = explain_line(work / "paper.txt", line)
    assert not found.sentences
    assert reason in found.notes[0]


@pytest.mark.parametrize(("name", "line", "message"), [
    ("paper.txt", 8, "there is no line 8; the file has 7 lines"),
    ("paper.txt", 0, "there is no line 0"),
    ("nothing.txt", 1, "no such file"),
    ("out/statements.tsv", 1, "lines can be explained of .txt, .jsonl, JATS"),
    ("out/statements.jsonl", 1, "not a line of 'sigmine extract'"),
])  # fmt: skip
def test_a_place_that_is_not_there_is_told(work: Path, name: str, line: int, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        explain_line(work / name, line)


DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.nxml", "<article>\n<body>\n<p>β JAK2 activates STAT3.</p>\n<p>PTEN acts.</p></body></article>\n", 3),
        (
            "a.html",
            "<html><body>\n<h1>Kinases</h1>\n<p>JAK2 activates\nSTAT3.</p><p>PTEN is there, too.</p></body></html>",
            4,
        ),
        ("a.pubtator", "1|t|Kinases\n1|a|No.\n\n2|t|JAK2 activates STAT3.\n2|a|PTEN acts.\n", 4),
    ],
)
def test_a_line_of_other_formats(tmp_path: Path, name: str, content: str, line: int) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert list_relations(explain_line(tmp_path / name, line)) == ["activates"]
    first = explain_line(tmp_path / name, 1)
    assert not first.sentences or "activates" not in list_relations(first)


def test_the_article_of_an_extract_is_found_whatever_its_format(tmp_path: Path) -> None:
    (tmp_path / "a.nxml").write_text("<article><body><p>JAK2 activates STAT3.</p></body></article>", encoding="utf-8")
    run([tmp_path / "a.nxml"], tmp_path / "out")
    (tmp_path / "out" / "mentions.jsonl").rename(tmp_path / "a.mentions.jsonl")
    found = explain_line(tmp_path / "a.mentions.jsonl", 1)
    assert (list_relations(found), found.notes) == (["activates"], ())


def test_a_page_of_a_pdf() -> None:
    pytest.importorskip("pypdfium2")
    path = DATA / "reader_sample.pdf"
    first, second = (list_relations(explain_line(path, page)) for page in (1, 2))
    assert "activates" in first
    assert first != second
    with pytest.raises(ReadError, match="there is no page 9; the last one with text is page"):
        explain_line(path, 9)


def test_a_line_of_an_extract_gives_its_own_statement(work: Path) -> None:
    rows = load_rows(work / "out" / "mentions.jsonl")
    for number, row in enumerate(rows, start=1):
        found = explain_line(work / "out" / "mentions.jsonl", number, texts=[work / "paper.txt"])
        assert [one.id for sentence in found.sentences for one in sentence.statements] == [row["id"]]
        assert not found.notes


def test_a_line_of_a_file_of_documents_is_a_document(tmp_path: Path) -> None:
    lines = [json.dumps({"id": name, "text": text}) for name, text in (("a", "JAK2 activates STAT3."), ("b", "No."))]
    (tmp_path / "docs.jsonl").write_text("\n".join(["", *lines]) + "\n", encoding="utf-8")
    found = explain_line(tmp_path / "docs.jsonl", 2)
    assert (list_relations(found), found.sentences[0].document) == (["activates"], "a")


def test_ids_of_statements_and_of_evidence_are_looked_up(work: Path) -> None:
    [statement] = [r for r in load_rows(work / "out" / "statements.jsonl") if r["relation"] == "inhibits"]
    [mention] = [r for r in load_rows(work / "out" / "mentions.jsonl") if r["relation"] == "inhibits"]
    [by_statement] = explain_id(str(statement["id"]), work / "out")
    [by_mention] = explain_id(str(mention["id"]), work / "out")
    assert by_statement == by_mention
    [sentence] = by_statement.sentences
    assert [one.id for one in sentence.statements] == [mention["id"]]
    assert (sentence.silent, by_statement.notes) == ((), ())


def test_an_unknown_id_names_the_nearest(work: Path) -> None:
    known = str(load_rows(work / "out" / "mentions.jsonl")[0]["id"])
    near = known[:-1] + ("0" if known[-1] != "0" else "1")
    with pytest.raises(ReadError, match=f"Nearest: .*{known}"):
        explain_id(near, work / "out")
    with pytest.raises(ReadError, match="no output to look 'abc' up in"):
        explain_id("abc", work / "none")


def test_without_its_document_the_sentence_is_read_alone(work: Path, tmp_path: Path) -> None:
    rows = load_rows(work / "out" / "mentions.jsonl")
    number = next(n for n, row in enumerate(rows, start=1) if row["relation"] == "phosphorylates")
    target = tmp_path / "mentions.jsonl"
    target.write_bytes((work / "out" / "mentions.jsonl").read_bytes())
    found = explain_line(target, number)
    assert [one.id for one in found.sentences[0].statements] == [rows[number - 1]["id"]]
    assert "the text of 'paper' is not here" in found.notes[0]


def test_the_options_of_the_run_are_taken(work: Path, tmp_path: Path) -> None:
    lines = [{"id": "d", "text": "AKT phosphorylates XYZ9.", "entities": [{"type": "Protein", "start": 0, "end": 3}]}]
    lines[0]["entities"].append({"type": "Protein", "start": 19, "end": 23})  # type: ignore[attr-defined]
    (tmp_path / "d.jsonl").write_text(json.dumps(lines[0]) + "\n", encoding="utf-8")
    run([tmp_path / "d.jsonl"], tmp_path / "out", options=Options(entities="given"))
    assert load_run_options(tmp_path / "out") == Options(entities="given")
    assert load_run_options(tmp_path / "out" / "mentions.jsonl") == Options(entities="given")
    found = explain_line(tmp_path / "out" / "mentions.jsonl", 1)
    assert (list_relations(found), found.notes) == (["phosphorylates"], ())


def test_another_text_of_the_same_name_is_not_taken(work: Path, tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("Something else.\n", encoding="utf-8")
    found = explain_line(work / "out" / "mentions.jsonl", 1, texts=[tmp_path / "paper.txt"])
    assert "is not here" in found.notes[0]


def test_a_statement_that_the_rules_no_longer_read_is_told(work: Path, tmp_path: Path) -> None:
    row = load_rows(work / "out" / "mentions.jsonl")[0]
    row["relation"] = "binds"
    (tmp_path / "old.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    found = explain_line(tmp_path / "old.jsonl", 1, texts=[work / "paper.txt"])
    assert "today's rules do not read this statement" in found.notes[0]
    assert "binds" not in list_relations(found)
    assert found.sentences[0].statements


def test_the_json_holds_plain_values(work: Path) -> None:
    found = explain_line(work / "paper.txt", 3).to_json()
    assert json.loads(json.dumps(found))["sentences"][0]["statements"][0]["rule"] == "activates/transitive_verb.active"
