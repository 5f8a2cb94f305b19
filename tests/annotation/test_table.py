from __future__ import annotations

from collections.abc import Mapping

import pytest

from annotation.builders import PDK1, SECOND, TEXT, THIRD, find_end, make_document, make_statement, make_text
from sigmine.annotation.table import COLUMNS, REQUIRED, format_table, format_template, parse_table
from sigmine.annotation.texts import AnnotatedText
from sigmine.evaluation.claim import GoldStatement, Span

TEXTS = {"doc": make_text(TEXT)}
FIRST_ROW = {
    "start": "0", "end": "36", "relation": "phosphorylates", "subject": "PDPK1", "object": "AKT1", "sites": "T308",
    "subject_type": "PROTEIN", "object_type": "PROTEIN",
}  # fmt: skip


def _place(sentence: Span) -> dict[str, str]:
    return {"start": str(sentence[0]), "end": str(sentence[1])}


SECOND_ROW = FIRST_ROW | {
    **_place(SECOND), "subject": "AKT1", "object": "TSC2", "sites": "S939",
}  # fmt: skip


def make_table(*rows: Mapping[str, str]) -> str:
    """The rows with the columns that any of them has."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def read(*rows: Mapping[str, str], texts: Mapping[str, AnnotatedText] = TEXTS) -> tuple[GoldStatement, ...]:
    (document,), problems = parse_table(make_table(*rows), texts)
    assert problems == ()
    return document.statements


def fail(*rows: Mapping[str, str]) -> list[str]:
    _, problems = parse_table(make_table(*rows), TEXTS, place="my.tsv")
    return list(problems)


def test_a_filled_in_line_is_a_statement() -> None:
    row = {
        "document": "doc", **_place(SECOND), "section": "abstract", "id": "a-7", "relation": "inhibits",
        "sentence": "AKT1 phosphorylates TSC2 at Ser939 and may inhibit the TSC complex.",
        "subject": "AKT1", "object": "TSC complex", "negated": "no", "hedged": "yes", "indirect": "x",
        "subject_name": "AKT1", "subject_type": "PROTEIN", "subject_curie": "hgnc:391",
        "object_name": "TSC", "object_type": "COMPLEX", "object_curie": "fplx:TSC", "object_aliases": "TSC2 | complex",
        "split": "test", "note": 'the text says "may"',
    }  # fmt: skip
    content = make_table(row).replace('the text says "may"', '"the text says ""may"""')
    (document,), problems = parse_table(content, TEXTS, annotator="one")
    assert problems == ()
    assert document == make_document(
        TEXTS["doc"],
        make_statement(
            TEXT,
            "inhibits",
            find_end(TEXT, "AKT1", at=37, curie="hgnc:391"),
            find_end(
                TEXT, "TSC com-\nplex", name="TSC", type="COMPLEX", curie="fplx:TSC", aliases=("TSC2", "com-\nplex")
            ),
            id="a-7",
            sentence=SECOND,
            section="abstract",
            hedged=True,
            direct=False,
            split="test",
            note='the text says "may"',
        ),
    )


def test_columns_may_stand_in_any_order_and_case() -> None:
    row = {name.upper(): FIRST_ROW[name] for name in reversed(FIRST_ROW)}
    (document,), problems = parse_table(f"\ufeff{make_table(row)}\n\t\t\n", TEXTS)
    assert problems == ()
    assert [(one.relation, one.sites) for one in document.statements] == [("phosphorylates", ("T308",))]


def test_names_are_filled_from_another_line_that_names_the_words() -> None:
    named = FIRST_ROW | {"object_name": "AKT", "object_type": "FAMILY", "object_curie": "fplx:AKT"}
    later = FIRST_ROW | {
        **_place(SECOND), "subject": "AKT1", "subject_type": "", "object": "TSC2", "sites": "S939",
    }  # fmt: skip
    later_first = read(later, named)[0].subject, read(named, later)[1].subject
    for subject in later_first:
        assert subject is not None
        assert (subject.name, subject.type, subject.curie, subject.spans) == ("AKT", "FAMILY", "fplx:AKT", ((37, 41),))


def test_a_name_given_in_the_line_goes_before_that_of_another() -> None:
    one = FIRST_ROW | {"object_name": "AKT1", "object_curie": "hgnc:391"}
    other = FIRST_ROW | {"object_name": "AKT2", "object_curie": "hgnc:392"}
    assert [(s.object.name, s.object.curie) for s in read(one, other)] == [("AKT1", "hgnc:391"), ("AKT2", "hgnc:392")]


def test_without_a_name_the_words_are_the_name() -> None:
    (statement,) = read(FIRST_ROW)
    assert (statement.subject and statement.subject.name, statement.object.name) == ("PDPK1", "AKT1")


def test_an_identifier_is_looked_up_unless_it_is_said_that_there_is_none() -> None:
    def find_curie(name: str, type: str) -> str | None:
        return {("PDPK1", "PROTEIN"): "hgnc:8816", ("AKT1", "PROTEIN"): "hgnc:391"}.get((name, type))

    content = make_table(FIRST_ROW | {"object_curie": "-"})
    (document,), _ = parse_table(content, TEXTS, find_curie=find_curie)
    (statement,) = document.statements
    assert (statement.subject and statement.subject.curie, statement.object.curie) == ("hgnc:8816", None)


@pytest.mark.parametrize(
    ("cell", "sites"),
    [
        ("S939", ("S939",)),
        ("S939, T1462", ("S939", "T1462")),
        ("S939;T1462 / S", ("S939", "T1462", "S")),
        ("S939|T1462,", ("S939", "T1462")),
    ],
)
def test_sites_may_be_separated_as_people_do(cell: str, sites: tuple[str, ...]) -> None:
    assert read(SECOND_ROW | {"sites": cell})[0].sites == sites


@pytest.mark.parametrize(
    ("cell", "value"),
    [("yes", True), ("Y", True), ("TRUE", True), ("1", True), ("x", True), ("", False), ("No", False), ("-", False)],
)
def test_flags_are_yes_or_no_in_the_usual_spellings(cell: str, value: bool) -> None:
    (statement,) = read(FIRST_ROW | {"negated": cell, "hedged": cell, "indirect": cell})
    assert (statement.negated, statement.hedged, not statement.direct) == (value, value, value)


def test_a_null_subject_is_an_empty_cell() -> None:
    assert read(FIRST_ROW | {"subject": "", "subject_type": ""})[0].subject is None


def test_across_sentences_the_nearest_earlier_place_is_taken() -> None:
    row = {
        **_place(THIRD), "relation": "binds", "subject": "TSC complex", "object": "RHEB", "negated": "yes",
        "cross_sentence": "yes", "subject_type": "COMPLEX", "object_type": "PROTEIN",
    }  # fmt: skip
    (statement,) = read(row)
    assert statement.subject == find_end(TEXT, "TSC com-\nplex", name="TSC complex", type="COMPLEX")
    assert (statement.sentence, statement.cross_sentence, statement.core) == (THIRD, True, False)


def test_the_head_of_a_table_row_may_stand_outside_the_cell() -> None:
    text = "Kinase\tSubstrate\nATM\tCHEK2 (Thr68)\n"
    cell = str(text.index("CHEK2"))
    row = FIRST_ROW | {"start": cell, "end": "34", "subject": "ATM", "object": "CHEK2", "sites": "T68"}
    (statement,) = read(row | {"section": "table"}, texts={"doc": make_text(text)})
    assert statement.subject == find_end(text, "ATM")
    assert not statement.cross_sentence


def test_a_line_without_a_relation_says_that_nothing_is_stated() -> None:
    looked_at = {**_place(THIRD), "relation": "", "subject": "", "object": "", "sentence": "It does not bind RHEB."}
    assert read(looked_at) == ()
    assert [one.sentence for one in read(looked_at, FIRST_ROW, looked_at)] == [(0, 36)]


def test_each_document_of_the_table_is_one_document() -> None:
    texts = {"one": make_text(PDK1, "one.txt"), "two": make_text(PDK1, "two.txt"), "three": make_text("", "three.txt")}
    rows = [FIRST_ROW | {"document": name} for name in ("two", "one", "two")]
    documents, problems = parse_table(make_table(*rows), texts, annotator="mk")
    assert problems == ()
    assert [(one.document, one.file, one.sha256, one.annotator) for one in documents] == [
        (name, f"{name}.txt", texts[name].sha256, "mk") for name in ("two", "one")
    ]
    assert [[one.id for one in document.statements] for document in documents] == [["two-001", "two-002"], ["one-001"]]


def test_made_ids_leave_room_for_those_that_are_given() -> None:
    rows = [FIRST_ROW | {"id": given} for given in ("", "doc-003", "", "doc-001", "mine")]
    assert [one.id for one in read(*rows)] == ["doc-002", "doc-003", "doc-004", "doc-001", "mine"]


def test_an_id_is_used_once() -> None:
    rows = [FIRST_ROW | {"id": "a"}, FIRST_ROW | {"id": "b"}, SECOND_ROW | {"id": "a"}]
    assert fail(*rows) == ["my.tsv:4: id 'a' is given already in my.tsv:2"]


def test_every_problem_is_listed_with_its_line_and_what_is_allowed() -> None:
    wrong = [
        ({"relation": "phosphorilates"}, "unknown relation 'phosphorilates'; nearest: 'phosphorylates'. Allowed: "),
        ({"start": "zero"}, "start and end must be whole numbers, not 'zero' and '36'"),
        ({"end": "9999"}, f"no sentence 0:9999; the text has {len(TEXT)} characters"),
        ({"start": "36", "end": "36"}, "no sentence 36:36"),
        ({"sentence": "AKT1 binds PDPK1."}, "the text at 0:36 is not the sentence given"),
        (
            {"subject": "TSC2"},
            "subject 'TSC2' is not in the sentence; if it stands in an earlier sentence only, write ",
        ),
        ({"object": "AKT1#2"}, "object 'AKT1#2' is not in the sentence"),
        ({"subject": "#2"}, "subject '#2' is not in the sentence"),
        ({"object": ""}, "object is empty; only the subject may be"),
        ({"object_aliases": "PKB"}, "alias 'PKB' of object is not in the sentence"),
        (
            {"object": "Thr308", "object_type": "", "sites": ""},
            "object_type of 'Thr308' is in no line. Allowed: PROTEIN, FAMILY, ",
        ),
        ({"object_type": "protein"}, "unknown type 'protein' of object; nearest: 'PROTEIN'. Allowed: PROTEIN, "),
        ({"object_curie": "391"}, "curie of object must look like 'hgnc:391' or be null, not '391'"),
        ({"sites": "Thr308"}, "site 'Thr308' must be a one-letter residue"),
        ({"relation": "activates"}, "sites ['T308'] do not go with activates"),
        ({"relation": "binds", "sites": "", "subject": ""}, "subject is null; binds needs one"),
        ({"relation": ""}, "relation is empty, but an end is given"),
        ({"negated": "never"}, "negated must be yes or empty, not 'never'"),
        ({"section": "results"}, "unknown section 'results'. Allowed: abstract, "),
        ({"split": "train"}, "unknown split 'train'. Allowed: dev, test"),
        ({"document": "paper"}, "no text of document 'paper' is here. Texts: doc"),
    ]
    good = FIRST_ROW | {"subject_curie": "hgnc:8816", "object_curie": "hgnc:391"}
    problems = fail(*(good | changes for changes, _ in wrong))
    for line, (_, message) in enumerate(wrong, start=2):
        there = [problem for problem in problems if problem.startswith(f"my.tsv:{line}: ")]
        assert [one for one in there if one.startswith(f"my.tsv:{line}: {message}")], (line, message, there)
    assert len(problems) == len(wrong)


def test_a_line_may_have_several_problems() -> None:
    assert len(fail(FIRST_ROW | {"relation": "eats", "negated": "maybe", "subject": "TSC2", "object": "TSC2"})) == 4


def test_what_is_good_is_given_beside_the_problems() -> None:
    (document,), problems = parse_table(make_table(FIRST_ROW, FIRST_ROW | {"object": "PKB"}, SECOND_ROW), TEXTS)
    assert [one.object.name for one in document.statements] == ["AKT1", "TSC2"]
    assert len(problems) == 1


def test_columns_are_checked_first() -> None:
    row = {name: value for name, value in FIRST_ROW.items() if name not in ("start", "object")}
    content = make_table(row | {"subjekt": "PDPK1", "relation": "eats"}).replace("sites", "end", 1)
    documents, problems = parse_table(content, TEXTS, place="my.tsv")
    assert documents == ()
    assert [problem.partition(". Allowed")[0] for problem in problems] == [
        "my.tsv:1: unknown column 'subjekt'; nearest: 'subject'",
        "my.tsv:1: column 'start' is missing",
        "my.tsv:1: column 'object' is missing",
        "my.tsv:1: column 'end' is given twice",
    ]


def test_a_cell_without_a_column_is_a_problem() -> None:
    content = make_table(FIRST_ROW).rstrip("\n") + "\t\tand more\n"
    assert parse_table(content, TEXTS)[1] == (f"table:2: more cells than columns ({len(FIRST_ROW) + 2}, 8)",)


@pytest.mark.parametrize("content", ["", "\ufeff"])
def test_an_empty_table_says_which_columns_there_are(content: str) -> None:
    documents, (problem,) = parse_table(content, TEXTS)
    assert documents == ()
    assert all(name in problem for name in REQUIRED)


def test_a_quoted_cell_may_hold_tabs_and_line_ends() -> None:
    quoted = FIRST_ROW | {"note": '"first\tsecond\nthird ""fourth"""'}
    assert read(quoted)[0].note == 'first\tsecond\nthird "fourth"'


def test_a_problem_behind_a_quoted_cell_is_told_with_its_own_line() -> None:
    rows = [FIRST_ROW | {"note": '"two\nlines"'}, FIRST_ROW | {"relation": "eats", "note": '"two\nlines"'}]
    assert [problem.split(": ")[0] for problem in fail(*rows)] == ["my.tsv:4"]


@pytest.mark.parametrize("note", ['"open', '"said" so'])
def test_a_stray_quotation_mark_does_not_swallow_lines(note: str) -> None:
    (problem,) = fail(FIRST_ROW, FIRST_ROW | {"note": note}, FIRST_ROW | {"relation": "eats"})
    assert problem.startswith("my.tsv:3: not a row of a table")


def test_the_formatted_table_has_every_column_and_words_that_tell_the_place() -> None:
    text = "AKT1 binds AKT1, and AKT1 is inactive. It rises."
    statement = make_statement(text, "binds", "AKT1", find_end(text, "AKT1", at=5), sentence=(0, 38))
    crossing = make_statement(
        text, "activates", "AKT1", "rises", sentence=(39, 48), cross_sentence=True, negated=True, direct=False, id="b"
    )
    content = format_table([make_document(make_text(text), statement, crossing)], {"doc": make_text(text)})
    header, *lines = content.splitlines()
    assert header.split("\t") == list(COLUMNS)
    first, second = (dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines)
    assert (first["subject"], first["object"], first["object_curie"]) == ("AKT1", "AKT1#2", "-")
    assert (second["subject"], second["sentence"]) == ("AKT1@0", "It rises.")
    assert [second[name] for name in ("negated", "hedged", "indirect", "cross_sentence")] == ["yes", "", "yes", "yes"]


def test_an_empty_template_is_read_as_sentences_without_statements() -> None:
    rows = [("doc", (0, 36), "body", PDK1), ("doc", THIRD, "abstract", 'It does not bind "RHEB".')]
    content = format_template(rows)
    assert content.splitlines()[0] == "\t".join(COLUMNS)
    assert content.splitlines()[1].split("\t")[:5] == ["doc", "0", "36", "body", PDK1]
    (document,), problems = parse_table(content, TEXTS)
    assert (document.statements, problems) == ((), ())
