"""BioC: passages, entities, and files that are damaged or hostile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sigmine.model import Document, Reference
from sigmine.readers import ReadFailure, read_documents

DATA = Path(__file__).resolve().parents[1] / "data"


def read(path: Path) -> list[Document]:
    items = list(read_documents(path))
    assert all(isinstance(item, Document) for item in items), items
    return [item for item in items if isinstance(item, Document)]


def fail(path: Path, content: str) -> str:
    path.write_text(content, encoding="utf-8")
    [failure] = read_documents(path)
    assert isinstance(failure, ReadFailure)
    return failure.reason


def test_bioc_xml() -> None:
    [document] = read(DATA / "reader_sample.xml")
    assert document.id == "bioc-1"
    assert document.text == "The kinase PDK1\nPDK1 phosphorylates AKT1 & S6K1.\nAn earlier paper"
    assert [section.kind for section in document.sections] == ["title", "body", "references"]
    assert [(m.text, m.start, m.type) for m in document.mentions] == [("PDK1", 16, "PROTEIN"), ("AKT1", 36, "PROTEIN")]
    assert document.source_span(36, 40) == (53, 57)
    assert document.references == (Reference(None, "123", None, "An earlier paper", "An earlier paper"),)


def test_bioc_json_and_a_list_of_collections(tmp_path: Path) -> None:
    [document] = read(DATA / "reader_sample.json")
    assert (document.id, document.mentions[0].text) == ("bioc-2", "AKT1")
    collection = json.loads((DATA / "reader_sample.json").read_text())
    (tmp_path / "a.json").write_text(json.dumps([collection, collection]))
    assert [document.id for document in read(tmp_path / "a.json")] == ["bioc-2", "bioc-2-2"]


SERVICE_DOCUMENT = {
    "_id": "7|None",
    "id": "7",
    "infons": {},
    "passages": [
        {"infons": {"type": "title"}, "offset": 0, "text": "The kinase PDK1", "annotations": []},
        {
            "infons": {"type": "abstract"},
            "offset": 16,
            "text": "PDK1 phosphorylates AKT1.",
            "sentences": [],
            "annotations": [
                {
                    "id": "2",
                    "infons": {
                        "identifier": "207",
                        "type": "Gene",
                        "valid": True,
                        "normalized": [207],
                        "database": "ncbi_gene",
                    },
                    "text": "AKT1",
                    "locations": [{"offset": 36, "length": 4}],
                }
            ],
            "relations": [],
        },
    ],
    "relations": [{"id": "R1", "infons": {"score": "0.9"}, "nodes": [{"refid": "0", "role": "1,0"}]}],
    "pmid": 7,
    "pmcid": None,
}


@pytest.mark.parametrize(
    "value",
    [{"PubTator3": [SERVICE_DOCUMENT]}, SERVICE_DOCUMENT, [SERVICE_DOCUMENT], [{"PubTator3": [SERVICE_DOCUMENT]}]],
)
@pytest.mark.parametrize("name", ["a.json", "a.data"])
def test_documents_as_services_give_them(tmp_path: Path, value: object, name: str) -> None:
    (tmp_path / name).write_text(json.dumps(value, indent=1))
    [document] = read(tmp_path / name)
    assert document.text == "The kinase PDK1\nPDK1 phosphorylates AKT1."
    assert [(one.text, one.curie) for one in document.mentions] == [("AKT1", "ncbigene:207")]


def test_documents_a_line_each(tmp_path: Path) -> None:
    lines = [json.dumps({**SERVICE_DOCUMENT, "id": str(number)}) for number in range(3)]
    (tmp_path / "a.json").write_text("\n".join(lines) + "\n")
    assert [document.id for document in read(tmp_path / "a.json")] == ["0", "1", "2"]


@pytest.mark.parametrize(
    "value", [{"PubTator3": []}, {"PubTator3": 1}, {"passages": 1}, [], [1], {"PubTator3": [{"id": "1"}]}]
)
def test_what_services_give_instead_is_refused(tmp_path: Path, value: object) -> None:
    assert "no BioC collection" in fail(tmp_path / "a.json", json.dumps(value))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xml", "<collection>", "not well-formed XML"),
        ("a.xml", "<catalogue/>", "the root element is <catalogue>"),
        ("a.xml", "<collection><document><passage/></document></collection>", "not BioC XML"),
        ("a.xml", "<collection/>", "holds no document"),
        ("a.json", '{"text":\n"AKT"}', "goes into .jsonl"),
        ("a.json", '{"documents": [{"id": "x"}]}', "not BioC JSON"),
        ("a.json", "{", "not JSON"),
    ],
)
def test_what_is_no_bioc_is_refused(tmp_path: Path, name: str, content: str, reason: str) -> None:
    assert reason in fail(tmp_path / name, content)


def test_jats_is_no_bioc_even_if_it_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<article><p>AKT</p></article>")
    [failure] = read_documents(tmp_path / "a.xml", formats=["bioc"])
    assert isinstance(failure, ReadFailure)
    assert "JATS, not BioC" in failure.reason


def test_bioc_xml_loads_nothing_that_it_names(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    body = (DATA / "reader_sample.xml").read_text().split("<collection>", 1)[1].replace("&amp;", "&leak;")
    hostile = f'<!DOCTYPE collection [<!ENTITY leak SYSTEM "{secret.as_uri()}">]><collection>{body}'
    assert "the secret" not in fail(tmp_path / "a.xml", hostile)


def test_a_bioc_entity_must_fit_its_passage(tmp_path: Path) -> None:
    content = (DATA / "reader_sample.xml").read_text()
    assert "entity T2 is 'AKT1'" in fail(tmp_path / "a.xml", content.replace('offset="53"', 'offset="52"'))
    assert "entity T2: offsets" in fail(tmp_path / "a.xml", content.replace('offset="53"', 'offset="9"'))


def test_a_cited_work_has_the_fields_of_its_infons(tmp_path: Path) -> None:
    infons = {
        "section_type": "REF",
        "type": "ref",
        "name_0": "surname:Ng;given-names:AB",
        "name_1": "surname:Wu;given-names:C",
        "source": "Cell",
        "year": "2011",
        "pub-id_doi": "10.5555/1",
    }
    passage = {"infons": infons, "offset": 42, "text": "Kinases that act in rows"}
    value = {**SERVICE_DOCUMENT, "passages": [*SERVICE_DOCUMENT["passages"], passage]}  # type: ignore[misc]
    (tmp_path / "a.json").write_text(json.dumps(value))
    [document] = read(tmp_path / "a.json")
    [work] = document.references
    assert (work.authors, work.journal, work.year, work.doi) == (("Ng AB", "Wu C"), "Cell", 2011, "10.5555/1")
    assert work.title == "Kinases that act in rows"


def test_the_cells_of_a_bioc_table_know_their_column(tmp_path: Path) -> None:
    rows = "Kinase\tSubstrate\tSite\t \tAKT1\tTSC2\tSer939\t \tAMPK\t\tSer792\t \tNo more than a note\t \t"
    passages = [
        {"offset": 0, "infons": {"section_type": "TABLE", "type": "table_caption"}, "text": "AKT1 and AMPK."},
        {"offset": 15, "infons": {"section_type": "TABLE", "type": "table"}, "text": rows},
        {"offset": 200, "infons": {"section_type": "TABLE", "type": "table_footnote"}, "text": "Of humans."},
    ]
    document = read_bioc_passages(tmp_path, passages)
    cells = [(c.row, c.header, document.text[c.start : c.end]) for s in document.sections for c in s.cells]
    assert cells == [
        (0, "Kinase", "Kinase"),
        (0, "Substrate", "Substrate"),
        (0, "Site", "Site"),
        (1, "Kinase", "AKT1"),
        (1, "Substrate", "TSC2"),
        (1, "Site", "Ser939"),
        (2, "Kinase", "AMPK"),
        (2, "Site", "Ser792"),
    ]
    assert [document.text[s.start : s.end] for s in document.sections if s.kind == "table"][-1] == "No more than a note"
    assert [document.text[s.start : s.end] for s in document.sections if s.kind == "legend"] == [
        "AKT1 and AMPK.",
        "Of humans.",
    ]


def read_bioc_passages(folder: Path, passages: list[dict[str, object]]) -> Document:
    for passage in passages:
        passage |= {"sentences": [], "annotations": [], "relations": []}
    document = {"id": "1", "infons": {}, "passages": passages, "annotations": [], "relations": []}
    collection = {"source": "own", "date": "2021", "key": "own.key", "infons": {}, "documents": [document]}
    (folder / "a.json").write_text(json.dumps(collection), encoding="utf-8")
    [item] = read_documents(folder / "a.json")
    assert isinstance(item, Document), item
    return item
