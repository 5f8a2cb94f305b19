from __future__ import annotations

from pathlib import Path

import pytest

from annotation.builders import PDK1, find_end, make_document, make_statement, make_text
from sigmine.annotation.formats import read_annotations, write_annotations
from sigmine.annotation.texts import AnnotatedText
from sigmine.errors import GoldError
from sigmine.evaluation import GoldDocument

TEXTS = {name: make_text(PDK1, f"{name}.txt") for name in ("one", "two")}
STATEMENTS = {
    name: make_statement(PDK1, "phosphorylates", find_end(PDK1, "PDPK1", curie="hgnc:8816"), "AKT1", id=f"{name}-1",
                         document=name)
    for name in TEXTS
}  # fmt: skip
GOLD = tuple(
    GoldDocument(name, text.file, text.sha256, text.title, "one", (STATEMENTS[name],)) for name, text in TEXTS.items()
)


def list_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("gold.tsv", ["gold.tsv"]),
        ("gold.json", ["gold.json"]),
        ("brat", ["one.ann", "one.txt", "two.ann", "two.txt"]),
    ],
)
def test_what_is_written_is_read_by_its_suffix(tmp_path: Path, name: str, files: list[str]) -> None:
    path = tmp_path / name
    written = write_annotations(GOLD, TEXTS, path)
    assert sorted(file.name for file in written) == files
    assert list_files(path if path.is_dir() else tmp_path) == files
    documents, problems = read_annotations([path], TEXTS, "one")
    assert problems == ()
    assert [(one.document, one.sha256, one.annotator) for one in documents] == [
        (name, TEXTS[name].sha256, "one") for name in TEXTS
    ]
    assert [one.statements[0].subject for one in documents] == [STATEMENTS[name].subject for name in TEXTS]


def test_the_texts_of_brat_are_written_byte_by_byte(tmp_path: Path) -> None:
    text = make_text("IκBα binds NF-κB.\r\nIt\u2028is degraded.\n")
    write_annotations([make_document(text)], {"doc": text}, tmp_path / "brat")
    assert (tmp_path / "brat" / "doc.txt").read_bytes() == text.text.encode()
    assert (tmp_path / "brat" / "doc.ann").read_bytes() == b""


def test_a_name_in_a_table_is_looked_up(tmp_path: Path) -> None:
    table = "start\tend\trelation\tsubject\tobject\tsubject_type\tobject_type\n"
    (tmp_path / "a.TSV").write_text(f"{table}0\t36\tphosphorylates\tPDPK1\tAKT1\tPROTEIN\tPROTEIN\n")
    (document,), problems = read_annotations([tmp_path / "a.TSV"], {"one": TEXTS["one"]})
    (statement,) = document.statements
    assert problems == ()
    assert (statement.subject and statement.subject.curie, statement.object.curie) == ("hgnc:8816", "hgnc:391")


def test_problems_of_all_files_are_given_with_their_places(tmp_path: Path) -> None:
    for name in TEXTS:
        (tmp_path / f"{name}.ann").write_text("T1\tPROTEIN 0 5\tPDPK1\nR1\n")
    documents, problems = read_annotations([tmp_path], TEXTS)
    assert [one.document for one in documents] == ["one", "two"]
    assert [problem.split(": ")[0] for problem in problems] == [f"{tmp_path}/one.ann:2", f"{tmp_path}/two.ann:2"]


def test_an_id_is_used_once_in_all_files(tmp_path: Path) -> None:
    write_annotations(GOLD, TEXTS, tmp_path / "brat")
    second = tmp_path / "brat" / "two.ann"
    second.write_text(second.read_text().replace("id: two-1", "id: one-1"))
    _, problems = read_annotations([tmp_path / "brat"], TEXTS)
    assert problems == (f"{second}: id 'one-1' is given already in {tmp_path}/brat/one.ann",)


def test_two_files_of_one_document_are_refused(tmp_path: Path) -> None:
    write_annotations(GOLD[:1], TEXTS, tmp_path / "brat")
    write_annotations(GOLD[:1], TEXTS, tmp_path / "a.tsv")
    with pytest.raises(GoldError, match=r"one\.ann: document 'one' was given by another file already"):
        read_annotations([tmp_path / "a.tsv", tmp_path / "brat"], TEXTS)


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text("")
    (tmp_path / "a.docx").write_text("")
    (tmp_path / "a.tsv").write_bytes(b"\xff")
    (tmp_path / "empty").mkdir()
    no_texts: dict[str, AnnotatedText] = {}
    for name, message in {
        "a.ann": r"the text a\.txt is not beside it\. Name it with --texts",
        "a.docx": r"annotations are read from \.tsv, \.ann, \.json, \.xml files, not \.docx",
        "a.tsv": "cannot be read as UTF-8 text",
        "none.json": "cannot be read as UTF-8 text .*No such file",
        "empty": r"no \.ann file in this folder",
    }.items():
        with pytest.raises(GoldError, match=message):
            read_annotations([tmp_path / name], no_texts)


def test_only_known_formats_are_written(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"write FILE\.tsv, FILE\.json \(BioC\) or a folder \(brat\), not \.xml"):
        write_annotations(GOLD, TEXTS, tmp_path / "gold.xml")
    assert list_files(tmp_path) == []
