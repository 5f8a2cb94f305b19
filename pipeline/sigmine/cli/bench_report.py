"""The tables of ``sigmine bench``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sigmine.cli.terminal import make_table

if TYPE_CHECKING:
    from rich.table import Table

    from sigmine.benchmark.everything import Report
    from sigmine.benchmark.memory import MemoryFigures
    from sigmine.benchmark.speed import SpeedFigures
    from sigmine.benchmark.stages import StageFigures
    from sigmine.benchmark.store import Answer, LoadFigures
    from sigmine.benchmark.targets import Target
    from sigmine.benchmark.timing import Spread


def make_tables(report: Report) -> Iterator[Table]:
    """Targets first, then what they come from."""
    if targets := report.list_targets():
        yield _make_targets(targets)
    if report.speed:
        yield _make_speed(report.speed)
    if report.stages:
        yield _make_stages(report.stages)
    if report.memory:
        yield _make_memory(report.memory)
    if report.load:
        yield make_load_table(report.load)
        yield make_answer_table(report.answers)


def make_load_table(load: LoadFigures) -> Table:
    """How the store was loaded."""
    table = make_table("statements", "triples", "seconds", "making", "cpu", "statements/s", "MB on disk", "peak MB")
    table.add_row(
        f"{load.statements:,}", f"{load.triples:,}", f"{load.seconds:.1f}", f"{load.making:.1f}", f"{load.cpu:.1f}",
        f"{load.statements / load.seconds:,.0f}", f"{load.size / 1e6:,.0f}", f"{load.peak / 1e6:,.0f}",
    )  # fmt: skip
    return table


def make_answer_table(answers: tuple[Answer, ...] | list[Answer]) -> Table:
    """How it answered."""
    table = make_table("query", "rows", "median ms", "max ms")
    for answer in answers:
        table.add_row(
            answer.name, f"{answer.rows:,}", f"{answer.median * 1000:.1f}", f"{max(answer.seconds) * 1000:.1f}"
        )
    return table


def _make_targets(targets: tuple[Target, ...]) -> Table:
    table = make_table("", "measured", "min-max", "by cpu", "target", "met", title="Targets")
    for target in targets:
        unit = f" {target.unit}" if target.unit else ""
        table.add_row(
            target.name,
            f"{_format(target.measured.median)}{unit}",
            _format_range(target.measured),
            "" if target.measured.by_cpu is None else _format(target.measured.by_cpu),
            f"{'>=' if target.at_least else '<='} {_format(target.limit)}{unit}",
            "yes" if target.is_met else "no",
        )
    return table


def _make_speed(speed: SpeedFigures) -> Table:
    columns = ("words/s", "min-max", "by cpu", "documents/s", "peak MB")
    table = make_table("without loading", *columns, title="End to end, and baselines")
    for variant in (*speed.runs.values(), speed.bare, speed.single):
        words, documents = variant.make_word_rate(), variant.make_document_rate()
        peak = f"{max(variant.peaks) / 1e6:,.0f}" if variant.peaks else ""
        table.add_row(variant.name, *_format_rate(words), _format(documents.median), peak)
    return table


def _make_stages(stages: tuple[StageFigures, ...]) -> Table:
    table = make_table("one core", "words/s", "min-max", "by cpu", "documents/s", "share", title="Stages")
    whole = sum(stage.seconds.median for stage in stages)
    for stage in stages:
        share = f"{stage.seconds.median / whole:.0%}" if whole else ""
        table.add_row(stage.name, *_format_rate(stage.words), _format(stage.documents.median), share)
    return table


def _make_memory(memory: MemoryFigures) -> Table:
    what = "all processes" if memory.all_processes else "largest process; psutil is not installed"
    table = make_table("documents", "peak MB", title=f"Memory ({what})")
    for count, peak in ((memory.few, memory.few_peak), (memory.many, memory.many_peak)):
        table.add_row(f"{count:,}", f"{peak / 1e6:,.0f}")
    return table


def _format_rate(rate: Spread) -> tuple[str, str, str]:
    return _format(rate.median), _format_range(rate), "" if rate.by_cpu is None else _format(rate.by_cpu)


def _format_range(figures: Spread) -> str:
    return f"{_format(figures.least)}-{_format(figures.most)}"


def _format(number: float) -> str:
    """Three digits that count."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
