from __future__ import annotations

import io
import json

from sigmine.exports.jsonl import write_jsonl
from sigmine.model.json import statement_from_json, statement_to_json
from store.builders import make_statements


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
