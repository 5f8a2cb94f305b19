"""The component that reads relations: the grammar's rules on a parsed Doc with mentions and sites."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sigmine.grammar.compile import Grammar, Role, Rule, TriggerSense
from sigmine.grammar.expand import ENTITY
from sigmine.grammar.match import find_senses, match_rule
from sigmine.grammar.parsed_text import ParsedText, ParsedWord
from sigmine.model import Document, Entity, RelationMention, Site, Trigger
from sigmine.nlp.arguments import ArgumentResolver
from sigmine.nlp.citation_binding import bind_citations
from sigmine.nlp.claim_types import ClaimTyper, Said
from sigmine.nlp.events import Argument, Claim, Event, compose, flip
from sigmine.nlp.flags import FlagFinder
from sigmine.nlp.lists import pair_ends
from sigmine.nlp.long_sentences import find_long_sentences
from sigmine.nlp.mention_index import MentionIndex, get_identity
from sigmine.nlp.site_binding import SiteBinder
from sigmine.nlp.site_sharing import SiteSharer
from sigmine.nlp.table_columns import list_silent_words
from sigmine.nlp.table_rows import TableReader

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.training import Example

Scorer = Callable[..., dict[str, Any]]
_MAX_NESTED = 8  # events within events; text that nests deeper is no prose


class RelationReader:
    """Reads the relations of a Doc.

    Needs ``doc._.mentions`` and ``doc._.sites`` (empty where those components did not run) and a parse; sets
    ``doc._.relations``, a tuple of ``RelationMention`` in text order. With ``keep_all`` what several rules read is
    given once for each of them, not by the surest one alone. ``scorer`` is spaCy's, for ``nlp.evaluate``.
    """

    def __init__(self, grammar: Grammar, *, keep_all: bool = False, scorer: Scorer | None = None) -> None:
        self.grammar = grammar
        self.keep_all = keep_all
        self.scorer = scorer
        self.flags = FlagFinder(grammar)
        self.typer = ClaimTyper(grammar)
        self.binder = SiteBinder(grammar)

    def __call__(self, doc: Doc) -> Doc:
        with _rest_collector():
            doc._.relations = tuple(self.read(doc, doc._.mentions, doc._.sites))
        return doc

    def score(self, examples: Iterable[Example], **options: Any) -> dict[str, Any]:
        """What ``nlp.evaluate`` asks of a component; empty without a scorer."""
        return self.scorer(examples, **options) if self.scorer is not None else {}

    def read(self, doc: Doc, mentions: Sequence[Entity], sites: Sequence[Site]) -> list[RelationMention]:
        """The relation mentions of the Doc with their citations, sorted by trigger, then ends; none twice."""
        if not mentions:
            return []
        text = ParsedText(doc)
        index = MentionIndex(text, mentions, sites)
        finder = EventFinder(text, index, self.grammar)
        sharer = SiteSharer(text, index, self.grammar)
        claims: list[Claim] = []
        spoken = {text[i].sentence_start for i in index.entities}  # a sentence that names nothing says nothing
        spoken -= {sentence.start for sentence in find_long_sentences(doc)}
        document: Document | None = getattr(doc._, "document", None)
        silent = self._find_silent(index, document, self.grammar)
        for token in text:
            if token.lower_ in self.grammar.triggers and token.sentence_start in spoken and token.i not in silent:
                for event in finder.events_at(token.i):
                    claims += self._make_claims(text, sharer, event)
        if not self.keep_all:
            claims = self._keep_best(index, claims)
        bound = self.binder.bind(text, index, claims)
        said = [self._make_mention(text, index, *pair) for pair in zip(claims, bound, strict=True)]
        found: dict[tuple[object, ...], RelationMention] = {}
        for mention in self.typer.find_types(text, index, said):
            rule = mention.rule if self.keep_all else ""
            key = (mention.relation, mention.subject, mention.object, mention.trigger.start, rule)
            found.setdefault(key, mention)
        relations = sorted(found.values(), key=_text_order)
        if document is None:
            return relations
        if document.citations:
            relations = bind_citations(text, document.citations, self.grammar.cues["citations"], relations)
        return self._add_rows(document, relations, mentions, sites)

    def _add_rows(
        self,
        document: Document,
        relations: Sequence[RelationMention],
        mentions: Sequence[Entity],
        sites: Sequence[Site],
    ) -> list[RelationMention]:
        """The relations with those that rows of tables state and no sentence does."""
        if not any(section.cells for section in document.sections):
            return list(relations)
        reader = TableReader(document, mentions, sites, self.grammar)
        rows = reader.read()
        relations = list(reader.mend(relations))
        known = {_state(mention) for mention in relations}
        relations += {_state(mention): mention for mention in rows if _state(mention) not in known}.values()
        return sorted(relations, key=_text_order)

    @staticmethod
    def _find_silent(index: MentionIndex, document: Document | None, grammar: Grammar) -> set[int]:
        """The words in tables whose meaning the heads of the columns tell."""
        spans = list_silent_words(document, grammar) if document is not None else []
        return {i for start, end in spans for i in range(index.find_word(start), index.find_word(end))}

    def _make_claims(self, doc: ParsedText, sharer: SiteSharer, event: Event) -> Iterable[Claim]:
        if self.grammar.relations[event.relation].internal and not event.agents:
            return
        for theme in () if event.agents else event.themes:
            composed = compose(self.grammar, event.relation, theme.inner)
            if composed is None or theme.inner != ENTITY or not self.grammar.relations[composed[0]].subject_optional:
                continue
            prior = event.rule.prior * theme.prior
            claim = Claim(composed[0], None, theme, event.sites, True, prior, event)
            yield from sharer.share(claim)
        for agent, theme in pair_ends(doc, event):
            composed = compose(self.grammar, event.relation, theme.inner)
            if composed is None:
                continue
            if _is_same(agent.mention, theme.mention) and not (event.rule.reflexive or "coref:itself" in theme.cues):
                continue
            if agent.sign < 0 and composed[0] == "inhibits" and _names_target(event):
                continue  # "PI3K/mTOR inhibitors block PI3K and mTORC1": a class of drugs and its targets
            result = composed if agent.sign > 0 else flip(self.grammar, composed[0])
            if result is None or self.grammar.relations[result[0]].internal:
                continue
            prior = event.rule.prior * theme.prior * agent.prior
            direct = composed[1] and result[1] and event.rule.direct
            claim = Claim(result[0], agent, theme, event.sites or theme.sites, direct, prior, event)
            yield from sharer.share(claim)

    def _keep_best(self, index: MentionIndex, claims: list[Claim]) -> list[Claim]:
        """Each pair of ends once a relation, by the surest rule; without a subject only where no claim names one."""
        pairs: dict[tuple[object, ...], Claim] = {}
        for claim in claims:
            key = self._key(claim)
            known = pairs.get(key)
            if known is None or (claim.prior, len(claim.sites)) > (known.prior, len(known.sites)):
                sites = claim.sites or (known.sites if known else ())
                pairs[key] = replace(claim, sites=sites)
            elif claim.sites and not known.sites:
                pairs[key] = replace(known, sites=claim.sites)

        def place(claim: Claim) -> tuple[tuple[int, int], str, str]:
            theme = claim.theme.mention
            return index.find_sentence(theme.start), claim.relation, get_identity(theme)

        named = {place(claim) for claim in pairs.values() if claim.agent is not None}
        # to say that the phosphorylation of B is inhibited is not to say that B is phosphorylated
        named |= {
            (where, "phosphorylates", who) for where, relation, who in named if relation == "inhibits_phosphorylation"
        }
        return [claim for claim in pairs.values() if claim.agent is not None or place(claim) not in named]

    def _key(self, claim: Claim) -> tuple[object, ...]:
        theme = claim.theme.mention
        if claim.agent is None:
            return claim.event.anchor, claim.relation, theme
        ends = [claim.agent.mention, theme]
        if self.grammar.relations[claim.relation].unordered:
            ends.sort(key=lambda end: end.start)
        return claim.relation, *ends

    def _make_mention(self, doc: ParsedText, index: MentionIndex, claim: Claim, sites: tuple[Site, ...]) -> Said:
        event = claim.event
        anchor = doc[event.anchor]
        first, last = event.trigger
        start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
        low, high = index.find_sentence(anchor.idx)
        cues = [*(claim.agent.cues if claim.agent else ()), *claim.theme.cues]
        negation = self.flags.find_negation(anchor, doc.read(first, last)) or find_denial(claim)
        hedge = self.flags.find_hedge(anchor) or find_doubt(claim)
        subject, object_ = (claim.agent.mention if claim.agent else None), claim.theme.mention
        if negation:
            cues.append(f"negation:{negation}")
        if hedge:
            cues.append(f"hedge:{hedge}")
        if subject and self.grammar.relations[claim.relation].unordered and object_.start < subject.start:
            subject, object_ = object_, subject
        mention = RelationMention(
            relation=claim.relation,
            subject=subject,
            object=object_,
            sites=sites,
            trigger=Trigger(doc.text[start:end], start, end),
            rule=event.rule.name,
            sentence=(low, low + len(doc.text[low:high].rstrip())),
            negated=negation is not None,
            direct=claim.direct and not self.flags.is_indirect(anchor),
            cues=tuple(self._name_cue(doc, cue) for cue in cues),
            prior=round(claim.prior, 4),
        )
        return Said(mention, event.anchor, hedge)

    def _name_cue(self, doc: ParsedText, cue: str) -> str:
        kind, _, word = cue.partition(":")
        return f"{kind}:{doc[int(word)].lower_}" if word.isdigit() else cue


@contextmanager
def _rest_collector() -> Iterator[None]:
    """A block in which Python's cycle collector rests.

    What the rules make is in use until they are done; looking for garbage in it meanwhile takes a sixth of their time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def find_denial(claim: Claim) -> str | None:
    """The words that take one of the ends out of its list ("A but not B"); None if neither is."""
    return claim.theme.denied or (claim.agent.denied if claim.agent else None)


def find_doubt(claim: Claim) -> str | None:
    """The adverb that makes one of the ends a possible one ("A and possibly B"); None if there is none."""
    return claim.theme.doubted or (claim.agent.doubted if claim.agent else None)


def _state(mention: RelationMention) -> tuple[object, ...]:
    """What tells apart what two rules read in one sentence."""
    subject = get_identity(mention.subject) if mention.subject else None
    return mention.relation, subject, get_identity(mention.object), mention.sentence


def _is_same(one: Entity, other: Entity) -> bool:
    return one == other or get_identity(one) == get_identity(other)


def _names_target(event: Event) -> bool:
    """Whether what is taken away at the subject's end is also at the object's."""
    taken = [agent.mention for agent in event.agents if agent.sign < 0]
    return any(_is_kin(one, theme.mention) for one in taken for theme in event.themes)


def _is_kin(one: Entity, other: Entity) -> bool:
    """Whether one name begins with the other: mTOR and mTORC1, RAF and RAF1."""
    first, second = sorted((one.name.lower(), other.name.lower()), key=len)
    return second.startswith(first)


def _text_order(mention: RelationMention) -> tuple[int, int, int, str]:
    subject = mention.subject.start if mention.subject else -1
    return mention.trigger.start, subject, mention.object.start, mention.relation


class EventFinder:
    """The events at each word of one text, found when asked for and kept."""

    def __init__(self, doc: ParsedText, index: MentionIndex, grammar: Grammar) -> None:
        self.doc = doc
        self.index = index
        self.grammar = grammar
        self.resolver = ArgumentResolver(doc, index, grammar, self.events_at)
        self._found: dict[int, tuple[Event, ...]] = {}
        self._resolved: dict[tuple[int, str, frozenset[str], str], Sequence[Argument]] = {}
        self._busy: set[int] = set()
        self._cut: set[int] = set()  # words whose events were asked for while they were being looked at
        self._partial: dict[int, tuple[tuple[Event, ...], set[int]]] = {}

    def events_at(self, i: int) -> tuple[Event, ...]:
        """The events whose trigger is the word; empty if it is none, part of a name, or being looked at already."""
        found = self._found.get(i)
        if found is not None:
            return found
        if self.doc[i].lower_ not in self.grammar.triggers:
            return ()
        if i in self._busy or len(self._busy) > _MAX_NESTED:
            self._cut.add(i)
            return ()
        if i in self._partial:
            events, open_words = self._partial[i]
            self._cut |= open_words
            return events
        senses = tuple(sense for sense in find_senses(self.doc, i, self.grammar) if self._is_no_part(i, sense))
        if not senses:
            self._found[i] = ()
            return ()
        outer, self._cut = self._cut, set()
        self._busy.add(i)
        events = tuple(self._match(self.doc[i], senses))
        self._busy.discard(i)
        open_words = self._cut - {i}
        self._cut = outer | open_words if self._busy else set()
        if not open_words:
            self._found[i] = events
        else:  # looked at from inside another word's events, so without those: good until that word is done
            self._partial[i] = (events, open_words)
        if not self._busy:
            self._partial.clear()
        return events

    def _is_no_part(self, i: int, sense: TriggerSense) -> bool:
        """Whether the trigger is not just a part of a name ("growth factor-activated kinase 2")."""
        entity = self.index.entities.get(i)
        if entity is None:
            return True
        first, last = i - len(sense.before), i + len(sense.after)
        return not any(self.index.entities.get(k) is entity for k in (first - 1, last + 1))

    def _match(self, token: ParsedWord, senses: tuple[TriggerSense, ...]) -> Iterable[Event]:
        best: dict[str, list[Event]] = defaultdict(list)
        spare: list[tuple[TriggerSense, Rule]] = []
        for sense in senses:
            for rule in sense.rules:
                if rule.fallback:
                    spare.append((sense, rule))
                elif event := self._match_rule(token, sense, rule):
                    best[event.relation].append(event)
        for sense, rule in spare:
            if not any(event.agents and event.rule.direct for event in best[rule.relation]):
                event = self._match_rule(token, sense, rule)
                best[rule.relation] += [event] if event else []
        for events in best.values():
            # a rule that names the subject says more than one that does not
            named = [event for event in events if event.agents]
            yield from named or events[:1]

    def _match_rule(self, token: ParsedWord, sense: TriggerSense, rule: Rule) -> Event | None:
        def resolve(word: ParsedWord, role: Role, way: str) -> Sequence[Argument | Site]:
            if role.name == "site":
                return self.resolver.resolve_sites(word)
            key = (word.i, role.name, role.accepts, way)
            known = self._resolved.get(key)
            if known is None:
                known = self.resolver.resolve(word, role, way)
                if not self._cut:  # nothing in it was left out for being looked at already
                    self._resolved[key] = known
            return known

        match = match_rule(token, sense, rule, self.grammar, resolve)
        if match is None:
            return None

        def arguments(role: str) -> tuple[Argument, ...]:
            return tuple(item for item in match.fillers.get(role, ()) if isinstance(item, Argument))

        sites = tuple(item for item in match.fillers.get("site", ()) if isinstance(item, Site))
        span = (token.i - len(sense.before), token.i + 1 + len(sense.after))
        return Event(
            rule.relation, rule, span, token.i, arguments("agent"), arguments("theme"), tuple(dict.fromkeys(sites))
        )
