"""Statements to work with from Python: opened with ``sigmine.open``, found, and handed on to pandas and networkx.

    >>> import sigmine
    >>> with sigmine.open("out") as known:
    ...     found = known.statements(relation="phosphorylates", object="TSC2", site="S939")
    ...     for statement in found:
    ...         print(statement.subject.name, statement.relation, statement.object.name, statement.site)
    AKT phosphorylates TSC2 S939
    >>> frame = found.to_pandas()
    >>> frame[["subject", "relation", "object", "site", "direct"]].values.tolist()
    [['AKT', 'phosphorylates', 'TSC2', 'S939', True]]
    >>> graph = found.to_networkx()
    >>> sorted(name for _, name in graph.nodes(data="name"))
    ['AKT', 'TSC2']

Queries with a name (``sigmine query --names``) and SPARQL:

    >>> with sigmine.open("out") as known:
    ...     answer = known.named("kinases-of", "TSC2")
    ...     answer.variables[:3], answer.rows[0][0]
    ...     known.query("ASK { hgnc:12363 ?property ?value }").answer
    (('kinase', 'identity', 'site'), 'AKT')
    True

Without a place it is a collection in memory, to write to:

    >>> with sigmine.open() as known:
    ...     known.write(found)
    ...     len(known.statements(subject="akt"))
    1
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Unpack, overload

from sigmine.model.html import render_statements
from sigmine.model.statement import Statement

if TYPE_CHECKING:
    import networkx
    import pandas

    from sigmine.store import Filters, NamedQuery, QueryResult, StatementStore


def open(place: str | Path | None = None, *, read_only: bool | None = None) -> Knowledge:
    """What a place holds.

    Args:
        place: the output folder of a run, the folder of a store, the address of a SPARQL endpoint
            (``http://127.0.0.1:7878``), or None: nothing yet, in memory.
        read_only: whether others may write meanwhile and nothing is written here; by default, all but what is in
            memory is only read.

    Raises:
        StoreError: if there is no store, or it is damaged, in use (if it is to be written) or cannot be reached.
    """
    from sigmine.store import open_store

    found = None if place is None else find_store(place)
    return Knowledge(open_store(found, read_only=place is not None if read_only is None else read_only))


def find_store(place: str | Path) -> str | Path:
    """The store that a place means: an address as it is, else the folder of a store, which need not be there."""
    from sigmine.output import recover_folder
    from sigmine.store.endpoint import is_address

    if isinstance(place, str) and is_address(place):
        return place
    folder = Path(place)
    if not (folder / "CURRENT").exists():
        recover_folder(folder)
        folder /= "store"
    return folder


class Knowledge:
    """Statements in a store; made by ``sigmine.open``. Use it as a context manager, or ``close`` it."""

    def __init__(self, store: StatementStore) -> None:
        self._store = store

    def __enter__(self) -> Knowledge:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the store free; closing twice does nothing."""
        self._store.close()

    def statements(self, **filters: Unpack[Filters]) -> StatementList:
        """The statements that fit all that is given, sorted by relation, names and site; all of them without filters.

        Args:
            filters: what ``sigmine.store.Filters`` says: ``relation="phosphorylates"``, ``object="TSC2"``,
                ``around=["MTOR"], hops=2``, ``sections=["abstract"]`` and others.

        Raises:
            ValueError: if ``hops`` is negative.
        """
        return StatementList(self._store.find_statements(**filters))

    def query(self, sparql: str) -> QueryResult:
        """The answer to a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE); our prefixes need no declaration.

        Raises:
            StoreError: if the text is an update, calls another service or is no SPARQL query.
        """
        return self._store.query(sparql)

    def named(self, query: str | NamedQuery, *values: str) -> QueryResult:
        """The answer to a query with a name: ``named("kinases-of", "MTOR")``.

        Raises:
            StoreError: if there is no such query, or the number of values is wrong; the message says what is right.
        """
        return self._store.ask(query, *values)

    def write(self, statements: Iterable[Statement], *, replacing: Collection[str] = ()) -> None:
        """Adds statements, all of them or, whatever happens, none.

        Args:
            replacing: ids of documents whose earlier evidence goes in the same step.

        Raises:
            StoreError: if what was opened is only read.
        """
        self._store.write_statements(statements, replacing=replacing)

    def remove(self, document: str) -> None:
        """Takes out all evidence from the document, and the statements that then have none.

        Raises:
            StoreError: if what was opened is only read.
        """
        self._store.remove_document(document)


class StatementList(Sequence[Statement]):
    """Statements in order; slices are lists of the same kind."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._statements = tuple(statements)

    def __len__(self) -> int:
        return len(self._statements)

    @overload
    def __getitem__(self, index: int) -> Statement: ...
    @overload
    def __getitem__(self, index: slice) -> StatementList: ...
    def __getitem__(self, index: int | slice) -> Statement | StatementList:
        found = self._statements[index]
        return StatementList(found) if isinstance(found, tuple) else found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StatementList) and self._statements == other._statements

    def __hash__(self) -> int:
        return hash(self._statements)

    def __repr__(self) -> str:
        return f"<{len(self)} statements>"

    def _repr_html_(self) -> str:
        return render_statements(self._statements)

    def to_pandas(self) -> pandas.DataFrame:
        """A row for each statement, in order.

        Columns, among others: ``subject``, ``relation``, ``object`` (names), ``site``, ``belief`` (0 to 1),
        ``direct``, ``denied``, the counts ``evidence``, ``negated``, ``hedged`` and ``documents``, ``document_ids``
        and ``citations`` (lists), ``subject_id`` and ``object_id`` (CURIEs), ``sentence`` (one of them) and
        ``statement_id``. What is not known is None. ``sigmine.exports.columns.COLUMNS`` has all, with what they mean;
        they are those of the Parquet export.
        """
        import pandas

        from sigmine.exports.columns import find_values, list_names

        return pandas.DataFrame([find_values(item) for item in self._statements], columns=list_names())

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """A node for each identity and an edge for each statement with a subject; its key is the statement's id.

        The attributes are those of the GraphML export: ``name``, ``type`` and ``curie`` of nodes, ``relation``,
        ``sign``, ``belief`` and others of edges.
        """
        from sigmine.exports.graph import make_graph

        return make_graph(self._statements)

    def plot(self, *, limit: int = 40, title: str | None = None) -> Picture:
        """The network as a picture, which a notebook shows and ``save`` writes.

        Args:
            limit: how many statements are drawn at most: those with most evidence, then those most believed. What
                names no subject, and what all evidence denies, is never drawn.
        """
        from sigmine.exports.drawing.lines import choose_statements

        return Picture(tuple(choose_statements(self._statements, limit)), title)


@dataclass(frozen=True, slots=True)
class Picture:
    """A network to look at; ``statements`` are drawn, all of them. Drawn anew each time."""

    statements: tuple[Statement, ...]
    title: str | None = None

    def __repr__(self) -> str:
        return f"<picture of {len(self.statements)} statements>"

    def _repr_svg_(self) -> str:
        from sigmine.exports.drawing.picture import draw_network

        return draw_network(self.statements, format="svg", title=self.title).decode()

    def save(self, path: str | Path) -> None:
        """Writes SVG, PDF or PNG, as the suffix of the path says; a file that is there is replaced.

        Raises:
            ValueError: if the suffix names none of these.
            StoreError: if the folder is not there or cannot be written to.
        """
        from sigmine.exports.drawing.picture import PICTURE_FORMATS, draw_network
        from sigmine.output import replace_file

        path = Path(path)
        known = {f".{name}": name for name in PICTURE_FORMATS}
        if path.suffix.lower() not in known:
            raise ValueError(f"{path}: no picture; name a file that ends in {', '.join(known)}.")
        data = draw_network(self.statements, format=known[path.suffix.lower()], title=self.title)
        with replace_file(path) as file:
            file.write(data)
