"""Text under repair that remembers where in the file its characters stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from sigmine.model import OffsetMap

Run = tuple[int, int, int]
"""Start in the text, start in the file, length: characters that follow each other in both."""


_get_start = itemgetter(0)


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text and the runs of it that are the file's; characters in no run were put in. Runs are sorted and disjoint."""

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
        runs: list[Run] = []
        # Found by halving: a line of thousands of pieces is cut thousands of times.
        first_run = max(0, bisect_right(self.runs, start, key=_get_start) - 1)
        for index in range(first_run, len(self.runs)):
            at, place, length = self.runs[index]
            if at >= end:
                break
            first, last = max(at, start), min(at + length, end)
            if first < last:
                runs.append((first - start, place + first - at, last - first))
        return MappedText(self.text[start:end], tuple(runs))

    def remove(self, spans: Iterable[tuple[int, int]]) -> MappedText:
        """The text without the given spans, which are sorted and disjoint."""
        kept: list[MappedText] = []
        position = 0
        for start, end in spans:
            kept.append(self.cut(position, start))
            position = end
        return join([*kept, self.cut(position)]) if kept else self


SPACE = MappedText.inserted(" ")
LINE_END = MappedText.inserted("\n")


def join(parts: Sequence[MappedText]) -> MappedText:
    """The parts, end to end."""
    if len(parts) == 1:
        return parts[0]
    runs: list[Run] = []
    length = 0
    for part in parts:
        for at, place, size in part.runs:
            start = length + at
            if runs and runs[-1][0] + runs[-1][2] == start and runs[-1][1] + runs[-1][2] == place:
                runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + size)
            else:
                runs.append((start, place, size))
        length += len(part.text)
    return MappedText("".join([part.text for part in parts]), tuple(runs))


def concatenate(parts: Sequence[MappedText], between: MappedText = SPACE) -> MappedText:
    """The parts with an inserted separator between each two."""
    return join([piece for part in parts for piece in (between, part)][1:] or [MappedText("", ())])


def strip(content: MappedText) -> MappedText:
    """Without white space at the ends, nor a soft hyphen that broke no word."""
    text = content.text
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip("\xad \t"))
    return content if start == 0 and end == len(text) else content.cut(start, max(start, end))


def make_offsets(content: MappedText) -> OffsetMap:
    """The way from the finished text back to the file."""
    return OffsetMap(content.runs)
