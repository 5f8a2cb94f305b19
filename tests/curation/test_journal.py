"""The journal: what was decided stays, whatever happens, and nobody writes over another."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.builders import SOURCE, correct, decide_on, make_reading_of
from sigmine.curation import CurationConflict, CurationError, make_decision, open_curation
from sigmine.curation.journal import JOURNAL
from sigmine.model.ids import make_evidence_id

READINGS = [make_reading_of(number) for number in range(4)]
IDS = [make_evidence_id(one) for one in READINGS]


def decisions_of(folder: Path, curator: str = "ada") -> list[tuple[str, str, str]]:
    return [(one.evidence, one.verdict, one.curator) for one in open_curation(folder, curator=curator).decisions()]


def test_a_decision_comes_back_as_it_was_given(tmp_path: Path) -> None:
    evidence = make_reading_of(0, site="T1462", negated=True)
    given_ = decide_on(
        evidence,
        "corrected",
        error="direction",
        correction=correct(evidence, relation="inhibits", sites=("S9",), hedged=True),
        comment='über "quotes"\nand lines',
    )
    with_names = open_curation(tmp_path / "new" / "folder", curator=" ada ").decide(given_)
    assert (with_names.curator, with_names.time[-1]) == ("ada", "Z")
    (found,) = open_curation(tmp_path / "new" / "folder", curator="ben").decisions()
    assert found == with_names
    assert found.reading is not None
    assert (found.reading.rule, found.reading.negated, found.reading.sites) == (evidence.mention.rule, True, ("T1462",))
    assert (found.file, found.sha256, found.run) == (SOURCE.file, SOURCE.sha256, SOURCE.run)


def test_no_sentence_is_kept(tmp_path: Path) -> None:
    open_curation(tmp_path, curator="ada").decide(decide_on(READINGS[0]))
    assert READINGS[0].sentence not in (tmp_path / JOURNAL).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("verdict", "more", "message"),
    [
        ("approved", {}, "accepted, rejected, corrected"),
        ("rejected", {"error": "polarty"}, "polarity"),
        ("accepted", {"error": "polarity"}, "has no error"),
        ("corrected", {}, "needs one"),
        ("rejected", {"correction": correct(READINGS[0])}, "goes with"),
    ],
)
def test_what_does_not_go_together_is_refused(verdict: str, more: dict[str, object], message: str) -> None:
    with pytest.raises(CurationError, match=message):
        make_decision(READINGS[0], "x", verdict, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("site", ["Ser9", "9", "", "S09", "B7"])
def test_a_correction_names_residues(site: str) -> None:
    with pytest.raises(CurationError, match="no residue"):
        correct(READINGS[0], sites=("S9", site))


def test_a_curator_has_a_name(tmp_path: Path) -> None:
    with pytest.raises(CurationError, match="needs a name"):
        open_curation(tmp_path, curator=" ")


def test_the_newest_decision_stands_and_undo_gives_the_one_before(tmp_path: Path) -> None:
    curation = open_curation(tmp_path, curator="ada")
    curation.decide(decide_on(READINGS[0], "accepted"))
    curation.decide(decide_on(READINGS[0], "rejected", error="polarity"))
    found = curation.find(IDS[0])
    assert found is not None
    assert found.error == "polarity"
    assert curation.undo() == found
    before = curation.find(IDS[0])
    assert before is not None
    assert before.verdict == "accepted"
    assert curation.undo() == before
    assert curation.find(IDS[0]) is None
    with pytest.raises(CurationError, match="nothing to undo"):
        curation.undo()
    assert len((tmp_path / JOURNAL).read_text().splitlines()) == 4, "nothing is erased"


def test_undo_is_for_ones_own_and_may_name_a_reading(tmp_path: Path) -> None:
    ada, ben = (open_curation(tmp_path, curator=name) for name in ("ada", "ben"))
    for reading in READINGS[:2]:
        ada.decide(decide_on(reading))
    with pytest.raises(CurationError, match="ben has no decision"):
        ben.undo()
    ada.undo(IDS[0])
    assert decisions_of(tmp_path) == [(IDS[1], "accepted", "ada")]


def test_several_opinions_are_kept_and_the_last_stands(tmp_path: Path) -> None:
    ada, ben = (open_curation(tmp_path, curator=name) for name in ("ada", "ben"))
    ada.decide(decide_on(READINGS[0], "accepted"))
    ben.refresh()
    ben.decide(decide_on(READINGS[0], "rejected"))
    assert decisions_of(tmp_path) == [(IDS[0], "rejected", "ben")]
    assert [(one.curator, one.verdict) for one in ada.opinions()] == [("ada", "accepted"), ("ben", "rejected")]


def test_what_somebody_decided_meanwhile_is_a_conflict(tmp_path: Path) -> None:
    ada, ben = (open_curation(tmp_path, curator=name) for name in ("ada", "ben"))
    seen = ben.revision
    ada.decide(decide_on(READINGS[0], "accepted"))
    with pytest.raises(CurationConflict, match=r"ada has decided .*accepted") as conflict:
        ben.decide(decide_on(READINGS[0], "rejected"))
    ben.decide(decide_on(READINGS[1], "rejected"), seen=seen)  # another reading is none
    ben.decide(decide_on(READINGS[0], "rejected"), seen=conflict.value.revision)
    assert decisions_of(tmp_path) == [(IDS[1], "rejected", "ben"), (IDS[0], "rejected", "ben")]


def test_two_tabs_of_one_curator_do_not_write_over_each_other(tmp_path: Path) -> None:
    curation = open_curation(tmp_path, curator="ada")
    both_saw = curation.revision
    curation.decide(decide_on(READINGS[0], "accepted"), seen=both_saw)
    with pytest.raises(CurationConflict):
        curation.decide(decide_on(READINGS[0], "rejected"), seen=both_saw)
    seen = curation.revision
    curation.undo()
    with pytest.raises(CurationConflict, match="taken back"):
        curation.decide(decide_on(READINGS[0], "rejected"), seen=seen)
    assert decisions_of(tmp_path) == []


def test_a_request_that_is_sent_twice_is_one_decision(tmp_path: Path) -> None:
    curation = open_curation(tmp_path, curator="ada")
    seen = curation.revision
    for _ in range(2):
        curation.decide(decide_on(READINGS[0], "rejected", error="site"), seen=seen)
    assert curation.revision == seen + 1


def test_of_several_decisions_none_is_written_where_one_conflicts(tmp_path: Path) -> None:
    ada, ben = (open_curation(tmp_path, curator=name) for name in ("ada", "ben"))
    ada.decide(decide_on(READINGS[1], "accepted"))
    with pytest.raises(CurationConflict):
        ben.decide_all([decide_on(READINGS[0]), decide_on(READINGS[1], "rejected")])
    assert decisions_of(tmp_path) == [(IDS[1], "accepted", "ada")]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("decide"), st.sampled_from(["ada", "ben"]), st.integers(0, 3), st.booleans()),
        st.tuples(st.just("undo"), st.sampled_from(["ada", "ben"]), st.sampled_from([None, 0, 1, 2, 3]), st.just(True)),
        st.tuples(st.just("reopen"), st.sampled_from(["ada", "ben"]), st.just(0), st.just(True)),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_any_sequence_gives_what_plain_lists_give(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, int | None, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    open_ones = {name: open_curation(folder, curator=name) for name in ("ada", "ben")}
    model: list[tuple[str, int, str]] = []  # curator, reading, verdict
    for kind, curator, number, accept in steps:
        curation = open_ones[curator]
        if kind == "reopen":
            open_ones[curator] = open_curation(folder, curator=curator)
        elif kind == "decide" and number is not None:
            verdict = "accepted" if accept else "rejected"
            curation.refresh()
            curation.decide(decide_on(READINGS[number], verdict))  # type: ignore[arg-type]
            own = [entry for entry in model if entry[1] == number]
            if not own or own[-1] != (curator, number, verdict):
                model.append((curator, number, verdict))
        elif kind == "undo":
            own = [entry for entry in model if entry[0] == curator and number in (None, entry[1])]
            if own:
                curation.undo(None if number is None else IDS[number])
                last = max(index for index, entry in enumerate(model) if entry is own[-1] or entry == own[-1])
                del model[last]
            else:
                with pytest.raises(CurationError):
                    curation.undo(None if number is None else IDS[number])
    standing = {number: (IDS[number], verdict, curator) for curator, number, verdict in model}
    fresh = open_curation(folder, curator="eve")
    for curation in (*open_ones.values(), fresh):
        assert {(one.evidence, one.verdict, one.curator) for one in curation.decisions()} == set(standing.values())
        assert {(one.evidence, one.curator) for one in curation.opinions()} == {(IDS[n], who) for who, n, _ in model}
        assert curation.revision == fresh.revision


def test_a_crash_at_any_byte_of_the_last_line_loses_that_decision_alone(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    curation = open_curation(whole, curator="ada")
    for reading in READINGS[:2]:
        curation.decide(decide_on(reading))
    kept = (whole / JOURNAL).read_bytes()
    curation.decide(decide_on(READINGS[2], comment="π"))
    content = (whole / JOURNAL).read_bytes()
    # Opening and deciding take a while: every 19th place, and the last ones, among them the middle of a character.
    middle = content.index("π".encode()) + 1
    for size in sorted({*range(len(kept), len(content), 19), middle, len(content) - 1, len(content)}):
        folder = tmp_path / str(size)
        folder.mkdir()
        (folder / JOURNAL).write_bytes(content[:size])
        after = open_curation(folder, curator="ben")
        expected = IDS[:3] if size == len(content) else IDS[:2]
        assert [one.evidence for one in after.decisions()] == expected
        assert len(after.repairs) == (len(kept) < size < len(content))
        after.decide(decide_on(READINGS[3]))
        assert [one.evidence for one in open_curation(folder, curator="ada").decisions()] == [*expected, IDS[3]]


def test_a_line_that_is_being_written_is_not_read_and_not_cut(tmp_path: Path) -> None:
    reader = open_curation(tmp_path, curator="ada")
    reader.decide(decide_on(READINGS[0]))
    before = (tmp_path / JOURNAL).read_bytes()
    reader.decide(decide_on(READINGS[1]))
    content = (tmp_path / JOURNAL).read_bytes()
    (tmp_path / JOURNAL).write_bytes(content[: len(before) + 40])
    assert [one.evidence for one in reader.decisions()] == IDS[:1]
    with (tmp_path / JOURNAL).open("ab") as file:
        file.write(content[len(before) + 40 :])
    assert [one.evidence for one in reader.decisions()] == IDS[:2]
    assert not reader.repairs


def test_a_damaged_line_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    curation = open_curation(tmp_path, curator="ada")
    for reading in READINGS[:3]:
        curation.decide(decide_on(reading))
    lines = (tmp_path / JOURNAL).read_text().splitlines(keepends=True)
    damaged = lines[0] + '{"v": 1, "decision": 3}\n' + lines[2]
    (tmp_path / JOURNAL).write_text(damaged)
    with pytest.raises(CurationError, match=r"decisions\.jsonl:2: not a line"):
        open_curation(tmp_path, curator="ada")
    assert (tmp_path / JOURNAL).read_text() == damaged
    newer = json.dumps({**json.loads(lines[0]), "v": 2}) + "\n"
    (tmp_path / JOURNAL).write_text(newer)
    with pytest.raises(CurationError, match="another version"):
        open_curation(tmp_path, curator="ada")


def test_a_disk_that_is_full_leaves_the_journal_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sigmine.curation.journal as module

    curation = open_curation(tmp_path, curator="ada")
    curation.decide(decide_on(READINGS[0]))
    before = (tmp_path / JOURNAL).read_bytes()

    def fill(file: int, content: bytes) -> None:
        module.os.write(file, content[:20])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(module, "_write_all", fill)
        with pytest.raises(CurationError, match="No space left"):
            curation.decide(decide_on(READINGS[1]))
    assert (tmp_path / JOURNAL).read_bytes() == before
    curation.decide(decide_on(READINGS[1]))
    assert [one.evidence for one in curation.decisions()] == IDS[:2]


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    curation = open_curation(tmp_path, curator="ada")
    with pytest.raises(CurationError, match="half a character"):
        curation.decide(decide_on(READINGS[0], comment="\ud83d"))
    assert curation.decisions() == ()


WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from curation.builders import decide_on, make_reading_of
from sigmine.curation import open_curation
folder, curator, first = sys.argv[2], sys.argv[3], int(sys.argv[4])
curation = open_curation(folder, curator=curator)
for number in range(first, first + 25):
    curation.decide(decide_on(make_reading_of(number)))
    print(number, flush=True)
"""


def start_writer(folder: Path, curator: str, first: int) -> subprocess.Popen[str]:
    tests = str(Path(__file__).resolve().parents[1])
    command = [sys.executable, "-c", WRITER, tests, str(folder), curator, str(first)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    writers = [start_writer(tmp_path, name, first) for name, first in (("ada", 0), ("ben", 100))]
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    found = open_curation(tmp_path, curator="eve").decisions()
    wanted = {make_evidence_id(make_reading_of(number)) for first in (0, 100) for number in range(first, first + 25)}
    assert {one.evidence for one in found} == wanted
    assert sum(one.curator == "ada" for one in found) == 25


def test_what_a_killed_process_had_confirmed_is_there(tmp_path: Path) -> None:
    writer = start_writer(tmp_path, "ada", 0)
    assert writer.stdout is not None
    confirmed = [int(writer.stdout.readline()) for _ in range(5)]
    writer.kill()
    writer.wait(timeout=30)
    writer.stdout.close()
    curation = open_curation(tmp_path, curator="ben")
    found = {one.evidence for one in curation.decisions()}
    assert {make_evidence_id(make_reading_of(number)) for number in confirmed} <= found
    curation.decide(decide_on(make_reading_of(200)))
    assert len(open_curation(tmp_path, curator="ada").decisions()) == len(found) + 1


def test_threads_share_one(tmp_path: Path) -> None:
    curation = open_curation(tmp_path, curator="ada")
    failures: list[Exception] = []

    def decide(first: int) -> None:
        try:
            for number in range(first, first + 10):
                curation.decide(decide_on(make_reading_of(number)))
        except CurationError as error:
            failures.append(error)

    threads = [threading.Thread(target=decide, args=(first,)) for first in (0, 10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(curation.decisions()) == 30


def test_a_journal_that_was_replaced_is_read_anew(tmp_path: Path) -> None:
    one, other = open_curation(tmp_path / "a", curator="ada"), open_curation(tmp_path / "b", curator="ada")
    one.decide(decide_on(READINGS[0]))
    other.decide_all([decide_on(reading) for reading in READINGS])
    (tmp_path / "b" / JOURNAL).replace(tmp_path / "a" / JOURNAL)
    assert [found.evidence for found in one.decisions()] == IDS
    (tmp_path / "a" / JOURNAL).unlink()
    assert (one.decisions(), one.revision) == ((), 0)
