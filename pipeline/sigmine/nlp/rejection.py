"""Views that a passage brings up and rejects: "the claim that A inhibits B was refuted", "contrary to the belief"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from sigmine.grammar.compile import Grammar
from sigmine.grammar.match import has_edge
from sigmine.grammar.match_layout import find_sentence_end

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedWord

_LONGEST_PHRASE = 6  # words of "turned out to be an artefact"
_BREAKS = frozenset({";", ":"})
Test = Callable[[int], bool]


class RejectionFinder:
    """Finds what takes a statement back; the cue words are those of ``rules/cues/claims.yml``."""

    def __init__(self, grammar: Grammar) -> None:
        self.cues = grammar.cues["claims"]
        self.negation = grammar.cues["negation"]
        self.classes = grammar.paths.classes
        self.subjects = grammar.paths.subjects
        self.views = self.cues["views"] | self.cues["reporting_nouns"]
        self.claiming = self.cues["reporting_verbs"] | self.cues["believing"]

    def find(self, chain: Sequence[ParsedWord], is_other: Test, opposites: frozenset[int]) -> str | None:
        """The word or phrase that rejects what the trigger says, or None.

        Args:
            chain: the trigger's main word and the words above it, nearest first.
            is_other: whether a word (by its number) names a molecule other than the statement's ends; a clause about
                these opposes nothing.
            opposites: main words of the triggers of statements that exclude this one.
        """
        claimed = False
        views: list[bool] = []  # for each word, whether it or one below presents what the trigger says as a view
        for k, word in enumerate(chain):
            is_view = k > 0 and word.lower_ in self.views
            if not word.tag_.startswith("VB") and (is_view or k == 0):
                found = self._find_rejection_of(word, is_view)
                if found:
                    return found
            claimed = claimed or is_view or (k > 0 and word.lower_ in self.claiming and word.tag_.startswith("VB"))
            views.append(claimed)
        for k, word, yields in self._find_opposing(chain):
            found = self._find_denial(word, chain, is_other, views[k], opposites if views[k] and yields else None)
            if found:
                return found
        return self._find_denial_after(chain[-1], is_other) if claimed else None

    def _find_rejection_of(self, view: ParsedWord, is_view: bool) -> str | None:
        """What rejects a view: "contrary to the (view) that", "the (claim) that ... was refuted"; or an event."""
        if is_view:
            phrase = self._find_phrase_before(view)
            if phrase:
                return phrase
        verb = view.head
        if has_edge(verb, self.classes["prep"]):
            verb = verb.head
            if verb.tag_.startswith("NN") and verb.lower_ in self.views:
                return self._find_rejection_of(verb, is_view)
        if not verb.tag_.startswith("VB"):
            return None
        inside = {word.i for word in view.subtree}
        clause = [word for word in verb.subtree if word.i not in inside]
        return self._find_refuting(clause, failures=is_view)  # "no binding was detected" denies, it rejects no view

    def _find_phrase_before(self, noun: ParsedWord) -> str | None:
        first = min((child.i for child in noun.children if child.i < noun.i), default=noun.i)
        for length in (3, 2, 1):
            if first - length >= noun.sentence_start:
                phrase = noun.doc.read(first - length, first)
                if phrase in self.cues["against"]:
                    return phrase
        return None

    def _find_opposing(self, chain: Sequence[ParsedWord]) -> Iterator[tuple[int, ParsedWord, bool]]:
        """Verbs of clauses that a contrast sets against the trigger's clause, nearest first.

        With each, the place in the chain of the verb that it is set against, and whether that one's clause gives way:
        the one with "although", the one before "but".
        """
        for k, word in enumerate(chain):
            if has_edge(word, self.classes["advcl"]) and self._has_contrast(word):
                yield k, word.head, True
            for child in word.children:
                joined = has_edge(child, self.classes["conj"]) and child.i > word.i
                aside = has_edge(child, self.classes["advcl"]) and self._has_contrast(child)
                if child not in chain and ((joined and self._is_contrasted(word, child)) or aside):
                    yield k, child, joined
            if has_edge(word, self.classes["relcl"]):
                return

    def _has_contrast(self, verb: ParsedWord) -> bool:
        return any(child.lower_ in self.cues["contrasts"] and child.i < verb.i for child in verb.children)

    def _is_contrasted(self, first: ParsedWord, second: ParsedWord) -> bool:
        return any(word.lower_ in self.cues["contrasts"] for word in first.doc[first.i + 1 : second.i])

    def _find_denial(
        self,
        verb: ParsedWord,
        chain: Sequence[ParsedWord],
        is_other: Test,
        is_view: bool,
        opposites: frozenset[int] | None,
    ) -> str | None:
        """The word by which a clause takes back what the other one says; None if it speaks of something else.

        ``opposites`` is None where the other one is no view that gives way.
        """
        apart = next((word for word in chain if word.head is verb), None)
        inside = set() if apart is None else {word.i for word in apart.subtree}
        clause = [word for word in verb.subtree if word.i not in inside]
        opposing = next((word.lower_ for word in clause if word.i in (opposites or ())), None)
        if opposing:
            return opposing
        if any(is_other(word.i) for word in clause):
            return None
        return self._find_refuting(clause, failures=is_view) or (
            None if opposites is None else self._denies_same(clause)
        )

    def _find_denial_after(self, word: ParsedWord, is_other: Test) -> str | None:
        """The same behind a semicolon or in the next sentence: "This was later refuted"."""
        doc, stop = word.doc, find_sentence_end(word)
        start = next((one.i + 1 for one in doc[word.i : stop] if one.text in _BREAKS), stop)
        if start >= len(doc) or doc[start].lower_ not in self.cues["pointers"]:
            return None
        end = find_sentence_end(doc[start])
        return None if any(is_other(i) for i in range(start, end)) else self._find_refuting(doc[start:end])

    def _find_refuting(self, words: Sequence[ParsedWord], *, failures: bool = True) -> str | None:
        return next((found for word in words if (found := self._refutes(word, failures))), None)

    def _refutes(self, word: ParsedWord, failures: bool) -> str | None:
        """ "Refuted", "was not confirmed", "is wrong", "called into question"; not "was not refuted"."""
        lower, doc = word.lower_, word.doc
        if lower in self.cues["refuting"] and word.tag_.startswith("VB") and not has_edge(word, self.classes["amod"]):
            return None if self._is_denied(word) else lower
        end = min(find_sentence_end(word), word.i + _LONGEST_PHRASE)
        for stop in range(word.i + 2, end + 1):
            if doc.read(word.i, stop) in self.cues["refuting_phrases"]:
                return doc.read(word.i, stop)
        if lower in self.cues["wrong"]:
            return None if self._is_denied(word) else lower
        return f"not {lower}" if failures and lower in self.cues["failing"] and self._is_denied(word) else None

    def _is_denied(self, word: ParsedWord) -> bool:
        """ "Not", "no longer", "could not be", "neither observation was", "failed to"."""
        if word.i >= word.sentence_start + 2 and word.doc.read(word.i - 2, word.i) in self.negation["phrases"]:
            return True
        governors = [word, word.head] if has_edge(word, self.classes["controlled"]) else [word]
        if any(one.lower_ in self.negation["verbs"] | self.negation["adjectives"] for one in governors):
            return True
        children = [child for one in governors for child in one.children]
        subjects = [child for child in children if has_edge(child, self.subjects)]
        return any(child.lower_ in self.negation["particles"] for child in children) or any(
            one.lower_ in self.negation["determiners"] for subject in subjects for one in (subject, *subject.children)
        )

    def _denies_same(self, clause: Sequence[ParsedWord]) -> str | None:
        """ "Saw no such effect", "did not find this"."""
        if not {word.lower_ for word in clause} & self.cues["same"]:
            return None
        denying = self.negation["particles"] | self.negation["determiners"] | self.negation["verbs"]
        return next((word.lower_ for word in clause if word.lower_ in denying), None)
