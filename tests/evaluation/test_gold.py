from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from evaluation.builders import make_header, make_row, write_lines
from sigmine.errors import GoldError
from sigmine.evaluation import GoldDocument, check_against_text, load_gold

TEXT = "AKT1 phosphorylates TSC2 at S939.\r\nNothing else é happens.\n"


def load_problems(path: Path) -> list[str]:
    with pytest.raises(GoldError) as caught:
        load_gold(path)
    return [problem.replace(str(path.parent), "") for problem in caught.value.problems]


def test_load_gold_reads_a_statement(tmp_path: Path) -> None:
    alias = {"start": 20, "end": 24, "name": "TSC2", "type": "PROTEIN", "curie": None, "aliases": [[26, 30]]}
    row = make_row(subject=None, object=alias, split="test", hedged=True)
    (document,) = load_gold(write_lines(tmp_path / "doc.jsonl", make_header(), "", row))
    (statement,) = document.statements
    assert (document.document, document.file, document.lines) == ("doc", "doc.txt", (3,))
    assert statement.subject is None
    assert statement.object.spans == ((20, 24), (26, 30))
    assert statement.object.curie is None
    assert (statement.sites, statement.split, statement.hedged, statement.core) == (("S939",), "test", True, True)


def test_load_gold_walks_folders_in_order(tmp_path: Path) -> None:
    write_lines(tmp_path / "b" / "x.jsonl", make_header(document="x"))
    write_lines(tmp_path / "a" / "y.jsonl", make_header(document="y"))
    write_lines(tmp_path / "a" / "notes.txt", "not gold")
    assert [document.document for document in load_gold(tmp_path)] == ["y", "x"]


@pytest.mark.parametrize("make", [lambda path: path / "absent", lambda path: path])
def test_load_gold_says_what_to_give_when_there_is_nothing(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(GoldError, match="Give a gold file"):
        load_gold(make(tmp_path))


def test_every_problem_is_listed_with_its_line(tmp_path: Path) -> None:
    end = make_row()["object"]
    path = write_lines(
        tmp_path / "bad.jsonl",
        make_header(),
        make_row(id="a", relation="phosphorilates"),
        make_row(id="a", object={**end, "type": "protien"}),
        "{not json",
        make_row(id="b", negatd=True),
        make_row(id="c", object={**end, "start": 24, "end": 20}),
        make_row(id="d", sites=["Ser939", "S5", "S5"]),
        make_row(id="e", core=False),
        make_row(id="f", sentence=[0, 22]),
        make_row(id="g", object={**end, "curie": "hgnc:HGNC:12363"}),
        make_row(id="h", relation="activates", sites=[], subject=None),
        make_row(id="i", section="references"),
        make_row(id="j", split="train"),
        make_row(id="k", negated="no"),
        make_row(id="l", relation="activates"),
    )
    expected = {
        2: "unknown relation 'phosphorilates'; nearest: 'phosphorylates'. Allowed: phosphorylates, ",
        3: "unknown type 'protien' of object; nearest: 'PROTEIN'. Allowed: PROTEIN, ",
        4: "not JSON",
        5: "unknown key 'negatd'; nearest: 'negated'",
        6: "object offsets must be [start, end] with 0 <= start < end, not [24, 20]",
        7: "site 'Ser939' must be a one-letter residue",
        8: "core is false but must be true",
        9: "object 20:24 lies outside the sentence 0:22",
        10: "curie 'hgnc:HGNC:12363' of object",
        11: "subject is null; activates needs one",
        12: "unknown section 'references'",
        13: "unknown split 'train'",
        14: "negated must be true or false, not 'no'",
        15: "sites ['S939'] do not go with activates, only with phosphorylation",
    }
    problems = load_problems(path)
    for line, message in expected.items():
        assert any(problem.startswith(f"/bad.jsonl:{line}: {message}") for problem in problems), (line, problems)
    assert any(f"/bad.jsonl:3: id 'a' is given already in {path}:2".replace(str(tmp_path), "") in p for p in problems)
    assert "/bad.jsonl:7: site 'S5' is given twice" in problems
    assert len(problems) == len(expected) + 2


def test_problems_of_all_files_are_raised_together(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", make_header(sha256="ABC"), make_row(relation="eats"))
    write_lines(tmp_path / "b.jsonl", make_header(), make_row(id=""))
    write_lines(tmp_path / "c.jsonl", make_header(), make_row(id="c"))
    write_lines(tmp_path / "d.jsonl")
    with pytest.raises(GoldError) as caught:
        load_gold(tmp_path)
    places = [problem.removeprefix(f"{tmp_path}/").split(": ")[0] for problem in caught.value.problems]
    assert places == ["a.jsonl:1", "a.jsonl:2", "b.jsonl:2", "c.jsonl:1", "d.jsonl:1"]
    assert str(caught.value).startswith("5 problems in the gold:\n")


@pytest.mark.parametrize("key", sorted(set(make_row()) - {"note"}))
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    row = {name: value for name, value in make_row().items() if name != key}
    assert load_problems(write_lines(tmp_path / "x.jsonl", make_header(), row)) == [
        f"/x.jsonl:2: key {key!r} is missing"
    ]


def test_core_must_follow_its_definition(tmp_path: Path) -> None:
    process = {"start": 20, "end": 24, "name": "autophagy", "type": "PROCESS", "curie": "go:0006914"}
    good = [
        make_row(id="1", relation="inhibits", sites=[], object=process, core=False),
        make_row(id="2", relation="binds", sites=[], core=False),
        make_row(id="3", cross_sentence=True, core=False, sentence=[10, 34]),
        make_row(id="4", subject=None),
    ]
    assert len(load_gold(write_lines(tmp_path / "good.jsonl", make_header(), *good))[0].statements) == 4
    bad = [{**row, "core": not row["core"]} for row in good]
    assert len(load_problems(write_lines(tmp_path / "bad.jsonl", make_header(), *bad))) == 4


def test_a_table_row_may_have_its_head_outside_the_cell(tmp_path: Path) -> None:
    row = make_row(section="table", sentence=[18, 40])
    alias = make_row(id="2", section="table", object={**row["object"], "aliases": [[50, 54]]})
    load_gold(write_lines(tmp_path / "table.jsonl", make_header(), row, alias))
    in_body = [{**row, "section": "body"}, {**alias, "section": "body"}]
    problems = load_problems(write_lines(tmp_path / "body.jsonl", make_header(), *in_body))
    assert problems.pop() == "/body.jsonl:3: alias 50:54 of object lies outside the sentence"
    assert problems == [
        "/body.jsonl:2: subject 0:4 lies outside the sentence 18:40; correct the offsets or, if it is named in another "
        "sentence, set cross_sentence to true"
    ]


def write_text(folder: Path, content: bytes = TEXT.encode()) -> Path:
    path = folder / "doc.txt"
    path.write_bytes(content)
    return path


def load_one(folder: Path, *rows: object) -> GoldDocument:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    return load_gold(write_lines(folder / "doc.jsonl", make_header(sha256=digest), *rows))[0]


def test_the_annotated_text_passes(tmp_path: Path) -> None:
    gold = load_one(tmp_path, make_row(sentence=[0, 33]))
    check_against_text(gold, write_text(tmp_path))
    check_against_text(gold, tmp_path)


def test_another_text_is_refused(tmp_path: Path) -> None:
    gold = load_one(tmp_path, make_row(sentence=[0, 33]))
    path = write_text(tmp_path, TEXT.replace("\r\n", "\n").encode())
    with pytest.raises(GoldError, match=r"not the text that .* was annotated on.*line ends count"):
        check_against_text(gold, path)


def test_an_absent_text_says_what_to_do(tmp_path: Path) -> None:
    gold = load_one(tmp_path, make_row())
    with pytest.raises(GoldError, match=r"'doc' \(A text\) is not here.*get the article, save its text as doc\.txt"):
        check_against_text(gold, tmp_path)


def test_offsets_beyond_the_text_or_in_white_space_are_listed(tmp_path: Path) -> None:
    far = {**make_row()["object"], "start": 55, "end": 60}
    loose = {**make_row()["object"], "start": 19, "end": 24}
    gold = load_one(
        tmp_path, make_row(sentence=[0, 34]), make_row(id="2", object=far, sentence=[0, 60]),
        make_row(id="3", object=loose, sentence=[0, 33]),
    )  # fmt: skip
    with pytest.raises(GoldError) as caught:
        check_against_text(gold, write_text(tmp_path))
    name = gold.path
    assert caught.value.problems == (
        f"{name}:2: sentence 0:34 begins or ends in white space; move it to the word",
        f"{name}:3: sentence 0:60 goes beyond the text, which has {len(TEXT)} characters",
        f"{name}:3: object 55:60 goes beyond the text, which has {len(TEXT)} characters",
        f"{name}:4: object 19:24 begins or ends in white space; move it to the word",
    )
