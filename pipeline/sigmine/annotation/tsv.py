"""Tables as spreadsheets write them: tabs between cells, quotation marks around those that hold one or a line end."""

from __future__ import annotations

import csv
import io

from sigmine.errors import ReadError


def split_table(content: str, place: str) -> list[tuple[int, list[str]]]:
    """The cells of each row, with the line on which it begins, counted from 1.

    Raises:
        ReadError: if a quotation mark is not closed (it would swallow the rows behind it) or a cell is no cell.
    """
    reader = csv.reader(io.StringIO(content.lstrip("\ufeff")), delimiter="\t", strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ReadError(
            f"{place}:{line}: not a row of a table ({error}). A cell that begins with a quotation mark ends with one, "
            "and those within are doubled, as spreadsheets do."
        ) from error
    return rows
