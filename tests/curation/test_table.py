"""Decisions in a spreadsheet and back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from curation.builders import SOURCE
from sigmine.assembly import assemble
from sigmine.curation import Decision
from sigmine.curation.table import COLUMNS, format_table, parse_table
from sigmine.evaluation.claim import End
from sigmine.model.ids import make_evidence_id
from store.builders import FORMULA, PLAIN, UNGROUNDED, make_evidence

LISTED = make_evidence("AKT1 binds TSC2 and RHEB activates MTOR.", "binds", "AKT1", "TSC2", start=700)
OTHER = make_evidence("RHEB activates MTOR.", "activates", "RHEB", "MTOR", start=900)
STATEMENTS = assemble([PLAIN, LISTED, OTHER, UNGROUNDED, FORMULA])
SHOWN = [(one, one.evidence[0]) for one in STATEMENTS]
SOURCES = {"alpha": SOURCE}


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def write(rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter="\t", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def parse(rows: list[dict[str, str]]) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    return parse_table(write(rows), STATEMENTS, curator="ada", sources=SOURCES, place="t.tsv")


def row_of(evidence: object, /, **changes: str) -> dict[str, str]:
    wanted = make_evidence_id(evidence)  # type: ignore[arg-type]
    (row,) = (row for row in rows_of(format_table(SHOWN, {})) if row["evidence"] == wanted)
    return {**row, **changes}


def test_a_row_for_each_reading() -> None:
    text = format_table(SHOWN, {})
    assert tuple(text.splitlines()[0].split("\t")) == COLUMNS
    row = row_of(PLAIN)
    assert (row["subject"], row["relation"], row["object"], row["sites"]) == ("AKT1", "phosphorylates", "TSC2", "S939")
    assert (row["negated"], row["direct"], row["verdict"]) == ("no", "yes", "")


def test_nothing_filled_in_gives_nothing_also_with_odd_characters() -> None:
    assert parse(rows_of(format_table(SHOWN, {}))) == ((), ())


def test_what_is_filled_in_comes_back() -> None:
    rows = rows_of(format_table(SHOWN, {}))
    for row in rows:
        row |= {"verdict": "Rejected", "error": "Ends exchanged", "comment": 'so "it" is'}
    found, problems = parse(rows)
    assert not problems
    assert [one.evidence for one in found] == [row["evidence"] for row in rows]
    assert {(one.verdict, one.error, one.comment, one.curator) for one in found} == {
        ("rejected", "direction", 'so "it" is', "ada")
    }
    assert {one.document: one.sha256 for one in found}["alpha"] == SOURCE.sha256
    decided = {one.evidence: one for one in found}
    again, problems = parse(rows_of(format_table(SHOWN, decided)))
    assert (again, problems) == (found, ())


def test_a_row_that_names_its_curator_stays_that_ones() -> None:
    (one,), _ = parse([row_of(PLAIN, verdict="accepted", curator="ben")])
    assert one.curator == "ben"


def test_a_statement_read_once_is_named_by_its_id() -> None:
    (statement,) = (one for one in STATEMENTS if PLAIN in one.evidence)
    text = f"statement\tverdict\n{statement.id}\taccepted\n"
    (one,), problems = parse_table(text, STATEMENTS, curator="ada")
    assert (one.evidence, problems) == (make_evidence_id(PLAIN), ())
    twice = assemble([PLAIN, replace(PLAIN, document="beta")])
    assert "was read 2 times" in parse_table(text, twice, curator="ada")[1][0]


def test_a_correction_is_what_was_changed() -> None:
    (one,), problems = parse(
        [row_of(PLAIN, verdict="corrected", error="site", relation="dephosphorylates", sites="s939; T2", hedged="yes")]
    )
    assert not problems
    assert one.correction is not None
    assert (one.correction.relation, one.correction.sites, one.correction.hedged, one.correction.negated) == (
        "dephosphorylates",
        ("S939", "T2"),
        True,
        False,
    )
    assert one.reading is not None
    assert one.correction.subject == one.reading.subject


def test_an_end_is_named_in_the_words_of_the_sentence() -> None:
    (one,), problems = parse([row_of(LISTED, verdict="corrected", object="MTOR", subject="TSC2")])
    assert not problems
    assert one.correction is not None
    at = 700 + LISTED.sentence.index("MTOR")
    assert one.correction.object == End(((at, at + 4),), "MTOR", "PROTEIN", "hgnc:3942")
    assert one.correction.subject is not None
    assert one.correction.subject.spans == ((LISTED.mention.object.start, LISTED.mention.object.end),)
    (one,), _ = parse([row_of(LISTED, verdict="corrected", object="and RHEB = Rheb1 | PROTEIN | mgi:97876")])
    assert one.correction is not None
    at = 700 + LISTED.sentence.index("and RHEB")
    assert one.correction.object == End(((at, at + 8),), "Rheb1", "PROTEIN", "mgi:97876")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"verdict": "reject"}, "t.tsv:2: unknown verdict 'reject'; nearest: 'rejected'"),
        ({"verdict": "rejected", "error": "polarty"}, "nearest: 'polarity'"),
        ({"verdict": "accepted", "error": "polarity"}, "has no error"),
        ({"verdict": "", "error": "polarity"}, "an error without a verdict"),
        ({"verdict": "corrected"}, "nothing is changed"),
        ({"verdict": "rejected", "relation": "binds"}, "relation differ from what was read"),
        ({"verdict": "corrected", "relation": "bind"}, "unknown relation 'bind'; nearest: 'binds'"),
        ({"verdict": "corrected", "negated": "maybe"}, "write yes or no"),
        ({"verdict": "corrected", "object": "Q9"}, "the output has no such name"),
        ({"verdict": "corrected", "object": "Q9 = Q9 | PROTEN"}, "unknown type 'PROTEN'; nearest: 'PROTEIN'"),
        ({"verdict": "accepted", "evidence": "x y"}, "no reading 'x y'"),
    ],
)
def test_problems_are_told_with_their_line(changes: dict[str, str], message: str) -> None:
    found, problems = parse([row_of(PLAIN, **changes)])
    assert found == ()
    assert len(problems) == 1
    assert message in problems[0]


@pytest.mark.parametrize("text", ["", "verdict\n", "evidence\tveredict\n", 'evidence\tverdict\n"x\t\n'])
def test_a_table_of_another_form_is_refused(text: str) -> None:
    found, problems = parse_table(text, STATEMENTS, curator="ada")
    assert found == ()
    assert problems
