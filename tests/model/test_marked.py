from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from samples import make_mention
from sigmine.assembly.evidence import make_evidence
from sigmine.model import Citation, Document, Entity, Evidence, Section
from sigmine.model.marked import Piece, cut_text, find_outside, mark_evidence

TEXT = "mTORC1 is a complex. AKT1 phosphorylates TSC2 at S939 [7]. It stops."
SENTENCE = (21, 58)


def read(text: str = TEXT, sentence: tuple[int, int] = SENTENCE, **changes: object) -> Evidence:
    document = Document("note", text, sections=(Section("body", 0, len(text)),))
    mention = make_mention(document, "phosphorylates", "AKT1", "TSC2", sites=["S939"], sentence=sentence)
    return make_evidence(replace(mention, **changes), document)


def show(pieces: tuple[Piece, ...]) -> str:
    """``[AKT1|subject]``, in one line."""
    return "".join(f"[{one.text}|{','.join(one.roles)}]" if one.roles else one.text for one in pieces)


def test_ends_trigger_and_site_are_marked_in_the_sentence_alone() -> None:
    evidence = read(citations=(Citation(54, 57, "[7]"),))
    assert show(mark_evidence(evidence)) == (
        "[AKT1|subject] [phosphorylates|trigger] [TSC2|object] at [S939|site] [[7]|citation]."
    )
    assert find_outside(evidence) == ()


def test_a_marker_that_the_reader_took_out_marks_nothing() -> None:
    evidence = read(citations=(Citation(57, 58, "6–8"),))
    assert show(mark_evidence(evidence)).endswith(" [7].")


def test_an_end_in_another_sentence_is_told_apart() -> None:
    evidence = read(subject=Entity("mTORC1", 0, 6, "COMPLEX", "mTORC1"))
    assert show(mark_evidence(evidence)).startswith("AKT1 [phosphorylates|trigger] [TSC2|object]")
    assert find_outside(evidence) == (Piece("mTORC1", ("subject",)),)


def test_no_text_gives_no_piece() -> None:
    assert cut_text("", [(0, 3, "subject")]) == ()
    assert cut_text("AKT1", []) == (Piece("AKT1"),)


def test_one_word_may_be_several_things() -> None:
    assert show(cut_text("AKT1-binding", [(0, 4, "subject"), (0, 12, "trigger"), (0, 4, "subject")])) == (
        "[AKT1|subject,trigger][-binding|trigger]"
    )


@given(
    st.text(max_size=30),
    st.integers(0, 20),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["subject", "object", "site"]))),
)
def test_pieces_join_to_the_text_and_each_character_has_the_roles_of_its_marks(
    text: str, start: int, marks: list[tuple[int, int, str]]
) -> None:
    pieces = cut_text(text, marks, start=start)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    at = start
    for piece in pieces:
        for place in range(at, at + len(piece.text)):
            assert set(piece.roles) == {role for low, high, role in marks if low <= place < high}
        assert len(set(piece.roles)) == len(piece.roles)
        at += len(piece.text)
