"""How an author stands to a statement: fact, somebody's finding, hypothesis, open question, or a rejected view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sigmine.grammar.compile import Grammar
from sigmine.grammar.match import has_edge
from sigmine.model import RelationMention
from sigmine.model.statement import ClaimType
from sigmine.nlp.mention_index import MentionIndex, get_identity
from sigmine.nlp.rejection import RejectionFinder

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedText, ParsedWord

_LIMIT = 12  # words up the tree
_BREAKS = frozenset({";", ":"})


@dataclass(frozen=True, slots=True)
class Said:
    """A mention whose type is to be found: the number of its trigger's main word, and the word of doubt, if any."""

    mention: RelationMention
    anchor: int
    hedge: str | None


class ClaimTyper:
    """Tells the claim type of each mention by the words that govern it and by the clause that opposes it.

    The cue words are those of ``rules/cues/claims.yml``. Where several types fit, the one that takes most away wins:
    contradicted, open question, hypothesised, attributed, asserted. The types follow what annotation of biomedical
    events calls knowledge type and source (Thompson et al. 2011, doi:10.1186/1471-2105-12-393), as far as they matter
    to who takes a statement into a database.
    """

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.cues = grammar.cues["claims"]
        self.classes = grammar.paths.classes
        self.subjects = grammar.paths.subjects
        self.views = self.cues["views"] | self.cues["reporting_nouns"]
        self.rejections = RejectionFinder(grammar)

    def find_types(self, text: ParsedText, index: MentionIndex, said: Sequence[Said]) -> list[RelationMention]:
        """The mentions in their order, each with its type and the word that tells it among the cues."""
        sentences: dict[tuple[int, int], list[Said]] = defaultdict(list)
        for one in said:
            sentences[one.mention.sentence].append(one)
        typed = []
        for one in said:
            is_other = index.make_test_of_others(one.mention.subject, one.mention.object)
            chain = list(self._climb(text[one.anchor]))
            rejection = self.rejections.find(
                chain, is_other, self._find_opposites(sentences[one.mention.sentence], one)
            )
            kind, word = ("contradicted", rejection) if rejection else self._find_type(chain, one.hedge)
            cues = (*one.mention.cues, f"{kind}:{word}") if word else one.mention.cues
            typed.append(replace(one.mention, claim=kind, cues=cues))
        return typed

    def _find_type(self, chain: Sequence[ParsedWord], hedge: str | None) -> tuple[ClaimType, str | None]:
        question = self._find_question(chain, hedge)
        if question:
            return "open_question", None if question == hedge else question
        if hedge:
            return "hypothesised", None
        source = self._find_source(chain)
        return ("attributed", source) if source else ("asserted", None)

    def _find_opposites(self, said: Sequence[Said], one: Said) -> frozenset[int]:
        """The triggers of what cannot be so as well: the same ends with the other sign, or the denial."""
        return frozenset(other.anchor for other in said if self._excludes(one.mention, other.mention))

    def _excludes(self, one: RelationMention, other: RelationMention) -> bool:
        if get_identity(one.object) != get_identity(other.object):
            return False
        if one.subject is None or other.subject is None or get_identity(one.subject) != get_identity(other.subject):
            return False
        if one.relation == other.relation:
            return one.negated != other.negated
        relations = self.grammar.relations
        return one.negated == other.negated and relations[one.relation].sign * relations[other.relation].sign < 0

    def _climb(self, trigger: ParsedWord) -> Iterator[ParsedWord]:
        """The trigger and all words above it in its sentence, nearest first, not past a semicolon or colon."""
        yield trigger
        word = trigger
        for _ in range(_LIMIT):
            head = self._find_noun_of(word) or word.head
            low, high = min(word.i, head.i), max(word.i, head.i)
            if head is word or any(between.text in _BREAKS for between in word.doc[low:high]):
                return
            word = head
            yield word

    def _find_noun_of(self, verb: ParsedWord) -> ParsedWord | None:
        """The noun right before "that", whose content the clause is, whatever the parse hangs the clause on."""
        for child in verb.children:
            if child.lower_ == "that" and has_edge(child, self.classes["mark"]) and child.i > verb.sentence_start:
                noun = verb.doc[child.i - 1]
                return noun if noun.lower_ in self.views and not noun.tag_.startswith("VB") else None
        return None

    # Somebody's finding

    def _find_source(self, chain: Sequence[ParsedWord]) -> str | None:
        """The word that makes it a report: "Smith et al. showed that", "the finding that", "as reported by"."""
        for child in chain[0].children:
            if child.lower_ in self.cues["reporting_adjectives"] and has_edge(child, self.classes["describes"]):
                return child.lower_
            if child.lower_ in self.cues["reporting_verbs"] and has_edge(child, self.classes["acl_ed"]):
                return child.lower_
        if any(has_edge(chain[0], self.classes[name]) for name in ("name", "appos", "amod")):
            return None  # "the mTOR inhibitor A was shown to", "phosphorylated B": what it is, not what was shown
        aside = False
        for word, head in pairwise(chain):
            if self._is_presumed(word):
                return None
            if self._is_reported(word, head, aside):
                return head.lower_
            aside = aside or has_edge(word, self.classes["relcl"])
        return self._find_source_beside(chain)

    def _is_presumed(self, word: ParsedWord) -> bool:
        """ "(describes) how A activates B"."""
        return any(child.lower_ in self.cues["presumed"] and child.i < word.i for child in word.children)

    def _is_reported(self, word: ParsedWord, head: ParsedWord, aside: bool) -> bool:
        """Whether ``head`` reports ``word``; ``aside``: the trigger stands in a relative clause of a molecule there."""
        if head.tag_.startswith("NN"):
            if self._find_noun_of(word) is head:
                return head.lower_ in self.cues["reporting_nouns"]
            return head.lower_ in self.cues["reports_of"] and has_edge(word, self.classes["reported_by_noun"])
        if head.lower_ not in self.cues["reporting_verbs"]:
            return False
        if self._has_mark(word, "that") or (self._has_mark(word, "to") and has_edge(word, self.classes["conj"])):
            return True  # "that A binds B was shown"; "A was shown to bind B and to activate it"
        if not has_edge(word, self.classes["reported"]):
            return False
        if word.i < head.i and self._has_content_behind(head):
            return False  # "inhibition of A was shown to stop B" is about B
        if has_edge(word, self.classes["advcl"]):
            return not aside and has_edge(head, self.classes["auxpass"])
        return not (aside and has_edge(word, self.subjects))

    def _has_mark(self, verb: ParsedWord, mark: str) -> bool:
        return any(child.lower_ == mark and child.i < verb.i for child in verb.children)

    def _has_content_behind(self, verb: ParsedWord) -> bool:
        return any(child.i > verb.i and has_edge(child, self.classes["reported"]) for child in verb.children)

    def _find_source_beside(self, chain: Sequence[ParsedWord]) -> str | None:
        for word in chain:
            for child in word.children:
                lower = child.lower_
                if lower in self.cues["sources"] or lower in self.cues["reporting_adverbs"]:
                    return lower
                if lower in self.cues["reporting_verbs"] and self._is_as_reported(child):
                    return lower
                if lower in self.cues["in"] and any(self._is_somebodys(noun) for noun in child.children):
                    return next(noun.lower_ for noun in child.children if self._is_somebodys(noun))
            if has_edge(word, self.classes["relcl"]):
                return None
        return None

    def _is_as_reported(self, verb: ParsedWord) -> bool:
        """ "As shown by Smith"."""
        return any(
            child.lower_ == "as" and child.i < verb.i and has_edge(child, self.classes["mark"])
            for child in verb.children
        )

    def _is_somebodys(self, noun: ParsedWord) -> bool:
        """ "(in) a study by Smith", "our experiments", "the hands of Jones"."""
        if noun.lower_ not in self.cues["works"]:
            return False
        return any(
            has_edge(child, self.classes["prep"]) or child.tag_ == "PRP$" or child.tag_ == "POS"
            for child in noun.children
        )

    # An open question

    def _find_question(self, chain: Sequence[ParsedWord], hedge: str | None) -> str | None:
        if hedge in self.cues["questions"]:
            return hedge
        for k, word in enumerate(chain):
            if word.lower_ in self.cues["open_verbs"] and self._has_settler(word):
                return word.lower_
            if hedge and k and word.lower_ in self.cues["aims"] and word.tag_.startswith("VB"):
                return word.lower_
            marks = {child.lower_ for child in word.children if child.i < word.i}
            if "whether" in marks and hedge:
                return "whether"
            if hedge == "if" and "if" in marks:
                near = {other.lower_ for above in chain[k + 1 : k + 3] for other in (above, *above.children)}
                return "if" if near & self.cues["askers"] else None
        return None

    def _has_settler(self, verb: ParsedWord) -> bool:
        """ "Remains to be shown", "awaits confirmation"."""
        below = (word for child in verb.children for word in (child, *child.children))
        return any(word.lower_ in self.cues["settlers"] and word.i > verb.i for word in below)
