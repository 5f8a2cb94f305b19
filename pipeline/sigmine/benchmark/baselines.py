"""The language model without sigmine, each way in a process of its own, as ``sigmine run`` is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sigmine.analysis import spare_loaded
from sigmine.benchmark.abstracts import make_abstract
from sigmine.benchmark.program import Programs
from sigmine.benchmark.timing import Timing, measure

BARE, SINGLE = "bare spaCy pipeline", "scispaCy, one by one"


def measure_baseline(programs: Programs, name: str, warm_up: range, numbers: range) -> Timing:
    """What the model takes for abstracts, after loading and reading some others.

    Args:
        name: ``BARE``, which takes texts in batches, or ``SINGLE``, which takes one at a time and finds abbreviations.

    Raises:
        SigmineError: if it fails.
    """
    code = f"from sigmine.benchmark.baselines import print_timing; print_timing({name!r}, {warm_up!r}, {numbers!r})"
    return Timing(*map(float, programs.run(["-c", code], one_core=True).output.split()))


def print_timing(name: str, warm_up: range, numbers: range) -> None:
    """Writes seconds by the clock and of the processor to standard output."""
    with spare_loaded():
        read = _LOADERS[name]()
    read([make_abstract(number)[1] for number in warm_up])
    texts = [make_abstract(number)[1] for number in numbers]
    timing = measure(lambda: read(texts))
    print(timing.clock, timing.cpu)  # noqa: T201


def _load_bare() -> Callable[[Sequence[str]], None]:
    from sigmine.nlp.bare import analyse_in_batches, load_bare_pipeline

    nlp = load_bare_pipeline()
    return lambda texts: _take_all(analyse_in_batches(nlp, texts))


def _load_single() -> Callable[[Sequence[str]], None]:
    from sigmine.nlp.bare import analyse_one_by_one, load_bare_pipeline

    nlp = load_bare_pipeline(abbreviations=True)
    return lambda texts: _take_all(analyse_one_by_one(nlp, texts))


def _take_all(docs: Iterable[Any]) -> None:
    for _ in docs:
        pass


_LOADERS: Mapping[str, Callable[[], Callable[[Sequence[str]], None]]] = MappingProxyType(
    {BARE: _load_bare, SINGLE: _load_single}
)
