"""Grounds the mentions of one document together: what it spells out and names elsewhere decides what is unclear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sigmine.grounding.candidates import GENES, MARGIN, GroundingCandidate, choose_identity, find_candidates
from sigmine.grounding.species import find_foreign
from sigmine.model import MOLECULE_TYPES, Entity, RelationMention
from sigmine.resources.lexicon import Lexicon, load_lexicon
from sigmine.resources.own_names import SOURCE

LONG_FORM_SCORE = 0.5
"""From which score on the identity of a long form goes before that of its abbreviation."""
NAMED_ELSEWHERE = 0.15
RELATIVE_ELSEWHERE = 0.12
MOST_ALTERNATIVES = 8
"""No more identities than this are kept of a name that may have many."""
_GROUPS = frozenset({"FAMILY", "COMPLEX"})

_Query = tuple[str, str, str | None, bool]


def ground_mentions(
    mentions: Sequence[Entity], *, lexicon: Lexicon | None = None, text: str = ""
) -> tuple[Entity, ...]:
    """The mentions of one document with CURIE, standard name and score, in the same order.

    Where the identity stays unclear CURIE and score are None and the name is the text, white space collapsed;
    ``reason`` says why, and ``alternatives`` holds what could not be told apart. Spans stay. A given entity keeps its
    type, and its CURIE if it came with one: a protein of UniProt becomes the human gene that makes it. One that came
    with several has none of them; its name may be that of a family. For others protein, family, complex and chemical
    may change into one another with the identity.

    Args:
        lexicon: the bundled one if None.
        text: the document's, to see which species' molecules are named; without it all count as human.
    """
    grounder = _DocumentGrounder(mentions, load_lexicon() if lexicon is None else lexicon, text)
    return tuple(grounder.ground(mention) for mention in mentions)


def ground_relations(
    relations: Iterable[RelationMention],
    mentions: Sequence[Entity] = (),
    *,
    lexicon: Lexicon | None = None,
    text: str = "",
) -> tuple[RelationMention, ...]:
    """The relation mentions of one document with grounded ends, in the same order.

    One whose two ends turn out to be the same molecule, named twice, is left out.

    Args:
        relations: as the grammar found them.
        mentions: all mentions of the document, for context; the ends alone if empty.
        lexicon, text: as for ``ground_mentions``.
    """
    relations = tuple(relations)
    ends = [end for relation in relations for end in (relation.subject, relation.object) if end is not None]
    grounder = _DocumentGrounder([*mentions, *ends], load_lexicon() if lexicon is None else lexicon, text, mentions)
    grounded = (
        replace(
            relation,
            subject=None if relation.subject is None else grounder.ground(relation.subject),
            object=grounder.ground(relation.object),
        )
        for relation in relations
    )
    return tuple(relation for relation in grounded if not _joins_two_names(relation))


def _joins_two_names(relation: RelationMention) -> bool:
    """Whether both ends are one molecule under two names, long and short, where the rule looked for two molecules."""
    subject, object_ = relation.subject, relation.object
    if subject is None or subject.curie is None or subject.start == object_.start or relation.relation == "binds":
        return False
    return subject.curie == object_.curie and "coref:itself" not in relation.cues and "reflexive" not in relation.rule


class _DocumentGrounder:
    """The identities that the names of one document have."""

    def __init__(
        self, mentions: Sequence[Entity], lexicon: Lexicon, text: str = "", found: Sequence[Entity] = ()
    ) -> None:
        self.lexicon = lexicon
        self.foreign = find_foreign(found or mentions, text, lexicon) if text else {}
        self.candidates: dict[_Query, list[GroundingCandidate]] = {}
        self.alone: dict[_Query, GroundingCandidate | None] = {}  # what a name means without the rest of the document
        self.chosen: dict[_Query, GroundingCandidate | None] = {}
        self.long_forms: dict[str, str] = {}
        self.short_forms: dict[str, str] = {}
        for mention in mentions:
            if mention.long_form is not None:
                self.long_forms.setdefault(mention.text, mention.long_form)
                self.short_forms.setdefault(mention.long_form, mention.text)
        certain: Counter[str] = Counter()
        for mention in mentions:
            query = self._query(mention)
            if query not in self.candidates:
                self.candidates[query] = self._find(query)
            if (given := self._settle(mention).curie) is not None:
                certain[given] += 1
                continue
            if query not in self.alone:
                self.alone[query] = choose_identity(query[0], self.candidates[query], lexicon)
            first = self.alone[query]
            if first is not None and first.curie is not None:
                certain[first.curie] += 1
        self.certain = certain
        self.relatives = {
            other
            for curie in certain
            for membership in (*lexicon.find_parents(curie), *lexicon.find_children(curie))
            for other in (membership.parent, membership.child)
        } - set(certain)

    def ground(self, mention: Entity) -> Entity:
        mention = self._settle(mention)
        if mention.curie is not None:
            return mention
        query = self._query(mention)
        if query not in self.candidates:
            self.candidates[query] = self._find(query)
        if query not in self.chosen:
            self.chosen[query] = self._choose(query)
        chosen = self.chosen[query]
        if chosen is not None and mention.alternatives and chosen.type not in _GROUPS:
            chosen = None  # Several molecules were meant; the name of one of them would be a guess.
        if chosen is None:
            return self._leave(mention, self.candidates[query])
        if mention.start in self.foreign and chosen.type in GENES:
            reason = f"named as a molecule of {self.foreign[mention.start]}"
            return _leave_out(mention, reason, [chosen] if chosen.curie else [])
        is_ours = mention.source != "given" and {mention.type, chosen.type} <= MOLECULE_TYPES
        return replace(
            mention,
            name=chosen.name,
            curie=chosen.curie,
            score=None if chosen.curie is None else min(1.0, chosen.score),
            type=chosen.type if is_ours else mention.type,
            reason=None if chosen.curie else "no database that we use has an identifier for it",
        )

    def _leave(self, mention: Entity, candidates: Sequence[GroundingCandidate]) -> Entity:
        """The mention without identity, with the reason and what it may be."""
        if mention.alternatives:
            return _leave_out(mention, "given with several identifiers", ())
        near = [one for one in candidates if one.score > candidates[0].score - MARGIN]
        if not near:
            return _leave_out(mention, "not in the lexicon", ())
        if len(near) == 1:
            return _leave_out(mention, "only a short name without support", near)
        names = ", ".join(dict.fromkeys(one.name for one in near[:MOST_ALTERNATIVES]))
        return _leave_out(mention, f"ambiguous: {names}", near)

    def _settle(self, mention: Entity) -> Entity:
        """A given identity as the human gene that it stands for, where there is one, under its standard name."""
        if mention.reason is not None and mention.curie is None:
            return replace(mention, alternatives=())  # they are what another reading could not tell apart
        given = (mention.curie,) if mention.curie else mention.alternatives
        if not given:
            return mention
        curies = tuple(dict.fromkeys(self.lexicon.find_gene(curie) or curie for curie in given))
        if len(curies) != 1:
            return replace(mention, alternatives=curies) if curies else mention
        known = self.lexicon.find_entity(curies[0])
        name = known[0] if known else _collapse(mention.name)
        return replace(mention, curie=curies[0], name=name, score=mention.score or 1.0, alternatives=())

    def _query(self, mention: Entity) -> _Query:
        """What is looked up: the name (the text, unless it stands for more), the type, and the long form."""
        long_form = mention.long_form
        if long_form is None and mention.source == "given":
            long_form = self.long_forms.get(mention.text)
        return _collapse(mention.name), mention.type, long_form, mention.source != "given"

    def _find(self, query: _Query) -> list[GroundingCandidate]:
        text, type_, long_form, own_type = query
        own = find_candidates(text, type_, self.lexicon, other_types=own_type)
        if own and own[0].source == SOURCE:
            return own  # a user's own name goes before what the document spells out
        if long_form is None:
            short = self.short_forms.get(text)
            if own or short is None:
                return own
            note = f"the document shortens it to {short!r}"
            return [replace(c, reasons=(note, *c.reasons)) for c in find_candidates(short, type_, self.lexicon)]
        spelled = [c for c in find_candidates(long_form, type_, self.lexicon) if c.score >= LONG_FORM_SCORE]
        if not spelled:
            return own
        reason = f"the document spells it out as {long_form!r}"
        found = [replace(c, reasons=(reason, *c.reasons)) for c in spelled]
        agreeing = {c.key for c in own}
        # Where long and short form have an identity in common, that is the one.
        common = [c for c in found if c.key in agreeing]
        return common or found

    def _choose(self, query: _Query) -> GroundingCandidate | None:
        candidates = self.candidates[query]
        if choose_identity(query[0], candidates, self.lexicon) is None:
            candidates = sorted((self._weigh(c) for c in candidates), key=lambda c: -c.score)
        return choose_identity(query[0], candidates, self.lexicon)

    def _weigh(self, candidate: GroundingCandidate) -> GroundingCandidate:
        """The candidate with what the rest of the document adds to it."""
        if candidate.curie in self.certain:
            note, bonus = "named elsewhere in the document", NAMED_ELSEWHERE
        elif candidate.curie in self.relatives:
            note, bonus = "a member or a family of it is named in the document", RELATIVE_ELSEWHERE
        else:
            return candidate
        return replace(candidate, score=candidate.score + bonus, reasons=(*candidate.reasons, note))


def _leave_out(mention: Entity, reason: str, near: Sequence[GroundingCandidate]) -> Entity:
    curies = dict.fromkeys(one.curie for one in near if one.curie is not None)
    alternatives = tuple(curies)[:MOST_ALTERNATIVES] or mention.alternatives
    return replace(mention, name=_collapse(mention.name), score=None, reason=reason, alternatives=alternatives)


def _collapse(text: str) -> str:
    return " ".join(text.split())
