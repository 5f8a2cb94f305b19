"""What whole tables state, in each format: all of it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from sigmine.model import Document, RelationMention
from sigmine.nlp.pipeline import load_pipeline, read_relations
from table_formats import (
    GivenTable,
    load_tables,
    read_html_table,
    read_jats_table,
    read_markdown,
    read_tabs,
)

if TYPE_CHECKING:
    from spacy.language import Language

TABLES = load_tables()
FORMATS: dict[str, Callable[[GivenTable], Document]] = {
    "markdown": read_markdown,
    "tabs": read_tabs,
    "jats": read_jats_table,
    "html": read_html_table,
}


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return load_pipeline()


@pytest.fixture(scope="module")
def found(pipeline: Language) -> dict[tuple[str, str], list[tuple[Document, RelationMention]]]:
    """The relations by table and format."""
    keys = [(table.name, name) for table in TABLES for name in FORMATS]
    documents = [read(table) for table in TABLES for read in FORMATS.values()]
    docs = read_relations(pipeline, documents)
    return {key: [(document, one) for one in doc._.relations] for key, (document, doc) in zip(keys, docs, strict=True)}


def write(mention: RelationMention) -> str:
    subject = mention.subject.text if mention.subject else "-"
    sites = sorted(f"{site.residue}{site.position or ''}" for site in mention.sites)
    return " ".join([subject, mention.relation, mention.object.text, *sites, *(["?"] if mention.hedged else [])])


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_states_what_is_listed_and_nothing_else(
    table: GivenTable, name: str, found: dict[tuple[str, str], list[tuple[Document, RelationMention]]]
) -> None:
    assert sorted(write(mention) for _, mention in found[table.name, name]) == sorted(table.states)


def test_the_evidence_is_a_cell_and_names_lie_in_the_text(
    found: dict[tuple[str, str], list[tuple[Document, RelationMention]]],
) -> None:
    for document, mention in (pair for pairs in found.values() for pair in pairs):
        section = document.find_section(mention.sentence[0])
        assert section is not None
        assert section.kind == "table"
        for end in (mention.subject, mention.object):
            if end is not None:
                assert document.text[end.start : end.end] == end.text
