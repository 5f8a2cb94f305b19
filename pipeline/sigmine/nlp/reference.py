"""What pronouns, "both kinases" and names in brackets stand for; never a guess between two equally good antecedents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sigmine.grammar.compile import Grammar, Role
from sigmine.grammar.match import has_edge
from sigmine.nlp.coordination import ListReader
from sigmine.nlp.events import Argument
from sigmine.nlp.mention_index import MentionIndex

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedText, ParsedWord


class ReferenceResolver:
    """Finds antecedents in one text, within the sentence or in the one before."""

    def __init__(self, doc: ParsedText, index: MentionIndex, grammar: Grammar, lists: ListReader) -> None:
        self.doc = doc
        self.index = index
        self.grammar = grammar
        self.lists = lists
        self.relatives = grammar.get_cues("nouns", "relatives")
        self.pronouns = grammar.get_cues("nouns", "pronouns")

    def resolve_pronoun(self, token: ParsedWord, role: Role) -> list[Argument]:
        """From "it", "its", "they" to the subject of the clause or sentence before, where that is one name."""
        start = token.sentence_start
        subjects = list(self._subjects(start, token.i))
        cue = "coref:sentence"
        if not subjects and start > 0:
            subjects = list(self._subjects(self.doc[start - 1].sentence_start, start))
            cue = "coref:previous"
        is_object = role.name == "theme" or has_edge(token, self.grammar.paths.classes["obj"])
        if (is_object and token.lower_ in ("it", "them")) or self._in_own_object(token):
            return self._resolve_object(token, role, start)
        if not subjects:
            return []
        antecedent = subjects[-1] if cue == "coref:sentence" else subjects[0]
        names = [word for word in self.lists.list_of(antecedent) if word.i in self.index.entities]
        plural = token.lower_ in self.grammar.get_cues("nouns", "plural_pronouns")
        if not names or (len(names) > 1) != plural:
            return []
        if token.lower_ in ("itself", "themselves"):
            cue = "coref:itself"
        return [
            Argument(entity, cues=(cue,), prior=0.8 if cue == "coref:sentence" else 0.6)
            for entity in (self.index.entities[word.i] for word in names)
            if entity.type in role.accepts
        ]

    def _in_own_object(self, token: ParsedWord) -> bool:
        """In "A removes B and so eases its activation", "its" in a direct object is hardly the clause's own subject."""
        noun = token.head
        if not has_edge(token, self.grammar.paths.classes["poss"]):
            return False
        leads_to = has_edge(noun, self.grammar.paths.classes["pobj"]) and has_edge(
            noun.head, self.grammar.paths.classes["into"]
        )
        return leads_to or has_edge(noun, self.grammar.paths.classes["obj"])

    def _resolve_object(self, token: ParsedWord, role: Role, start: int) -> list[Argument]:
        """In "A binds B and phosphorylates it", the nearest name before that is no subject of a clause."""
        for i in range(token.i - 1, start - 1, -1):
            entity = self.index.entities.get(i)
            if entity is None or entity.type not in role.accepts:
                continue
            words = [self.doc[i], *self.lists.same_mention(self.doc[i])]
            if not any(self._is_subject(word) or self._is_agent(word) for word in words):
                return [Argument(entity, cues=("coref:sentence",), prior=0.75)]
        return []

    def _is_agent(self, word: ParsedWord) -> bool:
        """Whether the word stands behind "by": in "phosphorylation of A by B raises its activity", "its" is A's."""
        return has_edge(self.lists.first_of(word).head, self.grammar.paths.classes["agent"])

    def _is_subject(self, word: ParsedWord) -> bool:
        """Whether the word, or the first of the list it stands in, is a subject."""
        return has_edge(self.lists.first_of(word), self.grammar.paths.subjects)

    def _subjects(self, start: int, end: int) -> Iterator[ParsedWord]:
        for word in self.doc[start:end]:
            if has_edge(word, self.grammar.paths.subjects) and word.lower_ not in self.pronouns | self.relatives:
                yield word

    def resolve_bracket(self, token: ParsedWord, role: Role) -> list[Argument]:
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
        return [Argument(entity, prior=0.9)] if closed else []

    def resolve_list_before(self, token: ParsedWord, role: Role) -> list[Argument]:
        """From "these" and "both kinases" to the nearest list of names before, in the sentence."""
        start = token.sentence_start
        for i in range(token.i - 1, start - 1, -1):
            if i not in self.index.entities:
                continue
            entities = [
                self.index.entities[word.i]
                for word in self.lists.list_of(self.lists.first_of(self.doc[i]))
                if start <= word.i < token.i and word.i in self.index.entities
            ]
            names = list(dict.fromkeys(entities))
            if len(names) > 1:
                cues = ("coref:list",)
                return [Argument(name, cues=cues, prior=0.7) for name in names if name.type in role.accepts]
        return []
