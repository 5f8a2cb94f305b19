"""Formats for people, spreadsheets, pandas, and programs that read our own lines."""

from __future__ import annotations

from sigmine.exports.export import Export
from sigmine.exports.jsonl import write_jsonl
from sigmine.exports.parquet import write_parquet
from sigmine.exports.sentences import write_sentences
from sigmine.exports.tsv import write_tsv
from sigmine.exports.xlsx import LOST as LOST_OF_XLSX
from sigmine.exports.xlsx import write_xlsx

TABLES: dict[str, Export] = {
    "jsonl": Export(
        purpose="programs: one statement a line with all its evidence, as statements.jsonl of a run",
        lost="Scores of identities, who found an entity, the texts of the reference list.",
        suffix=".jsonl",
        writer=write_jsonl,
    ),
    "parquet": Export(
        purpose="pandas, polars, R, DuckDB: the columns of tsv with types",
        lost="All evidence but one sentence, the counts and what is cited.",
        suffix=".parquet",
        writer=write_parquet,
        requires="sigmine[parquet]",
        binary=True,
    ),
    "text": Export(
        purpose="people: an English sentence for each statement",
        lost="Identifiers, the sentences of the texts, names of documents, of what is cited all but five works. What "
        "only some of the texts hedge or deny is said outright, and they are counted.",
        suffix=".txt",
        writer=write_sentences,
    ),
    "tsv": Export(
        purpose="people and spreadsheets: one row a statement",
        lost="All evidence but one sentence, the counts and what is cited.",
        suffix=".tsv",
        writer=write_tsv,
    ),
    "xlsx": Export(
        purpose="Excel, LibreOffice: statements, evidence, molecules with links",
        lost=LOST_OF_XLSX,
        suffix=".xlsx",
        run_writer=write_xlsx,
        binary=True,
    ),
}
