"""Why a sentence gave what it gave: the rule behind each statement, and what kept the others from firing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sigmine.grammar.compile import Grammar, Role, TriggerSense
from sigmine.grammar.expand import ENTITY
from sigmine.grammar.match import find_senses
from sigmine.grammar.match_trace import Missing, RuleTrace, format_path, trace_rule
from sigmine.grammar.parsed_text import ParsedText, ParsedWord
from sigmine.model import Entity, RelationMention, Site
from sigmine.model.ids import make_mention_id
from sigmine.nlp.events import Argument, Event, compose
from sigmine.nlp.mention_index import MentionIndex, get_identity
from sigmine.nlp.relations import EventFinder
from sigmine.nlp.trace import EndTrace, RuleNote, SentenceTrace, SiteTrace, StatementTrace, TriggerTrace, Word

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_PATHS = 3  # how many paths of a role are named
Traces = tuple[RuleTrace["Argument | Site"], ...]


@dataclass(frozen=True, slots=True)
class _Trigger:
    """A word with its readings as a trigger, and how each of their rules fared; ``whole``: the name it is part of."""

    token: ParsedWord
    senses: tuple[TriggerSense, ...]
    traces: Traces
    whole: Entity | None

    @property
    def spans(self) -> set[tuple[int, int]]:
        """The characters of each reading."""
        doc, i = self.token.doc, self.token.i
        found = set()
        for sense in self.senses:
            last = doc[i + len(sense.after)]
            found.add((doc[i - len(sense.before)].idx, last.idx + len(last)))
        return found


class SentenceExplainer:
    """Explains the sentences of one Doc.

    Args:
        doc: a Doc that went through the whole pipeline (``sigmine.nlp.pipeline``).
        relations: what was read, with the identities that were found.
        claims: the same of a reading with ``keep_all``: each rule's own claims.
        document: the document's id.
    """

    def __init__(
        self,
        doc: Doc,
        grammar: Grammar,
        relations: Sequence[RelationMention],
        claims: Sequence[RelationMention],
        document: str,
    ) -> None:
        self.doc = doc
        self.grammar = grammar
        self.relations = relations
        self.claims = claims
        self.document = document
        self.text = ParsedText(doc)
        self.index = MentionIndex(self.text, doc._.mentions, doc._.sites)
        self.finder = EventFinder(self.text, self.index, grammar)

    def find_sentences(self, covers: Callable[[int, int], bool]) -> Iterator[SentenceTrace]:
        """The sentences of which ``covers`` holds for the start and end of a word."""
        for sentence in self.doc.sents:
            text = sentence.text.rstrip()
            if text.strip() and any(covers(token.idx, token.idx + len(token)) for token in sentence):
                yield self._explain_sentence(sentence, sentence.start_char, sentence.start_char + len(text), text)

    def _explain_sentence(self, sentence: Span, low: int, high: int, text: str) -> SentenceTrace:
        triggers = [
            trigger
            for token in self.text[sentence.start : sentence.end]
            if (trigger := self._find_trigger(token)) is not None
        ]
        here = [mention for mention in self.relations if low <= mention.sentence[0] < high]
        spoken = {(mention.trigger.start, mention.trigger.end) for mention in here}
        statements = tuple(self._explain_mention(mention, here, triggers) for mention in here)
        silent = tuple(
            self._explain_silence(trigger, here, triggers) for trigger in triggers if not trigger.spans & spoken
        )
        return SentenceTrace(self.document, low, high, text, statements, silent)

    def _find_trigger(self, token: ParsedWord) -> _Trigger | None:
        found = find_senses(self.text, token.i, self.grammar)
        if not found:
            return None
        senses = tuple(sense for sense in found if self._find_whole(token.i, sense) is None)
        if not senses:
            return _Trigger(token, found, (), self._find_whole(token.i, found[0]))

        def resolve(word: ParsedWord, role: Role, way: str) -> Sequence[Argument | Site]:
            if role.name == "site":
                return self.finder.resolver.resolve_sites(word)
            return self.finder.resolver.resolve(word, role, way)

        traces = [trace_rule(token, sense, rule, self.grammar, resolve) for sense in senses for rule in sense.rules]
        return _Trigger(token, senses, tuple(traces), None)

    def _find_whole(self, i: int, sense: TriggerSense) -> Entity | None:
        """The name of which the trigger is only a part ("growth factor-activated kinase 2")."""
        entity = self.index.entities.get(i)
        beside = (i - len(sense.before) - 1, i + len(sense.after) + 1)
        return entity if entity is not None and any(self.index.entities.get(k) is entity for k in beside) else None

    # A statement

    def _explain_mention(
        self, mention: RelationMention, here: Sequence[RelationMention], triggers: Sequence[_Trigger]
    ) -> StatementTrace:
        place = (mention.trigger.start, mention.trigger.end)
        trigger = next((trigger for trigger in triggers if place in trigger.spans), None)
        traces = trigger.traces if trigger else ()
        fired = next((trace for trace in traces if trace.rule.name == mention.rule and not trace.missing), None)
        rule = fired.rule if fired else next((r for r in self.grammar.rules if r.name == mention.rule), None)
        used = {mention.rule, *(other.rule for other in here if (other.trigger.start, other.trigger.end) == place)}
        same = [claim for claim in self.claims if _says_the_same(claim, mention)]
        also = (f'{claim.rule} at "{claim.trigger.text}"' for claim in same if _source(claim) != _source(mention))
        return StatementTrace(
            id=make_mention_id(self.document, mention),
            relation=mention.relation,
            subject=mention.subject.name if mention.subject else None,
            object=mention.object.name,
            trigger=mention.trigger.text,
            start=mention.trigger.start,
            end=mention.trigger.end,
            rule=mention.rule,
            example=rule.example if rule else "",
            template_place=rule.template_place if rule else "",
            words_place=rule.words_place if rule else "",
            belief=mention.prior,
            ends=tuple(self._explain_ends(mention, trigger, fired)),
            sites=tuple(self._explain_site(site, mention, fired, same) for site in mention.sites),
            negated=_find_cue(mention, "negation") if mention.negated else None,
            hedged=_find_cue(mention, "hedge") if mention.hedged else None,
            claim=mention.claim,
            claimed=_find_cue(mention, mention.claim),
            indirect=None if mention.direct else self._find_indirectness(trigger, fired),
            cues=mention.cues,
            also=tuple(dict.fromkeys(also)),
            near=self._note_rules(traces, used),
        )

    def _explain_ends(
        self, mention: RelationMention, trigger: _Trigger | None, fired: RuleTrace[Argument | Site] | None
    ) -> Iterator[EndTrace]:
        for role, entity in (("agent", mention.subject), ("theme", mention.object)):
            if entity is None:
                continue
            span = self.doc.char_span(entity.start, entity.end, alignment_mode="expand")
            words = _find_words(trigger.token, self.text[span.root.i]) if trigger and span is not None else ()
            # of a relation whose ends may be exchanged, the object may have been the agent
            for trace in sorted(fired.roles if fired else (), key=lambda trace: trace.role.name != role):
                found = next(((a, trail) for a, trail in trace.fillers if _is_at(a, entity)), None)
                if found is None or trace.path is None or not isinstance(found[0], Argument):
                    continue
                word = self.text[found[1][-1]]
                if trigger and any(cue.startswith("coref:") for cue in found[0].cues):
                    words = _find_words(trigger.token, word)
                path = format_path(trace.path, self.grammar.paths)
                cues = tuple(_name_cue(self.text, cue) for cue in found[0].cues)
                end = EndTrace(trace.role.name, entity.name, entity.start, entity.end, path, word.text, words, cues)
                break
            else:
                end = EndTrace(role, entity.name, entity.start, entity.end, words=words)
            yield replace(end, curie=entity.curie, reason=entity.reason, alternatives=entity.alternatives)

    def _explain_site(
        self,
        site: Site,
        mention: RelationMention,
        fired: RuleTrace[Argument | Site] | None,
        same: Iterable[RelationMention],
    ) -> SiteTrace:
        bound = "it stands beside the trigger or the object"
        for trace in fired.roles if fired else ():
            for filler, trail in trace.fillers:
                if filler == site and trace.path is not None:
                    path = format_path(trace.path, self.grammar.paths)
                    return SiteTrace(site.name, site.text, site.start, f"the rule's path {path}")
                if isinstance(filler, Argument) and site in filler.sites and _is_at(filler, mention.object):
                    bound = f'named with "{self.doc[trail[-1]].text}"'
        other = next((c for c in same if site in c.sites and _source(c) != _source(mention)), None)
        if other is not None and bound.startswith("it"):
            bound = f'read with the same ends by {other.rule} at "{other.trigger.text}"'
        return SiteTrace(site.name, site.text, site.start, bound)

    def _find_indirectness(self, trigger: _Trigger | None, fired: RuleTrace[Argument | Site] | None) -> str:
        words = self.grammar.get_cues("directness", "words")
        said = (
            next((child.text for child in trigger.token.children if child.lower_ in words), None) if trigger else None
        )
        if said is not None:
            return said
        if fired is not None and not fired.rule.direct:
            return "the rule reads indirect effects"
        return "composed from two events"

    # A trigger without a statement

    def _explain_silence(
        self, trigger: _Trigger, here: Sequence[RelationMention], triggers: Sequence[_Trigger]
    ) -> TriggerTrace:
        i = trigger.token.i
        start, end = min(trigger.spans, key=lambda span: span[0] - span[1])
        relations = tuple(dict.fromkeys(rule.relation for sense in trigger.senses for rule in sense.rules))
        events = self.finder.events_at(i)
        if trigger.whole is not None:
            reasons = [f'part of the name "{trigger.whole.text}"']
        elif not relations:
            reasons = ["part of an idiom, in which it is no trigger"]
        elif events:
            reasons = self._list_reasons(trigger, events, here, triggers)
        else:
            reasons = ["no rule fired"]
        near = () if events else self._note_rules(trigger.traces, set())
        return TriggerTrace(self.doc.text[start:end], start, end, relations, tuple(dict.fromkeys(reasons)), near)

    def _list_reasons(
        self, trigger: _Trigger, events: Sequence[Event], here: Sequence[RelationMention], triggers: Sequence[_Trigger]
    ) -> list[str]:
        step_of = next(
            (other for other in triggers if other.token.i != trigger.token.i and _leads_to(other, trigger)), None
        )
        reasons = []
        for event in events:
            places = trigger.spans
            claims = [
                c for c in self.claims if (c.trigger.start, c.trigger.end) in places and c.rule == event.rule.name
            ]
            kept = [(claim, other) for claim in claims for other in here if _goes_before(other, claim)]
            if kept:
                claim, other = kept[0]
                reasons.append(
                    f'{claim.rule} reads what {other.rule} at "{other.trigger.text}" says with more certainty'
                )
            elif claims:
                reasons.append(f"{event.rule.name} fired, but the section is not read")
            elif step_of is not None:
                reasons.append(f'{event.rule.name} fired as a step of "{step_of.token.text}"')
            else:
                reasons.append(f"{event.rule.name} fired, but {self._explain_event(event)}")
        return reasons

    def _explain_event(self, event: Event) -> str:
        """Why an event gives no relation between molecules."""
        kind = self.grammar.relations[event.relation]
        inner = [theme.inner for theme in event.themes if compose(self.grammar, event.relation, theme.inner) is None]
        if inner and inner[0] != ENTITY:
            return f"the composition table has no {event.relation} of {inner[0]}"
        if not event.agents and kind.internal:
            return f"{event.relation} is only a step to other relations"
        if not event.agents and not kind.subject_optional:
            return f"no subject is named, and {event.relation} needs one"
        if kind.internal:
            return f"{event.relation} of a molecule is no relation of its own"
        return "its ends are one molecule or belong to other statements"

    def _note_rules(self, traces: Traces, used: set[str]) -> tuple[RuleNote, ...]:
        """The rules that did not fire, those that miss the least first, each once."""
        notes: dict[str, tuple[int, RuleNote]] = {}
        for trace in traces:
            rule = trace.rule
            if rule.name in used or not trace.missing:
                continue
            filled = tuple(t.role.name for t in trace.roles if t.role.required and t.fillers)
            missing = tuple(self._describe(one, trace) for one in trace.missing)
            note = RuleNote(rule.name, rule.example, rule.template_place, filled, missing)
            known = notes.get(rule.name)
            if known is None or len(missing) < known[0]:
                notes[rule.name] = (len(missing), note)
        return tuple(note for _, note in sorted(notes.values(), key=lambda item: (item[0], -len(item[1].roles))))

    def _describe(self, missing: Missing, trace: RuleTrace[Argument | Site]) -> str:
        wanted = " | ".join([*missing.wanted[:_PATHS], *(["..."] if len(missing.wanted) > _PATHS else [])])
        if missing.kind in ("form", "tag"):
            return f"the {missing.kind} is {missing.found}, not {wanted}"
        if missing.kind == "needs":
            return f"no {missing.name} at the trigger"
        if missing.kind == "without":
            return f'"{missing.found}" is {missing.name} at the trigger'
        if not missing.reached:
            return f"no {missing.name}: nothing at {wanted}"
        accepts = next(t.role.accepts for t in trace.roles if t.role.name == missing.name)
        kinds = ", ".join(sorted(kind for kind in accepts if kind.isupper()))
        words = ", ".join(self._describe_word(i) for i in missing.reached[:3])
        return f"no {missing.name}: {words} is no {kinds}" if kinds else f"no {missing.name}: {words} is no event"

    def _describe_word(self, i: int) -> str:
        entity = self.index.entities.get(i)
        return f'"{self.doc[i].text}" (no known name)' if entity is None else f'"{entity.text}" ({entity.type})'


def _find_words(trigger: ParsedWord, goal: ParsedWord) -> tuple[Word, ...]:
    """The way through the parse; empty if there is none, as between sentences."""
    above = [goal, *goal.ancestors]
    up = [trigger]
    while up[-1] not in above:
        if up[-1].head.i == up[-1].i:
            return ()
        up.append(up[-1].head)
    down = above[: above.index(up[-1])]
    words = [Word(trigger.text)]
    words += [Word(word.text, "<", before.dep_) for before, word in pairwise(up)]
    return (*words, *(Word(word.text, ">", word.dep_) for word in reversed(down)))


def _is_at(filler: Argument | Site, entity: Entity) -> bool:
    return isinstance(filler, Argument) and (filler.mention.start, filler.mention.end) == (entity.start, entity.end)


def _ends(mention: RelationMention) -> tuple[tuple[int, int] | None, tuple[int, int]]:
    subject = mention.subject
    return (subject.start, subject.end) if subject else None, (mention.object.start, mention.object.end)


def _source(mention: RelationMention) -> tuple[str, int]:
    return mention.rule, mention.trigger.start


def _says_the_same(one: RelationMention, other: RelationMention) -> bool:
    return one.relation == other.relation and _ends(one) == _ends(other)


def _goes_before(kept: RelationMention, claim: RelationMention) -> bool:
    """Whether the kept mention says what the claim says, or the same with a subject."""
    if _says_the_same(kept, claim):
        return True
    same_object = get_identity(kept.object) == get_identity(claim.object)
    relations = {kept.relation, claim.relation}
    named = len(relations) == 1 or relations == {"phosphorylates", "inhibits_phosphorylation"}
    return claim.subject is None and kept.subject is not None and named and same_object


def _leads_to(trigger: _Trigger, other: _Trigger) -> bool:
    """Whether a rule that fired at the trigger has the other word at the end of a path."""
    return any(
        trail[-1] == other.token.i
        for trace in trigger.traces
        if not trace.missing
        for role in trace.roles
        for _, trail in role.fillers
    )


def _find_cue(mention: RelationMention, kind: str) -> str:
    return next((cue.partition(":")[2] for cue in mention.cues if cue.startswith(f"{kind}:")), "")


def _name_cue(doc: ParsedText, cue: str) -> str:
    kind, _, word = cue.partition(":")
    return f"{kind}:{doc[int(word)].lower_}" if word.isdigit() else cue
