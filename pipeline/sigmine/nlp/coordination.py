"""Which names stand in one list: by the parse, by slashes, and by commas that lead to an "and"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sigmine.grammar.compile import Grammar
from sigmine.grammar.match import has_edge
from sigmine.nlp.mention_index import MentionIndex

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedText, ParsedWord

_BEFORE_NAME = frozenset({"DT", "JJ"})  # articles and adjectives in front of a name
_MAX_LIST = 60  # members of a list; text that goes on longer is no prose
_LONG_LIST = 30  # members of a list behind one "but not"
_LIST_LIMIT = 4  # separators between two members of a written list


class ListReader:
    """Finds the lists of one text."""

    def __init__(self, doc: ParsedText, index: MentionIndex, grammar: Grammar) -> None:
        self.doc = doc
        self.index = index
        self.grammar = grammar
        self._lists: dict[int, tuple[ParsedWord, ...]] = {}
        self.joining = grammar.get_cues("coordination", "joining")
        self.last = grammar.get_cues("coordination", "last")
        self.doubts = grammar.get_cues("hedging", "members")
        self.joiners = grammar.get_cues("negation", "joiners")
        self.exclusions = grammar.get_cues("negation", "exclusions")
        self.prepositions = grammar.get_cues("coordination", "prepositions")
        self._behind = self.exclusions | self.joiners
        self._excluding = {phrase.split()[-1] for phrase in self.exclusions} | {"not"} | self.joining

    def list_of(self, token: ParsedWord) -> tuple[ParsedWord, ...]:
        """The word and the words coordinated with it, by the parse, by slashes or as a written list, in text order."""
        if token.i not in self._lists:
            self._lists[token.i] = self._find_list(token)
        return self._lists[token.i]

    def _find_list(self, token: ParsedWord) -> tuple[ParsedWord, ...]:
        words = [token]
        queue = [token]
        while queue and len(words) < _MAX_LIST:
            word = queue.pop(0)
            members = [word, *self.same_mention(word)]
            for other in (*self.slashed(members), *self._find_next(members), *self._find_sharing(members)):
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
                        words.append(child)
                        queue.append(child)
        return tuple(sorted(words, key=lambda word: word.i))

    def first_of(self, word: ParsedWord) -> ParsedWord:
        """The first word of the list that the word stands in (by the parse); the word itself if it stands in none."""
        while has_edge(word, self.grammar.paths.classes["conj"]) and word.head.i < word.i:
            word = word.head
        return word

    def same_mention(self, token: ParsedWord) -> list[ParsedWord]:
        """The other words of the name that the word is part of; empty if it is part of none."""
        first, end = self.index.extents.get(token.i, (token.i, token.i + 1))
        return [word for word in self.doc[first:end] if word.i != token.i] if end - first > 1 else []

    def slashed(self, members: list[ParsedWord]) -> Iterator[ParsedWord]:
        """The first words of the names that a slash joins to this one: "PI3K/mTOR", whatever the parse says."""
        if members[0].i not in self.index.entities:
            return
        first, last = min(word.i for word in members), max(word.i for word in members)
        for slash, beyond in ((first - 1, first - 2), (last + 1, last + 2)):
            if 0 <= slash < len(self.doc) and self.doc[slash].lower_ == "/" and beyond in self.index.entities:
                yield self.doc[beyond]

    def _find_next(self, members: list[ParsedWord]) -> Iterator[ParsedWord]:
        """The next name of a written list ("A, B (long form), and C"), which parsers often break; none where that name
        begins a clause of its own or the run of commas has no "and" or "or"."""
        if members[0].i not in self.index.entities:
            return
        i, seen_comma = max(word.i for word in members) + 1, False
        beyond = self._skip_joiner(i)
        if beyond is not None:
            yield self.doc[beyond]
            return
        for _ in range(_LIST_LIMIT):
            if i >= len(self.doc) or self.doc[i].is_sent_start:
                return
            lower = self.doc[i].lower_
            if lower == "(":
                closing = next((k for k in range(i, min(len(self.doc), i + 15)) if self.doc[k].lower_ == ")"), None)
                if closing is None:
                    return
                i = closing + 1
            elif lower in self.joining:
                seen_comma, i = True, i + 1
            else:
                break
        else:
            return
        if not seen_comma or i not in self.index.entities:
            return
        following = [self.doc[i], *self.same_mention(self.doc[i])]
        if any(has_edge(word, self.grammar.paths.subjects) for word in following):
            return
        if self._ends_in_conjunction(i):
            yield self.doc[i]

    def _find_sharing(self, members: list[ParsedWord]) -> Iterator[ParsedWord]:
        """The name that shares the last word of this one: A in "A and B signaling", where B signaling is a name."""
        inside = {word.i for word in members}
        for word in members:
            first = word.head
            joined = has_edge(word, self.grammar.paths.classes["conj"]) and first.i not in inside
            if joined and first.head.i in inside and first.i in self.index.entities:
                yield first

    def _skip_joiner(self, i: int) -> int | None:
        """Index of the name behind a phrase that joins it to the list ("but not", "as well as"); None without one."""
        i += i < len(self.doc) and self.doc[i].lower_ == ","
        for length in (3, 2, 1):
            beyond = i + length
            if beyond + 1 < len(self.doc) and self.doc[beyond].tag_ in _BEFORE_NAME:
                beyond += 1
            phrase = self.doc.read(i, min(i + length, len(self.doc)))
            if phrase in self._behind and beyond in self.index.entities:
                words = [self.doc[beyond], *self.same_mention(self.doc[beyond])]
                return None if any(has_edge(word, self.grammar.paths.subjects) for word in words) else beyond
        return None

    def _ends_in_conjunction(self, i: int) -> bool:
        """Whether the written list that the name belongs to has an "and" or "or" before its last member."""
        start = i
        while start > 0 and (self.doc[start - 1].lower_ in self.joining or start - 1 in self.index.entities):
            start -= 1
            if self.doc[start].lower_ in self.last:
                return True
        while i < len(self.doc) and not (self.doc[i].is_sent_start and i > start):
            lower = self.doc[i].lower_
            if lower in self.last:
                return True
            if lower == "(":
                while i < len(self.doc) and self.doc[i].lower_ != ")":
                    i += 1
            elif lower != "," and i not in self.index.entities:
                return False
            i += 1
        return False

    def _is_verb(self, token: ParsedWord) -> bool:
        return (
            token.tag_.startswith("VB")
            and token.i not in self.index.entities
            and any(
                has_edge(child, self.grammar.paths.classes["obj"]) or has_edge(child, self.grammar.paths.subjects)
                for child in token.children
            )
        )

    def find_exclusion(self, token: ParsedWord) -> str | None:
        """The words that take a list's member out of it ("A but not B", "A rather than B"); None for other words.

        Behind a comma or "or" the member shares what takes the one before out: "but not A, B or C".
        """
        word = token
        for _ in range(_LONG_LIST):
            first = self._find_phrase_start(word)
            before = self.doc[first - 1].lower_ if first > 0 else ""
            if before not in self._excluding:
                return None
            phrase = self.doc.read(max(0, first - 2), first)
            if before in self.exclusions or phrase in self.exclusions:
                return phrase if phrase in self.exclusions else before
            if before == "not" and self._is_followed_by_but(word):
                return "not"
            previous = next(self._find_before(first - 2), None)
            if before not in self.joining or previous is None or token not in self.list_of(previous):
                return None
            word = previous
        return None

    def _find_phrase_start(self, word: ParsedWord) -> int:
        """Number of the first word of a name with its article, adjectives and preposition."""
        first = self._find_name_start(word)
        if first > 1 and self.doc[first - 1].lower_ in self.prepositions:
            beyond = self.doc[first - 2].lower_
            first -= beyond == "not" or beyond in self.exclusions
        return first

    def _find_name_start(self, word: ParsedWord) -> int:
        """Number of the first word of a name with its article and adjectives."""
        first = self.index.extents.get(word.i, (word.i,))[0]
        while first > 0 and self.doc[first - 1].tag_ in _BEFORE_NAME:
            first -= 1
        return first

    def _find_before(self, i: int) -> Iterator[ParsedWord]:
        """The name that ends at the word, or at the word before it ("p38 kinase")."""
        for place in (i, i - 1):
            if place in self.index.entities:
                yield self.doc[place]
                return

    def _is_followed_by_but(self, token: ParsedWord) -> bool:
        """Whether the name is the first of "not A but B"."""
        after = self.index.extents.get(token.i, (0, token.i + 1))[1]
        after += after < len(self.doc) and self.doc[after].lower_ == ","
        return after < len(self.doc) and self.doc[after].lower_ == "but" and not self.doc[after].is_sent_start

    def find_doubt(self, token: ParsedWord) -> str | None:
        """The adverb right before a list's later member ("A and possibly B"); None for other words."""
        first = self._find_name_start(token)
        before = self.doc[first - 1].lower_ if first > 1 else ""
        joined = before in self.doubts and self.doc[first - 2].lower_ in {"and", "or", ",", "but"}
        return before if joined else None
