"""The parts of a JATS article in reading order: what is title, abstract, heading, paragraph, legend, cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sigmine.model import READ_KINDS, Citation, TableCell
from sigmine.readers.jats_citations import ReferenceIndex, cut_citations
from sigmine.readers.jats_flow import FLOATS, SILENT, Flow, get_text
from sigmine.readers.jats_references import read_references
from sigmine.readers.jats_tables import Cells, make_lines
from sigmine.readers.jats_xml import Node, Piece
from sigmine.readers.mapped_text import MappedText
from sigmine.readers.table_cells import begins_statement
from sigmine.readers.text_matter import BACK, find_part

_SPLITTING = frozenset(
    {"list", "def-list", "disp-quote", "verse-group", "preformat", "code", "speech", "statement", "p", "sec", "table"}
)
"""Elements that end the paragraph they stand in, as opposed to floats."""
_CONTAINERS = frozenset(
    {
        "sec",
        "app",
        "boxed-text",
        "ack",
        "notes",
        "glossary",
        "bio",
        "abstract",
        "trans-abstract",
        "fn-group",
        "app-group",
    }
    | {"list", "def-list", "statement", "disp-quote", "front", "body", "back", "floats-group"}
    | {"speech", "verse-group", "question-wrap", "question", "answer", "author-notes"}
    | {"supplementary-material", "media", "sub-article", "response", "sec-group", "permissions"}
)
_BACK_TAGS = frozenset(
    {
        "ack",
        "notes",
        "glossary",
        "bio",
        "fn",
        "fn-group",
        "author-notes",
        "supplementary-material",
        "media",
        "permissions",
    }
    | {"funding-group", "contrib-group", "aff", "attrib", "trans-title-group", "aff-alternatives", "support-group"}
)
_BACK_SECTIONS = re.compile(
    r"suppl|coi|conflict|competing|disclos|data-avail|ack|fund|author|contrib|ethic|abbrev|declar", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:DOI\s?:?\s?)?(?:https?://|10\.\d{4,9}/)\S+")
_META = ("contrib-group", "aff", "aff-alternatives", "author-notes", "permissions", "funding-group", "support-group")
_BODY_PARTS = frozenset({"body"})
_LONGEST_MARK = 2
_ENDS = ".:?!,;"


@dataclass(slots=True)
class Block:
    """What becomes a section; ``cites`` count from the start of ``content``."""

    kind: str
    content: MappedText
    title: str = ""
    subject: str = ""
    cites: list[Citation] = field(default_factory=list)
    cells: tuple[TableCell, ...] = ()


@dataclass(slots=True)
class ArticleWalker:
    """Goes through an article once; ``blocks`` grows in reading order.

    ``escapes`` holds start and length of the character references that were met, places in the file.
    """

    blocks: list[Block] = field(default_factory=list)
    references: ReferenceIndex = field(default_factory=ReferenceIndex)
    escapes: dict[int, int] = field(default_factory=dict)
    _aside: bool = False

    def walk(self, article: Node) -> None:
        """Take all of it: the reference list first, since the text points there."""
        lists = _find_lists(article)
        entries = read_references(lists, self.references, self.escapes)
        for node in article.elements():
            if node.tag == "front":
                self._walk_front(node)
            elif node.tag in ("sub-article", "response"):
                self._aside = True  # Letters, reports, translations: kept, not read.
                self._walk_element(node, BACK, "")
                self._aside = False
            elif node.tag == "back":
                self._walk_children(node, BACK, "")
            else:
                self._walk_element(node, "body", "")
        for one in lists:
            self._add(BACK, [child for child in one.elements() if child.tag == "title"])
        self.blocks += [Block("references", content) for content in entries]

    def _walk_front(self, front: Node) -> None:
        meta = front.find("article-meta") or front
        group = meta.find("title-group")
        if group is not None:
            self._add_title(group)
        language = front.attributes.get("lang", "")
        for node in meta.elements():
            if node.tag in ("abstract", "trans-abstract"):
                is_read = node.tag == "abstract" or node.attributes.get("lang", language).lower().startswith("en")
                self._walk_element(node, "abstract" if is_read else BACK, "")
            elif node.tag == "kwd-group":
                words = [one for one in node.elements() if one.tag != "title"]
                for word in words:
                    self._add("keywords", [word], title=get_text(node.find("title")))
        for node in (*meta.elements(), *(one for one in front.elements() if one.tag == "notes")):
            if node.tag in _META:
                flow = Flow(self.escapes, parted=True)
                self._add_flow(BACK, flow.take(node.children), "")
            elif node.tag == "notes":
                self._walk_element(node, BACK, "")

    def _add_title(self, group: Node) -> None:
        flow = Flow(self.escapes)
        title, subtitle = group.find("article-title"), group.find("subtitle")
        flow.take(title.children if title else ())
        if subtitle is not None:
            flow.put(": ")
            flow.take(subtitle.children)
        self._add_flow("title", flow, "")

    # Elements that hold paragraphs

    def _walk_children(self, node: Node, kind: str, title: str) -> None:
        self._walk_mixed(node, kind, title, self._is_block)

    def _walk_mixed(self, node: Node, kind: str, title: str, parts: Callable[[Node], bool]) -> None:
        """Words and elements side by side: those that ``parts`` the words are gone through by themselves."""
        run: list[Node | Piece] = []
        for child in node.children:
            if isinstance(child, Piece):
                if run or not child.text.isspace():
                    run.append(child)
            elif parts(child):
                self._add(kind, run, title)
                run = []
                self._walk_element(child, kind, title)
            else:
                run.append(child)
        self._add(kind, run, title)

    @staticmethod
    def _is_block(node: Node) -> bool:
        return (
            node.tag in _CONTAINERS
            or node.tag in _SPLITTING
            or node.tag in FLOATS
            or node.tag in _BACK_TAGS
            or (
                node.tag in ("ref-list", "label", "title", "list-item", "def-item", "caption", "array", "alternatives")
                or any(ArticleWalker._is_block(child) for child in node.elements())
            )
        )

    def _walk_element(self, node: Node, kind: str, title: str) -> None:
        tag = node.tag
        if tag in SILENT or tag in ("label", "title"):
            return  # A container's title is taken by itself.
        if tag in _BACK_TAGS:
            kind = BACK
        if tag == "p":
            self._walk_mixed(node, kind, title, lambda child: child.tag in _SPLITTING)
        elif tag in ("fig", "table-wrap", "chem-struct-wrap", "fig-group", "table-wrap-group"):
            self._walk_figure(node, title)
        elif tag == "table":
            self._walk_table(node, title, frozenset())
        elif tag == "def-item":
            self._walk_definition(node, kind, title)
        elif tag in _CONTAINERS:
            self._walk_container(node, kind, title)
        else:
            self._walk_children(node, kind, title)

    def _walk_container(self, node: Node, kind: str, title: str) -> None:
        head = node.find("title") or node.find("caption", "title")
        own = get_text(head)
        if node.tag in ("sec", "app", "boxed-text"):
            part = find_part(own) if own else None
            if node.tag == "app" and not self._aside:
                kind = "body"
            if kind == "body" and (part == BACK or _BACK_SECTIONS.search(node.attributes.get("sec-type", ""))):
                kind = BACK
            elif kind == BACK and part in _BODY_PARTS and not self._aside and node.tag == "sec":
                kind = "body"
        label = [one for one in node.elements() if one.tag == "label"]
        self._add("heading" if kind in READ_KINDS else kind, [*label, *([head] if head is not None else [])])
        self._walk_children(node, kind, own or title)

    def _walk_definition(self, node: Node, kind: str, title: str) -> None:
        flow = Flow(self.escapes)
        for one in node.elements():
            if one.tag == "def":
                flow.put(": ")
            flow.take(one.children)
        self._add_flow(kind, flow, title)

    # Figures and tables

    def _walk_figure(self, node: Node, title: str) -> None:
        kind = BACK if self._aside else "legend"
        caption = node.find("caption")
        label = node.find("label")
        before = len(self.blocks)
        flow = Flow(self.escapes)
        if label is not None:
            flow.take(label.children)
            if (words := flow.finish().text) and words[-1] not in _ENDS:
                flow = Flow(self.escapes).take(label.children)
                flow.put(".")
            flow.part()
        inner = list(caption.elements()) if caption else []
        if inner and inner[0].tag in ("title", "p") and not any(one.tag in _SPLITTING for one in inner[0].elements()):
            flow.take(inner.pop(0).children)
        self._add_flow(kind, flow, title)
        for one in inner:
            self._walk_element(one, kind, title) if one.tag != "title" else self._add(kind, one.children, title)
        heading = self.blocks[before].content.text if len(self.blocks) > before else title
        marks = _find_footnotes(node)
        for one in node.elements():
            if one.tag == "table-wrap-foot":
                self._walk_foot(one, kind, title)
            elif one.tag in ("table", "alternatives", "tgroup"):
                # Not those within cells: a table in a table is taken with its cell.
                for table in [one] if one.tag != "alternatives" else one.elements():
                    if table.tag in ("table", "tgroup"):
                        self._walk_table(table, heading, marks)
            elif one.tag in ("permissions", "attrib", "fig", "fig-group", "table-wrap"):
                self._walk_element(one, BACK, title)
            elif one.tag not in ("label", "caption"):
                self._walk_element(one, kind, title)

    def _walk_foot(self, foot: Node, kind: str, title: str) -> None:
        for one in foot.elements():
            if one.tag in ("fn", "fn-group"):
                self._walk_children(_drop_mark(one), kind, title) if one.tag == "fn" else self._walk_foot(
                    one, kind, title
                )
            else:
                self._walk_element(_drop_mark(one), kind, title)

    def _walk_table(self, table: Node, title: str, marks: frozenset[str]) -> None:
        floats: list[Node] = []

        def read_cell(cell: Node) -> Cells:
            runs: list[list[Node | Piece]] = [[]]
            _split_cell(cell, runs)
            contents: Cells = []
            for run in runs:
                flow = Flow(self.escapes, footnotes=marks).take(run)
                floats.extend(flow.floats)
                content, cites = cut_citations(flow.finish(), self.references, in_cell=True)
                if content.text or cites:
                    contents.append((content, cites))
            return contents

        for line in make_lines(table, read_cell):
            kind = BACK if self._aside else "heading" if line.is_header else "table"
            self.blocks.append(Block(kind, line.content, line.header or title, line.subject, line.cites, line.cells))
        for one in floats:
            self._walk_element(one, BACK, title)

    # Text

    def _add(self, kind: str, children: Sequence[Node | Piece], title: str = "") -> None:
        if children:
            self._add_flow(kind, Flow(self.escapes).take(children), title)

    def _add_flow(self, kind: str, flow: Flow, title: str) -> None:
        words = flow.finish()
        if kind in READ_KINDS or kind == "heading":
            content, cites = cut_citations(words, self.references)
        else:
            content, cites = words.content, []
        if content.text:
            is_address = kind == "legend" and _ADDRESS.fullmatch(content.text) is not None
            self.blocks.append(Block(BACK if is_address else kind, content, title, "", cites))
        for one in flow.floats:
            self._walk_element(one, kind, title)


def _find_lists(article: Node) -> list[Node]:
    """The reference lists of the article itself, not of letters printed with it; a list within a list once."""
    found: list[Node] = []
    queue = list(reversed(article.elements()))
    while queue:
        node = queue.pop()
        if node.tag == "ref-list":
            found.append(node)
        elif node.tag not in ("sub-article", "response", "front", "p", "table-wrap", "fig"):
            queue.extend(reversed(node.elements()))
    return found


def _find_footnotes(node: Node) -> frozenset[str]:
    """The marks that the notes under a table explain: ``a``, ``*``."""
    marks: set[str] = set()
    for one in node.elements():
        if one.tag != "table-wrap-foot":
            continue
        for inner in one.iterate():
            if inner.tag in ("label", "sup") and 0 < len(text := get_text(inner)) <= 2:
                marks.add(text)
    return frozenset(marks)


def _drop_mark(note: Node) -> Node:
    """A note under a table without the raised mark that it may begin with: ``a``, ``*``."""
    children = [child for child in note.children if isinstance(child, Node) or not child.text.isspace()]
    first = children[0] if children else None
    if not isinstance(first, Node):
        return note
    if first.tag == "sup" and len(get_text(first)) <= _LONGEST_MARK:
        return note.with_children(note.children[note.children.index(first) + 1 :])
    if first.tag == "p" and note.tag == "fn":
        return note.with_children([_drop_mark(first) if one is first else one for one in note.children])
    return note


def _split_cell(cell: Node, runs: list[list[Node | Piece]]) -> None:
    """The paragraphs and items of a cell, each a run of its own."""
    for index, child in enumerate(cell.children):
        if isinstance(child, Node) and child.tag == "break" and _begins_statement(cell.children[index + 1 :]):
            runs.append([])
        elif isinstance(child, Node) and child.tag in ("p", "list", "list-item", "disp-quote", "def-list", "def-item"):
            runs.append([])
            _split_cell(child, runs)
            runs.append([])
        else:
            runs[-1].append(child)


def _begins_statement(after: Sequence[Node | Piece]) -> bool:
    return bool(after) and isinstance(after[0], Piece) and begins_statement(after[0].text.strip())
