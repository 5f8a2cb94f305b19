"""The bundled network's layers that turn words into rows of numbers, for reading only.

The same sums as thinc's layers make, on the same weights, without what training needs. What is gained:

- a word's own row is made once for each different word of a text, not for each word;
- products of matrices go through numpy's BLAS, which has kernels for more processors than thinc's has;
- rows go through a layer in blocks that fit the processor's cache.

A text is encoded by itself, so that its rows do not depend on what is read beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc
    from thinc.api import Model

    Rows = NDArray[np.float32]

_BLOCK = 512
"""Rows that go through a layer at a time; these and what becomes of them fit the cache beside a core."""

_TINY = 1e-8  # thinc's, beside the variance


@dataclass(frozen=True, slots=True)
class Maxout:
    """A layer: products, the larger of each two or three, brought to mean 0 and variance 1, scaled.

    Goodfellow et al. 2013, "Maxout networks"; Ba et al. 2016, "Layer normalization".

    Attributes:
        weights: a column for each output of each piece, the first pieces before the second ones.
        bias: for each column.
        scale, shift: for each output.
    """

    weights: Rows
    bias: Rows
    scale: Rows
    shift: Rows

    def apply(self, rows: Rows) -> Rows:
        """One row for each of the rows given."""
        import numpy as np

        found = np.empty((len(rows), len(self.scale)), dtype=np.float32)
        products = np.empty((min(_BLOCK, len(rows)), len(self.bias)), dtype=np.float32)
        for start in range(0, len(rows), _BLOCK):
            end = min(start + _BLOCK, len(rows))
            self.apply_block(rows[start:end], products[: end - start], found[start:end])
        return found

    def apply_block(self, rows: Rows, products: Rows, found: Rows) -> None:
        """As ``apply``, into ``found``; ``products`` is room to reckon in, a row for each of the rows given.

        New room for each block would cost a third of the time of the products.
        """
        import numpy as np

        width = len(self.scale)
        np.matmul(rows, self.weights, out=products)
        products += self.bias
        np.maximum(products[:, :width], products[:, width : 2 * width], out=found)
        for start in range(2 * width, products.shape[1], width):
            np.maximum(found, products[:, start : start + width], out=found)
        share = np.full(width, 1 / width, dtype=np.float32)
        found -= (found @ share)[:, None]
        spread = np.einsum("ij,ij->i", found, found) / np.float32(width) + np.float32(_TINY)
        found *= (np.float32(1) / np.sqrt(spread))[:, None]
        found *= self.scale
        found += self.shift


@dataclass(frozen=True, slots=True)
class WindowEncoder:
    """Layers that each see a row with its two neighbours, and add to it what they make of the three."""

    layers: tuple[Maxout, ...]

    def apply(self, rows: Rows) -> Rows:
        """The rows, in which each word's tells of its surroundings too."""
        import numpy as np

        length, width = rows.shape
        # As in training, a text stands between rows of zeros that the layers change too, as many as there are layers;
        # one more on each side stays zero.
        margin = len(self.layers) + 1
        before = np.zeros((length + 2 * margin, width), dtype=np.float32)
        before[margin : margin + length] = rows
        after = np.zeros_like(before)
        block = min(_BLOCK, len(before))
        window = np.empty((block, 3, width), dtype=np.float32)
        products = np.empty((block, len(self.layers[0].bias)), dtype=np.float32)
        last = len(before) - 1
        for layer in self.layers:
            for start in range(1, last, _BLOCK):
                end = min(start + _BLOCK, last)
                part = window[: end - start]
                for place in range(3):
                    part[:, place] = before[start + place - 1 : end + place - 1]
                layer.apply_block(part.reshape(-1, 3 * width), products[: end - start], after[start:end])
                after[start:end] += before[start:end]
            before, after = after, before
        return before[margin : margin + length]


@dataclass(frozen=True, slots=True)
class WordEmbedder:
    """The rows of words by themselves: by their form, their ends and what is marked on them.

    Attributes:
        columns: the tokens' attributes that are looked at.
        tables: thinc's layer that gives a row for each word's attributes.
        mix: what is made of it.
    """

    columns: tuple[str, ...]
    tables: Model[Any, Any]
    mix: Maxout

    def apply(self, doc: Doc) -> Rows:
        """A row for each token."""
        import numpy as np

        values: Any = doc.to_array(list(self.columns)).reshape(len(doc), -1)
        kinds, places = _find_kinds(values)
        rows = np.ascontiguousarray(self.tables.predict(kinds), dtype=np.float32)
        found: Rows = self.mix.apply(rows)[places]
        return found


def _find_kinds(values: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """The different rows, and for each row the number of its like among them."""
    import numpy as np

    factors = np.array([0x9E3779B97F4A7C15 + 2 * place for place in range(values.shape[1])], dtype=np.uint64)
    keys = (values * factors).sum(axis=1, dtype=np.uint64)  # overflows, as a hash may
    _, first, places = np.unique(keys, return_index=True, return_inverse=True)
    kinds = values[first]
    if not np.array_equal(kinds[places], values):  # two kinds with one key
        return values, np.arange(len(values))
    return kinds, places


def read_maxout(model: Model[Any, Any]) -> Maxout:
    """The layer from thinc's ``maxout>>layernorm``.

    Raises:
        StopIteration: there is none in the model.
    """
    import numpy as np

    products = next(layer for layer in model.walk() if layer.name == "maxout")
    norm = next(layer for layer in model.walk() if layer.name == "layernorm")
    weights: Any = products.get_param("W")
    bias: Any = products.get_param("b")
    outputs, pieces, inputs = weights.shape
    return Maxout(
        np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, pieces * outputs)),
        np.ascontiguousarray(bias.T.reshape(-1)),
        np.ascontiguousarray(norm.get_param("G")),
        np.ascontiguousarray(norm.get_param("b")),
    )


def read_window_encoder(layers: Sequence[Model[Any, Any]]) -> WindowEncoder:
    """The encoder from thinc's residual layers, each ``expand_window>>maxout>>layernorm``."""
    return WindowEncoder(tuple(read_maxout(layer) for layer in layers))


def read_word_embedder(model: Model[Any, Any]) -> WordEmbedder:
    """The embedder from spaCy's ``MultiHashEmbed`` without vectors."""
    extract, _, tables, mix, _ = model.layers
    return WordEmbedder(tuple(extract.attrs["columns"]), tables.layers[0], read_maxout(mix))
