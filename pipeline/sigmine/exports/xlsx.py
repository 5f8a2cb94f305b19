"""Statements as a workbook for Excel, LibreOffice and the like, through XlsxWriter."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

from sigmine.assembly.merge import sort_key
from sigmine.exports.export import Runs
from sigmine.exports.sheets import Cell, Head, Look, Sheet, make_sheets
from sigmine.model.statement import Statement
from sigmine.resources.prefixes import PREFIXES

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

LOST = (
    "Scores of identities, cues, the places of words within sentences, references but for their identifiers; of texts "
    "what is longer than 32,767 characters."
)

MAX_ROWS = 1_048_575
"""Rows of a sheet below its head; what is more goes to further sheets."""

MAX_LINKS = 65_530
"""Links that Excel opens in a sheet; what comes after is text."""

_MAX_TEXT = 32_767
_MAX_LINK = 2_000
_WIDTHS: dict[Look, int] = {"text": 16, "long": 70, "number": 10, "belief": 8, "identifier": 16, "works": 24}
_CREATED = datetime(1980, 1, 1, tzinfo=UTC)  # of every file, so that the same statements give the same bytes
_CURIE = re.compile(r"[A-Za-z][\w.]*:[\w.:-]{1,200}", re.ASCII)
_WORK = re.compile(r"(?P<prefix>pubmed|doi):(?P<id>[^;\s]+)")


def write_xlsx(statements: Iterable[Statement], file: IO[bytes], runs: Runs = ()) -> None:
    """Sheets ``statements``, ``evidence`` (a row each), ``molecules`` and ``about``.

    Heads stay in sight and filter, belief has a colour, identifiers link to the Bioregistry and what is cited to
    PubMed or its DOI. Text of documents is written as text, so that it is never a formula.
    """
    from xlsxwriter import Workbook

    made = io.BytesIO()
    # A row at a time on disk, else 100,000 statements take gigabytes.
    with Workbook(made, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "Statements", "author": "sigmine", "created": _CREATED})
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "belief": book.add_format({"num_format": "0.00"}),
            "link": book.add_format({"font_color": "#0563C1", "underline": 1}),
        }
        for sheet in make_sheets(sorted(statements, key=sort_key), runs, LOST):
            for name, rows in _split(sheet):
                _write_sheet(book, formats, name, sheet.heads, rows)
    file.write(made.getvalue())


def _split(sheet: Sheet) -> Iterator[tuple[str, Sequence[Sequence[Cell]]]]:
    """``evidence``, ``evidence 2`` ... with as many rows as a sheet may have."""
    yield sheet.name, sheet.rows[:MAX_ROWS]
    for number, start in enumerate(range(MAX_ROWS, len(sheet.rows), MAX_ROWS), start=2):
        yield f"{sheet.name} {number}", sheet.rows[start : start + MAX_ROWS]


def _write_sheet(
    book: Workbook, formats: dict[str, Any], name: str, heads: Sequence[Head], rows: Sequence[Sequence[Cell]]
) -> None:
    page: Worksheet = book.add_worksheet(name)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
    for column, head in enumerate(heads):
        page.set_column(column, column, max(_WIDTHS[head.look], len(head.name) + 3))
        page.write_string(0, column, head.name, formats["head"])
        if head.look == "belief":
            scale = {"type": "2_color_scale", "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
            scale |= {"min_color": "#FFFFFF", "max_color": "#63BE7B"}
            page.conditional_format(1, column, max(1, len(rows)), column, scale)
    links = 0
    for row, cells in enumerate(rows, start=1):
        for column, (head, cell) in enumerate(zip(heads, cells, strict=True)):
            address = find_address(head.look, cell) if isinstance(cell, str) and links < MAX_LINKS else None
            links += address is not None
            _write_cell(page, (row, column), cell, address, formats, head.look)


def _write_cell(
    page: Worksheet, place: tuple[int, int], cell: Cell, address: str | None, formats: dict[str, Any], look: Look
) -> None:
    if isinstance(cell, int | float):
        page.write_number(*place, cell, formats["belief"] if look == "belief" else None)
    elif address is not None:
        page.write_url(*place, address, formats["link"], _cut(cell))
    elif cell:
        page.write_string(*place, _cut(cell))


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else f"{text[: _MAX_TEXT - 2]} …"


def find_address(look: Look, text: str) -> str | None:
    """Where the text of a cell leads: an identity to the Bioregistry, works to the first that has a PMID or a DOI."""
    if look == "identifier" and _CURIE.fullmatch(text):
        return f"https://bioregistry.io/{text}"
    match = _WORK.search(text) if look == "works" else None
    address = f"{PREFIXES[match['prefix']]}{quote(match['id'])}" if match else ""
    return address if 0 < len(address) <= _MAX_LINK else None
