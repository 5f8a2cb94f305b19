"""Negation and hedging: which cue words have a trigger in their scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sigmine.grammar.compile import Grammar
from sigmine.grammar.match import has_edge

if TYPE_CHECKING:
    from spacy.tokens import Token

_LIMIT = 6  # words up the tree; further cues speak of something else
_NEAR = 8  # tokens between an adverb and its verb


class FlagFinder:
    """Finds the cues of ``rules/cues/negation.yml`` and ``hedging.yml`` that govern a trigger."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.negation = grammar.cues["negation"]
        self.hedging = grammar.cues["hedging"]
        self.classes = grammar.paths.classes

    def find_negation(self, trigger: Token) -> str | None:
        """The word that denies what the trigger says, or None."""
        if trigger.tag_.startswith("NN"):
            return self._negates_noun(trigger)
        for word in self._chain(trigger, "controlled"):
            found = self._negates_verb(word, trigger)
            if found:
                return found
        return None

    def _negates_verb(self, word: Token, trigger: Token) -> str | None:
        for child in word.children:
            lower = child.lower_
            if lower in self.negation["particles"] and (child.i < trigger.i or word.i == trigger.i):
                return lower
            if (
                lower == "longer"
                and child.i > 0
                and "no" in {child.doc[child.i - 1].lower_, *(c.lower_ for c in child.children)}
            ):
                return "no longer"
            if has_edge(child, self.grammar.paths.subjects) and any(
                c.lower_ in self.negation["determiners"] for c in child.children
            ):
                return "no"
        if word.i != trigger.i and word.lower_ in self.negation["verbs"] | self.negation["adjectives"]:
            return word.lower_
        if word.i != trigger.i and word.lower_ in self.negation["nouns"]:
            return word.lower_
        if has_edge(word, self.classes["pcomp"]) and word.head.lower_ in self.negation["prepositions"]:
            return word.head.lower_
        return None

    def _negates_noun(self, noun: Token) -> str | None:
        for child in noun.children:
            if child.lower_ in self.negation["determiners"] or has_edge(child, self.classes["neg"]):
                return child.lower_
        head = noun.head
        if has_edge(noun, self.classes["attr"]):
            return next((c.lower_ for c in head.children if c.lower_ in self.negation["particles"]), None)
        if has_edge(head, self.classes["prep"]):
            if head.lower_ in self.negation["prepositions"]:
                return head.lower_
            if head.lower_ == "of" and head.head.lower_ in self.negation["nouns"]:
                return head.head.lower_
        return None

    def find_hedge(self, trigger: Token) -> str | None:
        """The word that makes what the trigger says a possibility, or None."""
        for child in trigger.children:
            if child.lower_ in self.hedging["adjectives"] and has_edge(child, self.classes["describes"]):
                return child.lower_
        previous = trigger
        for word in self._chain(trigger, "governed"):
            for child in word.children:
                lower = child.lower_
                if lower in self.hedging["auxiliaries"] and child.tag_ == "MD":
                    return lower
                if lower in self.hedging["adverbs"] and abs(child.i - word.i) < _NEAR:
                    return lower
                if lower in self.hedging["conjunctions"]:
                    return lower
                if lower in self.hedging["adjectives"] and has_edge(child, self.classes["acomp"]):
                    return lower
            if (
                word.i != previous.i
                and word.lower_ in self.hedging["verbs"] | self.hedging["adjectives"] | self.hedging["nouns"]
            ):
                return word.lower_
            previous = word
        return None

    def is_indirect(self, trigger: Token) -> bool:
        """Whether the text calls the effect indirect, and not direct as well ("directly and indirectly")."""
        words = self.grammar.get_cues("directness", "words")
        return any(child.lower_ in words and has_edge(child, self.classes["describes"]) for child in trigger.children)

    def _chain(self, trigger: Token, name: str) -> list[Token]:
        """The trigger and the words that govern it, nearest first, as far as the class of labels allows."""
        labels = self.classes[name]
        chain = [trigger]
        word = trigger
        if trigger.tag_.startswith("NN"):
            verb = self._verb_of(trigger)
            if verb is not None:
                chain.append(verb)
                word = verb
        for _ in range(_LIMIT):
            if word.head.i == word.i or not has_edge(word, labels):
                break
            if has_edge(word, self.classes["clause"]) and self._has_own_clause(word):
                break
            word = word.head
            chain.append(word)
        return chain

    def _verb_of(self, noun: Token) -> Token | None:
        """The verb that a noun depends on, directly or behind a preposition; None where there is none near."""
        word = noun
        for _ in range(3):
            if word.head.i == word.i or not has_edge(word, self.classes["nominal"]):
                return None
            word = word.head
            if word.tag_.startswith("VB"):
                return word
        return None

    def _has_own_clause(self, word: Token) -> bool:
        return any(has_edge(child, self.grammar.paths.subjects) for child in word.children)
