"""``nlp.evaluate(examples)`` for relations: the scorer of spaCy's component ``sigmine_relations``.

::

    reference = nlp.make_doc(text)
    reference._.relations = make_relations(gold_document.statements, text)
    print(nlp.evaluate([Example(nlp.make_doc(text), reference)])["relations_f"])
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sigmine.model import Entity, RelationMention, Site
from sigmine.model.statement import Trigger

if TYPE_CHECKING:
    from spacy.training import Example

    from sigmine.evaluation.bootstrap import Counts
    from sigmine.evaluation.claim import Claim, End, GoldStatement

Scorer = Callable[..., dict[str, Any]]


def make_relation_scorer(level: str = "relaxed") -> Scorer:
    """What spaCy finds as ``sigmine.relation_scorer.v1``.

    Args:
        level: when a relation is right, one of ``sigmine.evaluation.LEVELS``.
    """

    def scorer(examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        return score_relations(examples, level)

    return scorer


def score_relations(examples: Iterable[Example], level: str = "relaxed") -> dict[str, Any]:
    """Precision, recall and F of ``doc._.relations`` over all examples, and by relation.

    Gives ``relations_p``, ``relations_r``, ``relations_f`` and ``relations_per_type`` (``p``, ``r``, ``f`` each); None
    where the references have no relation at all, as spaCy's own scorers do.
    """
    # Each pipeline has a scorer; few are asked to score.
    from sigmine.evaluation.bootstrap import Counts
    from sigmine.evaluation.matching import compare

    tallies: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    annotated = False
    for number, example in enumerate(examples):
        gold = [_make_claim(one, str(number), n) for n, one in enumerate(example.reference._.relations)]
        ours = [_make_claim(one, str(number), n) for n, one in enumerate(example.predicted._.relations)]
        annotated = annotated or bool(gold)
        found = compare(gold, ours, level)
        for index, numbers, claims in (
            (0, [pair[0] for pair in found.pairs], gold),
            (1, found.false_alarms, ours),
            (2, found.missed, gold),
        ):
            for place in numbers:
                tallies[claims[place].relation][index] += 1
    if not annotated:
        return dict.fromkeys(("relations_p", "relations_r", "relations_f", "relations_per_type"))
    total = Counts(*(sum(row[index] for row in tallies.values()) for index in range(3)))
    row = _make_row(total)
    return {
        **{f"relations_{name}": value for name, value in row.items()},
        "relations_per_type": {name: _make_row(Counts(*tallies[name])) for name in sorted(tallies)},
    }


def make_relations(statements: Sequence[GoldStatement], text: str) -> tuple[RelationMention, ...]:
    """Gold statements as ``doc._.relations`` of a reference Doc of the same text; those without places are left out."""
    mentions = []
    for one in statements:
        subject = None if one.subject is None else _make_entity(one.subject, text)
        theme = _make_entity(one.object, text)
        if theme is None or (subject is None and one.subject is not None):
            continue
        start, stop = theme.start, theme.end
        mentions.append(
            RelationMention(
                relation=one.relation,
                subject=subject,
                object=theme,
                sites=tuple(_make_site(site, start, stop) for site in one.sites),
                trigger=Trigger("", start, stop),
                rule="gold",
                sentence=one.sentence,
                negated=one.negated,
                claim="hypothesised" if one.hedged else "asserted",
                direct=one.direct,
                prior=1.0,
            )
        )
    return tuple(mentions)


def _make_entity(end: End, text: str) -> Entity | None:
    if not end.spans:
        return None
    start, stop = end.spans[0]
    return Entity(
        text=text[start:stop], start=start, end=stop, type=end.type, name=end.name, curie=end.curie, source="given"
    )


def _make_site(name: str, start: int, stop: int) -> Site:
    """The gold does not say where a residue stands; it is put at the object."""
    return Site(name[0], int(name[1:]) if name[1:] else None, name, start, stop)


def _make_claim(mention: RelationMention, document: str, number: int) -> Claim:
    from sigmine.evaluation.claim import Claim, End

    def make_end(entity: Entity) -> End:
        return End(((entity.start, entity.end),), entity.name, entity.type, entity.curie)

    return Claim(
        id=f"{document}-{number}",
        document=document,
        relation=mention.relation,
        subject=make_end(mention.subject) if mention.subject else None,
        object=make_end(mention.object),
        sites=tuple(dict.fromkeys(site.name for site in mention.sites)),
        sentence=mention.sentence,
        negated=mention.negated,
        hedged=mention.hedged,
        direct=mention.direct,
    )


def _make_row(counts: Counts) -> dict[str, float]:
    return {"p": counts.precision or 0.0, "r": counts.recall or 0.0, "f": counts.f1 or 0.0}
