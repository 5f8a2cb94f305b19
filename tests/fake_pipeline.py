"""An analyser for tests of what surrounds the language pipeline: it reads "A activates B." and nothing else.

A module of its own, so that a worker process can import it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from samples import make_mention
from sigmine.analysis import Analyser, Analysis, Options
from sigmine.grounding import check_relation_sites, load_site_checker, mark_sites
from sigmine.model import Document

_SENTENCE = re.compile(r"(\w+) (phosphorylates|activates|inhibits|binds) (\w+)(?: at ([STY]\d+))?\.")


def load(options: Options) -> Analyser:
    """A document that holds ``BOOM`` fails; residues are checked only where a proteome is given."""
    if options.proteome is None:
        return _analyse
    checker = load_site_checker(options.proteome)

    def analyse(documents: Sequence[Document]) -> Iterable[Analysis]:
        for analysis in _analyse(documents):
            relations = check_relation_sites(analysis.relations, checker)
            sites = tuple(site for relation in analysis.relations for site in relation.sites)
            yield replace(analysis, relations=relations, sites=mark_sites(sites, relations))

    return analyse


def _analyse(documents: Sequence[Document]) -> Iterable[Analysis]:
    for document in documents:
        if "BOOM" in document.text:
            raise ZeroDivisionError(f"no way to read {document.id}")
        mentions = [
            make_mention(
                document,
                relation=match[2],
                subject=match[1],
                object=match[3],
                sites=[match[4]] if match[4] else [],
                sentence=match.span(),
            )
            for match in _SENTENCE.finditer(document.text)
        ]
        entities = tuple(end for mention in mentions for end in (mention.subject, mention.object) if end)
        yield Analysis(tuple(mentions), entities, sentences=len(mentions), words=len(document.text.split()))
