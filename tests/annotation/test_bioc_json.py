from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotation.builders import SECOND, TEXT, find_end, make_document, make_statement, make_text
from sigmine.annotation.bioc_json import format_bioc, parse_bioc
from sigmine.errors import GoldError
from sigmine.evaluation import GoldDocument

TEXTS = {"doc": make_text(TEXT)}
PLAIN = make_statement(TEXT, "phosphorylates", "PDPK1", "AKT1", sentence=(0, 36))
RICH = make_statement(
    TEXT,
    "phosphorylates",
    None,
    find_end(TEXT, "TSC2", curie="hgnc:12363", aliases=("TSC com-\nplex",)),
    id="doc-002",
    sentence=SECOND,
    sites=("S939", "T1462"),
    negated=True,
    direct=False,
    note="doubt: S939; T1462",
)
Row = dict[str, Any]


def make_rows() -> Row:
    """A collection that states ``PLAIN``."""
    found: Row = json.loads(format_bioc([make_document(TEXTS["doc"], PLAIN)], TEXTS))
    return found


def get_passage(rows: Row) -> Row:
    passage: Row = rows["documents"][0]["passages"][0]
    return passage


def parse(rows: Row) -> tuple[tuple[GoldDocument, ...], list[str]]:
    documents, problems = parse_bioc(json.dumps(rows), TEXTS, place="a.json", annotator="one")
    return documents, list(problems)


def test_statements_are_annotations_and_relations() -> None:
    rows = json.loads(format_bioc([make_document(TEXTS["doc"], PLAIN, RICH)], TEXTS))
    (document,) = rows["documents"]
    assert document["infons"]["sha256"] == TEXTS["doc"].sha256
    (passage,) = document["passages"]
    assert (passage["offset"], passage["text"]) == (0, TEXT)
    assert [(one["text"], one["infons"]["identifier"]) for one in passage["annotations"]] == [
        ("PDPK1", "-"),
        ("AKT1", "-"),
        ("TSC2", "hgnc:12363"),
        ("TSC com-\nplex", "hgnc:12363"),
    ]
    plain, rich = passage["relations"]
    assert plain["infons"] == {"type": "phosphorylates", "id": "doc-001", "sentence": "0-36"}
    assert [(node["role"], node["refid"]) for node in rich["nodes"]] == [("object", "T3"), ("object_alias", "T4")]
    assert (rich["infons"]["negated"], rich["infons"]["indirect"]) == ("yes", "yes")


def test_they_are_read_back() -> None:
    document = make_document(TEXTS["doc"], PLAIN, RICH)
    assert parse_bioc(format_bioc([document], TEXTS), TEXTS, annotator="one") == ((document,), ())


def test_bioc_of_others_without_ids_names_and_sentences_is_read() -> None:
    rows = make_rows()
    for annotation in get_passage(rows)["annotations"]:
        annotation["infons"] = {"type": "PROTEIN", "source": "a person"}
    get_passage(rows)["relations"][0]["infons"] = {"type": "phosphorylates", "confidence": "0.9"}
    assert parse(rows) == ((make_document(TEXTS["doc"], PLAIN),), [])


@pytest.mark.parametrize(("value", "negated"), [(True, True), (False, False), ("yes", True), (None, False)])
def test_an_infon_may_be_any_json(value: object, negated: bool) -> None:
    rows = make_rows()
    get_passage(rows)["relations"][0]["infons"]["negated"] = value
    (document,), problems = parse(rows)
    assert (document.statements[0].negated, problems) == (negated, [])


@pytest.mark.parametrize("level", ["document", "sentence"])
def test_annotations_may_hang_on_the_document_or_on_a_sentence(level: str) -> None:
    rows = make_rows()
    passage = get_passage(rows)
    moved = {name: passage[name] for name in ("annotations", "relations")}
    passage |= {"annotations": [], "relations": []}
    if level == "document":
        rows["documents"][0] |= moved
    else:
        passage["sentences"] = [{"offset": 0, "infons": {}, "text": TEXT, **moved}]
    assert parse(rows) == ((make_document(TEXTS["doc"], PLAIN),), [])


def test_made_ids_leave_room_for_those_that_are_given() -> None:
    rows = make_rows()
    (relation,) = get_passage(rows)["relations"]
    bare = relation | {"id": "R2", "infons": {"type": "binds"}}
    get_passage(rows)["relations"] = [bare, relation]
    (document,), problems = parse(rows)
    assert ([one.id for one in document.statements], problems) == (["doc-002", "doc-001"], [])


def test_an_id_is_used_once() -> None:
    rows = make_rows()
    (relation,) = get_passage(rows)["relations"]
    get_passage(rows)["relations"].append(relation | {"id": "R2"})
    assert parse(rows)[1] == ["a.json doc, R2: id 'doc-001' is given already in a.json doc, R1"]


def set_at(rows: Row, path: str, value: object) -> None:
    """``relations.0.infons.type`` of the passage."""
    *steps, last = path.split(".")
    place: Any = get_passage(rows)
    for step in steps:
        place = place[int(step) if step.isdecimal() else step]
    place[last] = value


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("annotations.0.locations", [], "T1: the annotation has no location"),
        ("annotations.0.text", "PDK1", "T1: 'PDK1' is given, but the text has 'PDPK1' at 0"),
        ("relations.0.infons.type", "eats", "R1: unknown relation 'eats'. Allowed: phosphorylates, "),
        ("relations.0.infons.type", None, "R1: unknown relation ''"),
        ("relations.0.infons.sites", "Thr308", "R1: site 'Thr308' must be a one-letter residue"),
        ("relations.0.infons.sentence", "0-9999", "R1: sentence must be its first and last character"),
        (
            "relations.0.nodes",
            [{"refid": "T1", "role": "subject"}],
            "R1: the relation has no node with the role object",
        ),
        (
            "relations.0.nodes",
            [{"refid": "T9", "role": "object"}],
            "R1: node 'T9' with role 'object': a role is subject",
        ),
        (
            "relations.0.nodes",
            [{"refid": "T1", "role": "Gene"}],
            "R1: node 'T1' with role 'Gene': a role is subject or",
        ),
        ("annotations.1.infons.type", None, "R1: unknown type"),
        ("annotations.1.infons.identifier", 391, "R1: curie of object must look like 'hgnc:391'"),
    ],
)
def test_a_problem_is_told_with_document_and_relation(path: str, value: object, problem: str) -> None:
    rows = make_rows()
    set_at(rows, path, value)
    assert parse(rows)[1][0].startswith(f"a.json doc, {problem}")


def test_all_problems_are_told() -> None:
    rows = make_rows()
    set_at(rows, "annotations.0.text", "PDK1")
    set_at(rows, "relations.0.infons.hedged", "perhaps")
    relation = get_passage(rows)["relations"][0]
    get_passage(rows)["relations"].append(relation | {"id": "R2", "nodes": relation["nodes"][1:]})
    problems = parse(rows)[1]
    assert [problem.split(": ")[0] for problem in problems] == ["a.json doc, T1", "a.json doc, R1", "a.json doc, R2"]


def test_a_document_needs_its_text() -> None:
    with pytest.raises(GoldError, match=r"no text of document 'doc' is here .* Texts: other"):
        parse_bioc(json.dumps(make_rows()), {"other": make_text(TEXT)})


@pytest.mark.parametrize("content", ["", "{}", "[]", "{", '"doc"', "<html/>", "<collection>", '{"documents": [1]}'])
def test_what_is_no_bioc_is_refused(content: str) -> None:
    with pytest.raises(GoldError, match=r"^a\.json: not a BioC collection"):
        parse_bioc(content, TEXTS, place="a.json")


XML = """<?xml version="1.0" encoding="UTF-8"?>
{doctype}<collection><source/><date/><key/><document><id>doc</id>
<passage><offset>0</offset><text>{text}</text>
<annotation id="T1"><infon key="type">PROTEIN</infon><location offset="0" length="5"/><text>PDPK1</text></annotation>
<annotation id="T2"><infon key="type">PROTEIN</infon><location offset="21" length="4"/><text>AKT1</text></annotation>
<relation id="R1"><infon key="type">phosphorylates</infon><infon key="note">{note}</infon>
<infon key="negated"/><node refid="T1" role="subject"/><node refid="T2" role="object"/></relation>
</passage></document></collection>
"""


def test_xml_is_read_and_a_dtd_that_it_names_is_not_looked_for() -> None:
    for doctype in ("", '<!DOCTYPE collection SYSTEM "BioC.dtd">\n', '<!DOCTYPE collection SYSTEM "http://[::1]/x">'):
        content = XML.format(doctype=doctype, text=TEXT, note="β &amp; γ")
        (document,), problems = parse_bioc(f"\ufeff\n{content}".replace("\n<?xml", "<?xml"), TEXTS)
        assert problems == ()
        assert [(one.relation, one.note, one.negated) for one in document.statements] == [
            ("phosphorylates", "β & γ", False)
        ]


def test_no_entity_is_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    outside = f'<!DOCTYPE collection [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>\n'
    inside = '<!DOCTYPE collection [<!ENTITY a "ha"><!ENTITY leak "&a;&a;&a;">]>\n'
    for doctype in (outside, inside):
        with pytest.raises(GoldError, match="not a BioC collection") as caught:
            parse_bioc(XML.format(doctype=doctype, text=TEXT, note="&leak;"), TEXTS)
        assert "secret" not in str(caught.value)
        assert "haha" not in str(caught.value)
