"""The explorer as an ASGI application: routes, and how each question is answered. ``sigmine.explorer`` lists them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from sigmine.errors import MissingDependency, SigmineError
from sigmine.explorer import answers, curating
from sigmine.explorer.downloads import find_selected, get_export, name_download, open_download, read_chunks
from sigmine.explorer.guard import Guard
from sigmine.explorer.questions import ask, write_answer
from sigmine.explorer.refusal import Refused
from sigmine.explorer.session import Session
from sigmine.explorer.view import Parameters, get_value, parse_view
from sigmine.model.json import JsonObject

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

Answer = Callable[[Session, Parameters], Any]
Change = Callable[[Session, JsonObject], Any]

_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}

QUESTIONS: Mapping[str, Answer] = {
    "session": answers.describe_session,
    "search": answers.search,
    "statements": answers.list_statements,
    "statement": answers.show_statement,
    "why": answers.explain_evidence,
    "documents": answers.list_documents,
    "document": answers.show_document,
    "ask": answers.answer_question,
    "curation": answers.describe_curation,
    "queue": answers.list_queue,
}
"""Answered to a GET under ``/api/``, with the parameters of the address."""

CHANGES: Mapping[str, Change] = {
    "network": answers.draw_network,
    "decide": curating.decide,
    "undo": curating.undo,
}
"""Answered to a POST under ``/api/``, with a JSON object. ``network`` changes nothing, but takes much."""


def make_app(
    place: str | Path, *, curation_folder: Path | None = None, curator: str, texts: Sequence[str | Path] = ()
) -> Starlette:
    """The explorer of an output folder, a store or an endpoint.

    Args:
        curation_folder: where decisions are kept; None for a folder beside the output.
        curator: whose decisions they are.
        texts: files or folders with the documents; else they are looked for.

    Raises:
        StoreError: if there is no store, or it cannot be read.
        ReadError: if the manifest of the output cannot be read.
        CurationError: if the decisions cannot be read.
        MissingDependency: if Starlette is not installed.
    """
    try:
        from starlette.applications import Starlette
    except ImportError as error:
        raise MissingDependency("The explorer needs: pip install 'sigmine[web]'") from error
    from starlette.middleware import Middleware
    from starlette.routing import Route

    session = Session(place, curation_folder=curation_folder, curator=curator, texts=texts)

    @asynccontextmanager
    async def live(app: Starlette) -> AsyncIterator[None]:
        yield
        session.close()

    routes = [
        Route("/", lambda request: _serve_page(session)),
        Route("/static/{name}", lambda request: _serve_file(request.path_params["name"])),
        Route("/api/download", _make_download(session)),
        Route("/api/answer", _make_answer_download(session)),
        *(Route(f"/api/{name}", _make_question(session, answer)) for name, answer in QUESTIONS.items()),
        *(Route(f"/api/{name}", _make_change(session, change), methods=["POST"]) for name, change in CHANGES.items()),
    ]
    handlers: dict[Any, Any] = {Refused: _explain, SigmineError: _explain, 404: _explain_status, 405: _explain_status}
    app = Starlette(
        routes=routes,
        lifespan=live,
        middleware=[Middleware(Guard, token=session.token)],
        exception_handlers={**handlers, Exception: _explain_failure},
    )
    app.state.session = session
    return app


def _make_question(session: Session, answer: Answer) -> Callable[[Request], Response]:
    """A route that is not asynchronous, so that it runs in a thread and a slow one holds up no other."""

    def respond(request: Request) -> Response:
        return _make_json(answer(session, _get_parameters(request)))

    return respond


def _make_change(session: Session, change: Change) -> Any:
    async def respond(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        body = _parse_body(await request.body())
        return _make_json(await run_in_threadpool(change, session, body))

    return respond


def _parse_body(data: bytes) -> JsonObject:
    try:
        body = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused("The request is no JSON.") from error
    if not isinstance(body, dict):
        raise Refused("The request is no JSON object.")
    return body


def _get_parameters(request: Request) -> Parameters:
    try:
        return parse_qs(request.url.query, keep_blank_values=True, max_num_fields=1_000)
    except ValueError as error:
        raise Refused("The address has too many parameters.") from error


def _make_download(session: Session) -> Callable[[Request], Response]:
    def respond(request: Request) -> Response:
        parameters = _get_parameters(request)
        view, format = parse_view(parameters), get_value(parameters, "format")
        suffix = get_export(format).suffix
        statements = find_selected(session, view, drawn=get_value(parameters, "drawn") == "yes")
        names = [molecule.name for key in view.focus[:3] if (molecule := session.names.find_exact(key))]
        stream = open_download(session, statements, format)
        return _make_attachment(read_chunks(stream), name_download([*names, *view.documents[:1]], suffix))

    return respond


def _make_answer_download(session: Session) -> Callable[[Request], Response]:
    def respond(request: Request) -> Response:
        parameters = _get_parameters(request)
        form = get_value(parameters, "form")
        content = write_answer(ask(session, parameters), form)
        return _make_attachment(iter([content]), name_download([get_value(parameters, "name") or "query"], f".{form}"))

    return respond


def _make_attachment(chunks: Any, name: str) -> Response:
    from starlette.responses import StreamingResponse

    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(chunks, media_type="application/octet-stream", headers=headers)


def _serve_page(session: Session) -> Response:
    from starlette.responses import HTMLResponse

    text = (files("sigmine.explorer") / "templates" / "index.html").read_text(encoding="utf-8")
    return HTMLResponse(text.replace("{{ token }}", session.token))


def _serve_file(name: str) -> Response:
    """A file of ours by its name; the network's are those of the report."""
    from starlette.responses import Response

    folder = "sigmine.web" if name.startswith("network.") else "sigmine.explorer"
    place = files(folder) / ("templates" if folder == "sigmine.web" else "static")
    known = {item.name: item for item in place.iterdir()}
    suffix = Path(name).suffix
    if name not in known or suffix not in _TYPES:
        raise Refused(f"There is no file {name!r}.", 404)
    return Response(known[name].read_bytes(), media_type=_TYPES[suffix])


def _make_json(value: Any, status: int = 200) -> Response:
    from starlette.responses import Response

    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Half a surrogate pair, which JSON may hold and UTF-8 may not, is shown as a question mark.
    return Response(body.encode("utf-8", "replace"), status, media_type="application/json")


def _explain(request: Request, error: Exception) -> Response:
    if isinstance(error, Refused):
        return _make_json({"error": str(error), **error.more}, error.status)
    return _make_json({"error": str(error)}, 400)


def _explain_status(request: Request, error: Any) -> Response:
    words = {404: "There is nothing at this address.", 405: "This address is not asked in this way."}
    return _make_json({"error": words.get(error.status_code, "The request cannot be answered.")}, error.status_code)


def _explain_failure(request: Request, error: Exception) -> Response:
    message = "The explorer failed in a way that nobody expected; the terminal that it runs in says how."
    return _make_json({"error": message}, 500)
