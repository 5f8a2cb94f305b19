"""From a word that a path reached to the molecules it stands for: names, lists, general nouns, pronouns, events."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from sigmine.grammar.compile import Grammar, Role
from sigmine.grammar.match import has_edge, walk
from sigmine.grammar.match_layout import find_sentence_start
from sigmine.model import Entity, Site
from sigmine.nlp.events import Argument, Event, as_agent, as_theme

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Events = Callable[[int], Sequence[Event]]
MAX_DEPTH = 4
_SUBSTITUTION = re.compile(r"[A-Z]\d{1,4}[A-Z]")  # "BRAF V600E"
_RESIDUE_SLACK = 9  # characters: "serine" given, "serine residues" found
_LIST_LIMIT = 4  # separators between two members of a written list


class MentionIndex:
    """Which entity and which site covers a word of a Doc."""

    def __init__(self, doc: Doc, mentions: Sequence[Entity], sites: Sequence[Site]) -> None:
        starts = [token.idx for token in doc]
        self.entities: dict[int, Entity] = {}
        self.sites: dict[int, list[Site]] = {}
        self.all_sites = tuple(sites)
        self.sentences = [(span.start_char, span.end_char) for span in doc.sents]
        self._sentence_starts = [start for start, _ in self.sentences]
        for entity in mentions:
            if _is_residue(entity, sites):
                continue
            for index in _covered(starts, doc, entity.start, entity.end):
                self.entities.setdefault(index, entity)
        for site in sites:
            for index in _covered(starts, doc, site.start, site.end):
                self.sites.setdefault(index, []).append(site)

    def find_sentence(self, offset: int) -> tuple[int, int]:
        """The half-open characters of the sentence that holds the character."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]


def _is_residue(entity: Entity, sites: Sequence[Site]) -> bool:
    """Whether a mention is a residue, which some annotators give as a chemical ("serine", "Ser-473")."""
    return entity.type == "CHEMICAL" and any(
        site.start < entity.end and entity.start < site.end and abs(len(site.text) - len(entity.text)) <= _RESIDUE_SLACK
        for site in sites
    )


def _covered(starts: list[int], doc: Doc, start: int, end: int) -> Iterator[int]:
    index = max(0, bisect_right(starts, start) - 1)
    while index < len(doc) and starts[index] < end:
        if starts[index] + len(doc[index]) > start:
            yield index
        index += 1


class ArgumentResolver:
    """Answers for one Doc what a word stands for; see ``grammar.match.Resolve``."""

    def __init__(self, doc: Doc, index: MentionIndex, grammar: Grammar, events: Events) -> None:
        self.doc = doc
        self.index = index
        self.grammar = grammar
        self.events = events
        self.neutral = grammar.get_cues("nouns", "neutral")
        self.general = grammar.get_cues("nouns", "general")
        self.relatives = grammar.get_cues("nouns", "relatives")
        self.pronouns = grammar.get_cues("nouns", "pronouns")
        self.several = grammar.get_cues("nouns", "several")
        self.modifications = frozenset(
            name for name, relation in grammar.relations.items() if relation.parent == "modifies"
        )

    def resolve(self, token: Token, role: Role, single: bool = False) -> Sequence[Argument]:
        """The arguments at the word and, unless ``single``, at those listed with it, in text order."""
        found: list[Argument] = []
        seen: set[tuple[Entity, int, str]] = set()
        words = [token, *self._slashed([token])] if single else self._list_of(token)
        for word in words:
            for argument in self._resolve_word(word, role, 0):
                key = (argument.mention, argument.sign, argument.inner)
                if key not in seen:
                    seen.add(key)
                    found.append(argument)
        return found

    def resolve_sites(self, token: Token) -> tuple[Site, ...]:
        """The site at the word with those listed directly beside it; empty if the word is no site."""
        sites = self.index.sites.get(token.i)
        return self.list_sites(sites[0]) if sites else ()

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
        return end - start <= 30 and all(
            word in {"and", "or", "residues", "residue", "sites", "&", "at", "on", "as", "well"} for word in words
        )

    def _list_of(self, token: Token) -> Iterator[Token]:
        """The word and the words coordinated with it (by the parse), in text order."""
        words = [token]
        queue = [token]
        while queue:
            word = queue.pop(0)
            members = [word, *self._same_mention(word)]
            for other in (*self._slashed(members), *self._enumerated(members)):
                if other not in words:
                    words.append(other)
                    queue.append(other)
            for member in members:
                for child in member.children:
                    if (
                        has_edge(child, self.grammar.paths.classes["conj"])
                        and child not in words
                        and not self._is_verb(child)
                    ):
                        if self._is_excluded(child):
                            continue
                        words.append(child)
                        queue.append(child)
        return iter(sorted(words, key=lambda word: word.i))

    def _same_mention(self, token: Token) -> list[Token]:
        entity = self.index.entities.get(token.i)
        if entity is None:
            return []
        return [
            self.doc[i]
            for i in range(max(0, token.i - 8), min(len(self.doc), token.i + 8))
            if i != token.i and self.index.entities.get(i) is entity
        ]

    def _slashed(self, members: list[Token]) -> Iterator[Token]:
        """The first words of the names that a slash joins to this one: "PI3K/mTOR", whatever the parse says."""
        if members[0].i not in self.index.entities:
            return
        first, last = min(word.i for word in members), max(word.i for word in members)
        for slash, beyond in ((first - 1, first - 2), (last + 1, last + 2)):
            if 0 <= slash < len(self.doc) and self.doc[slash].lower_ == "/" and beyond in self.index.entities:
                yield self.doc[beyond]

    def _enumerated(self, members: list[Token]) -> Iterator[Token]:
        """The next name of a written list ("A, B (long form), and C"), which parsers often break; none where that name
        begins a clause of its own or the run of commas has no "and" or "or"."""
        if members[0].i not in self.index.entities:
            return
        i, seen_comma = max(word.i for word in members) + 1, False
        for _ in range(_LIST_LIMIT):
            if i >= len(self.doc) or self.doc[i].is_sent_start:
                return
            lower = self.doc[i].lower_
            if lower == "(":
                closing = next((k for k in range(i, min(len(self.doc), i + 15)) if self.doc[k].lower_ == ")"), None)
                if closing is None:
                    return
                i = closing + 1
            elif lower in {",", "and", "or", "&"}:
                seen_comma, i = True, i + 1
            else:
                break
        else:
            return
        if not seen_comma or i not in self.index.entities:
            return
        following = [self.doc[i], *self._same_mention(self.doc[i])]
        if any(has_edge(word, self.grammar.paths.subjects) for word in following):
            return
        if self._ends_in_conjunction(i):
            yield self.doc[i]

    def _ends_in_conjunction(self, i: int) -> bool:
        """Whether the written list that the name belongs to has an "and" or "or" before its last member."""
        start = i
        while start > 0 and (self.doc[start - 1].lower_ in {",", "and", "or", "&"} or start - 1 in self.index.entities):
            start -= 1
            if self.doc[start].lower_ in {"and", "or", "&"}:
                return True
        while i < len(self.doc) and not (self.doc[i].is_sent_start and i > start):
            lower = self.doc[i].lower_
            if lower in {"and", "or", "&"}:
                return True
            if lower == "(":
                while i < len(self.doc) and self.doc[i].lower_ != ")":
                    i += 1
            elif lower != "," and i not in self.index.entities:
                return False
            i += 1
        return False

    def _is_verb(self, token: Token) -> bool:
        return (
            token.tag_.startswith("VB")
            and token.i not in self.index.entities
            and any(
                has_edge(child, self.grammar.paths.classes["obj"]) or has_edge(child, self.grammar.paths.subjects)
                for child in token.children
            )
        )

    def _is_excluded(self, token: Token) -> bool:
        """Whether the word is B of "A but not B": B is no member of the list."""
        before = self.doc[max(0, token.i - 3) : token.i]
        return any(word.lower_ == "not" for word in before) and any(word.lower_ == "but" for word in before)

    def _resolve_word(self, token: Token, role: Role, depth: int) -> list[Argument]:
        if depth > MAX_DEPTH:
            return []
        entity = self.index.entities.get(token.i)
        if entity is not None:
            whole = self._whole_of(token) if role.name == "agent" else token
            if whole.i != token.i:
                return self._resolve_event(whole, role)
            return [Argument(entity, token.i)] if entity.type in role.accepts else []
        if token.i in self.index.sites:
            return self._follow(token, "site_bearer", role, depth) if role.name == "theme" else []
        found = self._resolve_event(token, role)
        if found:
            return found
        if _SUBSTITUTION.fullmatch(token.text):
            return self._follow(token, "bearer", role, depth)
        lower = token.lower_
        if lower in self.relatives:
            return self._resolve_relative(token, role, depth)
        if lower in self.pronouns:
            return self._resolve_pronoun(token, role)
        if lower in self.several or any(child.lower_ in self.several for child in token.children if child.i < token.i):
            found = self._resolve_list_before(token, role)
            if found:
                return found
        for nouns, path_name in ((self.neutral, "bearer"), (self.general, "instance")):
            if lower in nouns:
                found = self._follow(token, path_name, role, depth)
                if found:
                    return found
        return self._resolve_bracket(token, role)

    def _resolve_bracket(self, token: Token, role: Role) -> list[Argument]:
        """A word that is no known name, with one in brackets right behind it: "Compound C (dorsomorphin)"."""
        i = token.i + 1
        if i + 1 >= len(self.doc) or self.doc[i].lower_ != "(" or not token.tag_.startswith("NN"):
            return []
        entity = self.index.entities.get(i + 1)
        if entity is None or entity.type not in role.accepts:
            return []
        while self.index.entities.get(i + 1) is entity:
            i += 1
        closed = i + 1 < len(self.doc) and self.doc[i + 1].lower_ == ")"
        return [Argument(entity, token.i, prior=0.9)] if closed else []

    def _resolve_list_before(self, token: Token, role: Role) -> list[Argument]:
        """From "these" and "both kinases" to the nearest list of names before, in the sentence."""
        start = find_sentence_start(token)
        for i in range(token.i - 1, start - 1, -1):
            if i not in self.index.entities:
                continue
            first = self.doc[i]
            while has_edge(first, self.grammar.paths.classes["conj"]) and first.head.i < first.i:
                first = first.head
            entities = [
                self.index.entities[word.i]
                for word in self._list_of(first)
                if start <= word.i < token.i and word.i in self.index.entities
            ]
            names = list(dict.fromkeys(entities))
            if len(names) > 1:
                cues = ("coref:list",)
                return [Argument(name, token.i, cues=cues, prior=0.7) for name in names if name.type in role.accepts]
        return []

    def _follow(self, token: Token, path_name: str, role: Role, depth: int) -> list[Argument]:
        for path in self.grammar.paths.named[path_name]:
            found = [
                argument
                for reached in walk(token, path, self.grammar.paths)
                for word in self._list_of(reached)
                for argument in self._resolve_word(word, role, depth + 1)
            ]
            if found:
                return found
        return []

    def _resolve_event(self, token: Token, role: Role) -> list[Argument]:
        found: list[Argument] = []
        for event in self.events(token.i):
            if event.relation not in role.accepts:
                continue
            if role.name == "agent":
                found += as_agent(self.grammar, event, token.i, self.modifications)
            else:
                found += as_theme(self.grammar, event, token.i)
        return found

    def _resolve_relative(self, token: Token, role: Role, depth: int) -> list[Argument]:
        """From "which" and "that" to the noun their clause hangs on, else to the name right before them."""
        verb = token.head
        for word in (verb, *list(verb.ancestors)[:2]):
            if has_edge(word, self.grammar.paths.classes["relcl"]):
                return self._resolve_word(word.head, role, depth + 1)
        before = token.i - 1
        while before >= 0 and self.doc[before].is_punct and before > token.i - 3:
            before -= 1
        if before not in self.index.entities:
            return []
        return self._resolve_word(self.doc[before], role, depth + 1)

    def _whole_of(self, noun: Token) -> Token:
        """In "loss of A, which ...", who does it is the loss of A, not A."""
        if has_edge(noun, self.grammar.paths.classes["pobj"]) and has_edge(noun.head, self.grammar.paths.classes["of"]):
            whole = noun.head.head
            if any(event.relation in ("loses", "gains") for event in self.events(whole.i)):
                return whole
        return noun

    def _resolve_pronoun(self, token: Token, role: Role) -> list[Argument]:
        """From "it", "its", "they" to the subject of the clause or sentence before, where that is one name."""
        start = find_sentence_start(token)
        subjects = list(self._subjects(start, token.i))
        cue = "coref:sentence"
        if not subjects and start > 0:
            subjects = list(self._subjects(find_sentence_start(self.doc[start - 1]), start))
            cue = "coref:previous"
        if role.name == "theme" and (token.lower_ in ("it", "them") or self._in_own_object(token)):
            return self._resolve_object_pronoun(token, role, start)
        if not subjects:
            return []
        antecedent = subjects[-1] if cue == "coref:sentence" else subjects[0]
        names = [word for word in self._list_of(antecedent) if word.i in self.index.entities]
        plural = token.lower_ in self.grammar.get_cues("nouns", "plural_pronouns")
        if not names or (len(names) > 1) != plural:
            return []
        if token.lower_ in ("itself", "themselves"):
            cue = "coref:itself"
        return [
            Argument(entity, token.i, cues=(cue,), prior=0.8 if cue == "coref:sentence" else 0.6)
            for entity in (self.index.entities[word.i] for word in names)
            if entity.type in role.accepts
        ]

    def _in_own_object(self, token: Token) -> bool:
        """In "A removes B and so eases its activation", "its" in a direct object is hardly the clause's own subject."""
        noun = token.head
        return has_edge(noun, self.grammar.paths.classes["obj"]) and has_edge(token, self.grammar.paths.classes["poss"])

    def _resolve_object_pronoun(self, token: Token, role: Role, start: int) -> list[Argument]:
        """In "A binds B and phosphorylates it", the nearest name before that is no subject of a clause."""
        for i in range(token.i - 1, start - 1, -1):
            entity = self.index.entities.get(i)
            if entity is None or entity.type not in role.accepts:
                continue
            words = [self.doc[i], *self._same_mention(self.doc[i])]
            if not any(self._is_subject(word) for word in words):
                return [Argument(entity, token.i, cues=("coref:sentence",), prior=0.75)]
        return []

    def _is_subject(self, word: Token) -> bool:
        """Whether the word, or the first of the list it stands in, is a subject."""
        while has_edge(word, self.grammar.paths.classes["conj"]) and word.head.i < word.i:
            word = word.head
        return has_edge(word, self.grammar.paths.subjects)

    def _subjects(self, start: int, end: int) -> Iterator[Token]:
        for word in self.doc[start:end]:
            if has_edge(word, self.grammar.paths.subjects) and word.lower_ not in self.pronouns | self.relatives:
                yield word
