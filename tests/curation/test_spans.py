"""Places in file and document: known where the evidence tells, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sigmine.curation import find_document_span, find_file_span
from sigmine.curation.spans import find_words
from store.builders import make_evidence

SENTENCE = "AKT1 phosphorylates TSC2, which binds RHEB."
PLAIN = make_evidence(SENTENCE, "phosphorylates", "AKT1", "TSC2", start=100)


def test_without_repairs_they_are_the_same() -> None:
    assert find_file_span(PLAIN, 105, 110) == (105, 110)
    assert find_document_span(PLAIN, 105, 110) == (105, 110)
    assert find_file_span(PLAIN, 90, 110) is None, "outside the sentence"


def test_between_places_of_the_same_distance_they_move_along() -> None:
    # The file breaks a line between subject and object, so two characters more stand there.
    moved = replace(PLAIN, source=(500, 545), source_subject=(500, 504), source_object=(522, 526))
    assert find_file_span(moved, 138, 142) == (540, 544)
    assert find_document_span(moved, 540, 544) == (138, 142)
    assert find_file_span(moved, 120, 124) == (522, 526)
    assert find_file_span(moved, 106, 110) is None, "before or after the break, nobody knows"


def test_words_are_found_as_written_first() -> None:
    evidence = make_evidence("akt1 and AKT1 bind TSC2.", "binds", "AKT1", "TSC2", start=10)
    assert find_words(evidence, "AKT1") == (19, 23)
    assert find_words(evidence, "tsc2") == (29, 33)
    assert find_words(evidence, "RHEB") is None
    assert find_words(evidence, "") is None


@given(st.integers(0, 40), st.integers(1, 10), st.lists(st.integers(0, len(SENTENCE)), max_size=3))
def test_what_is_told_is_true(start: int, length: int, breaks: list[int]) -> None:
    """A file that has a line end more at each break: a span that is told has the same words there."""
    text = "".join("\n" * breaks.count(at) + character for at, character in enumerate(SENTENCE))

    def place(at: int) -> int:
        return at + sum(one <= at for one in breaks)

    ends = [place(at - 100) for entity in (PLAIN.mention.subject, PLAIN.mention.object) if entity
            for at in (entity.start, entity.end - 1)]  # fmt: skip
    moved = replace(
        PLAIN,
        source=(place(0), place(len(SENTENCE) - 1) + 1),
        source_subject=(ends[0], ends[1] + 1),
        source_object=(ends[2], ends[3] + 1),
    )
    stop = min(start + length, len(SENTENCE))
    found = find_file_span(moved, 100 + start, 100 + stop)
    if found is not None:
        assert text[found[0] : found[1]] == SENTENCE[start:stop]
        assert find_document_span(moved, *found) == (100 + start, 100 + stop)
