"""Why gold statements were missed: their sentences read again, with a look at what each step of the reading found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sigmine.analysis import Options
from sigmine.evaluation.claim import SIGNS, End, GoldStatement, Span, overlap
from sigmine.model import Document, Entity, RelationMention
from sigmine.readers import read_documents
from sigmine.rereading import read_again

if TYPE_CHECKING:
    from sigmine.nlp.explain import SentenceExplainer


def explain_misses(path: Path, missed: Sequence[GoldStatement], options: Options | None = None) -> dict[str, str]:
    """For the id of each missed statement of one text, one of ``sigmine.evaluation.error_classes.BECAUSE``.

    Args:
        path: the text that the gold belongs to.
        missed: gold statements of this text.
        options: how the output was read.

    A statement that today's rules do find has no entry.
    """
    document = next(iter(read_documents([path])))
    if not isinstance(document, Document) or not missed:
        return {}
    search = _Search(document, read_again(document, options or Options()))
    found = {statement.id: search.explain(statement) for statement in missed}
    return {name: reason for name, reason in found.items() if reason}


class _Search:
    """One document, read again."""

    def __init__(self, document: Document, explainer: SentenceExplainer) -> None:
        self.document = document
        self.explainer = explainer
        self.mentions = [span for one in explainer.doc._.mentions if (span := self._locate(one.start, one.end))]

    def _locate(self, start: int, end: int) -> Span | None:
        """Characters of the file; None for what the reader put in."""
        try:
            return self.document.source_span(start, end)
        except ValueError:
            return None

    def explain(self, statement: GoldStatement) -> str:
        ends = [end for end in (statement.subject, statement.object) if end is not None]
        if not all(any(overlap(span, there) for span in end.spans for there in self.mentions) for end in ends):
            return "no mention"
        if self._is_among(self.explainer.relations, statement):
            return ""
        if self._is_among(self.explainer.claims, statement):
            return "filtered"
        return "no path" if self._has_trigger(statement) else "no trigger"

    def _is_among(self, mentions: Iterable[RelationMention], statement: GoldStatement) -> bool:
        return any(
            one.relation == statement.relation
            and self._fits(one.object, statement.object)
            and (one.subject is None) == (statement.subject is None)
            and (one.subject is None or statement.subject is None or self._fits(one.subject, statement.subject))
            for one in mentions
        )

    def _fits(self, entity: Entity, end: End) -> bool:
        span = self._locate(entity.start, entity.end)
        return span is not None and any(overlap(span, there) for there in end.spans)

    def _has_trigger(self, statement: GoldStatement) -> bool:
        """Whether a word of the sentence announces the relation or, for effects, a step on the way to it."""
        grammar = self.explainer.grammar

        def covers(low: int, high: int) -> bool:
            span = self._locate(low, high)
            return span is not None and overlap(span, statement.sentence)

        said: set[str] = set()
        for trace in self.explainer.find_sentences(covers):
            said.update(one.relation for one in trace.statements)
            said.update(relation for one in trace.silent for relation in one.relations)
        steps = {name for name in said if name in grammar.relations and grammar.relations[name].internal}
        return statement.relation in said or (statement.relation in SIGNS and bool(steps | (said & SIGNS.keys())))
