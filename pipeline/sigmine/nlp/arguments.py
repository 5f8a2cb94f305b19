"""From a word that a path reached to the molecules it stands for: names, lists, general nouns, pronouns, events."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sigmine.grammar.compile import Grammar, Role
from sigmine.grammar.expand import ENTITY
from sigmine.grammar.match import has_edge, walk
from sigmine.model import Entity, Site
from sigmine.nlp.coordination import ListReader
from sigmine.nlp.definite import DefiniteResolver
from sigmine.nlp.events import Argument, Event, as_agent, as_theme
from sigmine.nlp.mention_index import MentionIndex
from sigmine.nlp.reference import ReferenceResolver

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedText, ParsedWord

Events = Callable[[int], Sequence[Event]]
MAX_DEPTH = 4
_PARTICIPLES = frozenset({"VBN", "VBD", "VBG"})
PERTURBATIONS = frozenset({"loses", "gains"})
_SUBSTITUTION = re.compile(r"[A-Z]\d{1,4}[A-Z]")  # "BRAF V600E"


class ArgumentResolver:
    """Answers for one text what a word stands for; see ``grammar.match.Resolve``."""

    def __init__(self, doc: ParsedText, index: MentionIndex, grammar: Grammar, events: Events) -> None:
        self.doc = doc
        self.index = index
        self.grammar = grammar
        self.events = events
        self.lists = ListReader(doc, index, grammar)
        self.references = ReferenceResolver(doc, index, grammar, self.lists)
        self.definites = DefiniteResolver(doc, index, grammar)
        self.neutral = grammar.get_cues("nouns", "neutral")
        self.general = grammar.get_cues("nouns", "general")
        self.relatives = grammar.get_cues("nouns", "relatives")
        self.pronouns = grammar.get_cues("nouns", "pronouns")
        self.agents_of_loss = grammar.get_cues("nouns", "agents_of_loss")
        self.determiners = grammar.get_cues("reference", "articles") | grammar.get_cues("reference", "demonstratives")
        self.gap = grammar.get_cues("coordination", "residue_gap")
        self.residues = grammar.get_cues("nouns", "residues")
        self.acting = grammar.get_cues("nouns", "acting")
        self.possessed = grammar.get_cues("nouns", "possessed")
        self.blocking = grammar.get_cues("nouns", "blocking")
        self.several = grammar.get_cues("nouns", "several")
        self.modifications = frozenset(
            name for name, relation in grammar.relations.items() if relation.parent == "modifies"
        )
        self.shareable = {ENTITY, "amount", "activity", "activates", *self.modifications}

    def resolve(self, token: ParsedWord, role: Role, way: str = ">") -> Sequence[Argument]:
        """The arguments at the word and at those listed with it, in text order.

        A path that ends behind a comma, in a list or nowhere (``way`` is ``,``, ``:`` or ``.``) means the word alone;
        one that ends at the head of a clause (``<``) means in "loss of A, which ..." the loss.
        """
        single = way in (",", ":", ".")
        if way == "+" and token.tag_.startswith("VB"):
            return []
        if way == "<" and role.name == "agent":
            token = self._whole_of(token)
        words = [token, *self.lists.slashed([token])] if single else list(self.lists.list_of(token))
        if way == "<":  # in "A-induced activation of B and the loss of C", the loss is not A's
            words = [word for word in words if word is token or not self._is_described(word)]
        found: list[tuple[ParsedWord, list[Argument]]] = []
        for word in dict.fromkeys(self._find_head(word, words) for word in words):
            denied, doubted = self.lists.find_exclusion(word), self.lists.find_doubt(word)
            arguments = self._resolve_word(word, role, 0)
            if denied or doubted:
                arguments = [
                    replace(one, denied=denied or one.denied, doubted=doubted or one.doubted) for one in arguments
                ]
            found.append((word, arguments))
        unique: dict[tuple[Entity, int, str], Argument] = {}
        for argument in self._share_head(found):
            unique.setdefault((argument.mention, argument.sign, argument.inner), argument)
        return list(unique.values())

    def _is_described(self, word: ParsedWord) -> bool:
        """Whether an article or adjective of its own stands before the word."""
        return any(
            child.i < word.i and (child.tag_ == "DT" or has_edge(child, self.grammar.paths.classes["amod"]))
            for child in word.children
        )

    def _find_head(self, word: ParsedWord, words: Sequence[ParsedWord]) -> ParsedWord:
        """In "A, B and C expression", the list's last member is the expression, also where the words alone give C."""
        head = word.head
        if word is not words[-1] or word is words[0] or head.i <= word.i:
            return word
        named = has_edge(word, self.grammar.paths.classes["name"]) and self.events(head.i)
        return head if named else word

    def _heads_names(self, noun: ParsedWord) -> bool:
        """Whether a noun that says something of a name ("genes", "expression") has that name in front."""
        named = any(child.i in self.index.entities and child.i < noun.i for child in noun.children)
        return noun.i not in self.index.entities and named and bool(self.events(noun.i))

    def _share_head(self, found: Sequence[tuple[ParsedWord, list[Argument]]]) -> list[Argument]:
        """In "A, B and C expression" and "A and B inhibitors", what is said of the last name is said of all."""
        arguments = [argument for _, group in found for argument in group]
        if len(found) < 2:
            return arguments
        noun, last = found[-1]
        if not last:  # "binds the A and B genes": what the names are of is nothing that the role takes
            return [] if self._heads_names(noun) else arguments
        stands_before = all(one.mention.end <= noun.idx for one in last) and noun.i not in self.index.entities
        if not stands_before or any(word.i not in self.index.entities for word, _ in found[:-1]):
            return arguments
        if any(child.lower_ in self.determiners for child in noun.children):
            return arguments
        kind = last[0]
        if kind.inner not in self.shareable:
            return arguments
        names = [one for _, group in found[:-1] for one in group]
        if kind.sign < 0 and noun.lower_ not in self.agents_of_loss:  # "EGF and PTEN loss": whose loss is not said
            return [*(one for one in names if one.inner != ENTITY), *last]
        shared = [
            replace(one, inner=kind.inner, sign=kind.sign, cues=(*one.cues, *kind.cues), prior=one.prior * kind.prior)
            if one.inner == ENTITY and not (kind.sign < 0 and one.mention.type == "CHEMICAL")
            else one
            for one in names
        ]
        return [*shared, *last]

    def resolve_sites(self, token: ParsedWord) -> tuple[Site, ...]:
        """The site at the word with those listed directly beside it; empty if the word is no site."""
        sites = self.index.sites.get(token.i)
        if sites:
            return self.list_sites(sites[0])
        if token.lower_ not in self.residues:
            return ()
        for path in self.grammar.paths.named["site_instance"]:
            for word in walk(token, path, self.grammar.paths):
                if word.i in self.index.sites:
                    return self.list_sites(self.index.sites[word.i][0])
        return ()

    def list_sites(self, site: Site) -> tuple[Site, ...]:
        """The run of sites that the text lists around one: "Ser939, Ser981 and Thr1462"."""
        sites = self.index.all_sites
        first = last = sites.index(site)
        while first > 0 and self._is_list_gap(sites[first - 1].end, sites[first].start):
            first -= 1
        while last + 1 < len(sites) and self._is_list_gap(sites[last].end, sites[last + 1].start):
            last += 1
        return sites[first : last + 1]

    def _is_list_gap(self, start: int, end: int) -> bool:
        gap = self.doc.text[start:end].lower()
        words = gap.replace(",", " ").replace("/", " ").replace("-", " ").split()
        return end - start <= 30 and all(word in self.gap for word in words)

    def _resolve_word(self, token: ParsedWord, role: Role, depth: int) -> list[Argument]:
        if depth > MAX_DEPTH:
            return []
        entity = self.index.entities.get(token.i)
        if entity is not None:
            return self._resolve_perturbed(token, role) or ([Argument(entity)] if entity.type in role.accepts else [])
        if token.i in self.index.sites:
            if role.name != "theme":
                return []
            found = self._follow(token, "site_bearer", role, depth)
            numbered = any(site.position is not None for site in self.index.sites[token.i])
            return found or (self.definites.resolve_bearer(token, role) if numbered else [])
        found = self._resolve_event(token, role)
        if found:
            return found
        if _SUBSTITUTION.fullmatch(token.text):
            return self._follow(token, "bearer", role, depth)
        lower = token.lower_
        if lower in self.relatives:
            return self._resolve_relative(token, role, depth)
        if lower in self.pronouns:
            return self.references.resolve_pronoun(token, role)
        stands_alone = lower in self.several and has_edge(token, self.grammar.paths.classes["argument"])
        if stands_alone or any(child.lower_ in self.several for child in token.children if child.i < token.i):
            found = self.references.resolve_list_before(token, role)
            if found:
                return found
        found = self._resolve_perturbed(token, role) or self._resolve_noun(token, role, depth)
        if found:
            return found
        return self.references.resolve_bracket(token, role) or self.definites.resolve(token, role)

    def _resolve_perturbed(self, token: ParsedWord, role: Role) -> list[Argument]:
        """In "dominant-negative A blocks B" and "a kinase-dead form of A", the subject is the loss of A."""
        if role.name != "agent":
            return []
        return [
            argument
            for child in token.children
            if child.i < token.i
            and has_edge(child, self.grammar.paths.classes["amod"])
            and any(event.relation in PERTURBATIONS for event in self.events(child.i))
            for argument in self._resolve_event(child, role)
        ]

    def _resolve_noun(self, token: ParsedWord, role: Role, depth: int) -> list[Argument]:
        """From a noun that is the molecule, or stands for it, to its name."""
        lower = token.lower_
        if lower in self.possessed:
            return self._follow(token, "instance_behind", role, depth)
        if any(child.lower_ in self.blocking for child in token.children if child.i < token.i):
            return []
        for nouns, path_name in ((self.neutral, "bearer"), (self.general, "instance")):
            if lower in nouns:
                found = self._follow(token, path_name, role, depth)
                if lower in self.acting:  # "tyrosine kinase", "glucose transporter": what it acts on, not what it is
                    found = [one for one in found if one.mention.type != "CHEMICAL"]
                if found:
                    return found
        return []

    def _follow(self, token: ParsedWord, path_name: str, role: Role, depth: int) -> list[Argument]:
        for path in self.grammar.paths.named[path_name]:
            found = [
                argument
                for reached in walk(token, path, self.grammar.paths)
                for word in self.lists.list_of(reached)
                for argument in self._resolve_word(word, role, depth + 1)
            ]
            if found:
                return found
        return []

    def _resolve_event(self, token: ParsedWord, role: Role) -> list[Argument]:
        if role.name == "agent":
            if token.tag_ in _PARTICIPLES and has_edge(token, self.grammar.paths.classes["amod"]):
                return []  # in "A-induced activation of B", who activates is not what is induced
            drugs = self._find_drugs(token, role)
            if drugs:
                return drugs
        found: list[Argument] = []
        for event in self.events(token.i):
            if event.relation not in role.accepts:
                continue
            if role.name == "agent":
                found += as_agent(self.grammar, event, token.i, self.modifications)
            else:
                found += as_theme(self.grammar, event)
        return found

    def _find_drugs(self, token: ParsedWord, role: Role) -> list[Argument]:
        """In "mTOR inhibitors such as A" and "inhibition of mTOR by A", the named drug acts, not the loss of mTOR."""
        return [
            replace(agent, prior=agent.prior * 0.9)
            for event in self.events(token.i)
            if event.relation in ("activates", "inhibits")
            for agent in event.agents
            if agent.mention.type == "CHEMICAL" and agent.mention.type in role.accepts
        ]

    def _resolve_relative(self, token: ParsedWord, role: Role, depth: int) -> list[Argument]:
        """From "which" and "that" to the noun their clause hangs on, else to the name right before them."""
        verb = token.head
        for word in (verb, *list(verb.ancestors)[:2]):
            if has_edge(word, self.grammar.paths.classes["relcl"]):
                noun = self._whole_of(word.head) if role.name == "agent" else word.head
                return self._resolve_word(noun, role, depth + 1)
        before = token.i - 1
        while before >= 0 and self.doc[before].is_punct and before > token.i - 3:
            before -= 1
        if before not in self.index.entities:
            return []
        return self._resolve_word(self.doc[before], role, depth + 1)

    def _whole_of(self, noun: ParsedWord) -> ParsedWord:
        """In "loss of A, which ...", who does it is the loss of A, not A."""
        if has_edge(noun, self.grammar.paths.classes["pobj"]) and has_edge(noun.head, self.grammar.paths.classes["of"]):
            whole = noun.head.head
            if any(event.relation in PERTURBATIONS for event in self.events(whole.i)):
                return whole
        return noun
