"""The raw characters of an HTML page: which of them are markup and which are text, and where the text stands."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from html import unescape

from sigmine.errors import ReadError
from sigmine.readers.mapped_text import MappedText, Run
from sigmine.readers.sources import decode_declared, decode_text
from sigmine.readers.word_lists import make_words

# Attributes in quotes may hold ">". Each alternative eats to the end of the file where its own end is missing, so that
# no place is looked at twice: a damaged page costs no more than a sound one.
_ATTRIBUTES = r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+"""
_MARKUP = re.compile(
    rf"<(?:!--(?:-?>|.*?(?:--!?>|\Z))|[!?][^>]*+(?:>|\Z)|(?P<close>/)?(?P<tag>[A-Za-z][^\s/>]*+){_ATTRIBUTES}(?:>|\Z)|"
    r"/[^>]*+(?:>|\Z))",
    re.DOTALL,
)
_RAW_END = {
    tag: re.compile(rf"</{tag}(?=[\s/>])|\Z", re.IGNORECASE)
    for tag in (
        "script",
        "style",
        "xmp",
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "textarea",
        "title",
        "svg",
        "template",
    )
}
"""Elements whose content is no markup or of no interest: nothing inside them is looked at, up to their end tag."""
_PLAIN_TAGS = make_words("i em u font tt small big abbr acronym dfn cite q mark code kbd samp var bdi bdo wbr nobr")
"""Tags that change neither the words nor what they are: left out, they need no element each."""
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_MAX_TAG_CHARACTERS = 10_000
"""Of one tag, what is in quotes left out (a picture may stand in an attribute)."""
_CHARSET = re.compile(rb"""<meta\b[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD_BYTES = 4096
_TEXT_CODECS = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp(?:125\d|866|874|932|949|950)|koi8-[rtu]|mac-\w+|gb(?:2312|k|18030)|big5\w*|euc_\w+|"
    r"shift_jis\w*|iso2022_\w+"
)
_MHTML = re.compile(rb"\s*(?:From: <Saved by|MIME-Version:|Content-Type: multipart/related)", re.IGNORECASE)
_NOTHING = frozenset("\xad\u200b\u200c\u200d\u2060\ufeff")
"""Soft hyphens and marks of no width: a reader does not see them."""
_UNEVEN = re.compile(r"[&\xad\u200b-\u200d\u2060\ufeff]|[^\S ]|  ")
"""Where a text is not shown as it stands."""
_TOKEN = re.compile(
    # Words with single spaces between them are one stretch; then other white space, references, what shows nothing.
    r"(?P<plain>[^\s&\xad\u200b-\u200d\u2060\ufeff]++(?: [^\s&\xad\u200b-\u200d\u2060\ufeff]++)*+)|(?P<space>\s+)|"
    r"(?P<entity>&(?:#\d+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;?))|(?P<mark>&)|(?P<nothing>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page taken apart.

    Attributes:
        text: the file's characters.
        markup: the tags as they stand, each run of text replaced by its number and a semicolon: ``<p>0;</p>``.
        runs: where each run of text stands in ``text``, half-open.
        metas: where each ``meta`` tag stands.
    """

    text: str
    markup: str
    runs: tuple[tuple[int, int], ...]
    metas: tuple[tuple[int, int], ...]


def decode_html(data: bytes, name: str) -> str:
    """The page's characters, line ends untouched; a byte order mark stays as the first character.

    The encoding is what a byte order mark says, else UTF-8 where the bytes are UTF-8, else what the page declares.

    Raises:
        ReadError: if the bytes are empty, binary, in an encoding that is neither UTF-8 nor declared, or not in the one
            declared.
    """
    if _MHTML.match(data):
        raise ReadError(f"{name}: a web archive (MHTML), not HTML; save the page anew as 'Web page, HTML only'.")
    for mark, utf16 in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            try:
                return data.decode(utf16)
            except UnicodeDecodeError as error:
                raise ReadError(f"{name}: byte {error.start}: the page is UTF-16 and damaged; save it anew.") from error
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    encoding = _find_codec(declared[1].decode()) if declared else None
    try:
        return decode_text(data, name)
    except ReadError as error:
        if not isinstance(error.__cause__, UnicodeDecodeError) or declared is None or encoding == "utf-8":
            raise
    if encoding is None:
        raise ReadError(
            f"{name}: the page declares the encoding {declared[1].decode()!r}, which is not known; "
            "save it as UTF-8, or convert it with iconv."
        )
    reason = f"{encoding}, which the page declares, nor UTF-8; save the page anew as UTF-8."
    return decode_declared(data, name, encoding, reason)


def _find_codec(name: str) -> str | None:
    """Python's name of a declared text encoding, None if there is none; browsers take Latin-1 for Windows-1252."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    if codec in ("iso8859-1", "ascii"):
        return "cp1252"
    if codec.startswith("utf-16"):
        return "utf-8"  # The declaration was read as ASCII, so it is not true.
    return codec if _TEXT_CODECS.fullmatch(codec) else None


def scan_page(text: str) -> Page:
    """Part markup from text. Any text will do: what is no markup is text, as in a browser."""
    markup: list[str] = []
    runs: list[tuple[int, int]] = []
    metas: list[tuple[int, int]] = []
    position = 1 if text.startswith("\ufeff") else 0
    while (match := _MARKUP.search(text, position)) is not None:
        _add_text(text, position, match.start(), markup, runs)
        position = match.end()
        tag = (match["tag"] or "").lower()
        if not tag or tag in _PLAIN_TAGS:
            continue
        markup.append(_trim_tag(match[0], tag) if match[0].endswith(">") else "")
        if match["close"] is None and tag in _RAW_END:
            end = _RAW_END[tag].search(text, position)
            assert end is not None
            if tag == "title":
                _add_text(text, position, end.start(), markup, runs)
            if tag != "svg" or not match[0].endswith("/>"):
                position = end.start()
        elif tag == "meta":
            metas.append(match.span())
    _add_text(text, position, len(text), markup, runs)
    return Page(text, "".join(markup), tuple(runs), tuple(metas))


def _trim_tag(markup: str, tag: str) -> str:
    """Without its attributes where they are thousands: the parser compares each with each."""
    if len(markup) <= _MAX_TAG_CHARACTERS or len(_QUOTED.sub("", markup)) <= _MAX_TAG_CHARACTERS:
        return markup
    return f"</{tag}>" if markup.startswith("</") else f"<{tag}>"


def _add_text(text: str, start: int, end: int, markup: list[str], runs: list[tuple[int, int]]) -> None:
    if start >= end:
        return
    if text[start:end].isspace():
        markup.append(" ")  # Between tags white space is no text yet: it must not open a body, say.
        return
    markup.append(f"{len(runs)};")
    runs.append((start, end))


class TextWriter:
    """One block's text, as it is shown: white space is one space, entities are characters, hidden hyphens are gone."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._space: int | None = None
        self.length = 0
        """How many characters were written; white space at the ends is not written."""

    @property
    def next(self) -> int:
        """Where the next character that is seen will stand."""
        return self.length + (self._space is not None)

    def add_space(self, place: int = -1) -> None:
        """White space; ``place`` is the first character of it in the file, -1 if it has none."""
        if self.length and self._space is None:
            self._space = place

    def drop_space(self) -> None:
        """Forget white space after what was written: a line ends here."""
        self._space = None

    def add(self, start: int, end: int) -> None:
        """A run of the file's text; nothing if it is empty."""
        if start >= end:
            return
        source = self._source
        words = source[start:end]
        # Nearly all texts pass the quick tests, and none that passes is uneven.
        if (words.isprintable() and "&" not in words and "  " not in words) or _UNEVEN.search(words) is None:
            first, last = start + (words[0] == " "), end - (words[-1] == " ")
            if first > start:
                self.add_space(start)
            if first < last:
                self._write(words[first - start : last - start], first, last - first)
                if last < end:
                    self.add_space(last)
            return
        for match in _TOKEN.finditer(source, start, end):
            kind = match.lastgroup
            if kind == "plain" or kind == "mark":
                self._write(match[0], match.start(), match.end() - match.start())
            elif kind == "space":
                self.add_space(match.start())
            elif kind == "entity":
                self._add_entity(match[0], match.start())

    def _add_entity(self, entity: str, place: int) -> None:
        """Its first character is where the entity stands; of ``&lt3`` the ``3`` keeps its place."""
        shown = unescape(entity)
        rest = shown if shown == entity else shown[1:] if entity.endswith(shown[1:]) else ""
        first = shown[: len(shown) - len(rest)]
        if first.isspace():
            self.add_space(place)
        elif first and first not in _NOTHING:
            self._write(first, place, 1)
        if rest:
            self._write(rest, place + len(entity) - len(rest), len(rest))

    def _write(self, shown: str, place: int, length: int) -> None:
        if self._space is not None:
            space, self._space = self._space, None
            if space + 1 == place and length == len(shown):
                shown, place, length = f" {shown}", space, length + 1  # As nearly all: one run, put at once.
            else:
                self._put(" ", space, 1 if space >= 0 else 0)
        self._put(shown, place, length)

    def _put(self, shown: str, place: int, length: int) -> None:
        """``shown``, the first ``length`` characters of which are the file's at ``place``."""
        runs = self._runs
        if length:
            at, before, size = runs[-1] if runs else (0, -1, 0)
            if at + size == self.length and before + size == place:
                runs[-1] = (at, before, size + length)
            else:
                runs.append((self.length, place, length))
        self._parts.append(shown)
        self.length += len(shown)

    def take(self) -> MappedText:
        """What was written; the writer starts anew."""
        content = MappedText("".join(self._parts), tuple(self._runs))
        self._parts, self._runs, self._space, self.length = [], [], None, 0
        return content
