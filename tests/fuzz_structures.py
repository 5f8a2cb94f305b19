"""Damage that leaves a file well-formed: XML and JSON with other parts, archives with other members."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
import warnings
import zipfile
from copy import deepcopy
from typing import Any
from xml.etree import ElementTree

from readers.damage import ODD_VALUES

WORDS: tuple[str, ...] = (
    "", " ", "AKT", "-1", "0", "1e9", "99999999999999999999", "x" * 5_000, "\u202eAKT", "a\u200bb", "Δ\u0301",
    "\U0001f9ec", "B1 B2 none", "1–999", "[1,2]", "(Smith 2000; ", "10.1/<x>", "javascript:x", "\x85",
    "AKT inhibits FOXO1. " * 200,
)  # fmt: skip
TAGS: tuple[str, ...] = (
    "p", "sec", "title", "xref", "sup", "table", "tr", "td", "th", "ref", "ref-list", "body", "abstract", "article",
    "front", "passage", "annotation", "location", "offset", "text", "document", "infon", "fig", "caption", "break", "x",
)  # fmt: skip
NAMES: tuple[str, ...] = (
    "../x.txt", "/etc/x.txt", "a//b.txt", "", "a.txt", ".x.txt", "x\n.txt", "x\x1b[2J.txt", "\u202etxt.x", "C:\\x.txt",
    "a" * 300 + ".txt", "con.txt", "x.zip", "x.txt.gz", "x.nxml", "..", "b/", "Δ.txt",
)  # fmt: skip


def vary(kind: str, data: bytes, choose: random.Random) -> bytes:
    """A file of the same kind with other parts; as it is where it is no XML, JSON or archive."""
    if kind == "archives":
        return _pack(data, choose)
    if kind == "jsonl":
        return b"\n".join(_vary_json(line, choose) for line in data.splitlines())
    if data.lstrip()[:1] == b"{":
        return _vary_json(data, choose)
    if data.lstrip()[:1] == b"<":
        return _vary_xml(data, choose)
    return data


def _vary_xml(data: bytes, choose: random.Random) -> bytes:
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return data  # HTML that is no XML.
    for _ in range(choose.choice((1, 2, 5, 20))):
        parents = list(root.iter())
        node = choose.choice(parents)
        child = choose.choice(list(node)) if len(node) else None
        match choose.randrange(9):
            case 0 if child is not None:
                node.remove(child)
            case 1 if child is not None and len(parents) < 5_000:
                for _ in range(choose.choice((1, 2, 30))):
                    node.insert(choose.randrange(len(node) + 1), _copy(child))
            case 2:
                node.tag = choose.choice(TAGS)
            case 3 if node.attrib:
                node.set(choose.choice(list(node.attrib)), choose.choice(WORDS))
            case 4 if node.attrib:
                del node.attrib[choose.choice(list(node.attrib))]
            case 5:
                node.text = choose.choice(WORDS)
            case 6:
                node.tail = choose.choice(WORDS)
            case 7 if child is not None:
                node.remove(child)
                choose.choice(list(root.iter())).append(child)
            case _:
                inner = node
                for _ in range(choose.choice((1, 20, 150))):
                    inner = ElementTree.SubElement(inner, choose.choice(TAGS))
                inner.text = choose.choice(WORDS)
    try:
        return ElementTree.tostring(root, encoding="unicode").encode("utf-8", "replace")
    except RecursionError:  # Some hundred levels, several times.
        return data


def _copy(node: ElementTree.Element) -> ElementTree.Element:
    """As deep as it may be: ``deepcopy`` calls itself for each level."""
    copies = {node: ElementTree.Element(node.tag, dict(node.attrib))}
    for one in list(node.iter()):
        copy = copies[one]
        copy.text, copy.tail = one.text, one.tail
        for child in one:
            copies[child] = ElementTree.SubElement(copy, child.tag, dict(child.attrib))
    return copies[node]


def _vary_json(data: bytes, choose: random.Random) -> bytes:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return data
    for _ in range(choose.choice((1, 2, 4, 10))):
        places = list(_find_places(value))
        if not places:
            break
        holder, key = choose.choice(places)
        match choose.randrange(4):
            case 0:
                holder[key] = deepcopy(choose.choice((*ODD_VALUES, *WORDS)))
            case 1:
                del holder[key]
            case 2:
                holder[key] = deepcopy(choose.choice(places)[0])
            case _ if isinstance(holder, list):
                holder.extend(deepcopy(holder[key]) for _ in range(choose.choice((1, 50))))
            case _:
                holder[choose.choice(("id", "text", "offset", "title", "entities", "x"))] = deepcopy(holder[key])
        if len(places) > 20_000:
            break
    return json.dumps(value, ensure_ascii=choose.random() < 0.5).encode("utf-8", "surrogatepass")


def _find_places(value: Any) -> Any:
    queue = [value]
    while queue:
        holder = queue.pop()
        for key, part in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
            yield holder, key
            if isinstance(part, dict | list):
                queue.append(part)


def _pack(content: bytes, choose: random.Random) -> bytes:
    """An archive with members of odd names, twice the same, empty, or an archive themselves; tar files with links."""
    stream = io.BytesIO()
    members = [(choose.choice(NAMES), choose.choice((b"AKT inhibits FOXO1.", b"", content[:2_000]))) for _ in range(5)]
    members[0] = ("a.txt", members[0][1])
    if choose.random() < 0.5:
        warnings.simplefilter("ignore")  # A name that comes twice is meant.
        with zipfile.ZipFile(stream, "w", choose.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
            for name, data in dict(members).items() if choose.random() < 0.7 else members:
                info = zipfile.ZipInfo(name or "x")
                info.external_attr = choose.choice((0, 0o120777 << 16, 0o010644 << 16, 0o100644 << 16))
                archive.writestr(info, data)
        return stream.getvalue()
    is_packed = choose.random() < 0.5
    with tarfile.open(
        fileobj=stream,
        mode="w",
        format=choose.choice((tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)),
    ) as tar:
        for name, data in members:
            member = tarfile.TarInfo(name)
            member.type = choose.choice((tarfile.REGTYPE,) * 4 + (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE))
            member.linkname = choose.choice(("/etc/passwd", "a.txt", "../../x"))
            member.size = len(data) if member.isreg() else 0
            tar.addfile(member, io.BytesIO(data) if member.isreg() else None)
    return gzip.compress(stream.getvalue(), mtime=0) if is_packed else stream.getvalue()
