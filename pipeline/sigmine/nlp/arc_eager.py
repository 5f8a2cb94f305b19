"""The bundled parser's decisions: which word is whose head, sentence by sentence in step.

Nivre and Nivre 2003's transition system with what spaCy adds to it (Honnibal and Johnson 2015, "An improved
non-monotonic transition system for dependency parsing"), for reading only, by spaCy's weights. What is gained: what a
decision sees is kept in plain lists; where one decision alone is possible, nothing is reckoned; and the scores of all
sentences that wait for one come from a few calls of numpy.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from struct import Struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

_PLACES = 13
"""Words that a decision sees."""

_SHIFT, _REDUCE, _ARC, _BREAK = 1, 2, 4, 8
"""Kinds of decisions, to be added up to those that are possible; ``_ARC`` is an arc to the left or the right."""

_LEFT, _RIGHT = 16, 32

_KINDS = {"S": _SHIFT, "D": _REDUCE, "L": _LEFT, "R": _RIGHT, "B": _BREAK}

_NONE = 3
"""Places on the bottom of the stack that hold no word; so many words of a stack are seen."""

_pack = Struct(f"{_PLACES}q").pack

Decider = Generator[int, int, None]
"""Yields the kinds of decisions that are possible, is sent the number of the one to take."""


@dataclass(slots=True)
class Words:
    """The words that are parsed together, numbered from 1, with what is decided on them so far.

    Attributes:
        heads: the number of each word's head; 0 for none.
        moves: the number of the decision that gave it.
        starts: 1 for a word that begins a sentence, -1 for one that cannot, 0 for others.
        left, right: the child of each word on this side that was found last; 0 for none.
        siblings: for each child the one that was found before it on the same side of the same head.
        seen: what each decision sees for which a sentence waits: ``_PLACES`` numbers, packed.
    """

    heads: list[int]
    moves: list[int]
    starts: list[int]
    left: list[int]
    right: list[int]
    siblings: list[int]
    seen: list[bytes]


def make_words(starts: Sequence[int]) -> Words:
    """Words on which nothing is decided.

    Args:
        starts: 1 for a word that begins a sentence, -1 for one that cannot, 0 for others.
    """
    size = len(starts) + 1
    return Words([0] * size, [0] * size, [0, *starts], [0] * size, [0] * size, [0] * size, [])


class Transitions:
    """spaCy's parser, by its weights.

    Args:
        lower: spaCy's layer of what each word contributes at each of the places that a decision sees.
        upper: the layer of the scores.
        moves: the names of the decisions, in the order of the scores.

    Raises:
        ValueError: if a decision sees more or fewer words.
    """

    def __init__(self, lower: Any, upper: Any, moves: Sequence[str]) -> None:
        import numpy as np

        weights, bias, pad = (lower.get_param(name) for name in ("W", "b", "pad"))
        if len(weights) != _PLACES:
            raise ValueError(f"the parser sees {len(weights)} words at a time; {_PLACES} are known")
        self._half = weights.shape[1]
        # The outputs' first pieces before their second ones; each decision's sum holds the bias once.
        self._weights: Rows = np.ascontiguousarray(weights.transpose(3, 0, 2, 1).reshape(weights.shape[3], -1))
        self._pad: Rows = np.ascontiguousarray(pad[0].transpose(0, 2, 1).reshape(-1))
        self._bias: Rows = np.ascontiguousarray(bias.T.reshape(-1))
        self._scores: Rows = np.ascontiguousarray(upper.get_param("W").T)
        self._scores_bias: Rows = upper.get_param("b")
        self._kinds = [_KINDS[move.partition("-")[0]] for move in moves]
        arcs = [_ARC if kind in (_LEFT, _RIGHT) else kind for kind in self._kinds]
        self._possible: Rows = np.array(
            [[0 if kinds & kind else -np.inf for kind in arcs] for kinds in range(16)], dtype=np.float32
        )
        self._possible += self._scores_bias
        # What to do where one kind alone is possible and has one decision; -1 elsewhere.
        self._single = [self._kinds.index(kinds) if kinds in (_SHIFT, _REDUCE) else -1 for kinds in range(16)]
        self._offsets = np.arange(_PLACES)

    def parse(self, rows: Rows, words: Words, pieces: Sequence[tuple[int, int]]) -> None:
        """Decides on heads of the words.

        Args:
            rows: of the words, in the order of their numbers.
            words: what is decided is written there.
            pieces: the first and last number of words that are parsed with each other, not with those beside them.
        """
        import numpy as np

        table = self._make_table(rows)
        room = np.empty((len(pieces), _PLACES, 2 * self._half), dtype=np.float32)
        deciders = (self._decide(words, *piece) for piece in pieces)
        waiting = [(decider, kinds) for decider in deciders if (kinds := next(decider))]
        while waiting:
            moves = self._choose(table, words.seen, [kinds for _, kinds in waiting], room)
            words.seen.clear()
            waiting = [
                (decider, kinds)
                for (decider, _), move in zip(waiting, moves, strict=True)
                if (kinds := decider.send(move))
            ]

    def _make_table(self, rows: Rows) -> Rows:
        """What each word contributes at each place, a row for each of them; the first ones are those of no word."""
        import numpy as np

        table = np.empty((len(rows) + 1, len(self._pad)), dtype=np.float32)
        table[0] = self._pad
        np.matmul(rows, self._weights, out=table[1:])
        return table.reshape(-1, 2 * self._half)

    def _choose(self, table: Rows, seen: list[bytes], kinds: list[int], room: Rows) -> list[int]:
        """The decisions with the best scores of those that are possible.

        ``room`` is there to reckon in: to take memory for each step would cost as much as the sums.
        """
        import numpy as np

        places = np.frombuffer(b"".join(seen), dtype=np.int64).reshape(-1, _PLACES) * _PLACES
        places += self._offsets
        shares = room[: len(places)]
        table.take(places, axis=0, mode="clip", out=shares)
        sums = np.einsum("ijk->ik", shares)
        sums += self._bias
        scores = np.maximum(sums[:, : self._half], sums[:, self._half :]) @ self._scores
        scores += self._possible[kinds]
        found: list[int] = scores.argmax(axis=1).tolist()
        return found

    def _decide(self, words: Words, first: int, last: int) -> Decider:
        """Parses the words from the first to the last; yields 0 at the end."""
        kinds_of, single = self._kinds, self._single
        heads, starts = words.heads, words.starts
        left, right, siblings = words.left, words.right, words.siblings
        begun: set[int] = set()  # where the parser let a sentence begin
        fixed: set[int] = set()  # words that were put back once
        stack = [0] * _NONE  # with what is seen where there is none
        back: list[int] = []  # words that were put back, the next one last
        following = first
        while len(stack) > _NONE or back or following <= last:
            s0 = stack[-1]
            b0 = back[-1] if back else following if following <= last else 0
            after = following + (not back)
            b1 = back[-2] if len(back) > 1 else after if after <= last else 0
            kinds = _find_kinds(len(stack) - _NONE, b0, b1, starts[b0] or b0 in begun, b0 in fixed)
            if b1 == b0 + 1 and b0 and not starts[b1] and b1 not in begun:
                kinds |= _BREAK
            move = single[kinds]
            if move < 0:
                words.seen.append(_see(words, stack, b0, b1))
                move = yield kinds
            kind = kinds_of[move]
            if kind == _BREAK:
                begun.add(b1)
            elif kind in (_SHIFT, _RIGHT):
                if kind == _RIGHT:
                    siblings[b0], right[s0] = right[s0], b0
                    heads[b0], words.moves[b0] = s0, move
                stack.append(b0)
                if back:
                    back.pop()
                else:
                    following += 1
            else:
                stack.pop()
                if kind == _LEFT:
                    if heads[s0]:  # s0 is the last child that the word below it has on this side
                        right[heads[s0]] = siblings[s0]
                    siblings[s0], left[b0] = left[b0], s0
                    heads[s0], words.moves[s0] = b0, move
                    fixed.discard(b0)
                elif not heads[s0] and len(stack) > _NONE:
                    back.append(s0)
                    fixed.add(s0)
        yield 0


def _see(words: Words, stack: list[int], b0: int, b1: int) -> bytes:
    """The words that a decision sees: the next two, the stack's last three, and the nearest children of these."""
    left, right, siblings = words.left, words.right, words.siblings
    s1, s0 = stack[-2], stack[-1]
    r0, l1, r1 = right[s0], left[s1], right[s1]
    children = (left[s0], r0, left[b0], siblings[r0], l1, siblings[l1], r1, siblings[r1])
    return _pack(b0, b1, s0, s1, stack[-3], *children)


def _find_kinds(depth: int, b0: int, b1: int, start: int, fixed: bool) -> int:
    """The kinds of decisions that are possible, but for a break.

    Args:
        depth: how many words are on the stack.
        b0, b1: the next words; 0 for none.
        start: whether a sentence begins with the next word: 1 if it does, -1 if it cannot.
        fixed: whether the next word was put back once.
    """
    if not depth:
        return _SHIFT
    if not b0 or start == 1:
        return _REDUCE
    kinds = _ARC
    if b1 and not fixed:
        kinds |= _SHIFT
    if depth > 1 or start != -1:
        kinds |= _REDUCE
    return kinds
