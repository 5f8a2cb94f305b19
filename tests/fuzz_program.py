"""A program: reads texts that nobody would write with the bundled model, as ``sigmine extract`` does.

``fuzz_program.py [--cases N] [--seed S] [--from CASE]`` tries N texts of ``fuzz_texts`` as lines of JSON Lines, each in
a process that may be killed. A text with half a surrogate pair must be refused, any other be read; every span must hold
the words that it claims, in the text and in its sentence; ids of statements must be those of their content; the lines
that are written must be JSON; with every two hundredth all exports and the report too. Ends with 1 otherwise.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable
from contextlib import suppress

from fuzz_texts import make_row
from fuzz_watch import watch
from readers.damage import check
from sigmine.analysis import Analyser, Options, Reading, load_analyser
from sigmine.assembly import assemble
from sigmine.contents import format_mention
from sigmine.errors import MissingDependency
from sigmine.exports import EXPORTS
from sigmine.model import Document, Evidence
from sigmine.model.ids import make_statement_id
from sigmine.readers import ReadFailure, read_documents
from sigmine.run import extract
from sigmine.web.report_page import render_report

ALL_OUTPUT = 200
PATIENCE = 120.0


def check_evidence(one: Evidence, text: str) -> None:
    """All spans lie in the text, hold their words, and the sentence holds the trigger."""
    assert text[one.start : one.end] == one.sentence
    mention = one.mention
    assert mention.sentence == (one.start, one.end)
    ends = [end for end in (mention.subject, mention.object) if end is not None]
    for span in (*ends, *mention.sites, mention.trigger):
        assert 0 <= span.start < span.end <= len(text), span
        assert text[span.start : span.end] == span.text, span
    assert one.start <= mention.trigger.start < mention.trigger.end <= one.end
    for citation in mention.citations:
        assert text[citation.start : citation.end] == citation.marker
    row = json.loads(format_mention(one))
    assert row["relation"] == mention.relation


def check_reading(reading: Reading, document: Document, *, all_output: bool) -> None:
    assert reading.failure is None, reading.failure
    for entity in reading.entities:
        assert document.text[entity.start : entity.end] == entity.text
    for one in reading.evidence:
        check_evidence(one, document.text)
    statements = assemble(reading.evidence)
    assert len({statement.id for statement in statements}) == len(statements)
    for statement in statements:
        ends = (statement.subject, statement.object)
        assert statement.id == make_statement_id(statement.relation, *ends, statement.site)
        assert statement.evidence
    if all_output:
        for export in EXPORTS.values():
            with suppress(MissingDependency):
                export.write(statements, io.BytesIO())
        assert b"</html>" in render_report(statements)[-20:]


def make_try(seed: int, analyse: Analyser) -> Callable[[int], str]:
    def load(options: Options) -> Analyser:
        return analyse

    def try_case(number: int) -> str:
        data = make_row(seed, number)
        [item] = read_documents("-", formats=["jsonl"], stdin=io.BytesIO(data))
        check(item)
        if isinstance(item, ReadFailure):
            text = json.loads(data)["text"]
            assert not text.strip() or any("\ud800" <= letter <= "\udfff" for letter in text), item.reason
            return "refused"
        assert item.text == json.loads(data)["text"]
        [reading] = extract(item, load=load)
        check_reading(reading, item, all_output=number % ALL_OUTPUT == 0)
        return "read"

    return try_case


def main() -> int:
    parser = argparse.ArgumentParser(description="Reads texts that nobody would write.")
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="CASE", help="the first (default 0)")
    given = parser.parse_args()
    cases = range(given.first, given.first + given.cases)
    tally = watch(make_try(given.seed, load_analyser(Options())), cases, patience=PATIENCE)
    sys.stderr.write(f"program   {tally}\n" + "".join(f"  {fault}\n" for fault in tally.list_faults()))
    return int(bool(tally.list_faults()))


if __name__ == "__main__":
    sys.exit(main())
