"""The characters of a PDF with their boxes, as pieces of words: what stands where, how large, and how far raised."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from sigmine.errors import MissingDependency, ReadError

_WORD_GAP = 0.17
"""Of the size: text that is set without space characters parts its words by at least this much."""
_SAME_BASELINE = 0.02
_PASSWORD_ERROR, _SECURITY_ERROR = 4, 5
_BOLD_WEIGHT = 600
_FORCED_BOLD = 1 << 18
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|-medi|\bbd\b|cmbx|sfbx|cmssbx|\.b$", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"roman|regu|book|light|ital|obli|slant|^(?:[a-z]{6}\+)?(?:cm|sf)[a-z]{1,4}\d", re.IGNORECASE)
_HYPHEN = 0x02
"""What PDFium gives for a hyphen at the end of a line."""
_SPACES = frozenset(map(ord, " \t\r\n\f\v\xa0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"))
_INVISIBLE = frozenset(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_SYMBOLS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
"""The letters of the Symbol font, which some programs write as private characters (U+F061 for alpha)."""
_SPELT: dict[int, str] = {
    _HYPHEN: "-",
    0xAD: "-",
    **{0xFB00 + index: text for index, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))},
    **{0xF000 + ord(latin): greek for latin, greek in _SYMBOLS.items()},
    **{0xF000 + code: chr(code) for code in range(0x21, 0x7F) if chr(code) not in _SYMBOLS},
}
_UNKNOWN = "\ufffd"


@dataclass(slots=True)
class Piece:
    """Characters that follow each other on one baseline without a space: a word, or a part of one.

    Lengths are points. ``x0``, ``x1`` and ``baseline`` are such that text runs to the right and upwards is larger,
    however the page is turned. ``spaced``: whether white space stands before it.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool = False
    spaced: bool = False


@dataclass(slots=True)
class Page:
    """A page's pieces in the order of the file.

    Attributes:
        number: from 1.
        bottom, top: of the visible page, in the turned frame of the pieces.
        turn: quarter turns counter-clockwise by which its text is turned (1: it runs upwards).
        others: pieces that run another way than most of the page (a note along the margin).
        images: how many pictures the page holds; counted only where there is next to no text.
        unknown: characters that the font does not name.
    """

    number: int
    bottom: float
    top: float
    turn: int = 0
    pieces: list[Piece] = field(default_factory=list)
    others: list[Piece] = field(default_factory=list)
    images: int = 0
    unknown: int = 0

    @property
    def characters(self) -> int:
        return sum(len(piece.text) for piece in (*self.pieces, *self.others))


_FEW_CHARACTERS = 50
"""A page with fewer is looked at for pictures."""


def load_pages(data: bytes, name: str, max_pages: int) -> list[Page]:
    """The pages of a PDF.

    Raises:
        MissingDependency: pypdfium2 is not installed.
        ReadError: the file is empty, damaged, encrypted, or has more than ``max_pages`` pages.
    """
    pdfium, raw = _import_library()
    if not data:
        raise ReadError(f"{name}: the file is empty.")
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in (_PASSWORD_ERROR, _SECURITY_ERROR):
            raise ReadError(
                f"{name}: the PDF is encrypted and opens with a password only; save a copy without one first "
                "(qpdf --decrypt --password=... FILE.pdf NEW.pdf)."
            ) from error
        what = "no PDF, or a damaged one" if data[:1024].find(b"%PDF") < 0 else "damaged or cut off"
        raise ReadError(
            f"{name}: the file is {what} and cannot be opened; fetch it anew, or mend it (qpdf FILE.pdf NEW.pdf)."
        ) from error
    try:
        count = len(pdf)
        if count > max_pages:
            raise ReadError(
                f"{name}: {count:,} pages; the limit is {max_pages:,}. A book is no review: cut out the chapter "
                "(qpdf FILE.pdf --pages . 1-40 -- NEW.pdf)."
            )
        if count == 0:
            raise ReadError(f"{name}: the PDF holds no page.")
        pages = [_load_page(pdf, raw, index, name, pdfium.PdfiumError) for index in range(count)]
        _lighten(pages)
        return pages
    finally:
        pdf.close()


def _import_library() -> tuple[ModuleType, ModuleType]:
    try:
        import pypdfium2
        import pypdfium2.raw
    except ImportError as error:
        raise MissingDependency(
            "PDF is read with pypdfium2, which is not installed; install it: pip install 'sigmine[pdf]'"
        ) from error
    return pypdfium2, pypdfium2.raw


def _load_page(pdf: Any, raw: ModuleType, index: int, name: str, damaged: type[Exception]) -> Page:
    try:
        page = pdf[index]
        text = page.get_textpage()
    except damaged as error:
        raise ReadError(f"{name}: page {index + 1} is damaged and cannot be read; fetch the file anew.") from error
    left, bottom, right, top = page.get_bbox()
    by_turn: dict[int, list[Piece]] = {}
    unknown = 0
    for turn, piece in _read_pieces(text, raw, (left, bottom, right, top)):
        by_turn.setdefault(turn, []).append(piece)
        unknown += piece.text.count(_UNKNOWN)
    sizes = Counter({turn: sum(len(piece.text) for piece in pieces) for turn, pieces in by_turn.items() if turn >= 0})
    main = min(sizes, key=lambda turn: (-sizes[turn], turn)) if sizes else 0
    corners = [turn_point(x, y, main)[1] for x, y in ((left, bottom), (right, top))]
    result = Page(index + 1, min(corners), max(corners), main, by_turn.pop(main, []), unknown=unknown)
    result.others = [piece for _, pieces in sorted(by_turn.items()) for piece in pieces]
    if result.characters < _FEW_CHARACTERS:
        result.images = sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    text.close()
    page.close()
    return result


def turn_point(x: float, y: float, turn: int) -> tuple[float, float]:
    """Turn a point clockwise by ``turn`` quarters, so that text that was turned the other way runs to the right."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn % 4]


@dataclass(frozen=True, slots=True)
class _Style:
    """What all characters of one text object have in common; ``turn`` is -1 where they run aslant."""

    size: float
    turn: int
    bold: bool


def _read_pieces(text: Any, raw: ModuleType, bounds: tuple[float, float, float, float]) -> Iterator[tuple[int, Piece]]:
    """Each piece with its turn, in file order; what stands off the visible page is left out."""
    left, bottom, right, top = bounds
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    get_unicode, get_object = raw.FPDFText_GetUnicode, raw.FPDFText_GetTextObject
    get_box, get_origin = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    styles: dict[int, _Style] = {}
    piece: Piece | None = None
    style: _Style | None = None
    spaced, last = False, 0.0
    for index in range(text.count_chars()):
        code = get_unicode(text, index)
        if code in _SPACES:
            spaced = True
            continue
        pointer = get_object(text, index)
        if not pointer or code in _INVISIBLE:
            continue  # Put in by PDFium, or nothing to see.
        address = ctypes.addressof(pointer.contents)
        if address not in styles:
            styles[address] = _find_style(text, pointer, index, raw)
        new = styles[address]
        get_box(text, index, box)
        get_origin(text, index, x, y)
        if box.right < left or box.left > right or box.top < bottom or box.bottom > top:
            continue
        if new.turn <= 0:
            at, baseline, end = x.value, y.value, box.right
        else:
            at, baseline = turn_point(x.value, y.value, new.turn)
            ends = [turn_point(*corner, new.turn)[0] for corner in ((box.left, box.bottom), (box.right, box.top))]
            end = max(at, *ends)
        letters = _SPELT.get(code) or (chr(code) if _is_character(code) else _UNKNOWN)
        if (
            piece is not None
            and new == style
            and not spaced
            and abs(baseline - piece.baseline) <= _SAME_BASELINE * new.size
            and (abs(at - piece.x1) <= _WORD_GAP * new.size or at == last)  # One sign may stand for two: "fi".
        ):
            piece.text += letters
            piece.x1, last = max(piece.x1, end), at
            continue
        if piece is not None and style is not None:
            yield style.turn, piece
        piece, style = Piece(letters, at, end, baseline, new.size, new.bold, spaced), new
        spaced, last = False, at
    if piece is not None and style is not None:
        yield style.turn, piece


def _is_character(code: int) -> bool:
    """Whether a code is one that a text may hold: no control, no half of a surrogate pair, not private."""
    return code >= 0x20 and not 0x7F <= code < 0xA0 and not 0xD800 <= code < 0xF900 and code not in (0xFFFD, 0xFFFE)


def _find_style(text: Any, pointer: Any, index: int, raw: ModuleType) -> _Style:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    size = raw.FPDFText_GetFontSize(text, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    quarters = round(angle / 90)
    turn = quarters % 4 if abs(angle - 90 * quarters) < 5 else -1
    font = raw.FPDFTextObj_GetFont(pointer)
    bold = False
    if font:
        buffer = ctypes.create_string_buffer(256)
        length = raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
        name = buffer.raw[: max(0, min(length, len(buffer)) - 1)].decode("utf-8", "replace")
        bold = _is_bold(name, raw.FPDFFont_GetWeight(font), raw.FPDFFont_GetFlags(font))
    return _Style(round(size, 2), turn, bold)


def _is_bold(name: str, weight: int, flags: int) -> bool:
    """Told by the name where that tells: the weight is guessed from the stems, and those of TeX's fonts are thick."""
    if flags & _FORCED_BOLD or _BOLD_NAME.search(name):
        return True
    return weight >= _BOLD_WEIGHT and not _PLAIN_NAME.search(name)


def _lighten(pages: Sequence[Page]) -> None:
    """Nothing counts as bold in a document that is bold for the most part: its fonts say a wrong weight."""
    pieces = [piece for page in pages for piece in page.pieces]
    if sum(len(piece.text) for piece in pieces if piece.bold) > 0.5 * sum(len(piece.text) for piece in pieces):
        for piece in pieces:
            piece.bold = False
