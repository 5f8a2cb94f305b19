"""Runs the example sentences of the rule files through the whole pipeline and says what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sigmine.grammar.compile import ExampleCase
from sigmine.model import Document, Entity, RelationMention
from sigmine.nlp.pipeline import make_doc

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example and what was read. ``problem`` is empty if it is as the file expects."""

    case: ExampleCase
    found: tuple[RelationMention, ...]
    problem: str


def run_examples(nlp: Language, cases: Iterable[ExampleCase]) -> Iterator[ExampleResult]:
    """One result for each example, in order. Names that an example gives with a type are taken as given entities."""
    for number, case in enumerate(cases):
        text = case.example.text
        given = tuple(
            Entity(name, match.start(), match.end(), kind, name, source="given")
            for name, kind in case.example.entities.items()
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        )
        doc = nlp(make_doc(nlp, Document(f"example-{number}", text, mentions=given)))
        found = tuple(m for m in doc._.relations if m.relation == case.relation)
        yield ExampleResult(case, found, _compare(case, found))


def _compare(case: ExampleCase, found: tuple[RelationMention, ...]) -> str:
    rest = list(found)
    problems = []
    for wanted in case.example.expect:
        sites = [] if wanted.site is None else [wanted.site] if isinstance(wanted.site, str) else wanted.site
        hit = next(
            (
                mention
                for mention in rest
                if (mention.subject.text if mention.subject else None) == wanted.agent
                and mention.object.text == wanted.theme
                and [site.name for site in mention.sites] == sites
                and (mention.negated, mention.hedged) == (wanted.negated, wanted.hedged)
                and wanted.direct in (None, mention.direct)
            ),
            None,
        )
        if hit:
            rest.remove(hit)
        else:
            problems.append(f"not found: {describe(wanted.agent, case.relation, wanted.theme, sites)}")
    problems += [f"found as well: {describe_mention(mention)}" for mention in rest]
    return "; ".join(problems)


def describe(agent: str | None, relation: str, theme: str, sites: Iterable[str]) -> str:
    """``AKT phosphorylates TSC2 at S939``."""
    place = ", ".join(sites)
    return f"{agent or '?'} {relation} {theme}{f' at {place}' if place else ''}"


def describe_mention(mention: RelationMention) -> str:
    """The same of a relation mention, with its flags and rule."""
    flags = {"negated": mention.negated, "hedged": mention.hedged, "indirect": not mention.direct}
    shown = "".join(f" [{name}]" for name, on in flags.items() if on)
    subject = mention.subject.text if mention.subject else None
    sites = (site.name for site in mention.sites)
    return f"{describe(subject, mention.relation, mention.object.text, sites)}{shown} ({mention.rule})"
