from __future__ import annotations

from dataclasses import replace

import pandas

from sigmine.exports.columns import COLUMNS, TEXT_COLUMNS, Kind, find_texts, find_values, list_names
from sigmine.exports.tsv import COLUMNS as TSV_COLUMNS
from sigmine.knowledge import StatementList
from store.builders import HEDGED, NO_SUBJECT, PLAIN, make_statements

TYPES: dict[Kind, type] = {"text": str, "texts": list, "number": float, "count": int, "flag": bool}


def test_every_value_has_the_type_of_its_column() -> None:
    for statement in (*make_statements(), replace(make_statements(PLAIN)[0], evidence=())):
        values = find_values(statement)
        assert list(values) == list_names()
        for column in COLUMNS:
            value = values[column.name]
            assert type(value) is TYPES[column.kind] or (value is None and column.kind == "text"), column.name


def test_values_of_a_statement() -> None:
    (both,) = make_statements(PLAIN, HEDGED)
    values = find_values(both)
    assert (values["documents"], values["document_ids"]) == (2, ["alpha", "beta"])
    assert values["citations"] == ["pubmed:12345", "doi:10.1000/x<1>y"]
    assert (values["sentences_stated"], values["sentences_hedged"], values["papers_stated"]) == (1, 1, 2)
    (alone,) = make_statements(NO_SUBJECT)
    assert (find_values(alone)["subject"], find_values(alone)["citations"]) == (None, [])


def test_tables_of_text_have_the_same_columns_under_the_names_that_they_had() -> None:
    assert tuple(column.text_name for column in TEXT_COLUMNS) == TSV_COLUMNS
    assert len(set(TSV_COLUMNS)) == len(TSV_COLUMNS)
    assert len(set(list_names())) == len(COLUMNS)
    texts = dict(zip(TSV_COLUMNS, find_texts(make_statements(PLAIN, HEDGED)[0]), strict=True))
    assert (texts["documents"], texts["direct"], texts["written_site"]) == ("alpha; beta", "yes", "")


def test_a_frame_has_them_all() -> None:
    frame = StatementList(make_statements()).to_pandas()
    assert list(frame.columns) == list_names()
    assert (frame["direct"].dtype, frame["belief"].dtype, frame["documents"].dtype) == ("bool", "float64", "int64")
    assert isinstance(frame, pandas.DataFrame)
    assert list(StatementList(()).to_pandas().columns) == list_names()
