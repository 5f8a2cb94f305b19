from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from annotation.builders import make_text
from evaluation.builders import make_header, make_row, write_lines
from sigmine.cli.main import app
from sigmine.evaluation import load_gold

TEXT = "AKT1 phosphorylates TSC2 at S939. It may inhibit TSC2. RHEB activates MTOR, not TSC2.\n"
TABLE = """document\tstart\tend\trelation\tsubject\tobject\tsites\thedged\tcross_sentence\tsubject_type\tobject_type
doc\t0\t33\tphosphorylates\tAKT1\tTSC2\tS939\t\t\tPROTEIN\tPROTEIN
doc\t34\t54\tinhibits\tAKT1\tTSC2\t\tyes\tyes\t\t
doc\t55\t85\tactivates\tRHEB\tMTOR\t\t\t\tPROTEIN\tPROTEIN
"""
COMMANDS = ("check", "stats", "agree", "template", "import", "export")


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a text, a filled-in table beside it and the gold made of it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "doc.txt").write_text(TEXT)
    (tmp_path / "doc.tsv").write_text(TABLE)
    assert run("import", "doc.tsv", "-o", "gold", "--annotator", "mk")[0] == 0
    return tmp_path


@pytest.fixture
def sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole text is one sentence, and no language model is loaded."""

    class Doc:
        def __init__(self, text: str) -> None:
            self.sents = [type("Sentence", (), {"start_char": 0, "text": text})]

    def read(nlp: object, documents: Iterable[Any]) -> Iterator[tuple[Any, Doc]]:
        return ((document, Doc(document.text)) for document in documents)

    monkeypatch.setattr("sigmine.annotation.template.load_pipeline", lambda: None)
    monkeypatch.setattr("sigmine.annotation.template.read_relations", read)


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["gold", *arguments])
    return result.exit_code, result.stdout, result.stderr


def edit(path: Path, old: str, new: str) -> None:
    content = path.read_text()
    assert old in content
    path.write_text(content.replace(old, new))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_teaches_with_an_example(command: str) -> None:
    code, shown, _ = run(command, "--help")
    assert code == 0
    assert f"sigmine gold {command} " in shown.partition("Examples")[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "none"),
        ("stats", "none"),
        ("agree", "none", "gold"),
        ("agree", "gold"),
        ("import", "none.tsv", "-o", "new"),
        ("import", "doc.tsv"),
        ("export", "none", "-o", "new"),
        ("export", "gold"),
        ("agree", "gold", "gold", "--level", "loose"),
        ("agree", "gold", "gold", "--min-f1", "2"),
        ("template",),
    ],
)
def test_wrong_usage_is_2_and_writes_nothing(work: Path, arguments: tuple[str, ...]) -> None:
    code, shown, told = run(*arguments)
    assert (code, shown) == (2, "")
    assert told
    assert not (work / "new").exists()


def test_a_template_has_the_sentences_to_fill_in(work: Path, sentences: None) -> None:
    assert run("template", "doc.txt", "-o", "new.tsv") == (0, "", "")
    header, *lines = (work / "new.tsv").read_text().splitlines()
    row = dict(zip(header.split("\t"), lines[0].split("\t"), strict=True))
    assert (row["document"], row["start"], row["end"], row["relation"]) == ("doc", "0", "85", "")
    assert row["sentence"] == TEXT.strip()
    assert run("template", "doc.txt") == (0, (work / "new.tsv").read_text(), "")


def test_a_template_of_a_folder_is_of_its_texts_whatever_else_is_there(work: Path, sentences: None) -> None:
    (work / "broken.json").write_text("{")
    (work / "doc.ann").write_text("nothing of brat's")
    code, shown, told = run("template", str(work))
    assert (code, told) == (0, "")
    assert [line.split("\t")[0] for line in shown.splitlines()] == ["document", "doc"]


def test_a_text_that_cannot_be_read_is_1(work: Path, sentences: None) -> None:
    (work / "other.txt").write_bytes(b"\xff\xfe")
    code, shown, told = run("template", "other.txt", "-o", "new.tsv")
    assert (code, shown) == (1, "")
    assert "other.txt: cannot be read as UTF-8 text" in told
    assert not (work / "new.tsv").exists()


def test_a_table_becomes_gold(work: Path) -> None:
    code, shown, told = run("import", "doc.tsv", "--texts", "doc.txt", "-o", "new/deeper", "--annotator", "mk")
    assert (code, shown, told) == (0, "new/deeper/doc.jsonl: 3 statements, 2 of them core\n", "")
    (document,) = load_gold(work / "new")
    assert (document.document, document.file, document.annotator) == ("doc", "doc.txt", "mk")
    assert document.sha256 == make_text(TEXT).sha256
    assert [(one.id, one.relation, one.cross_sentence) for one in document.statements] == [
        ("doc-001", "phosphorylates", False),
        ("doc-002", "inhibits", True),
        ("doc-003", "activates", False),
    ]
    assert [one.object.curie for one in document.statements] == ["hgnc:12363", "hgnc:12363", "hgnc:3942"]


def test_nothing_is_written_while_there_is_a_problem(work: Path) -> None:
    edit(work / "doc.tsv", "\tinhibits\t", "\tinhibit\t")
    edit(work / "doc.tsv", "MTOR", "mTORC1")
    code, shown, told = run("import", "doc.tsv", "-o", "new")
    assert (code, shown) == (1, "")
    first, second, last = told.splitlines()
    assert first.startswith("sigmine: doc.tsv:3: unknown relation 'inhibit'; nearest: 'inhibits'")
    assert second.startswith("sigmine: doc.tsv:4: object 'mTORC1' is not in the sentence")
    assert last == "sigmine: 2 problems; nothing was written."
    assert not (work / "new").exists()


def test_gold_that_is_there_stays_while_there_is_a_problem(work: Path) -> None:
    before = (work / "gold" / "doc.jsonl").read_bytes()
    edit(work / "doc.tsv", "activates", "eats")
    assert run("import", "doc.tsv", "-o", "gold")[0] == 1
    assert (work / "gold" / "doc.jsonl").read_bytes() == before


def test_what_is_imported_passes_the_check(work: Path) -> None:
    """An added line without an id gets one that no other line has."""
    run("export", "gold", "-o", "again.tsv")
    lines = (work / "again.tsv").read_text().splitlines()
    copied = lines[3].replace("doc-003", "").replace("\tactivates\t", "\tbinds\t")
    (work / "again.tsv").write_text("\n".join([*lines[:2], copied, *lines[2:]]))
    assert run("import", "again.tsv", "-o", "again")[0] == 0
    assert run("check", "again") == (0, "4 statements of 1 documents: no problem found.\n", "")


def test_a_copied_id_is_told_before_anything_is_written(work: Path) -> None:
    run("export", "gold", "-o", "again.tsv")
    lines = (work / "again.tsv").read_text().splitlines()
    (work / "again.tsv").write_text("\n".join([*lines, lines[1]]))
    code, _, told = run("import", "again.tsv", "-o", "again")
    assert code == 1
    assert "again.tsv:5: id 'doc-001' is given already in again.tsv:2" in told
    assert not (work / "again").exists()


def test_annotations_without_a_document_are_1(work: Path) -> None:
    (work / "empty.tsv").write_text(TABLE.splitlines()[0])
    code, _, told = run("import", "empty.tsv", "-o", "new")
    assert (code, told) == (1, "sigmine: no document in the annotations; nothing was written.\n")
    assert not (work / "new").exists()


@pytest.mark.parametrize(("target", "files"), [("a.tsv", "1 .tsv"), ("a.json", "1 .json"), ("a", "1 .txt, 1 .ann")])
def test_gold_goes_out_and_comes_back_the_same(work: Path, target: str, files: str) -> None:
    assert run("export", "gold", "-o", target) == (0, f"{target}: 1 document ({files})\n", "")
    assert run("import", target, "--texts", "doc.txt", "-o", "back", "--annotator", "mk")[0] == 0
    assert (work / "back" / "doc.jsonl").read_text() == (work / "gold" / "doc.jsonl").read_text()


def test_texts_are_found_in_the_folders_of_the_gold(work: Path) -> None:
    (work / "gold" / "texts").mkdir()
    (work / "doc.txt").rename(work / "gold" / "texts" / "doc.txt")
    assert run("check", "gold") == (0, "3 statements of 1 documents: no problem found.\n", "")
    assert run("export", "gold", "-o", "a.tsv") == (0, "a.tsv: 1 document (1 .tsv)\n", "")


def test_what_has_no_text_here_is_left_out_of_the_export(work: Path) -> None:
    row = make_row(id="far-1")
    write_lines(work / "gold" / "far.jsonl", make_header(document="far", file="far.txt"), row)
    code, shown, told = run("export", "gold", "-o", "a.tsv")
    assert (code, shown) == (1, "a.tsv: 1 document (1 .tsv)\n")
    assert told == "sigmine: left out, because the text is not here: far (--texts names files).\n"
    code, _, told = run("export", "gold/far.jsonl", "-o", "b.tsv")
    assert (code, told) == (2, "sigmine: The texts of far are not here. Name the files with --texts.\n")
    assert not (work / "b.tsv").exists()


def test_an_export_needs_the_very_text_and_a_known_format(work: Path) -> None:
    code, _, told = run("export", "gold", "-o", "a.docx")
    assert (code, "not .docx" in told) == (2, True)
    edit(work / "doc.txt", "may", "can")
    code, _, told = run("export", "gold", "-o", "a.tsv", "--texts", "doc.txt")
    assert (code, "this is not the text" in told) == (2, True)
    assert sorted(path.name for path in work.iterdir()) == ["doc.tsv", "doc.txt", "gold"]


def test_good_gold_passes(work: Path) -> None:
    assert run("check", "gold") == (0, "3 statements of 1 documents: no problem found.\n", "")
    assert run("check", "gold/doc.jsonl", "--texts", "doc.txt")[0] == 0


def test_a_corrupted_gold_file_lists_all_problems_with_their_lines(work: Path) -> None:
    path = work / "gold" / "doc.jsonl"
    header, first, second, third = path.read_text().splitlines()
    spoilt = [
        header.replace("sha256", "sha"),
        first.replace('"phosphorylates"', '"phosphorilates"'),
        second[:-1],
        third.replace('"start": 55, "end": 59', '"start": 59, "end": 55'),
        third,
    ]
    path.write_text("\n".join(spoilt))
    code, shown, told = run("check", "gold")
    assert (code, shown) == (1, "")
    head, *problems = told.splitlines()
    assert head == "sigmine: 6 problems in the gold:"
    assert sorted(problem.split(": ")[0] for problem in problems) == [
        "gold/doc.jsonl:1",
        "gold/doc.jsonl:1",
        "gold/doc.jsonl:2",
        "gold/doc.jsonl:3",
        "gold/doc.jsonl:4",
        "gold/doc.jsonl:5",
    ]
    for message in (
        "nearest: 'phosphorylates'",
        "not JSON",
        "[59, 55]",
        "'doc-003' is given already in gold/doc.jsonl:4",
    ):
        assert any(message in problem for problem in problems), message


def test_offsets_that_do_not_fit_the_text_are_told_with_their_lines(work: Path) -> None:
    path = work / "gold" / "doc.jsonl"
    edit(path, '"start": 55, "end": 59', '"start": 55, "end": 60')
    edit(path, '"sentence": [34, 54]', '"sentence": [33, 54]')
    code, shown, told = run("check", "gold")
    assert (code, shown) == (1, "3 statements of 1 documents: 2 problems found.\n")
    assert "gold/doc.jsonl:3: sentence 33:54 begins or ends in white space" in told
    assert "gold/doc.jsonl:4: subject 55:60 begins or ends in white space" in told


def test_another_text_is_a_problem_and_an_absent_one_is_told(work: Path) -> None:
    edit(work / "doc.txt", "may", "can")
    code, shown, told = run("check", "gold", "--texts", "doc.txt")
    assert (code, shown) == (1, "3 statements of 1 documents: 1 problem found.\n")
    assert "doc.txt: this is not the text that gold/doc.jsonl was annotated on" in told
    code, shown, told = run("check", "gold")
    assert (code, shown) == (0, "3 statements of 1 documents: no problem found.\n")
    assert told == "sigmine: not checked against a text, because it is not here: doc (--texts names files).\n"


def test_doubts_are_shown_and_are_no_problems(work: Path) -> None:
    path = work / "gold" / "doc.jsonl"
    *lines, last = path.read_text().splitlines()
    path.write_text("\n".join([*lines, last, last.replace("doc-003", "doc-004")]))
    code, shown, _ = run("check", "gold")
    assert code == 0
    assert shown.startswith("doubtful: gold/doc.jsonl:5: doc-004 says what another line of its sentence says\n")


def test_stats_are_tables_of_counts(work: Path) -> None:
    code, shown, told = run("stats", "gold")
    rows = {line.split()[0]: line.split()[1:] for line in shown.splitlines() if line.strip()}
    assert (code, told) == (0, "")
    assert (rows["doc"], rows["inhibits"], rows["statements"]) == (["3", "0", "3"], ["1", "0", "1"], ["3", "0", "3"])
    assert "ends: PROTEIN 6; 4 different ones; sites: 1" in shown


def test_stats_as_json_and_of_the_core(work: Path) -> None:
    totals = []
    for arguments in ((), ("--core",)):
        code, shown, _ = run("stats", "gold", "--json", *arguments)
        assert code == 0
        totals.append(json.loads(shown)["total"]["total"])
    assert totals == [3, 2]


@pytest.fixture
def other(work: Path) -> Path:
    """A second annotation: one statement less, one flag more."""
    path = write_lines(work / "other" / "doc.jsonl", *(work / "gold" / "doc.jsonl").read_text().splitlines()[:3])
    edit(path, '"negated": false, "hedged": false', '"negated": true, "hedged": false')
    return path.parent


def test_agreement_is_shown_for_all_and_each_relation(work: Path, other: Path) -> None:
    code, shown, told = run("agree", "gold", "other")
    assert (code, told) == (0, "")
    rows = {line.split()[0]: line.split()[1:] for line in shown.splitlines() if line.strip()}
    assert shown.lstrip().startswith("agreement: core statements, level relaxed")
    assert (rows["all"][:4], rows["phosphorylates"][:4]) == (["1", "1", "0", "0.667"], ["1", "0", "0", "1.000"])
    assert rows["activates"][:4] == ["0", "1", "0", "0.000"]
    assert (rows["negated"], rows["hedged"]) == (["0", "of", "1", "0.000"], ["1", "of", "1", "1.000"])
    assert "differs in" not in shown


def test_differences_are_listed(work: Path, other: Path) -> None:
    _, shown, _ = run("agree", "gold", "other", "--extended", "--differences")
    assert "all statements, level relaxed" in shown
    assert (
        "doc:0-33  differs in negated\n"
        "    A  phosphorylates(AKT1, TSC2) S939  [0-4, 20-24] doc-001\n"
        "    B  phosphorylates(AKT1, TSC2) S939 negated  [0-4, 20-24] doc-001\n"
    ) in shown
    assert "doc:55-85  only A  activates(RHEB, MTOR)  [55-59, 70-74] doc-003\n" in shown
    assert "doc:34-54" not in shown


def test_agreement_as_json(work: Path, other: Path) -> None:
    code, shown, _ = run("agree", "gold", "other", "--json", "--extended", "--level", "strict")
    rows = json.loads(shown)
    assert (code, rows["level"], rows["core"]) == (0, "strict", False)
    assert (rows["total"]["tp"], rows["total"]["fn"], rows["total"]["fp"], rows["total"]["f1"]) == (2, 1, 0, 0.8)


def test_too_low_an_agreement_fails(work: Path, other: Path) -> None:
    assert run("agree", "gold", "other", "--min-f1", "0.66")[0] == 0
    code, _, told = run("agree", "gold", "other", "--min-f1", "0.9")
    assert (code, told) == (1, "sigmine: F1 is 0.667, below 0.9.\n")


def test_documents_of_one_side_are_told_and_none_in_common_is_wrong_usage(work: Path, other: Path) -> None:
    header = make_header(document="extra", file="extra.txt")
    write_lines(work / "other" / "extra.jsonl", header)
    code, _, told = run("agree", "gold", "other")
    assert (code, told) == (0, "sigmine: left out, because only other has them: extra.\n")
    code, _, told = run("agree", "gold", "other/extra.jsonl")
    assert (code, told) == (2, "sigmine: gold and other/extra.jsonl have no document in common, by their ids.\n")


@pytest.mark.parametrize("command", [("stats", "gold"), ("agree", "gold", "gold"), ("export", "gold", "-o", "new.tsv")])
def test_damaged_gold_is_refused_with_all_its_problems(work: Path, command: tuple[str, ...]) -> None:
    edit(work / "gold" / "doc.jsonl", '"relation": "in', '"relation": "un')
    edit(work / "gold" / "doc.jsonl", '"relation": "ac', '"relation": "re')
    code, shown, told = run(*command)
    assert (code, shown) == (2, "")
    assert "gold/doc.jsonl:3: unknown relation 'unhibits'" in told
    assert "gold/doc.jsonl:4: unknown relation 'retivates'" in told
    assert not (work / "new.tsv").exists()
