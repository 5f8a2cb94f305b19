"""Which citation markers belong to which statement of a sentence.

A marker speaks of the clause that it closes; one after a name, of that name; one beside its authors or a verb of
reporting ("Smith et al. [3] showed that"), of what follows. A sentence whose only marker stands at its end is covered
as a whole. A statement behind the last marker has none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from sigmine.model import Citation, Entity, RelationMention, Site, Trigger

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedText, ParsedWord

Cues = Mapping[str, frozenset[str]]

_SENTENCE_MARKS = ".!?"
_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BETWEEN_MARKERS = re.compile(r"[\s,;–-]*(?:(?:and|see|also)[\s,]+)*")
_ASIDE = re.compile(r"(?:\s?\([^()]*\))?[\s,;(\[]*")
_CLOSING = re.compile(r"[\s.,;:!?)\]”’\"']*")
_IN_WORDS = re.compile(r"[A-ZÀ-Þ][^()]*\([^()]*\)")
"""``Smith et al. (2015)``, which is part of the sentence."""
_LONGEST_LEAD_IN = 40  # characters
_WORD = re.compile(r"[^\W\d_][\w.-]*[\w.]|\w")


def find_citations(text: str, citations: Iterable[Citation], sentence: tuple[int, int]) -> Iterator[Citation]:
    """The markers of a sentence, those left behind its full stop included (``... at Ser473.[12]``), in text order."""
    start, end = sentence
    reach = end
    after_stop = text[:start].rstrip()[-1:] in tuple(_SENTENCE_MARKS)
    for citation in citations:
        if start <= citation.start < end and citation.end <= end:
            if not (after_stop and citation.start == start and text[start] in "[("):
                yield citation
        elif citation.start >= end:
            gap = text[reach : citation.start]
            if gap.strip() or "\n" in gap or (gap and text[citation.start] not in "[("):
                return
            yield citation
            reach = citation.end


def bind_citations(
    text: ParsedText, citations: Sequence[Citation], cues: Cues, mentions: Iterable[RelationMention]
) -> list[RelationMention]:
    """The mentions in their order, each with the markers of its sentence that speak of it.

    Args:
        text: the parse that the mentions were read from.
        citations: the document's, in text order.
        cues: the words of ``rules/cues/citations.yml``.
    """
    starts = [word.idx for word in text]
    bound: list[RelationMention] = []
    for sentence, group in groupby(mentions, key=lambda mention: mention.sentence):
        members = list(group)
        found = tuple(find_citations(text.text, citations, sentence))
        if found:
            words = text[bisect_left(starts, sentence[0]) : bisect_left(starts, sentence[1])]
            clauses = _Clauses(text.text, sentence, words, cues, members, found)
            members = [replace(mention, citations=clauses.find(mention)) for mention in members]
        bound += members
    return bound


@dataclass(frozen=True, slots=True)
class _Marker:
    """Markers side by side, taken as one. A raised one, cut out of the text, is where it was."""

    start: int
    end: int
    citations: tuple[Citation, ...]


class _Clauses:
    """One sentence: its markers, and what each of them covers."""

    def __init__(
        self,
        text: str,
        sentence: tuple[int, int],
        words: Sequence[ParsedWord],
        cues: Cues,
        mentions: Sequence[RelationMention],
        citations: Sequence[Citation],
    ) -> None:
        self.text = text
        self.start, self.end = sentence
        self.words = words
        self.cues = cues
        self.mentions = mentions
        self.markers = list(self._join(citations))
        self._spans: dict[int, tuple[int, int]] = {}
        self.closing = self._find_closing_markers()
        self.leading = [self._leads(marker) for marker in self.markers]

    def find(self, mention: RelationMention) -> tuple[Citation, ...]:
        """The markers that speak of the mention, in text order; empty if none does."""
        if self._covers_all:
            return self.markers[0].citations
        chosen = {i for i, leads in enumerate(self.leading) if leads and self._is_led(mention, self.markers[i])}
        chosen |= set(self._find_attached(mention))
        chosen |= set(self._find_closing(mention))
        return tuple(citation for i in sorted(chosen) for citation in self.markers[i].citations)

    @cached_property
    def _covers_all(self) -> bool:
        marker = self.markers[0]
        return len(self.markers) == 1 and _CLOSING.fullmatch(self.text[marker.end : self.end]) is not None

    def _join(self, citations: Sequence[Citation]) -> Iterator[_Marker]:
        group: list[Citation] = []
        for citation in citations:
            if group and not _BETWEEN_MARKERS.fullmatch(self.text[group[-1].end : citation.start]):
                yield self._make_marker(group)
                group = []
            group.append(citation)
        if group:
            yield self._make_marker(group)

    def _make_marker(self, group: Sequence[Citation]) -> _Marker:
        first, last = group[0], group[-1]
        raised = self.text[first.start : first.end] != first.marker and self.text[first.start : first.end].isalnum()
        start = first.end if raised else first.start
        while match := re.search(
            r"([^\s,;(\[]+|[,(\[])\s*$", self.text[max(self.start, start - _LONGEST_LEAD_IN) : start]
        ):
            if match[1].lower() not in self.cues["lead_ins"]:
                break
            start = max(self.start, start - _LONGEST_LEAD_IN) + match.start()
        words = self.text[start : first.start].split()
        # "in", "by" and brackets lead to a marker only with a word that says so ("reviewed in [3]")
        told = any(word.strip("([,.").lower() in self.cues["tellers"] for word in words)
        return _Marker(start if told else (first.end if raised else first.start), last.end, tuple(group))

    # What closes a clause

    def _find_closing_markers(self) -> list[bool]:
        """For each marker, whether a statement or another clause is complete since the closing marker before."""
        closing: list[bool] = []
        after = self.start
        for marker in self.markers:
            closes = any(after < self._measure(mention)[1] <= marker.start for mention in self.mentions) or (
                self._has_verb(after, marker.start) and not self._is_of_subject(marker)
            )
            closing.append(closes)
            after = marker.end if closes else after
        return closing

    def _measure(self, mention: RelationMention) -> tuple[int, int]:
        """From the first to the last of trigger and ends, as far as they stand in the sentence."""
        span = self._spans.get(id(mention))
        if span is None:
            parts = [mention.trigger, mention.subject, mention.object]
            here = [part for part in parts if part and self.start <= part.start < self.end]
            span = min(part.start for part in here), max(self._find_end(part) for part in here)
            self._spans[id(mention)] = span
        return span

    def _find_end(self, part: Entity | Site | Trigger) -> int:
        """The end of a part; a name that runs on into a marker ends before it."""
        inside = [marker.start for marker in self.markers if part.start < marker.start < part.end]
        return inside[0] if inside else part.end

    def _find_closing(self, mention: RelationMention) -> Iterator[int]:
        """The first marker behind the mention in its clause, and those of further circumstances ("and in mice [4]")."""
        _, high = self._measure(mention)
        for i, marker in enumerate(self.markers):
            if marker.start < high or self.leading[i] or self._is_inside(marker, high) or self._is_of_subject(marker):
                continue
            if not self._has_border(high, marker.start):
                yield i
                yield from self._find_further(i)
            return

    def _find_further(self, i: int) -> Iterator[int]:
        for k in range(i + 1, len(self.markers)):
            between = self.text[self.markers[k - 1].end : self.markers[k].start]
            words = _WORD.findall(between.lower())
            joins = words[:1] and words[0] in self.cues["joining"]
            if not joins or not any(word in self.cues["circumstances"] for word in words[1:3]):
                return
            low, high = self.markers[k - 1].end, self.markers[k].start
            if any(low <= self._measure(mention)[1] <= high for mention in self.mentions) or self._has_verb(low, high):
                return
            yield k

    def _is_inside(self, marker: _Marker, after: int) -> bool:
        """Whether the marker closes a clause in brackets that begin behind ``after``."""
        opened: list[int] = []
        for offset in range(after, marker.start):
            if self.text[offset] in "([":
                opened.append(offset)
            elif self.text[offset] in ")]" and opened:
                opened.pop()
        return bool(opened) and any(opened[0] < mention.trigger.start < marker.start for mention in self.mentions)

    def _is_of_subject(self, marker: _Marker) -> bool:
        """Whether the marker stands behind the subject of a verb that follows: "A [1], B [2] and C inhibit D"."""
        word = self._find_word_before(marker)
        if word is None:
            return False
        while word.dep_ == "conj" and word.head is not word:
            word = word.head
        return word.dep_ in _SUBJECTS and word.head.idx >= marker.end

    def _has_border(self, start: int, end: int) -> bool:
        """Whether another main clause begins there: a semicolon, or "and", "but", "whereas" with a subject and verb."""
        depth = 0
        for k, word in enumerate(self.words):
            if word.idx < start or word.idx >= end:
                continue
            depth += (word.text in "([") - (word.text in ")]")
            if depth > 0:
                continue
            if word.text == ";":
                return True
            if word.lower_ in self.cues["contrasts"] and self._has_clause(self.words[k + 1 :], word.i, end):
                return True
        return False

    def _has_clause(self, words: Sequence[ParsedWord], after: int, end: int) -> bool:
        for word in words:
            if word.idx >= end or word.text in ";,":
                return False
            if word.tag_ in _FINITE:
                verb = word.head if word.tag_ == "MD" or word.dep_ in ("aux", "auxpass") else word
                return any(child.dep_ in _SUBJECTS and after < child.i < verb.i for child in verb.children)
        return False

    def _has_verb(self, start: int, end: int) -> bool:
        return any(start <= word.idx < end and word.tag_ in _FINITE for word in self.words)

    # What stands beside a name, a site or a verb

    def _find_attached(self, mention: RelationMention) -> Iterator[int]:
        """Markers behind an end, a site or the trigger of the mention itself."""
        ends = [end for end in (mention.subject, mention.object) if end is not None]
        for i, marker in enumerate(self.markers):
            if any(self._touches(site, marker) for site in mention.sites):
                yield i
                continue
            if self.leading[i]:
                continue
            names = [] if self.closing[i] else ends
            if self._touches(mention.trigger, marker) or any(self._touches(end, marker) for end in names):
                yield i

    def _touches(self, part: Entity | Site | Trigger, marker: _Marker) -> bool:
        offset = self._find_end(part)
        if not self.start <= offset <= marker.start:
            return False
        return _ASIDE.fullmatch(self.text[offset : marker.start]) is not None

    # What leads on to what it speaks of

    def _leads(self, marker: _Marker) -> bool:
        if not any(mention.trigger.start >= marker.end for mention in self.mentions):
            return False
        written = self.text[marker.start : marker.end]
        if _IN_WORDS.fullmatch(written):
            return True
        before = [word.lower() for word in _WORD.findall(self.text[self.start : marker.start])][-2:]
        after = [word.lower() for word in _WORD.findall(self.text[marker.end : self.end])][:4]
        if not before:
            return False
        if before[-1] in self.cues["people"]:
            return True
        reports = [k for k, word in enumerate(after) if word in self.cues["reporting"]]
        if reports and (before[-1] in self.cues["works"] or after[reports[0] + 1 : reports[0] + 2] == ["that"]):
            return True
        fronted = self.text[marker.end : marker.end + 1] == "," and not self._has_verb(self.start, marker.start)
        if any(word in self.cues["reporting"] for word in before):
            return fronted or after[:1] in (["that"], ["to"])
        return fronted and not any(
            low < marker.start for low, _ in (self._measure(mention) for mention in self.mentions)
        )

    def _is_led(self, mention: RelationMention, marker: _Marker) -> bool:
        """Whether the mention stands in the clause that the marker leads on to."""
        return mention.trigger.start >= marker.end and not self._has_border(marker.end, mention.trigger.start)

    def _find_word_before(self, marker: _Marker) -> ParsedWord | None:
        before = [word for word in self.words if word.idx < marker.start and not word.is_punct]
        return before[-1] if before else None
