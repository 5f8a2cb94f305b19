from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotation.builders import PDK1, find_end, make_document, make_statement, make_text
from evaluation.builders import write_lines
from samples import make_mention
from sigmine.annotation.bioc_json import format_bioc
from sigmine.annotation.brat import format_brat
from sigmine.annotation.claims import Claims, is_foreign, load_claims, make_claim
from sigmine.errors import GoldError, ReadError
from sigmine.model import Document, Evidence
from sigmine.model.json import evidence_to_json

STATEMENT = make_statement(
    PDK1, "phosphorylates", find_end(PDK1, "PDPK1", curie="hgnc:8816"), find_end(PDK1, "AKT1", curie="hgnc:391"),
    sites=("T308",), hedged=True,
)  # fmt: skip
TEXTS = {"doc": make_text(PDK1)}
GOLD = (make_document(TEXTS["doc"], STATEMENT),)
INDRA = {
    "type": "Phosphorylation",
    "enz": {"name": "PDPK1", "db_refs": {"HGNC": "8816"}},
    "sub": {"name": "AKT1", "db_refs": {"HGNC": "391"}},
    "residue": "T",
    "position": "308",
    "evidence": [{"text": PDK1, "epistemics": {"hypothesis": True}}],
}
TRIPLES = "subject\trelation\tobject\tsite\tsubject_id\tobject_id\thedged\tsentence\tdocument\n" + "\t".join(
    ("PDPK1", "phosphorylates", "AKT1", "T308", "hgnc:8816", "hgnc:391", "yes", PDK1, "doc")
)
XML = (
    "<collection><source/><date/><key/><document><id>doc</id><passage><offset>0</offset><text/>"
    '<annotation id="T1"><infon key="type">PROTEIN</infon><infon key="name">PDPK1</infon>'
    '<infon key="identifier">hgnc:8816</infon><location offset="0" length="5"/><text>PDPK1</text></annotation>'
    '<annotation id="T2"><infon key="type">PROTEIN</infon><infon key="name">AKT1</infon>'
    '<infon key="identifier">hgnc:391</infon><location offset="21" length="4"/><text>AKT1</text></annotation>'
    '<relation id="R1"><infon key="type">phosphorylates</infon><infon key="sites">T308</infon>'
    '<infon key="hedged">yes</infon><node refid="T1" role="subject"/><node refid="T2" role="object"/></relation>'
    "</passage></document></collection>"
)


def write_output(folder: Path) -> Path:
    """The folder of a run that read the sentence."""
    mention = make_mention(Document("doc", PDK1), "phosphorylates", "PDPK1", "AKT1", sites=(), hedged=True)
    row = evidence_to_json(Evidence("doc", "body", PDK1, 0, len(PDK1), mention), 0.8)
    rows = {"documents": [{"document": "doc"}, {"document": "silent"}]}
    write_lines(folder / "mentions.jsonl", row)
    write_lines(folder / "manifest.json", rows)
    return folder


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one sentence states, in every format."""
    folder = tmp_path_factory.mktemp("claims")
    write_output(folder / "out")
    brat = folder / "brat"
    brat.mkdir()
    contents = {
        "indra.json": json.dumps([INDRA]),
        "statements.json": json.dumps({"statements": [INDRA]}),
        "database.json": json.dumps({"statements": {"-123": INDRA}}),
        "bioc.json": format_bioc(GOLD, TEXTS),
        "bioc.xml": XML,
        "triples.tsv": TRIPLES,
        "doc.ann": format_brat(GOLD[0], PDK1),
        "brat/doc.ann": format_brat(GOLD[0], PDK1),
    }
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def load(path: Path, level: str = "relaxed") -> Claims:
    return load_claims(path, GOLD, TEXTS, level)


@pytest.mark.parametrize(
    "name",
    [
        "indra.json",
        "statements.json",
        "database.json",
        "bioc.json",
        "bioc.xml",
        "triples.tsv",
        "doc.ann",
        "brat",
    ],
)
def test_every_foreign_format_gives_the_same_claim(files: Path, name: str) -> None:
    assert is_foreign(files / name)
    found = load(files / name, "strict")
    (claim,) = found.predictions
    assert (claim.document, claim.relation, claim.sites) == ("doc", "phosphorylates", ("T308",))
    assert (claim.subject, claim.object) == (STATEMENT.subject, STATEMENT.object)
    assert (claim.sentence, claim.hedged, claim.negated, claim.belief) == ((0, len(PDK1)), True, False, 1.0)
    assert (found.unplaced, found.lost) == (0, 0)


def test_who_annotates_says_which_documents_were_read(files: Path) -> None:
    assert [load(files / name).read for name in ("bioc.json", "doc.ann", "brat")] == [("doc",)] * 3
    assert [load(files / name).read for name in ("indra.json", "triples.tsv")] == [None, None]


def test_our_own_output_is_read_as_ever(files: Path) -> None:
    assert not is_foreign(files / "out")
    assert not is_foreign(files / "out" / "mentions.jsonl")
    found = load(files / "out")
    assert found.read == ("doc", "silent")
    assert [(one.relation, one.rule, one.hedged) for one in found.predictions] == [
        ("phosphorylates", "phosphorylates/transitive_verb.active", True)
    ]
    assert load(files / "out" / "mentions.jsonl") == Claims(found.predictions, None)


def test_an_output_folder_with_brat_files_beside_is_our_own(tmp_path: Path) -> None:
    write_output(tmp_path)
    (tmp_path / "doc.ann").write_text("")
    assert not is_foreign(tmp_path)


def test_claims_without_a_place_are_counted_and_left_out_but_at_level_document(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    elsewhere = INDRA | {"evidence": [{"text": "Something else.", "source_id": "doc"}]}
    lost = INDRA | {"evidence": [{"text": "Something else.", "source_id": "PMC1"}]}
    path.write_text(json.dumps([INDRA, elsewhere, lost]))
    relaxed, document = load(path), load(path, "document")
    assert (len(relaxed.predictions), relaxed.unplaced, relaxed.lost) == (1, 1, 1)
    assert (len(document.predictions), document.unplaced, document.lost) == (2, 0, 1)


def test_what_mesh_calls_a_disease_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    renin, disease = (
        {"name": "REN", "db_refs": {"HGNC": "9958"}},
        {"name": "Hypertension", "db_refs": {"MESH": "D006973"}},
    )
    text = "Renin drives hypertension."
    row = {"type": "Activation", "subj": renin, "obj": disease, "evidence": [{"text": text, "source_id": "doc"}]}
    path.write_text(json.dumps([row]))
    (claim,) = load(path, "document").predictions
    assert claim.subject is not None
    assert (claim.subject.type, claim.object.type) == ("PROTEIN", "DISEASE")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", "{", "a.json: not JSON (Expecting property name"),
        ("a.json", '{"text": "AKT1"}', "a.json: neither BioC nor a list of INDRA statements (objects with a 'type')"),
        ("a.json", '[{"type": "Activation"}, 3]', "a.json: neither BioC nor a list of INDRA statements"),
        ("a.json", '{"statements": null}', "a.json: neither BioC nor a list of INDRA statements"),
        ("a.tsv", "a\tb\n", "a.tsv:1: no column 'relation' and 'object'"),
        ("a.tsv", "relation\tobject\neats\tAKT1\n", "a.tsv:2: unknown relation 'eats'"),
        ("a.xml", "<html/>", "a.xml: not a BioC collection"),
        ("a.json", '{"documents": [{}]}', "a.json: not a BioC collection"),
        ("other.ann", "", "other.ann: the text other.txt is not beside it."),
        ("a.jsonl", "{}", "a.jsonl:1: not a line of 'sigmine extract'"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises((ReadError, GoldError)) as caught:
        load(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path}/{message}")


def test_a_file_that_cannot_be_read_names_the_formats(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_bytes(b"\xff\xfe")
    for name in ("a.tsv", "none.json"):
        with pytest.raises(ReadError, match=r"cannot be read as UTF-8 text .* Give an output folder or \.jsonl of sig"):
            load(tmp_path / name)


def test_every_problem_of_an_annotation_is_given(tmp_path: Path) -> None:
    path = tmp_path / "doc.ann"
    path.write_text("T1\tPROTEIN 0 5\tAKT1\nR1\n")
    with pytest.raises(GoldError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}: 2 problems:\n{path}:1: T1 is 'AKT1'")
    assert len(caught.value.problems) == 2


def test_an_annotation_is_a_claim_that_is_sure() -> None:
    claim = make_claim(STATEMENT)
    assert (claim.id, claim.document, claim.relation, claim.sites) == ("doc-001", "doc", "phosphorylates", ("T308",))
    assert (claim.subject, claim.object, claim.sentence) == (STATEMENT.subject, STATEMENT.object, (0, len(PDK1)))
    assert (claim.hedged, claim.belief, claim.core) == (True, 1.0, True)
