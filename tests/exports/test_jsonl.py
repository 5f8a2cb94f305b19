from __future__ import annotations

import io
import json
from dataclasses import replace

from sigmine.exports.jsonl import write_jsonl
from sigmine.model.json import evidence_from_json, evidence_to_json, statement_from_json, statement_to_json
from store.builders import PLAIN, make_statements


def test_each_line_is_a_statement_of_the_contract() -> None:
    file = io.BytesIO()
    write_jsonl(make_statements(), file)
    rows = [json.loads(line) for line in file.getvalue().splitlines()]
    assert [row.pop("support")["stated"]["sentences"] for row in rows] == [
        sum(not one.mention.opposes and not one.mention.hedged for one in statement.evidence)
        for statement in make_statements()
    ]
    assert rows == [statement_to_json(statement) for statement in make_statements()]
    assert [statement_from_json(row).id for row in rows] == [statement.id for statement in make_statements()]


def test_what_is_known_of_a_site_goes_out_and_comes_back() -> None:
    mapped = replace(PLAIN.mention.sites[0], status="curated", reference="S981", note="one off")
    evidence = replace(PLAIN, mention=replace(PLAIN.mention, sites=(mapped,)))
    row = evidence_to_json(evidence, 0.8)
    assert row["sites"] == [
        {"text": "S939", "residue": "S", "position": 939, "start": 0, "end": 1, "status": "curated",
         "reference": "S981", "note": "one off"}
    ]  # fmt: skip
    assert evidence_from_json(row).mention.sites == (mapped,)
    (statement,) = make_statements(evidence)
    assert statement_to_json(statement)["site_status"] == "curated"


def test_lines_from_before_residues_were_checked_are_unchecked() -> None:
    row = evidence_to_json(PLAIN, 0.8)
    (site,) = row["sites"]
    assert set(site) == {"text", "residue", "position", "start", "end", "status"}
    del site["status"]
    assert evidence_from_json(row).mention.sites == PLAIN.mention.sites
