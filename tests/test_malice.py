"""Attacks that go through several packages: what a document, a name or a request may try, and what becomes of it.

Attacks on one reader are in ``readers/test_attacks.py``, on archives in ``readers/test_archives.py``, on pages in
``web/`` and ``explorer/``; docs/trust.md lists all with their tests.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from explorer.conftest import open_pages
from readers.damage import check
from sigmine.cli.main import app
from sigmine.model import Document
from sigmine.readers import ReadFailure, read_documents
from sigmine.store import open_store
from store.builders import make_statements

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "pipeline" / "sigmine"
ESCAPE = "\x1b]0;owned\x07\x1b[2J\u202e"


def read(data: bytes, format_: str | None = None) -> list[Document | ReadFailure]:
    started = time.process_time()
    items = list(read_documents("-", formats=[format_] if format_ else None, stdin=io.BytesIO(data)))
    assert time.process_time() - started < 10
    for item in items:
        check(item)
    return items


# Files.


@pytest.mark.parametrize("format_", ["jats", "html", "bioc"])
def test_quadratic_blow_up_by_one_long_entity_is_not_expanded(format_: str) -> None:
    long = "A" * 50_000
    text = f'<!DOCTYPE x [<!ENTITY a "{long}">]><article><body><p>AKT acts. {"&a;" * 20_000}</p></body></article>'
    if format_ == "bioc":
        text = text.replace("article>", "collection>")
    [item] = read(text.encode(), format_)
    assert len(str(item)) < 500_000


def test_zip_members_that_share_their_bytes_do_not_multiply_them(tmp_path: Path) -> None:
    """Fifield's bomb: every name of the directory leads to the same packed bytes."""
    kernel = b"AKT inhibits FOXO1. " * 50_000
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a0.txt", kernel)
        first = archive.infolist()[0]
        for number in range(1, 3_000):
            other = zipfile.ZipInfo(f"a{number}.txt")
            for field in ("header_offset", "CRC", "compress_size", "file_size", "compress_type", "create_system"):
                setattr(other, field, getattr(first, field))
            archive.filelist.append(other)
            archive.NameToInfo[other.filename] = other
        archive._didModify = True  # type: ignore[attr-defined]
    started = time.process_time()
    items = list(read_documents("-", stdin=io.BytesIO(stream.getvalue())))
    assert sum(isinstance(item, Document) for item in items) <= 1
    assert time.process_time() - started < 20


def test_tar_members_outside_and_no_files_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for name, kind in (
            ("../up.txt", tarfile.REGTYPE),
            ("/abs.txt", tarfile.REGTYPE),
            ("C:\\x.txt", tarfile.REGTYPE),
            ("a/../../x.txt", tarfile.REGTYPE),
            (f"x{ESCAPE}.txt", tarfile.REGTYPE),
            ("device.txt", tarfile.CHRTYPE),
            ("block.txt", tarfile.BLKTYPE),
            ("pipe.txt", tarfile.FIFOTYPE),
            ("link.txt", tarfile.SYMTYPE),
            ("hard.txt", tarfile.LNKTYPE),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            member.size = 7 if kind == tarfile.REGTYPE else 0
            tar.addfile(member, io.BytesIO(b"secret!"))
    before = sorted(tmp_path.parent.rglob("*"))
    path = tmp_path / "x.tar"
    path.write_bytes(stream.getvalue())
    items = list(read_documents(path))
    assert len(items) == 10
    assert all(isinstance(item, ReadFailure) for item in items)
    assert "root:" not in str(items)
    assert all(str(item).isprintable() for item in items)
    assert sorted(tmp_path.parent.rglob("*")) == sorted([*before, path])


# Names.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store in which names, sentences and ids of documents try whatever they can."""
    hostile = "<script>alert(1)</script>\" onload=x {{7*7}} =cmd|calc '); DROP ALL; #> <http://x/> ." + ESCAPE
    statements = []
    for statement in make_statements():
        evidence = tuple(
            replace(one, document=f"../{hostile}{number}", sentence=one.sentence)
            for number, one in enumerate(statement.evidence)
        )
        statements.append(replace(statement, object=replace(statement.object, name=hostile), evidence=evidence))
    with open_store(tmp_path / "out" / "store") as store:
        store.write_statements(statements)
    return tmp_path / "out"


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "OUT"],
        ["query", "OUT", "--sparql", "SELECT ?o { ?s rdfs:label ?o }"],
        ["query", "OUT", "--sparql", "SELECT ?o { ?s rdfs:label ?o }", "--tsv"],
        ["query", "OUT", "--name", "kinases-of", "--arg", ESCAPE],
        ["citations", "OUT"],
        ["contradictions", "OUT"],
        ["refinements", "OUT"],
        ["export", "OUT", "--format", "nothing" + ESCAPE],
        ["query", "OUT", "--relation", ESCAPE],
        ["extract", ESCAPE],
        ["why", ESCAPE],
        ["evaluate", "--gold", ESCAPE, ESCAPE],
        ["lexicon", "lookup", ESCAPE],
        ["fetch", ESCAPE, "--out", "x"],
    ],
    ids=lambda arguments: " ".join(arguments).replace(ESCAPE, "ESCAPE")[:50],
)
def test_no_name_steers_the_terminal(folder: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    done = CliRunner().invoke(app, [str(folder) if one == "OUT" else one for one in arguments])
    shown = done.stdout + done.stderr
    assert shown.strip()
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_the_answer_of_a_query_starts_no_formula_in_a_spreadsheet(tmp_path: Path) -> None:
    subject = make_statements()[0]
    with open_store(tmp_path / "store") as store:
        store.write_statements([replace(subject, object=replace(subject.object, name="=HYPERLINK(1)"))])
    with open_pages(tmp_path / "decisions") as open_page:
        page = open_page(tmp_path / "store")
        sparql = (
            "SELECT DISTINCT ?o (-1 AS ?n) { ?s rdfs:label ?o FILTER(STRSTARTS(?o, '=')) } ORDER BY STRLEN(?o) LIMIT 1"
        )
        answer = page.client.get("/api/answer", params={"sparql": sparql, "form": "tsv"})
        plain = page.client.get("/api/answer", params={"sparql": sparql, "form": "json"}).json()
    rows = list(csv.reader(io.StringIO(answer.text), delimiter="\t"))
    assert rows == [["o", "n"], ["'=HYPERLINK(1)", "-1"]]
    assert plain["results"]["bindings"][0]["o"]["value"] == "=HYPERLINK(1)", "programs get it as it is"


# Requests.


def exchange(port: int, *parts: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        try:
            for part in parts:
                connection.sendall(part)
            connection.settimeout(20)
            return b"".join(iter(lambda: connection.recv(65_536), b""))
        except (ConnectionResetError, BrokenPipeError):
            return b""


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    """An explorer in a process of its own."""
    command = [sys.executable, "-m", "sigmine", "explore", str(folder), "--port", "0", "--no-browser"]
    path = {"PYTHONPATH": str(ROOT / "pipeline")}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **path})
    assert process.stderr is not None
    told = process.stderr.readline()
    drain = threading.Thread(target=process.stderr.read, daemon=True)
    drain.start()
    yield int(told.partition("127.0.0.1:")[2].partition("/")[0])
    process.terminate()
    assert process.wait(20) is not None
    drain.join()
    process.stderr.close()


def test_requests_of_any_size_and_form_leave_the_explorer_answering(port: int) -> None:
    host = f"Host: 127.0.0.1:{port}\r\nConnection: close\r\n".encode()
    for parts in (
        (b"GET /api/search?q=" + b"a" * 3_000_000 + b" HTTP/1.1\r\n" + host + b"\r\n",),
        (b"GET / HTTP/1.1\r\n" + host + b"X-Long: " + b"a" * 3_000_000 + b"\r\n\r\n",),
        (b"GET / HTTP/1.1\r\n" + host + b"".join(b"X-%d: a\r\n" % number for number in range(100_000)) + b"\r\n",),
        (b"POST /api/decide HTTP/1.1\r\n" + host + b"Content-Length: 999999999999\r\n\r\n", b"a" * 3_000_000),
        (b"POST /api/decide HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n",),
        (b"POST /api/decide HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",),
        (b"GET /../../etc/passwd HTTP/1.1\r\n" + host + b"\r\n",),
        (b"GET /static/..%2f..%2fetc%2fpasswd HTTP/1.1\r\n" + host + b"\r\n",),
        (b"GET http://evil.example/api/session HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",),
        (b"\x16\x03\x01\x02\x00\x01" + b"\0" * 500,),
        (b"GET /api/document?id=%00%ff%1b HTTP/1.1\r\n" + host + b"\r\n",),
    ):
        answer = exchange(port, *parts)
        status = answer.split(b" ")[1:2]
        assert not answer or status[0].startswith(b"4"), (parts[0][:60], answer[:200])
        assert b"root:" not in answer
        assert b'"statements"' in exchange(port, b"GET /api/session HTTP/1.1\r\n" + host + b"\r\n"), parts[0][:60]


# Code.


def test_no_data_is_loaded_by_what_could_run_it() -> None:
    """Two modules pickle what they have made themselves: to a file without a name, to try whether it can be sent."""
    own = {("distribution.py", "pickle"), ("pool.py", "pickle")}
    problems = []
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
                problems += [
                    f"{path.name}:{node.lineno}: {name}"
                    for name in names & {"pickle", "marshal", "shelve", "dill"}
                    if (path.name, name) not in own
                ]
            elif isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                unsafe = name in ("eval", "exec", "compile", "__import__", "os.system", "os.popen", "yaml.unsafe_load")
                unsafe |= name in ("yaml.load", "yaml.full_load") and "_UniqueKeyLoader" not in ast.unparse(node)
                unsafe |= name.startswith("subprocess.") and "shell" in {keyword.arg for keyword in node.keywords}
                unsafe |= name.endswith(("extractall", "unpack_archive"))
                if unsafe:
                    problems.append(f"{path.name}:{node.lineno}: {ast.unparse(node)}")
    assert not problems
    from sigmine.grammar.rule_file import _UniqueKeyLoader

    assert any(base.__name__ in ("SafeLoader", "CSafeLoader") for base in _UniqueKeyLoader.__mro__)


def test_a_rule_file_makes_no_object_of_python(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(PACKAGE / "rules", rules)
    place = next(iter(sorted((rules / "relations").glob("*.yml"))))
    place.write_text("!!python/object/apply:os.system ['touch owned']\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["rules", "check", str(rules)])
    assert done.exit_code != 0
    assert not list(tmp_path.rglob("owned"))


@pytest.mark.parametrize(
    "unit", ["#", "# a", "#1;&", "PREFIX a:<b>", "PREFIX ", "BASE <a> ", " ", "\n#", "<", "{", "SERVICE"]
)
def test_no_text_of_a_query_takes_long_to_refuse(unit: str) -> None:
    """A hundred ``#`` took for ever: they were cut into comments in every way."""
    from sigmine.errors import StoreError

    with open_store(None) as store:
        started = time.process_time()
        for end in ("", "1", "\x00", "\n1"):
            with pytest.raises(StoreError):
                store.query(unit * (10_000 // len(unit)) + end)
        assert time.process_time() - started < 10


@pytest.mark.parametrize("unit", ["A ", "A. ", "A", "Aa ", "A.A. ", " ", "a, "])
def test_no_author_takes_long_to_cite(unit: str) -> None:
    from sigmine.assembly.bibtex import _invert

    started = time.process_time()
    name = unit * (20_000 // len(unit))
    assert _invert(name) == name
    assert time.process_time() - started < 5
    assert _invert("Sarbassov DD") == "Sarbassov, D. D."


def test_the_rows_of_json_lines_are_json_whatever_names_hold(folder: Path) -> None:
    done = CliRunner().invoke(app, ["query", str(folder), "--json"])
    assert done.exit_code == 0, done.stderr
    assert all(json.loads(line) for line in done.stdout.split("\n") if line)
