"""Why statements were missed, on our own sentences with the bundled model."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.builders import make_gold
from sigmine.evaluation.claim import End, GoldStatement
from sigmine.evaluation.error_classes import BECAUSE
from sigmine.misses import explain_misses

PHOSPHATASE = "The lipid phosphatase that PI3K opposes inhibits AKT."
QUIET = "SOCS3 keeps JAK2 quiet."
BRAKE = "PTEN acts as a brake on AKT."
TIES = "Phosphorylation is what ties TSC2 to AKT."
EARLY = "EGF-induced phosphorylation of ERK2 was seen early, and so was phosphorylation of ERK2."
FORMS = "MEK activates ERK, of which two forms are known."
WRAPPED = "The kinase JAK2 activates\nthe transcription factor STAT3 in many cells [1]."
TEXT = "\n\n".join(("Notes", PHOSPHATASE, QUIET, BRAKE, TIES, EARLY, FORMS, WRAPPED)) + "\n"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("misses") / "paper.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def state(relation: str, subject: str | None, object: str, sentence: str) -> GoldStatement:
    """The gold says it of this sentence; an object that is named twice is the last one."""
    start = TEXT.index(sentence)
    stop = start + len(sentence)

    def make_end(words: str) -> End:
        at = TEXT.rindex(words, start, stop)
        return End(((at, at + len(words)),), words, "PROTEIN")

    ends = (None if subject is None else make_end(subject), make_end(object))
    return make_gold(relation, *ends, document="paper", sentence=(start, stop))


@pytest.mark.parametrize(
    ("statement", "because"),
    [
        (state("inhibits", "lipid phosphatase", "AKT", PHOSPHATASE), "no mention"),  # PTEN, by what it does
        (state("inhibits", "SOCS3", "JAK2", QUIET), "no trigger"),
        (state("inhibits", "PTEN", "AKT", BRAKE), "no trigger"),
        (state("phosphorylates", "AKT", "TSC2", TIES), "no path"),
        # The same kinase acts; what names no subject of its own is taken for a repetition.
        (state("phosphorylates", None, "ERK2", EARLY), "filtered"),
    ],
)
def test_each_step_of_the_reading_may_fail(paper: Path, statement: GoldStatement, because: str) -> None:
    assert explain_misses(paper, [statement]) == {statement.id: because}
    assert because in BECAUSE


def test_what_is_found_today_was_missed_for_no_reason(paper: Path) -> None:
    found = [state("activates", "JAK2", "STAT3", WRAPPED), state("activates", "MEK", "ERK", FORMS)]
    missed = state("inhibits", "SOCS3", "JAK2", QUIET)
    assert explain_misses(paper, [*found, missed]) == {missed.id: "no trigger"}


def test_an_effect_is_announced_by_any_effect_and_a_modification_by_itself_alone(paper: Path) -> None:
    effect, modification = state("inhibits", "MEK", "ERK", FORMS), state("phosphorylates", "MEK", "ERK", FORMS)
    assert explain_misses(paper, [effect, modification]) == {effect.id: "no path", modification.id: "no trigger"}


def test_another_direction_is_not_what_is_found(paper: Path) -> None:
    exchanged, unnamed = state("activates", "ERK", "MEK", FORMS), state("activates", None, "ERK", FORMS)
    assert explain_misses(paper, [exchanged, unnamed]) == {exchanged.id: "no path", unnamed.id: "no path"}


def test_without_a_miss_or_a_readable_text_there_is_no_reason(paper: Path, tmp_path: Path) -> None:
    assert explain_misses(paper, []) == {}
    broken = tmp_path / "paper.txt"
    broken.write_bytes(b"\xff\xfe\x00 AKT")
    assert explain_misses(broken, [state("inhibits", "PTEN", "AKT", BRAKE)]) == {}
