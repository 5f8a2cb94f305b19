"""A server on this machine that speaks as Europe PMC (/rest) and PubMed Central's article files (/cloud) do."""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

JSON, XML = "application/json;charset=utf-8", "application/xml"


def make_article(
    pmcid: str = "PMC111", body: str = "<body><p>AKT phosphorylates TSC2.</p></body>", **more: str
) -> bytes:
    """JATS as Europe PMC gives it; a keyword replaces the part of its name."""
    parts = {
        "doctype": '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Archiving DTD 1.2//EN" "JATS-archive1.dtd">',
        "licence": '<license xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://cc.example/by/4.0/"/>',
        **more,
    }
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{parts["doctype"]}\n<article><front><article-meta>'
        f'<article-id pub-id-type="pmcid">{pmcid}</article-id>'
        f"<permissions>{parts['licence']}</permissions></article-meta></front>{body}</article>"
    ).encode()


@dataclass(frozen=True)
class Answer:
    """What the server says once. ``length`` is stated instead of the true one; ``drip`` seconds pass between bytes."""

    body: bytes = b""
    status: int = 200
    media: str = XML
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    length: int | None = None


@dataclass
class Served:
    """The server's content, and what it was asked."""

    url: str = ""
    records: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    @property
    def rest(self) -> str:
        return f"{self.url}/rest"

    @property
    def cloud(self) -> str:
        return f"{self.url}/cloud"

    def count(self, path: str) -> int:
        return sum(one.startswith(path) for one in self.asked)

    def script(self, path: str, *answers: Answer) -> None:
        """What a path answers, one after the other; the last for ever."""
        self.answers[path] = list(answers)

    def add(self, pmcid: str | None = "PMC111", *, article: bytes | None = None, **record: Any) -> None:
        """An article of Europe PMC; fields of its record that are None are left out, as there."""
        row = {
            "pmcid": pmcid,
            "pmid": "222",
            "doi": "10.1234/ABC.1",
            "title": "How <i>AKT</i> &amp; TSC2 meet.",
            "authorString": "Ito A, Roy B.",
            "pubYear": "2020",
            "pageInfo": "1-9",
            "journalInfo": {
                "volume": "5",
                "issue": "2",
                "journal": {"title": "Cell signals", "isoabbreviation": "Cell Sig"},
            },
            "license": "cc by",
            "isOpenAccess": "Y",
            **record,
        }
        self.records.append({key: value for key, value in row.items() if value is not None})
        if pmcid and row["isOpenAccess"] == "Y":
            self.script(f"/rest/{pmcid}/fullTextXML", Answer(article or make_article(pmcid)))

    def add_cloud(self, pmcid: str = "PMC111", versions: int = 1, *, article: bytes | None = None, **row: Any) -> None:
        """Versions of an article in the bucket; ``row`` changes the description of the newest."""
        names = [f"{pmcid}.{number}" for number in range(1, versions + 1)]
        prefixes = "".join(f"<CommonPrefixes><Prefix>{name}/</Prefix></CommonPrefixes>" for name in names)
        self.script(f"/cloud/?{pmcid}.", Answer(f"<ListBucketResult>{prefixes}</ListBucketResult>".encode()))
        data = article or make_article(pmcid)
        description = {
            "pmcid": pmcid,
            "version": versions,
            "pmid": 222,
            "doi": "10.1234/ABC.1",
            "title": "How AKT and TSC2 meet",
            "citation": "Cell Sig. 2020;5(2):1-9.",
            "is_pmc_openaccess": True,
            "is_manuscript": False,
            "is_retracted": False,
            "license_code": "CC BY",
            "xml_url": f"s3://bucket/{names[-1]}/{names[-1]}.xml?md5={hashlib.md5(data).hexdigest()}",
            **row,
        }
        self.script(f"/cloud/metadata/{names[-1]}.json", Answer(json.dumps(description).encode(), media=JSON))
        self.script(f"/cloud/{names[-1]}/{names[-1]}.xml", Answer(data, media="binary/octet-stream"))

    def answer(self, target: str) -> Answer:
        parts = urlsplit(target)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        path = f"/cloud/?{query['prefix']}" if "prefix" in query else parts.path
        if queue := self.answers.get(path):
            return queue.pop(0) if len(queue) > 1 else queue[0]
        if path == "/rest/search":
            return Answer(json.dumps({"resultList": {"result": self._search(query["query"])}}).encode(), media=JSON)
        if "prefix" in query:
            return Answer(b"<ListBucketResult></ListBucketResult>")
        return Answer(status=404, media="text/html")

    def _search(self, query: str) -> list[dict[str, Any]]:
        match = re.fullmatch(r'PMCID:(?P<pmcid>\w+)|EXT_ID:(?P<pmid>\d+) AND SRC:MED|DOI:"(?P<doi>.*)"', query)
        assert match, query
        [(key, value)] = [(key, value) for key, value in match.groupdict().items() if value]
        return [row for row in self.records if row.get(key, "").lower() == value.lower()]


@contextmanager
def serve_sources() -> Iterator[Served]:
    """A server that ends with the block."""
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            served.agents.add(self.headers["User-Agent"])
            answer = served.answer(self.path)
            time.sleep(answer.delay)
            with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked has gone
                self._write(answer)

        def _write(self, answer: Answer) -> None:
            self.send_response(answer.status)
            if answer.media:
                self.send_header("Content-Type", answer.media)
            self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if not answer.drip:
                self.wfile.write(answer.body)
                return
            for number in range(len(answer.body)):
                self.wfile.write(answer.body[number : number + 1])
                self.wfile.flush()
                time.sleep(answer.drip)

        def log_message(self, format: str, *values: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("NO_PROXY", "127.0.0.1,localhost")  # no proxy knows this server
            yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
