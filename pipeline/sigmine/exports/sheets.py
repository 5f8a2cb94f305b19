"""What stands in the sheets of a workbook: statements, their evidence, the molecules, and what the file is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sigmine.assembly.triples import find_written_names, is_believed, is_denied
from sigmine.exports.cells import find_works, flatten_text
from sigmine.exports.columns import TEXT_COLUMNS, find_texts
from sigmine.model.statement import Agent, Evidence, Statement

Cell = str | int | float
"""An empty text is an empty cell."""

Look = Literal["text", "long", "number", "belief", "identifier", "works"]
"""How a column looks: wide or not, as a number, coloured, with links."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, and what the column holds."""

    name: str
    look: Look
    meaning: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows have a cell for each head."""

    name: str
    heads: tuple[Head, ...]
    rows: Sequence[Sequence[Cell]]


_LOOKS: Mapping[str, Look] = {
    "belief": "belief",
    "subject_id": "identifier",
    "object_id": "identifier",
    "citations": "works",
    "sentence": "long",
}

EVIDENCE_HEADS = (
    Head("statement_id", "text", "The statement that the line is evidence for, as in the sheet of statements."),
    Head("subject", "text", "Its subject; empty where the texts name no one."),
    Head("relation", "text", "Its relation."),
    Head("object", "text", "Its object."),
    Head("site", "text", "Its site."),
    Head("document", "text", "The id of the document."),
    Head("section", "text", "The kind of the section."),
    Head("sentence", "long", "The sentence."),
    Head("negated", "text", "Whether it denies the statement."),
    Head("hedged", "text", "Whether it leaves the statement open."),
    Head("claim", "text", "How the author stands to it."),
    Head("direct", "text", "Whether the subject is the one that does it, as far as the sentence says."),
    Head("subject_text", "text", "The words for the subject."),
    Head("trigger", "text", "The word that carries the relation."),
    Head("object_text", "text", "The words for the object."),
    Head("site_text", "text", "The words for the site."),
    Head("citations", "works", "What is cited for it: PMID, else DOI, else the marker; the link is of the first."),
    Head("rule", "text", "The rule that read it."),
    Head("start", "number", "The first character of the sentence in the document as read, from 0."),
    Head("end", "number", "The character behind its last."),
    Head("page", "number", "The page, of a PDF."),
)

MOLECULE_HEADS = (
    Head("name", "text", "The standard name, or that of the texts."),
    Head("type", "text", "PROTEIN, FAMILY, COMPLEX, CHEMICAL, PROCESS ..."),
    Head("id", "identifier", "The CURIE; empty where the identity is not known."),
    Head("other_names", "long", "The other names in the texts."),
    Head("as_subject", "number", "Statements of which it is the subject."),
    Head("as_object", "number", "Statements of which it is the object."),
)

ABOUT_HEADS = (Head("about", "text", ""), Head("what", "long", ""))


def make_sheets(statements: Sequence[Statement], runs: Iterable[Mapping[str, Any]], lost: str) -> list[Sheet]:
    """The four sheets of sorted statements.

    Args:
        lost: what the workbook does not hold, for the sheet that tells what it is.
    """
    heads = tuple(Head(one.text_name, _find_look(one.name, one.kind), one.meaning) for one in TEXT_COLUMNS)
    sheets = [
        Sheet("statements", heads, [find_texts(statement) for statement in statements]),
        Sheet("evidence", EVIDENCE_HEADS, list(_make_evidence_rows(statements))),
        Sheet("molecules", MOLECULE_HEADS, list(_make_molecule_rows(statements))),
    ]
    return [*sheets, Sheet("about", ABOUT_HEADS, list(_make_about_rows(statements, sheets, runs, lost)))]


def _find_look(name: str, kind: str) -> Look:
    return _LOOKS.get(name, "number" if kind == "count" else "text")


def _make_evidence_rows(statements: Iterable[Statement]) -> Iterator[list[Cell]]:
    for statement in statements:
        subject = flatten_text(statement.subject.name) if statement.subject else ""
        ends = [subject, statement.relation, flatten_text(statement.object.name), statement.site or ""]
        for evidence in statement.evidence:
            yield [statement.id, *ends, *_make_evidence_cells(statement, evidence)]


def _make_evidence_cells(statement: Statement, evidence: Evidence) -> list[Cell]:
    mention = evidence.mention
    sites = [site.text for site in mention.sites if site.standard_name == statement.site]
    return [
        flatten_text(evidence.document),
        evidence.section,
        flatten_text(evidence.sentence),
        _answer(mention.negated),
        _answer(mention.hedged),
        mention.claim,
        _answer(mention.direct),
        flatten_text(mention.subject.text) if mention.subject else "",
        flatten_text(mention.trigger.text),
        flatten_text(mention.object.text),
        flatten_text("; ".join(sites)),
        "; ".join(flatten_text(work) for work in find_works([evidence])),
        mention.rule,
        evidence.start,
        evidence.end,
        evidence.places[0].page if evidence.places else "",
    ]


def _answer(flag: bool) -> str:
    return "yes" if flag else "no"


def _make_molecule_rows(statements: Iterable[Statement]) -> Iterator[list[Cell]]:
    agents: dict[str, Agent] = {}
    names: dict[str, set[str]] = {}
    counts: dict[str, Counter[str]] = {"subject": Counter(), "object": Counter()}
    for statement in statements:
        for role, agent in (("subject", statement.subject), ("object", statement.object)):
            if agent is not None:
                agents.setdefault(agent.key, agent)
                counts[role][agent.key] += 1
                found = find_written_names(agent, statement.evidence)
                names.setdefault(agent.key, set()).update(flatten_text(name) for name in found)
    for key, agent in sorted(agents.items(), key=lambda item: (item[1].name.casefold(), item[0])):
        yield [
            flatten_text(agent.name),
            agent.type,
            flatten_text(agent.curie or ""),
            "; ".join(sorted(names[key])),
            counts["subject"][key],
            counts["object"][key],
        ]


def _make_about_rows(
    statements: Sequence[Statement], sheets: Iterable[Sheet], runs: Iterable[Mapping[str, Any]], lost: str
) -> Iterator[list[Cell]]:
    documents = {evidence.document for statement in statements for evidence in statement.evidence}
    counts = {sheet.name: len(sheet.rows) for sheet in sheets}
    yield ["what this is", "Statements that sigmine read in texts; one row each, and one for each line of evidence."]
    yield ["statements", counts["statements"]]
    yield ["said outright and believed", sum(is_believed(statement) for statement in statements)]
    yield ["denied by all evidence", sum(is_denied(statement) for statement in statements)]
    yield ["lines of evidence", counts["evidence"]]
    yield ["documents", len(documents)]
    yield ["molecules and the like", counts["molecules"]]
    for relation, number in sorted(Counter(statement.relation for statement in statements).items()):
        yield [f"of {relation}", number]
    yield ["filters", "The statements are those that were chosen when the file was written; it cannot tell how."]
    yield ["left out", lost]
    for run in runs:
        program = f"{run.get('program', 'sigmine')} {run.get('version') or ''}".strip()
        yield ["run", f"{run['run']} of {program}; options: {json.dumps(run.get('options', {}), sort_keys=True)}"]
    for sheet in sheets:
        for head in sheet.heads:
            yield [f"{sheet.name}: {head.name}", head.meaning]
