"""What an explorer has open: the store, the texts behind it and the decisions of curators."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from sigmine.curation import Curation, Source, find_curation_folder, load_sources, open_curation
from sigmine.explanation import Explainer
from sigmine.explorer.background import Background
from sigmine.explorer.names import NameIndex
from sigmine.explorer.query_process import QueryProcess
from sigmine.explorer.refusal import Refused
from sigmine.explorer.rows import find_rule
from sigmine.knowledge import find_store
from sigmine.model.ids import make_evidence_id
from sigmine.model.json import JsonObject
from sigmine.model.statement import Evidence, Statement
from sigmine.rereading import DocumentFinder
from sigmine.store import QueryResult, open_store

_KEPT = 5_000  # statements


class Session:
    """The store, opened once and only read, and what goes with it. Requests of several threads share it.

    Attributes:
        place: what was opened, as it was named.
        out: its folder; None of an endpoint.
        token: what a page must show before it may change something; another at each start.
        curation: the decisions, in a folder that is made with the first one.
        sources: which file and run each document is from, as far as is known.
    """

    def __init__(
        self, place: str | Path, *, curation_folder: Path | None, curator: str, texts: Sequence[str | Path] = ()
    ) -> None:
        """Opens everything.

        Raises:
            StoreError: if there is no store, or it cannot be read.
            ReadError: if the manifest of the output cannot be read.
            CurationError: if the decisions cannot be read, or the curator has no name.
        """
        found = find_store(place)
        self.place = str(place)
        self.store = open_store(found, read_only=True)
        self.out = Path(place) if isinstance(found, Path) else None
        # An endpoint has limits of its own.
        self.queries = QueryProcess(found) if isinstance(found, Path) else None
        self.token = secrets.token_urlsafe(24)
        self.names = NameIndex(self.store)
        self.documents = DocumentFinder(self.out, texts=texts)
        self.explainer = Explainer(self.documents)
        self.background = Background()
        folder = curation_folder or find_curation_folder(self.out or Path("sigmine"))
        self.curation: Curation = open_curation(folder, curator=curator)
        self.sources: dict[str, Source] = load_sources(self.out) if self.out else {}
        self._get = lru_cache(maxsize=_KEPT)(self.store.find_statement)
        self._list_documents = lru_cache(maxsize=1)(self._read_documents)

    def warm_up(self) -> None:
        """Begins to read what a search needs; asked when a page has got what it needs first, which is not to wait."""

        def read() -> JsonObject:
            self.names.load()
            find_rule("")
            return {}

        self.background.ask("names", read)

    def close(self) -> None:
        """Gives the store free."""
        if self.queries is not None:
            self.queries.close()
        self.store.close()

    def query(self, sparql: str) -> QueryResult:
        """The answer to what somebody wrote, within a time.

        Raises:
            StoreError: if the text is an update, calls another service or is no SPARQL query.
            Refused: if it takes too long.
        """
        return self.store.query(sparql) if self.queries is None else self.queries.query(sparql)

    def list_documents(self) -> list[JsonObject]:
        """The documents by id, with their numbers of readings and the files they came from."""
        return self._list_documents()

    def _read_documents(self) -> list[JsonObject]:
        answer = self.store.query(
            "SELECT ?id (COUNT(?e) AS ?n) { ?d a sigmine:Document ; dcterms:identifier ?id . ?e oa:hasSource ?d } "
            "GROUP BY ?id"
        )
        rows = sorted((str(name), int(str(number))) for name, number in answer.rows)
        return [{"id": name, "evidence": number, "file": self.documents.files.get(name)} for name, number in rows]

    def get_statement(self, statement_id: str) -> Statement:
        """The statement with the id.

        Raises:
            Refused: if the store has none.
        """
        statement = self._get(statement_id)
        if statement is None:
            raise Refused(f"There is no statement {statement_id!r} in {self.place}.", 404)
        return statement

    def get_statements(self, ids: Iterable[str]) -> list[Statement]:
        """The statements with the ids, in their order."""
        return [self.get_statement(one) for one in ids]

    def get_evidence(self, statement_id: str, evidence_id: str) -> tuple[Statement, Evidence]:
        """A piece of evidence by the id of its reading, and its statement.

        Raises:
            Refused: if the store has no such statement, or it no such evidence.
        """
        statement = self.get_statement(statement_id)
        for evidence in statement.evidence:
            if make_evidence_id(evidence) == evidence_id:
                return statement, evidence
        raise Refused(f"The statement {statement_id} has no evidence {evidence_id!r}.", 404)
