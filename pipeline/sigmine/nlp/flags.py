"""Negation and hedging: which cue words have a trigger in their scope."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sigmine.grammar.compile import Grammar
from sigmine.grammar.match import has_edge
from sigmine.grammar.match_layout import find_sentence_end

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedWord

_LIMIT = 6  # words up the tree; further cues speak of something else
_FINITE = frozenset({"VBZ", "VBD", "VBP"})
_NEAR = 8  # tokens between an adverb and its verb


class FlagFinder:
    """Finds the cues of ``rules/cues/negation.yml`` and ``hedging.yml`` that govern a trigger."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.negation = grammar.cues["negation"]
        self.hedging = grammar.cues["hedging"]
        self.classes = grammar.paths.classes

    def find_negation(self, trigger: ParsedWord, words: str) -> str | None:
        """The word that denies what the trigger says, or None.

        Args:
            trigger: the trigger's main word.
            words: all of the trigger, in lower case ("no effect").
        """
        if words in self.negation["inherent"]:
            denied = self._has_particle(trigger) or self._has_particle(trigger.head)
            return None if denied else words  # "not insensitive" denies nothing
        found = self._find_doubt(trigger)
        if found:
            return found
        if trigger.tag_.startswith("NN"):
            return self._negates_noun(trigger)
        found = self._find_before(trigger)
        if found:
            return found
        for word in self._chain(trigger, "controlled"):
            if word.lower_ in self.negation["verbs"] and self._has_particle(word):
                return None  # "does not fail to"
            found = self._negates_verb(word, trigger)
            if found:
                return found
        return None

    def _find_doubt(self, trigger: ParsedWord) -> str | None:
        """In "it is unlikely that A binds B", the word that both denies and doubts."""
        for word in self._chain(trigger, "governed"):
            for one in (word, *word.children):
                if one.lower_ in self.negation["doubts"] and one.i < trigger.i:
                    return one.lower_
        return None

    def _find_before(self, trigger: ParsedWord) -> str | None:
        """A phrase such as "no longer" right before the verb, whatever the parse makes of it."""
        i = trigger.i
        while i > 2 and trigger.doc[i - 1].tag_ in ("RB", "VBZ", "VBP", "VBD") and trigger.i - i < 2:
            if trigger.doc.read(i - 2, i) in self.negation["phrases"]:
                break
            i -= 1
        before = trigger.doc.read(max(0, i - 2), i)
        return before if before in self.negation["phrases"] else None

    def _negates_verb(self, word: ParsedWord, trigger: ParsedWord) -> str | None:
        for child in word.children:
            lower = child.lower_
            in_scope = child.i < trigger.i or word.i == trigger.i
            if lower in self.negation["particles"] and in_scope and not self._is_contrast(child, word):
                return lower
            if has_edge(child, self.classes["prep"]) and self._is_denied_circumstance(child):
                return f"{lower} no"
            if has_edge(child, self.grammar.paths.subjects) and self._has_determiner(child):
                return "no"
        if has_edge(word, self.classes["conj"]) and any(
            other.lower_ == "nor" and other.i < word.i for other in word.head.children
        ):
            return "nor"
        if word.i != trigger.i and word.lower_ in self.negation["verbs"] | self.negation["adjectives"]:
            return word.lower_
        if has_edge(word, self.classes["pcomp"]) and word.head.lower_ in self.negation["prepositions"]:
            return word.head.lower_
        head = word.head
        if head.i != word.i and has_edge(word, self.classes["noun_clause"]):
            if head.lower_ in self.negation["nouns"]:
                return head.lower_
            if head.lower_ in self.negation["evidence"] and self._has_determiner(head):
                return f"no {head.lower_}"
        return word.lower_ if word.i != trigger.i and word.lower_ in self.negation["nouns"] else None

    def _is_contrast(self, particle: ParsedWord, verb: ParsedWord) -> bool:
        """Whether "not" denies nothing of the verb: "not only", "whether or not", "activates not A but B"."""
        doc, i = particle.doc, particle.i
        if i + 1 < len(doc) and doc[i + 1].lower_ in self.negation["only"]:
            return True
        if i > 0 and doc[i - 1].lower_ == "or":
            return True
        end = find_sentence_end(particle)
        return i > verb.i and any(word.lower_ == "but" for word in doc[i + 1 : end])

    def _is_denied_circumstance(self, preposition: ParsedWord) -> bool:
        """ "At no time", "by no means", "under no circumstances"."""
        return any(
            word.lower_ in self.negation["circumstances"] and self._has_determiner(word)
            for word in preposition.children
        )

    def _has_particle(self, word: ParsedWord) -> bool:
        return any(child.lower_ in self.negation["particles"] for child in word.children)

    def _has_determiner(self, noun: ParsedWord) -> bool:
        return any(child.lower_ in self.negation["determiners"] for child in noun.children)

    def _negates_noun(self, noun: ParsedWord) -> str | None:
        for child in noun.children:
            if child.lower_ in self.negation["determiners"] or has_edge(child, self.classes["neg"]):
                return child.lower_
        head = noun.head
        if has_edge(noun, self.classes["attr"]):
            return next((c.lower_ for c in head.children if c.lower_ in self.negation["particles"]), None)
        if has_edge(head, self.classes["prep"]):
            if head.lower_ in self.negation["prepositions"]:
                return head.lower_
            governor = head.head
            if governor.lower_ in self.negation["nouns"]:
                return governor.lower_
            if governor.lower_ in self.negation["evidence"] and self._has_determiner(governor):
                return f"no {governor.lower_}"
        verb = self._verb_of(noun)
        if verb is not None and verb.lower_ in self.negation["existence"]:
            return next(
                (c.lower_ for c in verb.children if c.lower_ in self.negation["particles"]),
                verb.head.lower_ if verb.head.lower_ in self.negation["verbs"] else None,
            )
        return None

    def find_hedge(self, trigger: ParsedWord) -> str | None:
        """The word that makes what the trigger says a possibility, or None."""
        if trigger.lower_ in self.hedging["inherent"]:
            return trigger.lower_
        for child in trigger.children:
            if child.lower_ in self.hedging["adjectives"] and has_edge(child, self.classes["describes"]):
                return child.lower_
        previous = trigger
        for word in self._find_governors(trigger):
            found = self._hedges_verb(word, trigger)
            if found:
                return found
            if word.i != previous.i and (
                word.lower_ in self.hedging["verbs"] | self.hedging["adjectives"] | self.hedging["nouns"]
                or (word.lower_ in self.hedging["aims"] and trigger.tag_.startswith("NN"))
            ):
                return None if self._has_determiner(word) else word.lower_  # "no question that"
            previous = word
        if trigger.tag_.startswith("NN"):
            verb = self._verb_of(trigger)
            found = self._find_doubtful_predicate(verb) if verb is not None else None
            if found:
                return found
        end = find_sentence_end(trigger)
        while end > trigger.i and trigger.doc[end - 1].text.isspace():
            end -= 1  # the break behind a line's last sentence is a word to spaCy
        return "?" if trigger.doc[end - 1].lower_ == "?" else None

    def _find_governors(self, trigger: ParsedWord) -> list[ParsedWord]:
        """The words whose doubt reaches the trigger.

        An event named by a noun inside a clause ("we suggest that the phosphorylation of A stops B") is taken for
        granted there: only words that speak of the event itself can doubt it ("we suggest phosphorylation of A").
        """
        if not trigger.tag_.startswith("NN") or self._is_predicate(trigger):
            return self._chain(trigger, "governed")
        verb = self._verb_of(trigger)
        if verb is None:
            return self._chain(trigger, "governed")
        if verb.lower_ in self.negation["existence"]:
            return [trigger, *self._chain(verb, "governed")]
        near = trigger.head is verb or trigger.head.head is verb
        if near and verb.lower_ in self.hedging["verbs"] | self.hedging["aims"]:
            return [trigger, verb]
        governor = trigger.head.head if has_edge(trigger.head, self.classes["prep"]) else trigger
        return [trigger, governor] if governor.tag_.startswith("NN") else [trigger]

    def _is_predicate(self, noun: ParsedWord) -> bool:
        """Whether the noun is what is said of the subject: "A may be an inhibitor of B", "act as an inhibitor"."""
        word = noun
        while has_edge(word, self.classes["conj"]):
            word = word.head
        return any(has_edge(word, self.classes[name]) for name in ("attr", "appos")) or has_edge(
            word.head, self.classes["as"]
        )

    def _hedges_verb(self, word: ParsedWord, trigger: ParsedWord) -> str | None:
        for child in word.children:
            lower = child.lower_
            if lower in self.hedging["auxiliaries"] and child.tag_ == "MD" and not self._is_of_detection(word, trigger):
                return lower
            if lower in self.hedging["adverbs"] and abs(child.i - word.i) < _NEAR:
                return lower
            if lower in self.hedging["conjunctions"] and (
                child.i == 0 or child.doc[child.i - 1].lower_ not in ("only", "even")
            ):
                return lower
            if lower in self.hedging["nouns"] and has_edge(child, self.grammar.paths.subjects) and word.i != trigger.i:
                return lower
        if word.lower_ in self.hedging["exclusions"] and self._has_particle(word) and word.i != trigger.i:
            return f"not {word.lower_}"
        return self._find_doubtful_predicate(word)

    def _find_doubtful_predicate(self, verb: ParsedWord) -> str | None:
        """The word of doubt in "is possible", "is a matter of debate"; "is likely to bind" doubts the binding."""
        for child in verb.children:
            if has_edge(child, self.classes["acomp"]):
                leads_on = any(has_edge(below, self.classes["controlled"]) for below in child.children)
                if child.lower_ in self.hedging["adjectives"] and not leads_on:
                    return child.lower_
            elif has_edge(child, self.classes["prep"]) or has_edge(child, self.classes["attr"]):
                inner = self._find_noun_in(child)
                if inner:
                    return inner
        return None

    def _is_of_detection(self, verb: ParsedWord, trigger: ParsedWord) -> bool:
        """In "phosphorylation of A could not be detected", "could" speaks of the detecting."""
        return verb.i != trigger.i and verb.lower_ in self.negation["existence"]

    def _find_noun_in(self, phrase: ParsedWord) -> str | None:
        """A noun of doubt in "in all likelihood", "a matter of debate"."""
        for child in phrase.children:
            if child.lower_ in self.hedging["phrase_nouns"]:
                return child.lower_
            if has_edge(child, self.classes["of"]):
                return next((c.lower_ for c in child.children if c.lower_ in self.hedging["phrase_nouns"]), None)
        return None

    def is_indirect(self, trigger: ParsedWord) -> bool:
        """Whether the text calls the effect indirect, and not direct as well ("directly and indirectly")."""
        words = self.grammar.get_cues("directness", "words")
        return any(child.lower_ in words and has_edge(child, self.classes["describes"]) for child in trigger.children)

    def _chain(self, trigger: ParsedWord, name: str) -> list[ParsedWord]:
        """The trigger and the words that govern it, nearest first, as far as the class of labels allows."""
        return list(self._climb(trigger, name))

    def _climb(self, trigger: ParsedWord, name: str) -> Iterator[ParsedWord]:
        labels = self.classes[name]
        yield trigger
        word = trigger
        if trigger.tag_.startswith("NN"):
            verb = self._verb_of(trigger)
            if verb is not None:
                yield verb
                word = verb
        for _ in range(_LIMIT):
            if word.head.i == word.i or not has_edge(word, labels):
                break
            if has_edge(word, self.classes["clause"]) and self._has_own_clause(word) and not self._repeats_that(word):
                break
            if has_edge(word, self.classes["conj"]) and self._is_set_apart(word):
                break
            word = word.head
            yield word

    def _is_set_apart(self, verb: ParsedWord) -> bool:
        """Whether a flag of the verb before does not reach this one: "does not bind A but activates B"."""
        head = verb.head
        if any(word.lower_ in self.negation["breaks"] for word in verb.doc[head.i + 1 : verb.i]):
            return True
        return verb.tag_ in _FINITE and head.tag_ not in _FINITE

    def _verb_of(self, noun: ParsedWord) -> ParsedWord | None:
        """The verb that a noun depends on, directly or behind a preposition; None where there is none near."""
        word = noun
        for _ in range(3):
            if word.head.i == word.i or not has_edge(word, self.classes["nominal"]):
                return None
            word = word.head
            if word.tag_.startswith("VB"):
                return word
        return None

    def _repeats_that(self, word: ParsedWord) -> bool:
        """ "(We propose that A binds B and) that C binds D": under the same verb as the clause before."""
        return any(child.lower_ == "that" and has_edge(child, self.classes["mark"]) for child in word.children)

    def _has_own_clause(self, word: ParsedWord) -> bool:
        return any(has_edge(child, self.grammar.paths.subjects) for child in word.children)
