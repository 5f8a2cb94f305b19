"""BioC and brat, read by the library and by our own readers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bioc import BioCDocument, BioCPassage, BioCRelation, biocjson
from hypothesis import given
from hypothesis import strategies as st

from sigmine.annotation.bioc_json import parse_bioc
from sigmine.annotation.texts import AnnotatedText
from sigmine.exports import EXPORTS
from sigmine.exports.brat import UNPLACED, list_brat_files, make_configuration
from sigmine.model import Entity, Evidence, Site, Statement, Trigger
from sigmine.readers import read_documents
from store.builders import ALL, DENIED, HEDGED, INDIRECT, NO_SUBJECT, PLAIN, UNGROUNDED, make_evidence, make_statements

TEXT = "AKT phosphorylates TSC2 at S939 and T1462 [7]. This kinase is not known to bind α-actinin."
PAIR = (0, 46)


def find(words: str, at: int = 0) -> tuple[str, int, int]:
    start = TEXT.index(words, at)
    return words, start, start + len(words)


def read_pair() -> Evidence:
    """Evidence with two sites, in a text whose characters are all right."""
    sentence = TEXT[slice(*PAIR)]
    made = make_evidence(sentence, "phosphorylates", Entity(*find("AKT"), "FAMILY", "AKT", "fplx:AKT"), "TSC2")
    sites = (Site("S", 939, *find("S939")), Site("T", 1462, *find("T1462")))
    return replace(made, mention=replace(made.mention, sites=sites, trigger=Trigger(*find("phosphorylates"))))


def read_across() -> Evidence:
    """Evidence whose subject stands in the sentence before."""
    sentence = TEXT[PAIR[1] + 1 :]
    made = make_evidence(sentence, "binds", None, "α-actinin", start=PAIR[1] + 1, negated=True)
    subject = Entity(*find("AKT"), "FAMILY", "AKT", "fplx:AKT")
    return replace(made, mention=replace(made.mention, subject=subject, trigger=Trigger(*find("bind"))))


def write(name: str, *statements: Statement) -> bytes:
    file = io.BytesIO()
    EXPORTS[name].write(statements, file)
    return file.getvalue()


def parse(*statements: Statement) -> list[BioCDocument]:
    return list(biocjson.loads(write("bioc", *statements).decode()).documents)


def find_relations(document: BioCDocument) -> Iterator[tuple[BioCPassage, BioCRelation]]:
    return ((passage, relation) for passage in document.passages for relation in passage.relations)


def test_bioc_has_a_passage_for_each_sentence_and_a_relation_for_each_reading() -> None:
    (document,) = parse(*make_statements(read_pair(), read_across()))
    assert [(one.offset, one.text, one.infons["type"]) for one in document.passages] == [
        (0, TEXT[:46], "body"),
        (47, TEXT[47:], "body"),
    ]
    first, second = find_relations(document)
    words = {one.id: one.text for passage in document.passages for one in passage.annotations}
    assert [(node.role, words[node.refid]) for node in first[1].nodes] == [
        ("subject", "AKT"), ("object", "TSC2"), ("trigger", "phosphorylates"), ("site", "S939"), ("site", "T1462"),
    ]  # fmt: skip
    assert first[1].infons["sites"] == "S939, T1462"
    assert len(first[1].infons["statement"].split(", ")) == 2
    assert second[0].offset == 47
    assert (second[1].infons["negated"], second[1].infons["claim"]) == ("yes", "asserted")
    assert words[second[1].nodes[0].refid] == "AKT"
    assert second[1].nodes[0].refid == first[1].nodes[0].refid, "the same words have one annotation"


def test_bioc_says_who_is_who_and_what_is_known_of_the_reading() -> None:
    (statement,) = make_statements(PLAIN)
    (document,) = parse(replace(statement, belief=0.875))
    (passage,) = document.passages
    assert passage.annotations[0].infons == {"type": "PROTEIN", "name": "AKT1", "identifier": "hgnc:391"}
    infons = passage.relations[0].infons
    assert infons["type"] == "phosphorylates"
    assert infons["rule"] == "phosphorylates/transitive_verb.active"
    assert (infons["statement"], infons["belief"]) == (statement.id, "0.8750")
    assert infons["citations"] == "pubmed:12345; doi:10.1000/x<1>y"
    assert not {"negated", "hedged", "indirect"} & infons.keys()
    (hedged,), (indirect,) = parse(*make_statements(HEDGED)), parse(*make_statements(INDIRECT))
    assert next(find_relations(hedged))[1].infons["hedged"] == "yes"
    assert next(find_relations(indirect))[1].infons["indirect"] == "yes"


def test_offsets_of_bioc_hold() -> None:
    for document in parse(*make_statements(*ALL, read_pair(), read_across())):
        assert sorted(one.offset for one in document.passages) == [one.offset for one in document.passages]
        for passage in document.passages:
            for one in passage.annotations:
                (place,) = one.locations
                start = place.offset - passage.offset
                assert passage.text[start : start + place.length] == one.text
                assert one.text


def test_words_outside_every_sentence_have_a_passage_of_their_own() -> None:
    (document,) = parse(*make_statements(read_across()))
    assert [(one.offset, one.text, one.infons["type"]) for one in document.passages] == [
        (0, "AKT", "context"),
        (47, TEXT[47:], "body"),
    ]
    assert len(document.passages[1].relations) == 1


def test_a_site_of_a_statement_that_is_left_out_is_left_out() -> None:
    kept = [one for one in make_statements(read_pair()) if one.site == "T1462"]
    (document,) = parse(*kept)
    (_, relation), *_ = find_relations(document)
    assert relation.infons["sites"] == "T1462"
    assert [one.text for one in document.passages[0].annotations][-1] == "T1462"


def test_our_reader_takes_text_and_entities_of_bioc(tmp_path: Path) -> None:
    (tmp_path / "out.json").write_bytes(write("bioc", *make_statements(read_pair())))
    (document,) = read_documents(tmp_path / "out.json")
    assert TEXT[:46] in document.text
    assert {(one.text, one.curie) for one in document.mentions} >= {("AKT", "fplx:AKT"), ("TSC2", "hgnc:12363")}


def test_bioc_is_read_as_gold_where_the_text_is() -> None:
    data = write("bioc", *make_statements(read_pair(), read_across())).decode()
    text = AnnotatedText("alpha.txt", TEXT, "0" * 64)
    (document,), problems = parse_bioc(data, {"alpha": text})
    assert problems == ()
    first, second = document.statements
    assert (first.relation, first.sites, first.negated) == ("phosphorylates", ("S939", "T1462"), False)
    assert (second.relation, second.negated, second.sentence) == ("binds", True, (47, len(TEXT)))


def read_brat(folder: Path, *statements: Statement) -> dict[str, str]:
    EXPORTS["brat"].write_folder(statements, folder)
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def test_brat_has_sentences_and_events(tmp_path: Path) -> None:
    files = read_brat(tmp_path, *make_statements(read_pair(), read_across()))
    assert list(files) == ["alpha.ann", "alpha.txt", "annotation.conf"]
    assert files["alpha.txt"] == f"{TEXT[:46]}\n{TEXT[47:]}\n"
    lines = files["alpha.ann"].splitlines()
    assert lines[:3] == ["T1\tFAMILY 0 3\tAKT", "N1\tReference T1 fplx:AKT\tAKT", "T2\tPROTEIN 19 23\tTSC2"]
    assert "E1\tphosphorylates:T3 Subject:T1 Object:T2 Site:T4 Site2:T5" in lines
    assert "E2\tbinds:T7 Subject:T1 Object:T6" in lines
    assert "A2\tNegation E2" in lines
    assert next(line for line in lines if line.startswith("#2")).endswith("place: 47-90")


def test_offsets_of_brat_hold_also_behind_odd_characters(tmp_path: Path) -> None:
    odd = replace(UNGROUNDED, sentence=UNGROUNDED.sentence.replace(" & ", "\n\u2028\x0c"))
    files = read_brat(tmp_path, *make_statements(odd, DENIED, NO_SUBJECT, PLAIN))
    for name, annotation in files.items():
        if name.endswith(".ann"):
            text = files[name.replace(".ann", ".txt")]
            entities = re.findall(r"^T\d+\t\S+ (\d+) (\d+)\t(.*)$", annotation, re.MULTILINE)
            assert entities
            assert all(text[int(start) : int(end)] == words for start, end, words in entities)
            assert len(text.splitlines()) == text.count("\n")


def test_our_reader_reads_brat_back(tmp_path: Path) -> None:
    read_brat(tmp_path, *make_statements(*ALL))
    documents = {one.id: one for one in read_documents(tmp_path)}
    assert len(documents) == len({one.document for one in ALL})
    found = {(one.text, one.type, one.curie) for one in documents["alpha"].mentions}
    assert found >= {("AKT1", "PROTEIN", "hgnc:391"), ("TSC2", "PROTEIN", "hgnc:12363")}
    assert not {kind for _, kind, _ in found} & {"PHOSPHORYLATES", "INHIBITS"}, "triggers are no entities"


def test_the_configuration_names_every_type_and_role(tmp_path: Path) -> None:
    strange = replace(
        PLAIN, mention=replace(PLAIN.mention, relation="cleaves", object=replace(PLAIN.mention.object, type="My type"))
    )
    files = read_brat(tmp_path, *make_statements(strange, *ALL))
    sections = re.split(r"^\[(\w+)\]\n", files["annotation.conf"], flags=re.MULTILINE)[1:]
    assert sections[::2] == ["entities", "relations", "events", "attributes"]
    entities, events, attributes = (sections[number].splitlines() for number in (1, 5, 7))
    known = {*entities, *(line.split("\t")[0] for line in events)}
    used = set(re.findall(r"^T\d+\t(\S+) \d+ \d+\t", "".join(files.values()), re.MULTILINE))
    assert used <= known
    assert "My_type" in used
    named = {line.split("\t")[0] for line in attributes}
    assert set(re.findall(r"^A\d+\t(\w+) E\d+", "".join(files.values()), re.MULTILINE)) <= named
    assert make_configuration().startswith("[entities]\nPROTEIN\n")


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "C:\\x", "a\x00b", "CON", "", "annotation"])
def test_no_document_is_written_outside_its_folder(name: str, tmp_path: Path) -> None:
    read_brat(tmp_path / "in" / "here", *make_statements(replace(PLAIN, document=name)))
    assert [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()] == [
        path.relative_to(tmp_path) for path in (tmp_path / "in" / "here").iterdir()
    ]
    assert len(list((tmp_path / "in" / "here").iterdir())) == 3


def test_statements_without_evidence_are_told_in_words(tmp_path: Path) -> None:
    bare = replace(make_statements(PLAIN)[0], evidence=())
    taken = replace(DENIED, document=UNPLACED)
    files = read_brat(tmp_path, bare, *make_statements(taken))
    assert files[f"{UNPLACED}_.txt"] == "AKT1 phosphorylates TSC2 on S939.\n"
    assert files[f"{UNPLACED}.txt"] == f"{DENIED.sentence}\n"
    assert biocjson.loads(write("bioc", bare).decode()).infons == {
        "without_evidence": "AKT1 phosphorylates TSC2 at S939"
    }


@given(st.text(min_size=1, max_size=30), st.text(max_size=20), st.text(min_size=1, max_size=30))
def test_any_characters_keep_their_places(before: str, between: str, behind: str) -> None:
    sentence = f"{before}AKT1{between}RHEB{behind}"
    start = len(before)
    subject = Entity("AKT1", start, start + 4, "PROTEIN", "AKT1")
    object_ = Entity("RHEB", start + 4 + len(between), start + 8 + len(between), "PROTEIN", "RHEB")
    statements = make_statements(make_evidence(sentence, "activates", subject, object_, start=7))
    (document,) = parse(*statements)
    marks = {one.text: one.locations[0].offset for one in document.passages[0].annotations}
    assert marks["AKT1"] == 7 + start
    files = dict(list_brat_files(statements))
    text, annotation = files["alpha.txt"].decode(), files["alpha.ann"].decode()
    for low, high, words in re.findall(r"^T\d+\tPROTEIN (\d+) (\d+)\t(\w+)$", annotation, re.MULTILINE):
        assert text[int(low) : int(high)] == words
    assert annotation.count("\tPROTEIN ") == 2
