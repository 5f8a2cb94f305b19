"""The bundled parser on sentences side by side.

spaCy's parser makes one decision at a time for each Doc that it is given: with one long text, each is a product of
one row with a matrix. Where sentences begin is mostly known before (``sentences``), and such a border takes part in no
decision but the last ones of the sentence before it, which see the two words behind it. So a text is cut at these
borders, its sentences are parsed in step (``arc_eager``), each with the next two words, and the trees are the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, cast

from sigmine.nlp.arc_eager import Transitions, make_words
from sigmine.nlp.mention_candidates import LEXICON_SPANS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.pipeline import DependencyParser
    from spacy.tokens import Doc
    from thinc.types import Ints2d

    from sigmine.model import Document

    Rows = NDArray[np.float32]
    Numbers = NDArray[np.int64]

_AHEAD = 2  # words behind a sentence that its last decisions see
_NAMES = 2  # that the lexicon knows: a relation's ends
_AT_ONCE = 2048
"""Words, about, that are parsed in step: what is reckoned before takes 10 kB for each."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that are parsed together, half-open.

    Attributes:
        parsed: nothing is left to do.
        broken: the words behind it may have been cut apart in it.
        passed: not parsed, and not to be.
    """

    first: int
    last: int
    parsed: bool = False
    broken: bool = False
    passed: bool = False


class SentenceParser:
    """The spaCy component that sets heads, dependency labels and sentences as ``parser`` does, whose weights it has.

    Needs ``doc.tensor``; reads ``token.is_sent_start`` as set before.

    Attributes:
        triggers: words in lower case. Where some are given, stretches between known borders are parsed only if they
            hold one of them and two names that the lexicon knows (which is not asked in documents that come with
            entities, or where names were not looked for). Each of the others is one sentence, whose words hang on the
            first.
    """

    def __init__(self, parser: DependencyParser) -> None:
        vectors, lower, upper = parser.model.layers
        linear = vectors.layers[-1]
        self._weights: Rows = linear.get_param("W").T
        self._bias: Rows = linear.get_param("b")
        moves = [parser.moves.get_class_name(i) for i in range(parser.moves.n_moves)]
        self._transitions = Transitions(lower, upper, moves)
        self._labels = [parser.vocab.strings.add(move.partition("-")[2] or "ROOT") for move in moves]
        self._root: int = parser.vocab.strings.add("ROOT")
        self._loose: int = parser.vocab.strings.add("dep")
        self.triggers: frozenset[str] = frozenset()

    def __call__(self, doc: Doc) -> Doc:
        import numpy as np
        from spacy.pipeline._parser_internals import nonproj

        if not len(doc):
            return doc
        rows = doc.tensor @ self._weights + self._bias
        borders = doc.to_array("SENT_START").astype(np.int64)
        heads = np.zeros(len(doc), dtype=np.int64)
        labels = np.full(len(doc), self._root, dtype=np.uint64)
        pieces = _cut(borders)
        if self.triggers:
            pieces = _pass_over(doc, pieces, self.triggers)
            for piece in pieces:
                if piece.passed:
                    heads[piece.first : piece.last] = -np.arange(piece.last - piece.first)
                    labels[piece.first + 1 : piece.last] = self._loose
        while not all(piece.parsed for piece in pieces):
            for group in _group([piece for piece in pieces if not piece.parsed]):
                parsed = {piece.first: piece for piece in self._parse(group, rows, borders, heads, labels)}
                pieces = [parsed.get(piece.first, piece) for piece in pieces]
            pieces = _join_broken(pieces, heads)
        doc.from_array(["HEAD", "DEP"], cast("Ints2d", np.stack([heads.astype(np.uint64), labels], axis=1)))
        nonproj.deprojectivize(doc)
        return doc

    def _parse(
        self, pieces: Sequence[_Piece], rows: Rows, borders: Numbers, heads: Numbers, labels: NDArray[np.uint64]
    ) -> Iterator[_Piece]:
        """The pieces, parsed: their ``heads`` (as distances) and ``labels`` are set."""
        import numpy as np

        seen = [np.arange(piece.first, min(piece.last + _AHEAD, len(borders))) for piece in pieces]
        places = np.concatenate(seen)
        words = make_words(borders[places].tolist())
        lasts = list(accumulate(map(len, seen)))
        firsts = [1, *(last + 1 for last in lasts[:-1])]
        self._transitions.parse(rows[places], words, list(zip(firsts, lasts, strict=True)))
        found = np.array(words.heads)
        found = np.where(found, found - np.arange(len(found)), 0)
        named = np.array(self._labels, dtype=np.uint64)[words.moves]
        named[found == 0] = self._root
        for piece, first, last in zip(pieces, firsts, lasts, strict=True):
            end = first + piece.last - piece.first
            heads[piece.first : piece.last] = found[first:end]
            labels[piece.first : piece.last] = named[first:end]
            # A break between the two words behind is possible where nothing else decides it.
            open_ = piece.last + 1 < len(borders) and borders[piece.last + 1] == 0
            yield _Piece(piece.first, piece.last, parsed=True, broken=open_ and not any(words.heads[end : last + 1]))


def _cut(borders: Numbers) -> list[_Piece]:
    """The pieces that begin where a sentence is known to begin."""
    starts = [0, *(start for start in (borders == 1).nonzero()[0].tolist() if start), len(borders)]
    return [_Piece(first, last) for first, last in pairwise(starts)]


def _pass_over(doc: Doc, pieces: Sequence[_Piece], triggers: frozenset[str]) -> list[_Piece]:
    """The pieces, with those marked that need not be parsed."""
    triggered = [token.lower_ in triggers for token in doc]
    spans = doc.user_data.get(LEXICON_SPANS)
    document: Document | None = getattr(doc._, "document", None)
    starts = None if spans is None or (document is not None and document.mentions) else [span[0] for span in spans]

    def is_wanted(first: int, last: int) -> bool:
        named = starts is None or bisect_left(starts, last) - bisect_left(starts, first) >= _NAMES
        return named and any(triggered[first:last])

    return [
        piece if is_wanted(piece.first, piece.last) else replace(piece, parsed=True, passed=True) for piece in pieces
    ]


def _group(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    group: list[_Piece] = []
    words = 0
    for piece in pieces:
        if group and words + piece.last - piece.first > _AT_ONCE:
            yield group
            group, words = [], 0
        group.append(piece)
        words += piece.last - piece.first
    yield group


def _join_broken(pieces: Sequence[_Piece], heads: Numbers) -> list[_Piece]:
    """The pieces, with those joined, to be parsed again, where the end of one may have cut the beginning of the next.

    It has not where the next one's first word stands alone anyway.
    """
    joined: list[_Piece] = []
    broken = False
    for piece in pieces:
        if broken and not piece.passed and not _stands_alone(piece, heads):
            joined[-1] = _Piece(joined[-1].first, piece.last)
        else:
            joined.append(piece)
        broken = piece.broken
    return joined


def _stands_alone(piece: _Piece, heads: Numbers) -> bool:
    """Whether the piece's first word has no head and is none's."""
    offsets = heads[piece.first : piece.last]
    return not offsets[0] and not any(i + offset == 0 for i, offset in enumerate(offsets.tolist()) if i)
