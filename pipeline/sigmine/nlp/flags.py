"""Negation and hedging: which cue words have a trigger in their scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sigmine.grammar.compile import Grammar
from sigmine.grammar.match import has_edge

if TYPE_CHECKING:
    from spacy.tokens import Token

_GOVERNED = frozenset({"xcomp", "oprd", "ccomp", "acomp", "attr", "advcl", "acl", "conj", "pcomp", "prep", "parataxis"})
_CLOSE = frozenset({"xcomp", "oprd", "acomp", "attr", "conj"})
_LIMIT = 6


class FlagFinder:
    """Finds the cues of ``rules/cues/negation.yml`` and ``hedging.yml`` that govern a trigger."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.negation = grammar.cues["negation"]
        self.hedging = grammar.cues["hedging"]

    def find_negation(self, trigger: Token) -> str | None:
        """The word that denies what the trigger says, or None."""
        if trigger.tag_.startswith("NN"):
            return self._negates_noun(trigger)
        for word in self._chain(trigger, _CLOSE):
            found = self._negates_verb(word, trigger)
            if found:
                return found
        return None

    def _negates_verb(self, word: Token, trigger: Token) -> str | None:
        for child in word.children:
            lower = child.lower_
            if lower in self.negation["particles"] and (child.i < trigger.i or word.i == trigger.i):
                return lower
            if lower == "longer" and any(c.lower_ == "no" for c in (*child.children, child.nbor(-1))):
                return "no longer"
            if (
                has_edge(child, self.grammar.paths.subjects)
                and any(c.lower_ in self.negation["determiners"] for c in child.children)
            ):
                return "no"
        if word.i != trigger.i and word.lower_ in self.negation["verbs"] | self.negation["adjectives"]:
            return word.lower_
        if word.i != trigger.i and word.lower_ in self.negation["nouns"]:
            return word.lower_
        if word.dep_ == "pcomp" and word.head.lower_ in self.negation["prepositions"]:
            return word.head.lower_
        return None

    def _negates_noun(self, noun: Token) -> str | None:
        for child in noun.children:
            if child.lower_ in self.negation["determiners"] or child.dep_ == "neg":
                return child.lower_
        head = noun.head
        if head.dep_ == "prep" or head.tag_ == "IN":
            if head.lower_ in self.negation["prepositions"]:
                return head.lower_
            if head.lower_ == "of" and head.head.lower_ in self.negation["nouns"]:
                return head.head.lower_
        return None

    def find_hedge(self, trigger: Token) -> str | None:
        """The word that makes what the trigger says a possibility, or None."""
        for child in trigger.children:
            if child.lower_ in self.hedging["adjectives"] and child.dep_ in ("amod", "acomp", "advmod"):
                return child.lower_
        previous = trigger
        for word in self._chain(trigger, _GOVERNED):
            for child in word.children:
                lower = child.lower_
                if lower in self.hedging["auxiliaries"] and child.tag_ == "MD":
                    return lower
                if lower in self.hedging["adverbs"] and abs(child.i - word.i) < 8:
                    return lower
                if lower in self.hedging["conjunctions"] and child.dep_ == "mark" and lower == "whether":
                    return lower
                if lower in self.hedging["adjectives"] and child.dep_ == "acomp":
                    return lower
            if word.i != previous.i and word.lower_ in self.hedging["verbs"] | self.hedging["adjectives"] | self.hedging["nouns"]:
                return word.lower_
            previous = word
        return None

    def _chain(self, trigger: Token, labels: frozenset[str]) -> list[Token]:
        """The trigger and the words that govern it, nearest first, as far as the labels allow."""
        chain = [trigger]
        word = trigger
        if trigger.tag_.startswith("NN"):
            # a noun hangs on its verb as an object or behind a preposition
            for _ in range(3):
                if word.dep_ in ("dobj", "pobj", "prep", "attr", "nsubjpass", "nsubj") and word.head.i != word.i:
                    word = word.head
                    if word.tag_.startswith("VB"):
                        chain.append(word)
                        break
                else:
                    break
        for _ in range(_LIMIT):
            if word.dep_ not in labels or word.head.i == word.i:
                break
            if word.dep_ in ("conj", "advcl") and self._has_own_clause(word):
                break
            word = word.head
            chain.append(word)
        return chain

    def _has_own_clause(self, word: Token) -> bool:
        return any(has_edge(child, self.grammar.paths.subjects) for child in word.children)


