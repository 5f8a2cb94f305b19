"""Text under repair that remembers where in the file its characters stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

Run = tuple[int, int, int]
"""Start in the text, start in the file, length: characters that follow each other in both."""


_get_start = itemgetter(0)


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text and the runs of it that are the file's; characters in no run were put in.

    Runs are sorted and disjoint, and none goes on where the one before ends, in text and file.
    """

    text: str
    runs: tuple[Run, ...]

    @classmethod
    def from_file(cls, file_text: str, start: int, end: int) -> MappedText:
        """``file_text[start:end]``."""
        return cls(file_text[start:end], ((0, start, end - start),) if end > start else ())

    @classmethod
    def inserted(cls, text: str) -> MappedText:
        """Characters that the file does not have."""
        return cls(text, ())

    def cut(self, start: int, end: int | None = None) -> MappedText:
        """``text[start:end]``, where ``0 <= start <= end``; ``end`` None means to the end."""
        end = len(self.text) if end is None else end
        # Found by halving: a line of thousands of pieces is cut thousands of times.
        first = max(0, bisect_right(self.runs, start, key=_get_start) - 1)
        runs = list(self.runs[first : bisect_left(self.runs, end, lo=first, key=_get_start)])
        # Only the runs at the two ends can reach out of the span.
        if runs:
            at, place, length = runs[-1]
            if at + length > end:
                runs[-1] = (at, place, end - at)
            at, place, length = runs[0]
            if at < start:
                runs[:1] = [(start, place + start - at, at + length - start)] if at + length > start else []
        if start:
            runs = [(at - start, place, length) for at, place, length in runs]
        return MappedText(self.text[start:end], tuple(runs))

    def remove(self, spans: Iterable[tuple[int, int]]) -> MappedText:
        """The text without the given spans, which are sorted and disjoint."""
        kept: list[MappedText] = []
        position = 0
        for start, end in spans:
            kept.append(self.cut(position, start))
            position = end
        return join([*kept, self.cut(position)]) if kept else self


def _goes_on(one: Run, other: Run) -> bool:
    return one[0] + one[2] == other[0] and one[1] + one[2] == other[1]


SPACE = MappedText.inserted(" ")
LINE_END = MappedText.inserted("\n")


def join(parts: Sequence[MappedText]) -> MappedText:
    """The parts, end to end."""
    if len(parts) == 1:
        return parts[0]
    runs: list[Run] = []
    length = 0
    for part in parts:
        if part.runs:
            after = len(runs)
            runs += [(length + at, place, size) for at, place, size in part.runs] if length else part.runs
            # Only here can a run go on with the one before.
            if after and _goes_on(runs[after - 1], runs[after]):
                at, place, size = runs[after - 1]
                runs[after - 1 : after + 1] = [(at, place, size + runs[after][2])]
        length += len(part.text)
    return MappedText("".join([part.text for part in parts]), tuple(runs))


def concatenate(parts: Sequence[MappedText], between: MappedText = SPACE) -> MappedText:
    """The parts with an inserted separator between each two."""
    if len(parts) == 1:
        return parts[0]
    return join([piece for part in parts for piece in (between, part)][1:])


def strip(content: MappedText) -> MappedText:
    """Without white space at the ends, nor a soft hyphen that broke no word."""
    text = content.text
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip("\xad \t"))
    return content if start == 0 and end == len(text) else content.cut(start, max(start, end))
