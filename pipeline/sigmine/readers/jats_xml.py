"""XML of strangers as trees whose texts know their characters of the file; no entity, no DTD, no network."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple

from sigmine.errors import ReadError
from sigmine.readers.sources import MAX_DOCUMENT_BYTES, decode_declared, decode_text

if TYPE_CHECKING:
    from pyexpat import XMLParserType

SNIFFED = 1 << 16
"""How many bytes of a file are looked at to tell its format."""
MAX_DEPTH = 150
"""Elements within elements; articles, formulas included, have some 40, and the walkers call themselves."""
_BLOCK = 1 << 18
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_DECLARED = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']")
_ENCODING = re.compile(
    r"utf-8|ascii|utf-16(?:-[bl]e)?|iso8859-\d+|cp\d+|koi8-[rtu]|mac-roman|gbk|gb2312|gb18030|big5|shift_jis|euc_(?:jp|kr)"
)
"""Python's names of encodings of text; its other codecs (punycode, unicode_escape) are none."""
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", b"<\0?\0": "utf-16-le", b"\0<\0?": "utf-16-be"}
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_ARTICLES = re.compile(rb"<(?:[\w.-]+:)?article[\s/>]")
_REFERENCE = re.compile(r"&[^&;\s]{1,40};")


class Piece(NamedTuple):
    """Characters between two tags: ``text``, where it stands in the file, and how many characters it takes there.

    ``length`` is that of the text where both are the same, characters of a reference (``&#945;``) where not.
    """

    text: str
    start: int
    length: int


class Node:
    """An element: its name without prefix, attributes (names without prefix too), elements and text in order."""

    __slots__ = ("_elements", "attributes", "children", "tag")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node | Piece] = []
        self._elements: list[Node] = []

    def elements(self) -> list[Node]:
        """The child elements, in order; not to be changed."""
        return self._elements

    def with_children(self, children: list[Node | Piece]) -> Node:
        """The same element with other content."""
        node = Node(self.tag, self.attributes)
        node.children = children
        node._elements = [child for child in children if isinstance(child, Node)]
        return node

    def find(self, *path: str) -> Node | None:
        """The first child of that name, its first child of the next name, and so on; None where one is missing."""
        node = self
        for tag in path:
            for child in node._elements:
                if child.tag == tag:
                    node = child
                    break
            else:
                return None
        return node

    def iterate(self) -> list[Node]:
        """The element itself and all within it, in the order of the file."""
        found: list[Node] = []
        self._gather(found)
        return found

    def _gather(self, found: list[Node]) -> None:
        found.append(self)
        for node in self._elements:
            if node._elements:
                node._gather(found)
            else:
                found.append(node)


def find_root(data: bytes) -> str:
    """The name of the root element without its prefix, told from the first bytes of a file; empty if there is none."""
    match = _ROOT.search(_COMMENT.sub(b"", data[:SNIFFED].replace(b"\0", b"")))
    return match[1].decode("ascii", "replace") if match else ""


def is_jats(data: bytes) -> bool:
    """Whether the first bytes of a file look like an article in JATS, or a set of such."""
    root = find_root(data)
    if root in ("article", "pmc-articleset"):
        return True
    return root not in ("", "html", "collection") and _ARTICLES.search(data[:SNIFFED].replace(b"\0", b"")) is not None


def decode_xml(data: bytes, name: str) -> str:
    """The file's characters: UTF-8, UTF-16, or what the XML declaration says. A byte order mark stays.

    Raises:
        ReadError: if the bytes are empty, no text, or not of the encoding that they are said to be of.
    """
    sniffed = next((encoding for mark, encoding in _UTF16.items() if data.startswith(mark)), None)
    declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8)) if sniffed is None else None
    said = sniffed or (declared[1].decode("ascii") if declared else "utf-8")
    try:
        encoding = codecs.lookup(said).name
    except LookupError:
        encoding = ""
    if not _ENCODING.fullmatch(encoding):
        raise ReadError(f"{name}: line 1: unknown encoding {said!r}; save the file anew as UTF-8.")
    if encoding in ("utf-8", "ascii"):
        return decode_text(data, name)
    reason = f"{said}, which the XML declaration names; correct the declaration, or save the file anew as UTF-8."
    return decode_declared(data, name, encoding, reason)


def parse_elements(text: str, tag: str, name: str, limit: int = MAX_DOCUMENT_BYTES) -> Iterator[Node]:
    """The outermost elements of that name, each as soon as it is complete.

    Args:
        limit: how many bytes (as UTF-8) one of them may have.

    Raises:
        ReadError: where the XML is damaged, declares entities, nests too deep or one element is too long; elements
            before that place have been given.
    """
    builder = _Builder(text, tag, name, limit)
    for position in range(0, len(text), _BLOCK):
        builder.feed(text[position : position + _BLOCK])
        yield from builder.take()
    builder.feed("", final=True)
    yield from builder.take()


class _Builder:
    """Makes trees of what expat reports.

    Expat is given UTF-16, so that half the number of a byte is that of the character, but for characters beyond the
    first 65,536, which take two units.
    """

    def __init__(self, text: str, tag: str, name: str, limit: int) -> None:
        from xml.parsers import expat

        self.text, self.tag, self.name, self.limit = text, tag, name, limit
        self.wide = [match.start() + before for before, match in enumerate(_WIDE.finditer(text))]
        self.started = 0
        self.cdata = False
        self.stack: list[Node] = []
        self.done: list[Node] = []
        self.names: dict[str, str] = {}
        self.error = expat.ExpatError
        # The text is decoded already; what the declaration says of its bytes no longer holds.
        self.parser: XMLParserType = expat.ParserCreate("utf-16le")
        # As if there were a DTD elsewhere: then a name such as &alpha; is reported to us instead of being an error.
        # No handler for external entities is set, so that nothing is ever loaded.
        self.parser.UseForeignDTD(True)
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.buffer_text = False
        self.parser.EntityDeclHandler = self._refuse_entity
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._make_element_handlers()
        self.parser.CharacterDataHandler = self._make_add()
        self.parser.StartCdataSectionHandler = self._open_cdata
        self.parser.EndCdataSectionHandler = self._close_cdata
        self.parser.SkippedEntityHandler = self._add_named

    def feed(self, block: str, *, final: bool = False) -> None:
        try:
            self.parser.Parse(block.encode("utf-16-le"), final)
        except self.error as error:
            what = str(error).partition(":")[0]
            raise ReadError(
                f"{self.name}: line {error.lineno}: not well-formed XML: {what}; give the file as it was downloaded."
            ) from error
        if self.stack:
            self._check_size()

    def take(self) -> list[Node]:
        done, self.done = self.done, []
        return done

    def _fail(self, message: str) -> ReadError:
        return ReadError(f"{self.name}: line {self.parser.CurrentLineNumber}: {message}")

    def _check_size(self) -> None:
        """Refuse the element that is open, or ends here, if it is too long."""
        place = self._find_place()
        # No character has more than four bytes, so that most need not be counted.
        if 4 * (place - self.started) > self.limit and len(self.text[self.started : place].encode()) > self.limit:
            raise self._fail(f"the element <{self.tag}> has over {self.limit:,} bytes, the limit of a document.")

    def _refuse_entity(self, name: str, *_: object) -> None:
        raise self._fail(f"the file declares the entity {name!r}; entities are not expanded. Write the characters.")

    def _open_cdata(self) -> None:
        self.cdata = True

    def _close_cdata(self) -> None:
        self.cdata = False

    def _make_element_handlers(self) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
        """For the start and the end of an element; in one scope, since they are called for each of thousands."""
        stack, names, wanted, depth = self.stack, self.names, self.tag, 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > MAX_DEPTH:
                raise self._fail(f"elements are nested deeper than {MAX_DEPTH}, which no article needs.")
            tag = names.get(name) or self._shorten(name)
            if attributes and ":" in "".join(attributes):
                attributes = {self._shorten(key): value for key, value in attributes.items()}
            if stack:
                node = Node(tag, attributes)
                parent = stack[-1]
                parent.children.append(node)
                parent._elements.append(node)
                stack.append(node)
            elif tag == wanted:
                self.started = self._find_place()
                stack.append(Node(tag, attributes))

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            if len(stack) > 1:
                stack.pop()
            elif stack:
                self._check_size()
                self.done.append(stack.pop())

        return start, end

    def _shorten(self, name: str) -> str:
        return self.names.setdefault(name, name.rpartition(":")[2])

    def _make_add(self) -> Callable[[str], None]:
        stack, text, wide, parser = self.stack, self.text, self.wide, self.parser

        def add(data: str) -> None:
            if not stack:
                return
            start = parser.CurrentByteIndex >> 1
            if wide:
                start -= bisect_left(wide, start)
            length = len(data)
            # A reference is reported by itself, as the one character that it stands for.
            if length == 1 and text[start] == "&" and not self.cdata:
                match = _REFERENCE.match(text, start)
                length = match.end() - start if match else length
            stack[-1].children.append(Piece(data, start, length))

        return add

    def _add_named(self, name: str, _is_parameter: object) -> None:
        if not self.stack:
            return
        start, length = self._find_place(), len(name) + 2
        # An unknown name stays as it is written, for all to see.
        self.stack[-1].children.append(Piece(html5.get(f"{name};", f"&{name};"), start, length))

    def _find_place(self) -> int:
        """The character of the file at which the present event stands."""
        units = self.parser.CurrentByteIndex >> 1
        return units - bisect_left(self.wide, units)
