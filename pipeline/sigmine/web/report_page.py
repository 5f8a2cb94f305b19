"""``report.html``: what a run found, as one page to read, search and pass on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sigmine.assembly.contradictions import find_contradictions
from sigmine.assembly.merge import SortedStatements
from sigmine.assembly.vocabulary import find_term
from sigmine.model.json import JsonObject
from sigmine.model.statement import CLAIM_TYPES, Statement
from sigmine.summary import Tally
from sigmine.web.pages import encode_data, render_page
from sigmine.web.report_data import MAX_BYTES, choose_best, make_data
from sigmine.web.report_network import choose_part, part_to_json

MAX_DOCUMENTS = 500
Statements = Sequence[Statement] | SortedStatements
_BINS = 10
_MOST_RELATIONS = 10
_NAMED_DOCUMENTS = 3
_STYLES = ("page.css", "network.css", "report.css")
_SCRIPTS = ("network.js", "report.js")
_CLAIM_NAMES = {"open_question": "open question"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a figure: ``share`` is 0 to 100, of the longest bar."""

    name: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Figure:
    """Numbers as bars, under a heading; ``note`` says what is counted."""

    heading: str
    note: str
    bars: tuple[Bar, ...]


def write_report(path: Path, statements: Statements, manifest: JsonObject) -> None:
    """The report of a run beside its other files; ``manifest`` is what ``manifest.json`` holds."""
    path.write_bytes(render_report(statements, manifest=manifest))


def render_report(
    statements: Statements,
    *,
    manifest: JsonObject | None = None,
    title: str = "",
    selection: Sequence[str] = (),
    max_bytes: int = MAX_BYTES,
) -> bytes:
    """One file that opens anywhere and asks for nothing: the same bytes for the same statements, in any order.

    Args:
        manifest: what is known of the run; None where the statements come from a store alone.
        title: the page's heading; by default, the documents.
        selection: what was asked for where these are not all statements, in words.
        max_bytes: about how much statements and evidence may take; what has no room is counted on the page.
    """
    looked_at = choose_best(statements)
    contradictions = find_contradictions(looked_at)
    data = make_data(looked_at, contradictions, total=len(statements), max_bytes=max_bytes)
    part = choose_part(data.kept, statements)
    rows = data.to_json() | {"network": part_to_json(part, data.tables["agents"].numbers)}
    documents = _list_documents(statements, manifest, is_part=bool(selection))
    page = render_page(
        "report.html",
        _STYLES,
        _SCRIPTS,
        title=title or _make_title([row["document"] for row in documents]),
        selection=selection,
        manifest=manifest,
        headline=_list_headline(statements, manifest, len(documents), len(contradictions), bool(selection)),
        figures=_draw_figures(statements),
        data=_mark_safe(encode_data(rows)),
        shown=len(data.kept),
        total=data.total,
        part=part,
        contradictions=(len(data.contradictions), len(contradictions)),
        looked_at=len(looked_at),
        documents=documents[:MAX_DOCUMENTS],
        more_documents=max(0, len(documents) - MAX_DOCUMENTS),
        failures=list(manifest["failures"]) if manifest else [],
        provenance=_describe_program(manifest) if manifest else [],
    )
    return page.encode("utf-8", "replace")  # half a surrogate pair, which a JSON file may hold, is no text


def _mark_safe(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


def _list_documents(statements: Iterable[Statement], manifest: JsonObject | None, *, is_part: bool) -> list[JsonObject]:
    """Rows of the manifest, else what the evidence tells: each with ``statements``, how many it has evidence for.

    Of a part of the statements, the documents that have any.
    """
    counts: Counter[str] = Counter()
    for statement in statements:
        counts.update({item.document for item in statement.evidence})
    rows: Iterable[Mapping[str, Any]] = (
        manifest["documents"] if manifest else ({"document": one} for one in sorted(counts))
    )
    chosen = (row for row in rows if not is_part or counts[row["document"]])
    return [{**row, "statements": counts[row["document"]]} for row in chosen]


def _make_title(documents: Sequence[str]) -> str:
    if not documents:
        return "No documents"
    if len(documents) <= _NAMED_DOCUMENTS:
        return ", ".join(documents)
    return f"{len(documents):,} documents"


def _list_headline(
    statements: Statements, manifest: JsonObject | None, documents: int, contradictions: int, is_part: bool
) -> list[tuple[str, int]]:
    """The figures at the top, each with its name."""
    ends = {end.key for statement in statements for end in statement.ends}
    read = manifest["counts"] if manifest and not is_part else {}
    rows = [("documents", documents)]
    rows += [(name, read[key]) for key, name in (("sentences", "sentences read"), ("words", "words")) if key in read]
    rows += [("statements chosen" if is_part else "statements", len(statements)), ("molecules", len(ends))]
    rows.append(("contradictions", contradictions))
    if manifest and manifest["failures"]:
        rows.append(("not read", len(manifest["failures"])))
    return rows


def _draw_figures(statements: Statements) -> list[Figure]:
    tally = Tally()
    tally.add_statements(statements)
    beliefs = Counter(min(int(statement.belief * _BINS), _BINS - 1) for statement in statements)
    relations = sorted(tally.relations.items(), key=lambda row: (-row[1], row[0]))
    rows = [(find_term(name).label, count) for name, count in relations[:_MOST_RELATIONS]]
    if rest := relations[_MOST_RELATIONS:]:
        rows.append((f"{len(rest)} others", sum(count for _, count in rest)))
    tenths = [(f"{one / _BINS:.1f} – {(one + 1) / _BINS:.1f}", beliefs[one]) for one in reversed(range(_BINS))]
    figures = [
        _make_figure("Relations", "statements", rows),
        _make_figure("Belief", "statements, by belief", tenths),
        _make_figure("How it is said", "pieces of evidence", _count_claims(statements)),
        _make_figure("Most connected", "partners of a molecule", tally.find_molecules()),
    ]
    return [figure for figure in figures if any(bar.count for bar in figure.bars)]


def _count_claims(statements: Iterable[Statement]) -> list[tuple[str, int]]:
    """Types of claims, and denials; a passage that names several sites counts once, with the first of them."""
    claims: Counter[str] = Counter()
    denied = 0
    for statement in statements:
        for item in statement.evidence:
            sites = [site.standard_name for site in item.mention.sites]
            if not sites or sites[0] == statement.site:
                claims[item.mention.claim] += 1
                denied += item.mention.negated
    rows = [(_CLAIM_NAMES.get(claim, claim), claims[claim]) for claim in CLAIM_TYPES]
    return [*rows, ("denied", denied)]


def _make_figure(heading: str, note: str, rows: Sequence[tuple[str, int]]) -> Figure:
    most = max([count for _, count in rows], default=0) or 1
    return Figure(heading, note, tuple(Bar(name, count, round(100 * count / most, 1)) for name, count in rows))


def _describe_program(manifest: JsonObject) -> list[tuple[str, list[tuple[str, str]]]]:
    """What made the run: groups of names and values."""
    program = {"version": manifest["version"], "run": manifest["run"], "Python": manifest["python"]}
    earlier = {"earlier runs": ", ".join(row["run"] for row in manifest.get("earlier_runs", ()))}
    groups = {
        "Program": program | (earlier if earlier["earlier runs"] else {}),
        "Options": manifest["options"],
        "Libraries": manifest["dependencies"],
        "SHA-256": manifest["sha256"],
    }
    return [(name, [(key, _show_value(value)) for key, value in rows.items()]) for name, rows in groups.items()]


def _show_value(value: Any) -> str:
    if value is None:
        return "–"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
