"""Tables of JATS: a row's cells beside the head of the row and the words of their columns' heads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sigmine.model import Citation
from sigmine.readers.jats_xml import Node
from sigmine.readers.mapped_text import SPACE, MappedText, concatenate, join

MAX_SPAN = 100
"""Columns or rows that one cell may fill; also the columns of a table. More is damage, or an attack."""
_LONGEST_HEAD = 80
_LONGEST_HEADER = 60
_LONGEST_REPEATED = 300
_MAX_PAIRS = 12
_WORD = re.compile(r"[^\W\d_]{2}")
_KINASE = re.compile(r"\bkinases?\b", re.IGNORECASE)
_NO_KINASE = re.compile(
    r"inhibit|phosphatase|activit|assay|pathway|domain|substrate|target|dead|motif|famil|group|role|effect|function|"
    r"cascade|consensus|regulat|downstream",
    re.IGNORECASE,
)
_SUBSTRATE = re.compile(r"\b(?:phosphorylation )?substrates?\b", re.IGNORECASE)
_NO_SUBSTRATE = re.compile(
    r"phosphatase|inhibit|dephospho|effect|role|function|type|motif|sequence|class|consequence|outcome|adaptor|"
    r"receptor|specific",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"\b(?:phosphorylation sites?|phosphosites?|sites?|residues?|phosphorylated residues?)\b", re.IGNORECASE
)
_PROTEIN = re.compile(r"(?:target )?(?:protein|gene|target)s?(?: name| symbol)?", re.IGNORECASE)
_PHOSPHORYLATION = re.compile(r"\bphosphorylation\b", re.IGNORECASE)
_NO_SITE = re.compile(r"bind|cleav|active|catalytic|dock|splice|number|acetyl|ubiquit|methyl|expression", re.IGNORECASE)
_RESIDUE = re.compile(r"\b(?:p-?)?(?:[STY]|Ser|Thr|Tyr|serine |threonine |tyrosine )-?\d", re.IGNORECASE)
_NOTHING = re.compile(r"[\W_]*|n/?[ad]\.?|unknown|none|nr|not (?:known|determined|applicable|available)", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:[,;](?![^()]*\))\s*(?:and\s)?|\sand\s)\s*")
_NAME_PARTS = 2
_INFLECTED = re.compile(r"[A-Za-z]?[a-z-]{3,}(?:s|ed|ing|ion|ment|tes)")
_COLON, _BAR, _SEMICOLON, _AT, _OF = (MappedText.inserted(text) for text in (": ", " | ", "; ", " at ", " of "))

Cells = list[tuple[MappedText, list[Citation]]]
"""The paragraphs of one cell, each with its citations."""


@dataclass(slots=True)
class Cell:
    """A cell: its paragraphs; the same object stands at each place that the cell fills."""

    contents: Cells
    is_header: bool = False
    used: bool = False

    @property
    def text(self) -> str:
        """The words of all paragraphs."""
        return " ".join(content.text for content, _ in self.contents)

    @property
    def joined(self) -> MappedText:
        """All paragraphs as one."""
        return concatenate([content for content, _ in self.contents], SPACE)


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes a section: ``is_header`` for heads of columns; ``subject`` is the head in front, empty if none."""

    content: MappedText
    cites: list[Citation] = field(default_factory=list)
    subject: str = ""
    header: str = ""
    is_header: bool = False


def make_lines(table: Node, read_cell: Callable[[Node], Cells]) -> Iterator[Line]:
    """The lines of one ``<table>``: first the heads of the columns, then, row by row, what the cells say.

    Where columns are headed kinase, substrate (and site), a row reads ``Kinase AKT1 Substrate: TSC2 at Site S939``.
    Other cells follow their row's head: names with the column's head (``AKT1 Inhibitors: ...``), sentences without.
    Cells without a word go into one line a row: ``AKT1 | Fold change: 2.1; P: 0.01``.
    """
    heads, rows = _split(_lay_out(table, read_cell))
    columns = max((len(row) for row in (*heads, *rows)), default=0)
    headers = [_find_header(heads, column) for column in range(columns)]
    for row in heads:
        cells = [cell.joined for cell in _distinct(row) if cell.text and not cell.used]
        for cell in _distinct(row):
            cell.used = True  # One that reaches down stands in its first row.
        if cells:
            yield Line(concatenate(cells, _BAR), is_header=True)
    roles = _find_roles([header.text for header in headers])
    head: MappedText | None = None
    for row in rows:
        first = _find_head(row)
        head = first.joined if first is not None else head if row and row[0] is not None and not row[0].text else None
        # What the head cites, or a column of references, is cited by all that the row says.
        shared = [cell for cell in _distinct(row) if cell is first or not cell.text]
        for line in _read_row(row, headers, roles, head, first):
            yield Line(line.content, [*line.cites, *_cite_at_end(line.content, shared)], line.subject, line.header)


def _cite_at_end(line: MappedText, cells: Sequence[Cell]) -> list[Citation]:
    end = len(line.text)
    cites = [cite for cell in cells for _, group in cell.contents for cite in group]
    return list(dict.fromkeys(Citation(end - 1, end, cite.marker, cite.references) for cite in cites))


# The grid


def _lay_out(table: Node, read_cell: Callable[[Node], Cells]) -> list[tuple[bool, list[Cell | None]]]:
    """The rows with every place filled; whether each stands in the head of the table."""
    parts = [part for one in table.elements() for part in (one.elements() if one.tag == "tgroup" else [one])]
    groups = [*(part for part in parts if part.tag in ("thead", "tbody", "tfoot")), table]
    rows: list[tuple[bool, list[Cell | None]]] = []
    for group in groups:
        open_: dict[int, tuple[Cell, int]] = {}
        for tr in (node for node in group.elements() if node.tag in ("tr", "row")):
            row: list[Cell | None] = []
            cells = [node for node in tr.elements() if node.tag in ("td", "th", "entry")]
            for node in cells:
                _fill(row, open_)
                if len(row) >= MAX_SPAN:
                    break
                cell = Cell(read_cell(node), node.tag == "th")
                width = min(_span(node, "colspan"), MAX_SPAN - len(row))
                height = _span(node, "rowspan") if node.tag != "entry" else _span(node, "morerows", 0) + 1
                for column in range(len(row), len(row) + width):
                    if height > 1:
                        open_[column] = (cell, height - 1)
                row += [cell] * width
            _fill(row, open_)
            if cells:
                rows.append((group.tag == "thead", row))
    return rows


def _fill(row: list[Cell | None], open_: dict[int, tuple[Cell, int]]) -> None:
    """Add the cells that reach down from rows above."""
    while (column := len(row)) in open_:
        cell, left = open_[column]
        if left > 1:
            open_[column] = (cell, left - 1)
        else:
            del open_[column]
        row.append(cell)


def _span(node: Node, name: str, default: int = 1) -> int:
    value = node.attributes.get(name, "").strip()
    return min(max(int(value), default), MAX_SPAN) if re.fullmatch(r"\d{1,6}", value) else default


def _split(rows: list[tuple[bool, list[Cell | None]]]) -> tuple[list[list[Cell | None]], list[list[Cell | None]]]:
    """Heads of columns and the rest; without a head, a first row of ``<th>`` only, or one that names roles, is it."""
    heads = [row for is_head, row in rows if is_head]
    body = [row for is_head, row in rows if not is_head]
    if not heads and len(body) > 1:
        texts = [cell.text if cell else "" for cell in body[0]]
        if all(cell is not None and cell.is_header for cell in body[0]) or _find_roles(texts) is not None:
            return [body[0]], body[1:]
    return heads, body


def _distinct(row: Sequence[Cell | None]) -> list[Cell]:
    return list({id(cell): cell for cell in row if cell is not None}.values())


def _find_header(heads: Sequence[Sequence[Cell | None]], column: int) -> MappedText:
    """The words over a column, from the top, each cell's once; empty where they are none or too many."""
    cells = _distinct([row[column] for row in heads if column < len(row)])
    parts = [cell.joined for cell in cells if cell.text]
    header = concatenate(parts, SPACE)
    return header if len(header.text) <= _LONGEST_HEADER else MappedText("", ())


# What a row says


@dataclass(frozen=True, slots=True)
class Roles:
    """The columns of a table of kinases and their substrates; ``site`` is None where no column gives residues.

    ``is_named``: the substrates' column is headed so; if not (``Protein``), that of the sites tells of phosphorylation.
    """

    kinase: int
    substrate: int
    site: int | None
    is_named: bool = True


def _find_roles(headers: Sequence[str]) -> Roles | None:
    """The roles, where each is told by exactly one column."""
    kinases = [i for i, text in enumerate(headers) if _KINASE.search(text) and not _NO_KINASE.search(text)]
    substrates = [i for i, text in enumerate(headers) if _SUBSTRATE.search(text) and not _NO_SUBSTRATE.search(text)]
    sites = [i for i, text in enumerate(headers) if _SITE.search(text) and not _NO_SITE.search(text)]
    others = [i for i in sites if i not in (*kinases, *substrates)]
    site = others[0] if len(others) == 1 else None
    proteins = [i for i, text in enumerate(headers) if _PROTEIN.fullmatch(text)]
    if len(kinases) != 1 or kinases == substrates:
        return None
    if len(substrates) == 1:
        return Roles(kinases[0], substrates[0], site)
    if not substrates and len(proteins) == 1 and site is not None and _PHOSPHORYLATION.search(headers[site]):
        return Roles(kinases[0], proteins[0], site, is_named=False)
    return None


def _find_head(row: Sequence[Cell | None]) -> Cell | None:
    """The first cell with a word, if it is short enough for a head and no other cell's column was before it."""
    for cell in row:
        if cell is not None and (_WORD.search(cell.text) or re.search(r"[A-Za-z]", cell.text)):
            return cell if len(cell.text) <= _LONGEST_HEAD and cell.contents else None
        if cell is not None and not cell.text:
            return None  # Left blank: the head of the row above goes on.
    return None


def _read_row(
    row: Sequence[Cell | None],
    headers: Sequence[MappedText],
    roles: Roles | None,
    head: MappedText | None,
    first: Cell | None,
) -> Iterator[Line]:
    taken: set[int] = {id(first)} if first is not None else set()
    said = False
    # "Inhibits it" in a row about a substrate is what its kinase does, or the substrate itself: not to be told.
    lead = head
    if roles is not None and (lines := list(_read_roles(row, headers, roles))):
        said = True
        lead = None if roles.substrate < roles.kinase else head
        yield from lines
        columns = [column for column in (roles.kinase, roles.substrate, roles.site) if column is not None]
        taken |= {id(row[column]) for column in columns if column < len(row)}
    rest: list[MappedText] = []
    for column, cell in enumerate(row):
        if cell is None or id(cell) in taken or not any(char.isalnum() for char in cell.text):
            continue
        taken.add(id(cell))
        if cell.used and len(cell.text) > _LONGEST_REPEATED:
            continue
        cell.used = True
        header = headers[column]
        is_quiet = _is_quiet(header.text, headers) or not _WORD.search(cell.text)
        if is_quiet and head is not None and len(cell.text) <= _LONGEST_REPEATED:
            rest.append(join([header, _COLON, cell.joined]) if header.text else cell.joined)
            continue
        for content, cites in cell.contents:
            if content.text:
                said = True
                yield _lead(lead, header, content, cites)
    if rest and head is not None:
        yield Line(join([head, _BAR, concatenate(rest, _SEMICOLON)]), [], head.text)
    elif first is not None and not said:
        yield Line(first.joined, [], "", headers[0].text)


def _read_roles(row: Sequence[Cell | None], headers: Sequence[MappedText], roles: Roles) -> Iterator[Line]:
    """A sentence for each kinase and, if no site is given, each substrate of the row, out of the table's own words.

    Nothing but "at", "of" and a colon is put in. Their order is one that the grammar's rules know.
    """
    kinase, substrate = (_get_cell(row, column) for column in (roles.kinase, roles.substrate))
    if kinase is None or substrate is None or kinase is substrate:
        return
    site = _get_cell(row, roles.site) if roles.site is not None else None
    site = site if site is not None and _RESIDUE.search(site.text) else None
    if any(cell is not None and len(cell.text) > _LONGEST_REPEATED for cell in (kinase, substrate, site)):
        return
    kinases = _split_list(kinase.joined)
    substrates = [substrate.joined] if site else _split_list(substrate.joined)
    if len(kinases) * len(substrates) > _MAX_PAIRS:
        return
    for one in kinases:
        subject = join([_cut_word(headers[roles.kinase], _KINASE), SPACE, one])
        for other in substrates:
            if not roles.is_named:
                assert roles.site is not None
                if site is None:
                    return  # Nothing says that it is phosphorylated.
                verb = _cut_word(headers[roles.site], _PHOSPHORYLATION)
                line = join([subject, _COLON, verb, _OF, other, _AT, site.joined])
                yield Line(line, _cite_at_end(line, [kinase, substrate, site]), subject.text)
                continue
            parts = [subject, SPACE, _cut_word(headers[roles.substrate], _SUBSTRATE), _COLON, other]
            if site is not None and roles.site is not None:
                parts += [_AT, _cut_word(headers[roles.site], _SITE), SPACE, site.joined]
            line = join(parts)
            yield Line(line, _cite_at_end(line, [cell for cell in (kinase, substrate, site) if cell]), subject.text)


def _is_quiet(header: str, headers: Sequence[MappedText]) -> bool:
    """Whether a cell would say something wrong beside its row's head: the substrate of a phosphatase, and its sites."""
    if _SUBSTRATE.search(header):
        return True
    return _SITE.search(header) is not None and any(_SUBSTRATE.search(other.text) for other in headers[1:])


def _get_cell(row: Sequence[Cell | None], column: int) -> Cell | None:
    cell = row[column] if column < len(row) else None
    return cell if cell is not None and not _NOTHING.fullmatch(cell.text) else None


def _cut_word(header: MappedText, pattern: re.Pattern[str]) -> MappedText:
    match = pattern.search(header.text)
    return header.cut(*match.span()) if match else header


def _split_list(content: MappedText) -> list[MappedText]:
    """The names of a list, if each of its parts can be one (``AKT1, 2`` cannot)."""
    bounds = [0, *(place for match in _LIST.finditer(content.text) for place in match.span()), len(content.text)]
    parts = [content.cut(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    return parts if all(part.text[:1].isalpha() for part in parts) else [content]


def _lead(head: MappedText | None, header: MappedText, content: MappedText, cites: list[Citation]) -> Line:
    """A cell behind its row's head; the column's head stands between them where the cell is names."""
    if head is None or not head.text:
        return Line(content, cites, "", header.text)
    if header.text and _is_names(content.text):
        parts = [head, SPACE, header, _COLON]
    else:
        parts = [head, _COLON if " " in head.text else SPACE]
    shift = sum(len(part.text) for part in parts)
    moved = [Citation(cite.start + shift, cite.end + shift, cite.marker, cite.references) for cite in cites]
    return Line(join([*parts, content]), moved, head.text, header.text)


def _is_names(text: str) -> bool:
    """Whether a cell is a list of names rather than what is said of something (``Inhibits mTORC1``)."""
    if len(text) > _LONGEST_REPEATED:
        return False
    items = [item for item in _LIST.split(text.strip(" .")) if item]
    if any(len(item.split()) > _NAME_PARTS for item in items):
        return False
    words = text.split()
    return len(words) == 1 or not _INFLECTED.fullmatch(words[0])
