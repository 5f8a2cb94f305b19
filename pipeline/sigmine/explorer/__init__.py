"""The explorer: a page on this machine to look at statements, read their documents, decide on them, and ask.

``make_app`` makes an ASGI application, ``serve`` runs it. It listens on loopback addresses only, keeps the store open
to read, and changes nothing but the journal of decisions (``sigmine.curation``).

The page's address holds what it shows (``?focus=hgnc:391&belief=0.7``), and the same names are the parameters of what
it asks: the *view* (``sigmine.explorer.view``) is ``focus``, ``relation``, ``section``, ``document`` (each may come
again), ``belief``, ``hedged=no``, ``denied=no``, ``direct=yes``, ``text`` and ``statement``. Answers are JSON; what
cannot be answered has a status of 400 or more and ``{"error": words}``.

==============================  ========================================================================================
GET /api/session                what there is to choose from: relations, formats, queries, errors; who curates
GET /api/search?q=              molecules and statements for words, best first
GET /api/statements?VIEW        a page of statements from ``offset`` on: all that fit, or with ``drawn=yes`` those drawn
GET /api/statement?id=          one with all its evidence: marked sentences, rule, works cited, decisions
GET /api/why?statement=         how the rule came to ``evidence=``; ``state`` is ``reading`` until it is ``read``
GET /api/documents              ids, files, numbers of readings
GET /api/document?id=           the running text in blocks with names and statements; ``state`` as above, or ``missing``
GET /api/ask?sparql=            rows of an answer; or ``name=`` of a query with an ``arg=`` for each value
GET /api/answer?form=tsv        the whole answer as a file (``tsv``, ``json``); parameters of ``/api/ask``
GET /api/download?format=       the statements of a view in one of ``EXPORTS``, as a file
GET /api/curation               who curates, how many decisions there are, the revision of the journal
GET /api/queue                  what to decide next, what teaches most first
POST /api/network               ``{view, positions}``: Cytoscape.js elements with places, and what is left out
POST /api/decide                ``{statement, evidence, verdict, seen, error?, comment?, correction?}``; 409 in conflict
POST /api/undo                  ``{evidence?}``: takes back the curator's newest decision, or the one on a reading
==============================  ========================================================================================

A POST needs the token that stands in the page (``X-Sigmine-Token``). ``sigmine.explorer.guard`` says who is refused.
"""

from sigmine.explorer.app import make_app
from sigmine.explorer.server import HOSTS, serve

__all__ = ["HOSTS", "make_app", "serve"]
