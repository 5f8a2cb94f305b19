"""A store behind a SPARQL 1.1 endpoint (Oxigraph's server, Fuseki ...), over the SPARQL 1.1 Protocol."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from sigmine.assembly.terms import make_literal
from sigmine.errors import StoreError
from sigmine.store.result import QUERY_PREFIXES, QueryResult, make_triples_result

if TYPE_CHECKING:
    import pyoxigraph
    import requests

_CONNECT_SECONDS = 10
_ANSWER_SECONDS = 600  # of silence, not of the whole answer
_NODES = 500  # nodes asked for at once
_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_HINT = "Name an endpoint of SPARQL 1.1: its address, such as http://127.0.0.1:7878, or QUERY-ADDRESS,UPDATE-ADDRESS."
_PREFIX = re.compile(r"([A-Za-z][\w.-]*):")
_QUERY_ENDINGS = ("/query", "/sparql", "/update")


def is_address(place: str) -> bool:
    """Whether the place is an address and no folder."""
    return place.startswith(("http://", "https://"))


def split_address(place: str) -> tuple[str, str]:
    """The addresses for queries and for updates: both given (``query,update``), or those below the one given.

    Oxigraph's server and a dataset of Fuseki (``http://host:3030/ds``) have ``/query`` and ``/update`` below it.
    """
    query, comma, update = place.partition(",")
    if comma:
        return query.strip(), update.strip()
    base = place.rstrip("/")
    for ending in _QUERY_ENDINGS:
        base = base.removesuffix(ending)
    return f"{base}/query", f"{base}/update"


class EndpointGraph:
    """Asks and changes the default graph of an endpoint. An update is one request, which the server does whole."""

    def __init__(self, place: str) -> None:
        import requests

        self._query, self._update = split_address(place)
        self.place = _hide_password(place)
        self._session: requests.Session | None = requests.Session()

    def find_subjects(self, properties: Sequence[str], nodes: Iterable[str]) -> set[str]:
        found: set[str] = set()
        ordered, path = sorted(nodes), "|".join(properties)
        for start in range(0, len(ordered), _NODES):
            values = " ".join(ordered[start : start + _NODES])
            answer = self.query(f"SELECT DISTINCT ?s {{ VALUES ?o {{ {values} }} ?s {path} ?o }}")
            found.update(f"<{row['s']['value']}>" for row in answer.bindings)
        return found

    def find_with_text(self, properties: Sequence[str], text: str) -> set[str]:
        return self.find_subjects(properties, [make_literal(text)])

    def find_texts(self, property: str, nodes: Sequence[str]) -> Iterator[tuple[str, str]]:
        for start in range(0, len(nodes), _NODES):
            values = " ".join(nodes[start : start + _NODES])
            answer = self.query(f"SELECT ?s ?o {{ VALUES ?s {{ {values} }} ?s {property} ?o }}")
            for row in answer.bindings:
                yield f"<{row['s']['value']}>", row["o"]["value"]

    def query(self, sparql: str) -> QueryResult:
        _check_syntax(sparql)
        used = {match[1] for match in _PREFIX.finditer(sparql)} & set(QUERY_PREFIXES)
        # On the query's first line, so that the server's line numbers are the user's.
        text = "".join(f"PREFIX {name}: <{QUERY_PREFIXES[name]}> " for name in sorted(used)) + sparql
        answer = self._post(self._query, text, "application/sparql-query", accept=f"{_JSON}, {_TRIPLES};q=0.9")
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind == _TRIPLES:
            return _parse_triples(answer.content)
        if kind not in (_JSON, "application/json"):
            what = "a web page" if kind == "text/html" else kind or "nothing that says what it is"
            raise StoreError(f"{_hide_password(self._query)} answered with {what}; it is no SPARQL endpoint. {_HINT}")
        try:
            data = json.loads(answer.content)
            if "boolean" in data:
                return QueryResult("ask", answer=bool(data["boolean"]))
            return QueryResult("select", tuple(data["head"]["vars"]), tuple(data["results"]["bindings"]))
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"{_hide_password(self._query)} gave an answer that is not the JSON of SPARQL 1.1 ({error}). {_HINT}"
            ) from error

    def update(self, sparql: str) -> None:
        self._post(self._update, sparql, "application/sparql-update", accept="*/*")

    def load(self, lines: Sequence[str]) -> None:
        self.update("INSERT DATA {\n" + "\n".join(lines) + "\n}")

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
        self._session = None

    def _post(self, address: str, text: str, kind: str, *, accept: str) -> requests.Response:
        import requests

        if self._session is None:
            raise RuntimeError("the connection is closed")
        try:
            answer = self._session.post(
                address,
                data=text.encode(),
                headers={"Content-Type": f"{kind}; charset=utf-8", "Accept": accept},
                timeout=(_CONNECT_SECONDS, _ANSWER_SECONDS),
            )
        except requests.Timeout as error:
            raise StoreError(
                f"{_hide_password(address)} does not answer in time. Is the server busy or gone?"
            ) from error
        except (requests.ConnectionError, requests.exceptions.InvalidURL) as error:
            raise StoreError(
                f"{_hide_password(address)} cannot be reached. Is the server running, and is this its address? {_HINT}"
            ) from error
        except requests.RequestException as error:
            raise StoreError(f"Asking {_hide_password(address)} failed ({type(error).__name__}). {_HINT}") from error
        if answer.status_code >= 300:
            raise StoreError(_explain(answer, _hide_password(address)))
        return answer


def _explain(answer: requests.Response, address: str) -> str:
    status = answer.status_code
    if status in (401, 403):
        return (
            f"{address} refuses access ({status}). Give name and password in the address "
            "(http://name:password@host...), or ask who runs it for the right to write."
        )
    if status in (404, 405):
        return f"There is no SPARQL endpoint at {address} ({status}). {_HINT}"
    said = answer.text.strip().partition("\n")[0][:200] if "html" not in answer.headers.get("Content-Type", "") else ""
    return f"{address} answered {status} {answer.reason or ''}".rstrip() + (f": {said}" if said else ".")


def _hide_password(place: str) -> str:
    return ",".join(_hide_one(address) for address in place.split(","))


def _hide_one(address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _check_syntax(sparql: str) -> None:
    """Fails as the embedded store does, so that the same query has the same message everywhere."""
    _get_empty_database().query(sparql, prefixes=QUERY_PREFIXES)


@lru_cache(maxsize=1)
def _get_empty_database() -> pyoxigraph.Store:
    import pyoxigraph

    return pyoxigraph.Store()


def _parse_triples(data: bytes) -> QueryResult:
    import pyoxigraph

    from sigmine.store.graph import term_to_json

    rows = pyoxigraph.parse(input=data, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return make_triples_result(tuple(map(term_to_json, (row.subject, row.predicate, row.object))) for row in rows)  # type: ignore[misc]
