"""What definite nouns stand for: "the protein", "this kinase", "the complex", "the latter"; never one of two rivals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from sigmine.grammar.compile import Grammar, Role
from sigmine.grammar.match import climb, has_edge
from sigmine.model import Entity
from sigmine.nlp.events import Argument
from sigmine.nlp.mention_index import MentionIndex, get_identity

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedText, ParsedWord

_KINDS = {
    "proteins": frozenset({"PROTEIN", "FAMILY", "COMPLEX"}),
    "complexes": frozenset({"COMPLEX"}),
    "chemicals": frozenset({"CHEMICAL"}),
}


class DefiniteResolver:
    """Finds the one molecule before a definite noun that it can mean, in the sentence or in the one before."""

    def __init__(self, doc: ParsedText, index: MentionIndex, grammar: Grammar) -> None:
        self.doc = doc
        self.index = index
        self.classes = grammar.paths.classes
        self.paths = grammar.paths
        self.kinds = {noun: kind for kind in _KINDS for noun in grammar.get_cues("reference", kind)}
        self.articles = grammar.get_cues("reference", "articles")
        self.demonstratives = grammar.get_cues("reference", "demonstratives")
        self.determiners = self.articles | self.demonstratives
        self.contrasts = grammar.get_cues("reference", "contrasts")
        self.first, self.second = grammar.get_cues("reference", "former"), grammar.get_cues("reference", "latter")

    def resolve(self, noun: ParsedWord, role: Role) -> list[Argument]:
        """The molecule that the noun stands for; empty if the noun is not definite or more than one would do."""
        one_of_two = self._find_ordinal(noun)
        if one_of_two is not None:
            return self._take_one_of_two(noun, role, one_of_two)
        kind = self.kinds.get(noun.lower_)
        article = self._find_article(noun) if kind is not None else None
        if kind is None or article is None:
            return []
        start = noun.sentence_start
        named = self._list_before(start, noun.i, _KINDS[kind])
        subjects = self._find_subjects(noun) if role.name == "theme" else set()
        rivals = [one for one in named if get_identity(one) not in subjects]
        cue, prior = "coref:sentence", 0.7
        if not named and start > 0:
            cue, prior = "coref:previous", 0.55
            before = self.doc[start - 1].sentence_start
            rivals = self._list_before(before, start, _KINDS[kind])
            if len(rivals) > 1 and article in self.demonstratives:
                rivals = self._take_subject(before, start, rivals)
        if len(rivals) != 1 or rivals[0].type not in role.accepts:
            return []
        return [Argument(rivals[0], cues=(cue,), prior=prior)]

    def resolve_bearer(self, residue: ParsedWord, role: Role) -> list[Argument]:
        """The one macromolecule named before in the sentence that can bear the residue; who acts on it cannot."""
        start, end = residue.sentence_start, residue.i
        acting = self._find_subjects(residue) | self._find_agents(residue)
        rivals = [one for one in self._list_before(start, end, _KINDS["proteins"]) if get_identity(one) not in acting]
        if len(rivals) != 1 or rivals[0].type not in role.accepts:
            return []
        return [Argument(rivals[0], cues=("coref:sentence",), prior=0.7)]

    def _find_agents(self, word: ParsedWord) -> set[str]:
        """The molecules behind "by" at one of the words that govern this one, and those before "-mediated"."""
        children = (child for governor in islice(word.ancestors, 3) for child in governor.children)
        agents = (
            child for child in children if has_edge(child, self.classes["by"]) or has_edge(child, self.classes["amod"])
        )
        return self._identify(one for agent in agents for one in agent.subtree)

    def _find_ordinal(self, noun: ParsedWord) -> int | None:
        """0 for "the former", 1 for "the latter", None for anything else."""
        for word in (noun, *noun.children):
            if word.lower_ in self.first:
                return 0
            if word.lower_ in self.second:
                return 1
        return None

    def _take_one_of_two(self, noun: ParsedWord, role: Role, number: int) -> list[Argument]:
        start = noun.sentence_start
        pair = self._list_before(start, noun.i, role.accepts) if start < noun.i else []
        cue = "coref:sentence"
        if len(pair) < 2 and start > 0:
            pair = self._list_before(self.doc[start - 1].sentence_start, start, role.accepts)
            cue = "coref:previous"
        return [Argument(pair[number], cues=(cue,), prior=0.65)] if len(pair) == 2 else []

    def _find_article(self, noun: ParsedWord) -> str | None:
        """The article or demonstrative of a noun that says nothing else of what it means."""
        article = None
        for child in noun.children:
            if child.lower_ in self.determiners:
                article = child.lower_
            elif any(has_edge(child, self.classes[name]) for name in ("name", "prep", "relcl", "acl_ed", "acl_ing")):
                return None
        return article

    def _list_before(self, start: int, end: int, types: frozenset[str]) -> list[Entity]:
        """The different molecules named in a stretch of words, in text order of their last mention."""
        found: dict[str, Entity] = {}
        for i in range(start, end):
            entity = self.index.entities.get(i)
            if entity is not None and entity.type in types and not self._is_contrasted(i):
                found.pop(get_identity(entity), None)
                found[get_identity(entity)] = entity
        return list(found.values())

    def _is_contrasted(self, i: int) -> bool:
        """Whether the name is what another is set against: "Unlike A, this kinase ..."."""
        first = self.index.extents[i][0]
        return first > 0 and self.doc[first - 1].lower_ in self.contrasts

    def _find_subjects(self, noun: ParsedWord) -> set[str]:
        """The molecules that are the subject of the clause that the noun is an object in."""
        word = noun
        while word.head.i != word.i and not word.tag_.startswith("VB"):
            word = word.head
        *_, clause = climb(word, self.paths)
        subjects = (child for child in clause.children if has_edge(child, self.paths.subjects))
        return self._identify(one for subject in subjects for one in subject.subtree if one.i < noun.i)

    def _identify(self, words: Iterable[ParsedWord]) -> set[str]:
        """The molecules that the words name."""
        return {get_identity(self.index.entities[word.i]) for word in words if word.i in self.index.entities}

    def _take_subject(self, start: int, end: int, rivals: Sequence[Entity]) -> list[Entity]:
        """Of the molecules of a sentence, the one that is its first subject, if no other stands in that."""
        for word in self.doc[start:end]:
            if has_edge(word, self.paths.subjects):
                named = {one.i: self.index.entities.get(one.i) for one in word.subtree}
                inside = [rival for rival in rivals if rival in named.values()]
                return inside if len(inside) == 1 and named[word.i] == inside[0] else []
        return []
