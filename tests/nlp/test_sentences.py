"""Sentence borders that are set before the parser: certain ones only, and none of them wrong."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from sigmine.model import Document, Section
from sigmine.nlp.sentence_signs import begins_like_sentence, find_border
from sigmine.nlp.sentences import SentenceBorders, is_wrapped
from sigmine.nlp.tokenizer import make_tokenizer

NLP = spacy.blank("en")
NLP.tokenizer = make_tokenizer(NLP)
BORDERS = SentenceBorders()


def set_borders(text: str, document: Document | None = None) -> Doc:
    doc = NLP.make_doc(text)
    doc._.document = document
    return BORDERS(doc)


def split(text: str) -> list[str]:
    """The sentences as the rules alone give them; ``|`` stands where they leave it to the parser."""
    pieces: list[str] = []
    for token in set_borders(text):
        if token.i == 0 or token.is_sent_start is True:
            pieces.append("")
        elif token.is_sent_start is None:
            pieces[-1] += "|"
        pieces[-1] += token.text_with_ws
    return [piece.strip() for piece in pieces]


@pytest.mark.parametrize(
    "sentences",
    [
        ["AKT1 is active.", "It phosphorylates TSC2."],
        ["Is AKT1 active?", "Yes, it is!", "TSC2 is not."],
        ["RHEB binds MTOR.", "mTORC1 is then active.", "p53 is not.", "eIF4E binds the cap.", "siRNA was used."],
        ["MYC is lost.", "c-Myc binds MAX.", "β-Catenin stays.", "14-3-3 proteins bind BAD.", "4E-BP1 leaves."],
        ["This was seen in S. cerevisiae and in E. coli alike.", "It was not seen in mice."],
        ["The band (Fig. 2B) is AKT1.", "See Figs. 3 and 4 for MTOR.", "Ref. 5 shows it too."],
        ["Smith et al. (2010) and Wu et al. [4] saw it, e.g. in liver, i.e. not in vitro.", "Others did not."],
        ["Wild type vs. KO mice, cf. Table 1, differ by approx. 10% (ca. 2 mg).", "No one knows why."],
        ["Dr. Jones and Prof. Li thank J. Smith and A. B. Young for help.", "The work goes on."],
        ["It needs protein kinase A.", "The other is vitamin D.", "Hepatitis B is a virus."],
        ["The value was 2.5 mg in RAW 264.7 macrophages.", "It fell."],
        ["It binds MTOR (this was shown once. It was shown again) and RPTOR.", "It stays."],
        ["It is needed for development.1,2", "Loss of it kills.3", "mTORC1 is lost."],
        ["It is needed [1].", "It is active.[2,3]", "It is a kinase. [4]", "Then it leaves."],
        ["They said “it is active.”", "“It is not,” we say."],
        ["A kinase (AKT1).", "A phosphatase (PTEN).", "Both were lost from PP.", "We measured NO.", "WT mice lived."],
        ["It binds two proteins: RHEB and MTOR; the first is a GTPase.", "The second is a kinase."],
        ["1. Methods used here.", "2. Results that we saw."],
    ],
)
def test_borders_within_a_line(sentences: list[str]) -> None:
    joiner = "\n" if sentences[0].startswith("1.") else " "
    assert split(joiner.join(sentences)) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "It was seen in yeast, worms, flies, etc. In mice it was not.",
        "It was shown by Smith et al. The finding holds.",
        "Cells were kept for 30 min. Then they were lysed.",
        "It is a kinase. (12) The other is not.",
        "It is active.The other is not.",
        "It binds mTORC2.11 These are kinases.",
        "The first is called A. The second has no name.",
    ],
)
def test_what_is_not_certain_is_left_to_the_parser(text: str) -> None:
    assert any(token.is_sent_start is None for token in set_borders(text))
    assert not any(token.is_sent_start for token in set_borders(text)[1:])


def test_sections_and_paragraphs_are_borders_and_line_ends_belong_to_the_sentence_before() -> None:
    text = "A kinase of note\nit phosphorylates AKT1\n\nand TSC2 is one of its\nsubstrates"
    sections = (Section("title", 0, 16), Section("body", 17, len(text)))
    doc = set_borders(text, Document("d", text, sections))
    assert [token.text for token in doc if token.is_sent_start] == ["A", "it", "and"]
    assert all(token.is_sent_start is False for token in doc if token.is_space)


def test_a_section_border_counts_even_in_brackets_and_after_an_abbreviation() -> None:
    text = "AKT1 (see Fig.\nand more) binds."
    doc = set_borders(text, Document("d", text, (Section("heading", 0, 14), Section("body", 15, len(text)))))
    assert [token.text for token in doc if token.is_sent_start] == ["AKT1", "and"]


def test_a_document_longer_than_the_doc() -> None:
    text = "AKT1 binds.\nTSC2 binds."
    whole = Document(
        "d", text + "\nReferences", (Section("body", 0, 11), Section("body", 12, 23), Section("references", 24, 34))
    )
    assert [token.text for token in set_borders(text, whole) if token.is_sent_start] == ["AKT1", "TSC2"]


def test_a_line_end_is_a_border_unless_lines_are_wrapped() -> None:
    assert split("A title without a stop\nThe abstract begins.") == ["A title without a stop", "The abstract begins."]
    wrapped = (
        "The kinase MTOR is a large protein that binds RPTOR and phosphorylates\n"
        "S6K1 and also 4E-BP1 when amino acids are at hand. It also takes part in\n"
        "AKT1 phosphorylation when RICTOR is bound, which is a separate complex\n"
        "MTOR is kept by evolution."
    )
    assert is_wrapped(wrapped)
    assert len(split(wrapped)) == 2
    assert not is_wrapped("One line.\nTwo lines.\nThree lines.\nFour.")


def test_unclosed_brackets_do_not_hold_sentences_together() -> None:
    assert split("AKT1 (also PKB is active. TSC2 is not.") == ["AKT1 (also PKB is active.", "TSC2 is not."]
    long = f"AKT1 ({'a word ' * 40}is active. TSC2 is not) at all."
    assert len(split(long)) == 2


def test_leading_white_space_makes_no_sentence_of_its_own() -> None:
    doc = set_borders("\n\nAKT1 binds. TSC2 binds.")
    assert [token.text for token in doc if token.is_sent_start] == ["\n\n", "TSC2"]


def test_registers_the_extension_once() -> None:
    SentenceBorders()
    assert NLP("AKT1.")._.document is None


def test_parser_keeps_the_borders() -> None:
    """A parser may neither join what was cut nor cut what was kept together."""
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    parser = nlp.add_pipe("parser")
    parser.add_label("dep")  # type: ignore[attr-defined]
    nlp.initialize()
    text = "AKT1 (Fig. 1) binds E. coli DNA, etc. In mice it does not. mTORC1 is active.\nTSC2 is not."
    before = [token.is_sent_start for token in BORDERS(nlp.make_doc(text))]
    after = [token.is_sent_start for token in parser(BORDERS(nlp.make_doc(text)))]
    assert {True, False, None} <= set(before)
    assert all(late == early for early, late in zip(before[1:], after[1:], strict=True) if early is not None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("mTORC1 is", True),
        ("The", True),
        ("(A) The", True),
        ("[12] The", False),
        ("kinase", False),
        ("(12) The", None),
        ("5 mM", None),
    ],
)
def test_first_words(text: str, answer: bool | None) -> None:
    assert begins_like_sentence(text, 0) is answer


def test_find_border_looks_only_at_what_stands_before() -> None:
    text = "AKT1 binds. TSC2 binds."
    assert find_border(text, text.index("TSC2")) is True
    assert find_border(text, text.index("binds")) is False


_WORDS = st.sampled_from(
    ["AKT1", "mTORC1", "p53", "the", "binds", "e.g.", "Fig.", "al.", "S.", "(", ")", "[1]", "[", "]", ".", ". ", "?",
     "!", "\n", "\n\n", " ", "”", "1", "2.5", ",", ":", "\u00a0"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_WORDS, max_size=40).map(" ".join), st.lists(_WORDS, max_size=40).map("".join)))
def test_never_raises_and_never_begins_a_sentence_with_white_space(text: str) -> None:
    doc = set_borders(text)
    assert not any(token.is_sent_start for token in doc if token.is_space and token.i > 0)
