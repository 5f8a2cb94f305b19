"""Identifiers of given entities: every source's way of writing them, in our CURIEs; several are never one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sigmine.model import Document, Entity
from sigmine.model.json import entity_from_json, entity_to_json
from sigmine.readers import read_documents
from sigmine.readers.given_identifiers import find_identifiers, parse_identifiers
from sigmine.resources.prefixes import expand_curie, normalize_curie

TEXT = "PDK1 phosphorylates AKT."


def read(path: Path) -> list[Entity]:
    [document] = read_documents(path)
    assert isinstance(document, Document), document
    return list(document.mentions)


@pytest.mark.parametrize(
    ("value", "type_", "curies"),
    [
        ("207", "PROTEIN", ["ncbigene:207"]),
        ("207;208;207", "PROTEIN", ["ncbigene:207", "ncbigene:208"]),
        ("207(Tax:9606)", "PROTEIN", ["ncbigene:207"]),
        ("NCBI Gene:207", "PROTEIN", ["ncbigene:207"]),
        ("Entrez:207", "PROTEIN", ["ncbigene:207"]),
        ("EntrezGene : 207", "PROTEIN", ["ncbigene:207"]),
        ("HGNC:391", "PROTEIN", ["hgnc:391"]),
        ("FPLX:AKT", "FAMILY", ["fplx:AKT"]),
        ("UniProt:P31749", "PROTEIN", ["uniprot:P31749"]),
        ("UniProtKB:P31749-2", "PROTEIN", ["uniprot:P31749"]),
        ("A0A024R161", "PROTEIN", ["uniprot:A0A024R161"]),
        ("MESH:D000255", "CHEMICAL", ["mesh:D000255"]),
        ("D000255|D000244", "CHEMICAL", ["mesh:D000255", "mesh:D000244"]),
        ("MESH:D001943,MESH:D010051", "DISEASE", ["mesh:D001943", "mesh:D010051"]),
        ("OMIM:114480", "DISEASE", ["omim:114480"]),
        ("CHEBI:CHEBI:15422", "CHEMICAL", ["chebi:15422"]),
        ("9606", "SPECIES", ["ncbitaxon:9606"]),
        ("Taxonomy:3701", "SPECIES", ["ncbitaxon:3701"]),
        ("CVCL_0030", "CELL", ["cellosaurus:CVCL_0030"]),
        ("CVCL:0030", "CELL", ["cellosaurus:CVCL_0030"]),
        ("GO:0005634", "LOCATION", ["go:0005634"]),
        ("Wikipedia:534366", "PROTEIN", ["Wikipedia:534366"]),
        ("-", "PROTEIN", []),
        ("", "PROTEIN", []),
        ("None", "DISEASE", []),
        ("CUI-less", "DISEASE", []),
        ("AKT1", "PROTEIN", []),
        ("114480", "DISEASE", []),
        ("UniProt:nothing", "PROTEIN", []),
        ("tmVar:p|SUB|V|600|E;HGVS:p.V600E;VariantGroup:0;CorrespondingGene:673", "PROTEINMUTATION", []),
        ("rs113488022", "SNP", []),
    ],
)
def test_identifiers_have_our_prefixes(value: str, type_: str, curies: list[str]) -> None:
    assert list(parse_identifiers(value, type_)) == curies


@pytest.mark.parametrize("value", ["207", "P31749", "D000255", "CVCL_0030", "HP:0000118", "UBERON:0000955", "DB00877"])
def test_what_they_become_has_an_address(value: str) -> None:
    for curie in parse_identifiers(value, "PROTEIN", database="drugbank" if value.startswith("DB") else ""):
        assert normalize_curie(curie) == curie
        assert (expand_curie(curie) or "").startswith("http")


@pytest.mark.parametrize(
    ("infons", "curies"),
    [
        (
            {"identifier": "207", "database": "ncbi_gene", "ncbi_homologene": "3785", "accession": "@GENE_AKT1"},
            ["ncbigene:207"],
        ),
        ({"identifier": 207, "normalized": [207]}, ["ncbigene:207"]),
        ({"NCBI Gene": "207", "NCBI Homologene": "3785"}, ["ncbigene:207"]),
        ({"identifier": "-"}, []),
        ({"identifier": None, "normalized": []}, []),
        ({"normalized": [207, 208]}, ["ncbigene:207", "ncbigene:208"]),
        ({"UniProt": "P31749"}, ["uniprot:P31749"]),
        ({"identifier": "D000255", "database": "ncbi_mesh"}, ["mesh:D000255"]),
        ({"curie": "HGNC:391"}, ["hgnc:391"]),
        ({"homologene": "207"}, []),
    ],
)
def test_what_the_infons_of_bioc_give(infons: dict[str, object], curies: list[str]) -> None:
    assert list(find_identifiers({"type": "Gene", **infons}, "PROTEIN")) == curies


def test_pubtator(tmp_path: Path) -> None:
    rows = ["1|t|PDK1 acts", f"1|a|{TEXT}", "1\t10\t14\tPDK1\tGene\t5170", "1\t30\t33\tAKT\tGene\t207;208;10000"]
    (tmp_path / "a.pubtator").write_text("\n".join(rows))
    first, second = read(tmp_path / "a.pubtator")
    assert (first.curie, first.score, first.alternatives) == ("ncbigene:5170", 1.0, ())
    assert (second.curie, second.alternatives) == (None, ("ncbigene:207", "ncbigene:208", "ncbigene:10000"))


def test_bioc(tmp_path: Path) -> None:
    annotations = [
        {
            "id": "1",
            "infons": {"type": "Gene", "identifier": "HGNC:8816"},
            "text": "PDK1",
            "locations": [{"offset": 7, "length": 4}],
        },
        {
            "id": "2",
            "infons": {"type": "Gene", "identifier": "207;208"},
            "text": "AKT",
            "locations": [{"offset": 27, "length": 3}],
        },
    ]
    passage = {"offset": 7, "infons": {}, "text": TEXT, "sentences": [], "annotations": annotations, "relations": []}
    document = {"id": "d", "infons": {}, "passages": [passage], "annotations": [], "relations": []}
    (tmp_path / "a.json").write_text(
        json.dumps({"source": "", "date": "", "key": "", "infons": {}, "documents": [document]})
    )
    first, second = read(tmp_path / "a.json")
    assert (first.start, first.curie) == (0, "hgnc:8816")
    assert (second.curie, second.alternatives) == (None, ("ncbigene:207", "ncbigene:208"))


def test_brat(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(TEXT)
    (tmp_path / "x.ann").write_text(
        "T1\tProtein 0 4\tPDK1\nN1\tReference T1 UniProt:O15530\tPDPK1\n"
        "T2\tFamily 20 23\tAKT\nN2\tReference T2 HGNC:391\tAKT1\nN3\tReference T2 HGNC:392\tAKT2\n"
    )
    first, second = read(tmp_path / "x.ann")
    assert first.curie == "uniprot:O15530"
    assert (second.curie, second.alternatives) == (None, ("hgnc:391", "hgnc:392"))


def test_jsonl_and_the_same_words_twice(tmp_path: Path) -> None:
    entity = {"id": "T1", "type": "Protein", "start": 20, "end": 23}
    row = {
        "id": "d",
        "text": TEXT,
        "entities": [{**entity, "curie": "HGNC:391"}, {**entity, "curie": "hgnc:392"}, entity],
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    [akt] = read(tmp_path / "a.jsonl")
    assert (akt.curie, akt.alternatives) == (None, ("hgnc:391", "hgnc:392"))
    assert entity_from_json(entity_to_json(akt)).alternatives == akt.alternatives
    assert not {"alternatives", "reason"} & entity_to_json(Entity("AKT", 0, 3, "PROTEIN", "AKT")).keys()
    unclear = Entity("ACX2", 0, 4, "PROTEIN", "ACX2", reason="ambiguous: A, B", alternatives=("hgnc:1", "hgnc:2"))
    assert entity_from_json(entity_to_json(unclear)) == unclear
