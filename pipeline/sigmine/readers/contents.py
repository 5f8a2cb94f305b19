"""What a file is, told by its first bytes: suffixes are often missing or wrong."""

from __future__ import annotations

import re
from collections.abc import Callable

from sigmine.readers.jats_xml import is_jats
from sigmine.readers.jsonl import is_json_line
from sigmine.readers.pubtator import is_pubtator_line

HEAD_BYTES = 65_536
"""How much of a file the tests are given."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_COLLECTION_KEY = re.compile(rb'"(?:documents|PubTator3|passages)"\s*:\s*\[')
_TEXT_KEY = re.compile(rb'"text"\s*:\s*"')
_TAG = re.compile(rb"<([A-Za-z_][\w.:-]*)[\s/>]")
_DOCTYPE = re.compile(rb"<!doctype\s+([\w.:-]+)", re.IGNORECASE)
_SOLID = re.compile(rb"\S")


def find_format(head: bytes) -> str | None:
    """The name of the format that a file of these first bytes plainly has; None where they do not tell (plain text).

    The name may be of a format that has no reader.
    """
    head = head.removeprefix(_BYTE_ORDER_MARK).lstrip()
    return next((name for name, fits in _TESTS if fits(head)), None)


def _is_pdf(head: bytes) -> bool:
    return head.startswith(b"%PDF-")


def _is_html(head: bytes) -> bool:
    return _find_root(head).lower() in ("html", "head", "body")


def _is_bioc(head: bytes) -> bool:
    """Other XML too: the reader names its root and says what it takes instead."""
    if head[:1] in (b"{", b"["):
        return _COLLECTION_KEY.search(head) is not None
    return _find_root(head) == "collection" or (head.startswith(b"<?xml") and _find_root(head) != "")


def _is_jsonl(head: bytes) -> bool:
    line, end, _ = head.partition(b"\n")
    if end or len(head) < HEAD_BYTES // 2:
        return head.startswith(b"{") and is_json_line(line)
    # A long first line, cut off.
    return head.startswith(b'{"') and _TEXT_KEY.search(head) is not None and not _COLLECTION_KEY.search(head)


def _is_pubtator(head: bytes) -> bool:
    return is_pubtator_line(head.partition(b"\n")[0])


# To add a format: its name in READERS and a test of the first HEAD_BYTES, byte order mark and white space before them
# taken away. The first test that fits decides, before the suffix does; a test must therefore be sure.
_TESTS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("pdf", _is_pdf),
    ("jats", is_jats),
    ("html", _is_html),
    ("jsonl", _is_jsonl),
    ("bioc", _is_bioc),
    ("pubtator", _is_pubtator),
)


def _find_root(head: bytes) -> str:
    """The name of the root element, as the document type or the first tag gives it; empty where there is none."""
    position = 0
    while found := _SOLID.search(head, position):
        start = found.start()
        if head.startswith(b"<?", start):
            end = head.find(b"?>", start)
        elif head.startswith(b"<!--", start):
            end = head.find(b"-->", start)
        else:
            root = _DOCTYPE.match(head, start) or _TAG.match(head, start)
            return root[1].decode().rpartition(":")[2] if root else ""
        if end < 0:  # It does not end within what we have.
            return ""
        position = head.index(b">", end) + 1
    return ""
