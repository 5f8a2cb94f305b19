from __future__ import annotations

import pytest

from annotation.builders import SECOND, TEXT, find_end, make_document, make_statement, make_text
from sigmine.annotation.brat import format_brat, parse_brat
from sigmine.evaluation import GoldDocument

AKT1 = find_end(TEXT, "AKT1", curie="hgnc:391")
RICH = make_statement(
    TEXT,
    "phosphorylates",
    find_end(TEXT, "AKT1", at=37, name="AKT1", curie="hgnc:391"),
    find_end(TEXT, "TSC2", aliases=("TSC com-\nplex",)),
    sentence=SECOND,
    sites=("S939",),
    hedged=True,
    note="doubt: S939; perhaps T1462; see #2",
)
BARE = make_statement(TEXT, "phosphorylates", None, AKT1, id="doc-002", sentence=(0, 36))
ENTITIES = "T1\tPROTEIN 0 5\tPDPK1\nT2\tPROTEIN 21 25\tAKT1\n"


def parse(content: str, text: str = TEXT) -> tuple[GoldDocument, list[str]]:
    document, problems = parse_brat(content, "doc", make_text(text), place="doc.ann", annotator="one")
    return document, list(problems)


def test_statements_are_entities_relations_and_notes() -> None:
    assert format_brat(make_document(make_text(TEXT), RICH, BARE), TEXT).splitlines() == [
        "T1\tPROTEIN 37 41\tAKT1",
        "N1\tReference T1 hgnc:391\tAKT1",
        "T2\tPROTEIN 57 61\tTSC2",
        "N2\tReference T2 -\tTSC2",
        "T3\tPROTEIN 92 105\tTSC com- plex",
        "N3\tReference T3 -\tTSC2",
        "*\tEquiv T2 T3",
        "R1\tphosphorylates Arg1:T1 Arg2:T2",
        "#1\tAnnotatorNotes R1\tid: doc-001; sites: S939; hedged: yes; sentence: 37-106; "
        "note: doubt: S939; perhaps T1462; see #2",
        "T4\tUnnamed 0 36\tPDPK1 phosphorylates AKT1 at Thr308.",
        "T5\tPROTEIN 21 25\tAKT1",
        "N5\tReference T5 hgnc:391\tAKT1",
        "R2\tphosphorylates Arg1:T4 Arg2:T5",
        "#2\tAnnotatorNotes R2\tid: doc-002; sentence: 0-36",
    ]


def test_they_are_read_back() -> None:
    document = make_document(make_text(TEXT), RICH, BARE)
    assert parse(format_brat(document, TEXT)) == (document, [])


def test_an_entity_of_two_statements_is_written_once() -> None:
    again = make_statement(TEXT, "binds", find_end(TEXT, "PDPK1"), AKT1, id="doc-003", sentence=(0, 36))
    lines = format_brat(make_document(make_text(TEXT), BARE, again), TEXT).splitlines()
    assert sum(line.endswith(" 21 25\tAKT1") for line in lines) == 1


def test_brat_of_others_without_names_notes_and_sentences_is_read() -> None:
    content = ENTITIES + "R1\tphosphorylates Arg1:T1 Arg2:T2\t\r\nE1\tBinding:T1 Theme:T2\nA1\tNegated E1\n\n"
    document, problems = parse(content)
    assert problems == []
    assert document.statements == (make_statement(TEXT, "phosphorylates", "PDPK1", "AKT1", sentence=(0, 36)),)


def test_a_note_without_keys_is_a_note_and_keys_may_miss_some() -> None:
    relations = "R1\tphosphorylates Arg1:T1 Arg2:T2\nR2\tactivates Arg1:T1 Arg2:T2\n"
    notes = "#1\tAnnotatorNotes R1\tthe text is old; still\n#2\tAnnotatorNotes R2\thedged: yes;  note:  a; b: c \n"
    document, problems = parse(ENTITIES + relations + notes)
    assert problems == []
    assert [(one.note, one.hedged) for one in document.statements] == [
        ("the text is old; still", False),
        ("a; b: c", True),
    ]


def test_a_mention_in_pieces_is_one_span() -> None:
    text = "AKT1 and -2 inhibit the TSC complex."
    content = "T1\tPROTEIN 0 3;10 11\tAKT 2\nT2\tCOMPLEX 24 35\tTSC complex\nR1\tinhibits Arg1:T1 Arg2:T2\n"
    document, problems = parse(content, text)
    subject = document.statements[0].subject
    assert problems == []
    assert subject is not None
    assert (subject.spans, subject.name) == (((0, 11),), "AKT1 and -2")


def test_made_ids_leave_room_for_those_that_are_given() -> None:
    relations = "".join(f"R{number}\tactivates Arg1:T1 Arg2:T2\n" for number in (1, 2, 3))
    document, problems = parse(f"{ENTITIES}{relations}#1\tAnnotatorNotes R3\tid: doc-001\n")
    assert ([one.id for one in document.statements], problems) == (["doc-002", "doc-003", "doc-001"], [])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("T3 PROTEIN 0 5 PDPK1", "3: not an entity; write T1<tab>PROTEIN 0 3<tab>AKT"),
        ("T3\tPROTEIN 0 500\tPDPK1", f"3: 0:500 is not within the text ({len(TEXT)} characters)"),
        ("T3\tPROTEIN 5 5\t", "3: 5:5 is not within the text"),
        ("T3\tPROTEIN 0 5\tAKT1", "3: T3 is 'AKT1', but the text has 'PDPK1'"),
        ("R1\tactivates T1 T2", "3: not a relation; write R1<tab>activates Arg1:T1 Arg2:T2"),
        ("R1\tactivates Arg1:T1 Arg2:T9", "3: there is no entity T9"),
        ("R1\tactivates Arg1:T8 Arg2:T9", "3: there is no entity T8 or T9"),
        ("R1\tactivate Arg1:T1 Arg2:T2", "3: unknown relation 'activate'; nearest: 'activates'"),
        ("T3\tUnnamed 0 36\nR1\tactivates Arg1:T3 Arg2:T2", "4: subject is null; activates needs one"),
        ("R1\tactivates Arg1:T1 Arg2:T2\n#1\tNote R1\tsites: T308", "3: sites ['T308'] do not go with activates"),
        ("R1\tactivates Arg1:T1 Arg2:T2\n#1\tNote R1\tnegatd: yes", "3: unknown property 'negatd'; nearest: 'negated'"),
        ("N1\tReference T1 EntrezGene:5170\t\nR1\tactivates Arg1:T1 Arg2:T2", "4: unknown prefix 'EntrezGene'"),
    ],
)
def test_a_problem_is_told_with_its_line(line: str, problem: str) -> None:
    _, (found, *others) = parse(ENTITIES + line)
    assert found.startswith(f"doc.ann:{problem}")
    assert others == []


def test_all_problems_are_told_and_an_id_is_used_once() -> None:
    relations = "R1\tbinds Arg1:T1 Arg2:T2\nR2\tbinds Arg1:T1\nR3\tactivates Arg1:T1 Arg2:T2\n"
    notes = "#1\tAnnotatorNotes R1\tid: a\n#2\tAnnotatorNotes R3\tid: a\n"
    _, problems = parse(ENTITIES + relations + notes)
    assert problems == [
        "doc.ann:4: not a relation; write R1<tab>activates Arg1:T1 Arg2:T2",
        "doc.ann:5: id 'a' is given already in doc.ann:3",
    ]
