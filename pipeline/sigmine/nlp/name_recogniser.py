"""The bundled recogniser's decisions, made for all words of a text at once.

What spaCy's recogniser decides at a word depends, outside an entity, on this word alone; within one, on its first word
and on the word before, too. So what begins where is reckoned for all words in one product, and then, for all that may
begin, word by word where it ends. spaCy goes from word to word, with products of one row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sigmine.nlp.encoder import (
    Maxout,
    WindowEncoder,
    WordEmbedder,
    read_maxout,
    read_window_encoder,
    read_word_embedder,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.pipeline import EntityRecognizer
    from spacy.tokens import Doc

    Rows = NDArray[np.float32]
    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_PLACES = 3  # the words that a decision sees: this one, the entity's first, the one before within the entity


class NameRecogniser:
    """The spaCy component that sets ``doc.ents`` as ``ner`` does, whose weights it has.

    Needs ``doc.tensor``, sentences, and the marks of ``sigmine_hints``.

    Raises:
        ValueError: the recogniser is not built as the bundled one.
    """

    def __init__(self, ner: EntityRecognizer) -> None:
        self._ner: Callable[[Doc], Doc] = ner
        vectors, lower, upper = ner.model.layers
        encode, _, linear = vectors.layers
        mixed, windows = encode.layers
        embed, mix = mixed.layers
        self._embed: WordEmbedder = read_word_embedder(embed.layers[0])
        self._mix: Maxout = read_maxout(mix)
        self._encode: WindowEncoder = read_window_encoder(windows.layers[0].layers)
        self._weights: Rows = linear.get_param("W").T
        self._bias: Rows = linear.get_param("b")
        self._decide = Decisions(lower, upper, [ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)])

    def __call__(self, doc: Doc) -> Doc:
        import numpy as np
        from spacy.tokens import Span

        marks = doc.to_array(["ENT_IOB", "SENT_START", "IS_SPACE", "ENT_KB_ID"]).reshape(-1, 4)
        if marks[:, 0].any():
            return self._ner(doc)  # entities set before: spaCy's keeps them
        if not len(doc):
            return doc
        rows = self._mix.apply(np.concatenate([self._embed.apply(doc), doc.tensor], axis=1))
        rows = self._encode.apply(rows) @ self._weights + self._bias
        ends = np.append(marks[1:, 1] == 1, True)
        found = self._decide.find_entities(rows, ends, marks[:, 2].astype(bool))
        ids = marks[:, 3].tolist()
        doc.set_ents([Span(doc, first, last, label=label, kb_id=ids[first]) for first, last, label in found])
        return doc


class Decisions:
    """What spaCy's transition system of entities (begin, in, last, unit, out) does, by the same weights.

    Args:
        lower: spaCy's layer of what each word contributes at each of the places that a decision sees.
        upper: the layer of the scores.
        moves: the names of the decisions, in the order of the scores.

    Raises:
        ValueError: if a decision sees more or fewer words.
    """

    def __init__(self, lower: Any, upper: Any, moves: list[str]) -> None:
        import numpy as np

        weights, bias, pad = (lower.get_param(name) for name in ("W", "b", "pad"))
        if len(weights) != _PLACES:
            raise ValueError(f"the recogniser sees {len(weights)} words at a time; {_PLACES} are known")
        width = weights.shape[1]
        self._places: list[Rows] = [np.ascontiguousarray(_lay(part).reshape(-1, part.shape[-1]).T) for part in weights]
        self._pads: list[Rows] = [part.T.reshape(-1) for part in pad[0]]
        self._bias: Rows = bias.T.reshape(-1)
        self._width = width
        self._scores: Rows = np.ascontiguousarray(upper.get_param("W").T)
        self._scores_bias: Rows = upper.get_param("b")
        self._moves = [tuple(move.partition("-")[::2]) for move in moves]
        numbers = {move: number for number, move in enumerate(self._moves)}
        self._begins = np.array([kind == "B" for kind, _ in self._moves])
        self._names = np.array([kind in ("B", "U") for kind, _ in self._moves])
        self._never = np.array(
            [kind not in ("B", "U", "O") or move == "U-" for (kind, _), move in zip(self._moves, moves, strict=True)]
        )
        self._inside = np.array([numbers.get(("I", label), 0) for _, label in self._moves])
        self._last = np.array([numbers.get(("L", label), 0) for _, label in self._moves])

    def find_entities(self, rows: Rows, ends: Flags, spaces: Flags) -> list[tuple[int, int, str]]:
        """Half-open words and the label of each entity, in the order of the text.

        Args:
            rows: of the words.
            ends: whether a word is the last of its sentence; the text's last word is.
            spaces: whether a word is white space, with which no entity begins.
        """
        import numpy as np

        here = rows @ self._places[0]
        scores = self._score(here + (self._pads[1] + self._pads[2]))
        scores[:, self._never] = -np.inf
        scores[np.ix_(ends, self._begins)] = -np.inf
        scores[np.ix_(spaces, self._names)] = -np.inf
        moves = scores.argmax(axis=1)
        starts = self._begins[moves].nonzero()[0]
        lasts = dict(
            zip(starts.tolist(), self._find_lasts(rows, here, starts, moves[starts], ends).tolist(), strict=True)
        )
        found = []
        end = 0
        for first in self._names[moves].nonzero()[0].tolist():
            if first >= end:
                end = lasts.get(first, first) + 1
                found.append((first, end, self._moves[moves[first]][1]))
        return found

    def _find_lasts(self, rows: Rows, here: Rows, starts: Numbers, moves: Numbers, ends: Flags) -> Numbers:
        """The last word of what begins at each of the starts with each of the moves, were it to begin there."""
        import numpy as np

        lasts = starts + 1
        going = np.arange(len(starts))
        firsts = rows[starts] @ self._places[1]
        while len(going):
            words = lasts[going]
            scores = self._score(here[words] + firsts[going] + rows[words - 1] @ self._places[2])
            each = np.arange(len(going))
            goes_on = scores[each, self._inside[moves[going]]] >= scores[each, self._last[moves[going]]]
            going = going[goes_on & ~ends[words]]
            lasts[going] += 1
        return lasts

    def _score(self, sums: Rows) -> Rows:
        import numpy as np

        sums += self._bias
        found: Rows = np.maximum(sums[:, : self._width], sums[:, self._width :]) @ self._scores
        found += self._scores_bias
        return found


def _lay(part: Any) -> Any:
    """Outputs and their two pieces, the first pieces before the second ones."""
    return part.transpose(1, 0, 2)
