"""Relations in our own sentences, beyond the examples of the rule files: given entities, sections, flags, spans."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from sigmine.grammar import get_grammar
from sigmine.grammar.parsed_text import ParsedText
from sigmine.model import Document, Entity, Section
from sigmine.nlp.flags import FlagFinder
from sigmine.nlp.long_sentences import MAX_SENTENCE_WORDS, find_long_sentences
from sigmine.nlp.pipeline import load_pipeline, make_doc, read_relations


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def read(nlp: Language, text: str, *given: tuple[str, str]) -> list[str]:
    """``A relation B [sites] flags`` for each relation; ``given`` are names with their types."""
    mentions = tuple(
        Entity(name, text.index(name), text.index(name) + len(name), kind, name, source="given") for name, kind in given
    )
    return describe(nlp(make_doc(nlp, Document("d", text, mentions=mentions))))


def describe(doc: Doc) -> list[str]:
    rows = []
    for mention in doc._.relations:
        subject = mention.subject.text if mention.subject else "?"
        flags = "".join(mark for mark, on in ((" not", mention.negated), (" maybe", mention.hedged)) if on)
        sites = "".join(f" {site.name}" for site in mention.sites)
        rows.append(f"{subject} {mention.relation} {mention.object.text}{sites}{flags}")
    return rows


def test_a_residue_given_as_a_chemical_is_a_residue(nlp: Language) -> None:
    text = "AKT1 phosphorylates TSC2 at Ser939."
    assert read(nlp, text, ("Ser939", "CHEMICAL"), ("AKT1", "PROTEIN"), ("TSC2", "PROTEIN")) == [
        "AKT1 phosphorylates TSC2 S939"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "AKT1 and TSC2 were measured in liver and muscle.",
        "Growth factor-activated kinase 2 is expressed in the heart next to TSC2.",
        "An anti-phospho antibody was used for AKT1 and TSC2.",
        "The AKT1 gene lies beside the TSC2 gene.",
    ],
)
def test_names_side_by_side_are_no_relation(nlp: Language, text: str) -> None:
    assert not [row for row in read(nlp, text) if not row.startswith("?")]


def test_a_statement_in_a_section_that_is_not_read_is_left_out(nlp: Language) -> None:
    text = "PTEN inhibits AKT1.\nMEK1 phosphorylates ERK2."
    sections = (Section("back_matter", 0, 19), Section("body", 20, len(text)))
    [(_, doc)] = read_relations(nlp, [Document("d", text, sections=sections)])
    assert describe(doc) == ["MEK1 phosphorylates ERK2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AKT1 fails to phosphorylate RAF1.", "AKT1 phosphorylates RAF1 not"),
        ("AKT1 cannot phosphorylate RAF1.", "AKT1 phosphorylates RAF1 not"),
        ("AKT1 is thought to phosphorylate RAF1.", "AKT1 phosphorylates RAF1 maybe"),
        ("These data suggest that AKT1 phosphorylates RAF1.", "AKT1 phosphorylates RAF1 maybe"),
        ("We show that AKT1 phosphorylates RAF1.", "AKT1 phosphorylates RAF1"),
        ("AKT1 is known to phosphorylate RAF1.", "AKT1 phosphorylates RAF1"),
    ],
)
def test_flags(nlp: Language, text: str, expected: str) -> None:
    assert read(nlp, text) == [expected]


def test_spans_are_characters_of_the_text(nlp: Language) -> None:
    text = "Later, AKT1 (protein kinase B) phosphorylates TSC2 at Ser939 and Thr1462."
    for mention in nlp(make_doc(nlp, Document("d", text)))._.relations:
        for end in (mention.subject, mention.object, mention.trigger, *mention.sites):
            assert end is None or text[end.start : end.end] == end.text


def test_a_text_without_molecules_has_no_relations(nlp: Language) -> None:
    assert read(nlp, "It was phosphorylated.") == []
    assert read(nlp, "") == []


@pytest.mark.parametrize(
    "text",
    [
        "activation of inhibition of " * 100 + "AKT1.",
        "AKT1 inhibitors reduced mTOR inhibitors activated " * 40 + ".",
        "AKT1, " * 200 + "and TSC2 phosphorylate RAF1 at Ser338.",
        "AKT1 (" * 60 + "phosphorylates TSC2",
        "JAK2 but not " + "AKT1, " * 900 + "or TSC2 activates RAF1.",
        "AKT1 and " * 1500 + "TSC2 inhibit the kinase.",
    ],
)
def test_text_that_is_no_prose_is_read_to_its_end(nlp: Language, text: str) -> None:
    assert isinstance(read(nlp, text), list)


def test_longer_as_the_first_word_denies_nothing(nlp: Language) -> None:
    doc = Doc(
        nlp.vocab,
        words=["Longer", "AKT1", "phosphorylates", "TSC2"],
        tags=["RBR", "NN", "VBZ", "NN"],
        deps=["advmod", "nsubj", "ROOT", "dobj"],
        heads=[2, 2, 2, 2],
    )
    assert FlagFinder(get_grammar()).find_negation(ParsedText(doc)[2], "phosphorylates") is None


PROTEINS = ("AKT1", "TSC2", "MTOR", "SRC", "STAT3", "JAK2", "EGFR", "PTEN", "IL6", "MYC", "FOS", "RAF1")
GIVEN = dict.fromkeys(PROTEINS, "PROTEIN") | {"drugine": "CHEMICAL", "TORC9": "COMPLEX"}


def read_given(nlp: Language, text: str) -> set[str]:
    """What is read where our own names are given."""
    return set(read(nlp, text, *((name, kind) for name, kind in GIVEN.items() if name in text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what a list's last name is said to have, all have
        (
            "JAK2 suppresses the MYC, FOS and IL6 expression.",
            {f"JAK2 decreases_amount {x}" for x in ("MYC", "FOS", "IL6")},
        ),
        # a class of drugs and its members
        ("EGFR inhibitors such as drugine block SRC.", {"drugine inhibits EGFR", "drugine inhibits SRC"}),
        ("EGFR inhibitors block SRC.", {"EGFR activates SRC"}),
        # loss, wherever the clause hangs
        ("This arises through loss of PTEN, which activates AKT1.", {"PTEN inhibits AKT1"}),
        ("Loss of the EGFR inhibitor PTEN is common.", {"PTEN inhibits EGFR"}),
        # members taken out of a list
        (
            "JAK2, but not SRC or AKT1, activates STAT3.",
            {"JAK2 activates STAT3", "SRC activates STAT3 not", "AKT1 activates STAT3 not"},
        ),
        ("JAK2 activates STAT3 and possibly MYC.", {"JAK2 activates STAT3", "JAK2 activates MYC maybe"}),
        # residues of two enzymes
        (
            "SRC and JAK2 phosphorylate STAT3 at Tyr10 and Tyr20, respectively.",
            {"SRC phosphorylates STAT3 Y10", "JAK2 phosphorylates STAT3 Y20"},
        ),
        ("STAT3 is inactive until Tyr705 is phosphorylated by JAK2.", {"JAK2 phosphorylates STAT3 Y705"}),
        ("Instead of SRC, JAK2 activates STAT3.", {"JAK2 activates STAT3"}),
        ("JAK2, not SRC, activates STAT3.", {"JAK2 activates STAT3", "SRC activates STAT3 not"}),
        ("STAT3 is activated by JAK2 but not by SRC.", {"JAK2 activates STAT3", "SRC activates STAT3 not"}),
        ("JAK2 binds neither SRC nor AKT1.", {"JAK2 binds SRC not", "JAK2 binds AKT1 not"}),
        # how far a flag reaches
        ("JAK2 does not bind SRC but activates STAT3.", {"JAK2 binds SRC not", "JAK2 activates STAT3"}),
        ("JAK2 may bind SRC and activates STAT3.", {"JAK2 binds SRC maybe", "JAK2 activates STAT3"}),
        ("MTOR is insensitive to drugine.", {"drugine inhibits MTOR not"}),
        ("MTOR is not insensitive to drugine.", {"drugine inhibits MTOR"}),
        # whose loss it is must be said
        ("drugine and AKT1 inhibitors block SRC.", {"AKT1 activates SRC"}),
        # one residue each
        (
            "Levels of p-AKT1 (Ser473) and p-SRC (Tyr419) rose.",
            {"? phosphorylates AKT1 S473", "? phosphorylates SRC Y419"},
        ),
        # an event taken for granted in a doubted clause
        (
            "We suggest that phosphorylation of TSC2 by AKT1 activates MTOR.",
            {"AKT1 phosphorylates TSC2", "AKT1 activates MTOR maybe"},
        ),
        # antecedents
        ("SRC binds STAT3. This kinase activates EGFR.", {"SRC binds STAT3", "SRC activates EGFR"}),
        ("SRC and JAK2 were tested. This kinase activates EGFR.", set()),
        ("TORC9 was isolated. In liver the complex activates EGFR.", {"TORC9 activates EGFR"}),
        (
            "Phosphorylation of MYC by JAK2 raises its stability.",
            {"JAK2 phosphorylates MYC", "JAK2 increases_amount MYC"},
        ),
    ],
)
def test_what_a_sentence_says(nlp: Language, text: str, expected: set[str]) -> None:
    assert read_given(nlp, text) == expected


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("JAK2 blocks SRC-induced activation of two enzymes, AKT1 and RAF1.", "AKT1 activates RAF1"),
        ("JAK2 activates several AKT1 substrates.", "JAK2 activates AKT1"),
        ("STAT3 binds the MYC promoter.", "STAT3 binds MYC"),
        ("SRC binds the EGFR ligand.", "SRC binds EGFR"),
        ("FOS is expressed upon stimulation of cells with IL6.", "IL6 activates FOS"),
        ("AKT1 overcomes the inhibitory effect of PTEN on MTOR.", "AKT1 inhibits PTEN"),
        ("The JAK2 tumour suppressor STAT3 is known.", "STAT3 inhibits JAK2"),
        ("Unlike AKT1, this kinase activates SRC.", "AKT1 activates SRC"),
        ("Together with AKT1, other kinases activate SRC.", "AKT1 activates SRC"),
        ("MYC target genes inhibit FOS.", "MYC inhibits FOS"),
        ("JAK2 activates AKT1 by MTOR-mediated phosphorylation of Ser473.", "JAK2 phosphorylates AKT1 S473"),
        ("An inhibitor of JAK2, including STAT3, was found.", "STAT3 inhibits JAK2"),
    ],
)
def test_what_a_sentence_does_not_say(nlp: Language, text: str, wrong: str) -> None:
    assert wrong not in read_given(nlp, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "SPRY2 negatively regulates PI3K and mTOR signaling.",
            ["SPRY2 inhibits PI3K", "SPRY2 inhibits mTOR signaling"],
        ),
        ("MLST8 interacts with MTOR and enhances its activity.", ["MLST8 binds MTOR", "MLST8 activates MTOR"]),
    ],
)
def test_what_names_share_and_what_its_stands_for(nlp: Language, text: str, expected: list[str]) -> None:
    assert read(nlp, text) == expected


def test_a_sentence_beyond_any_length_is_left_alone_and_the_next_is_read(nlp: Language) -> None:
    table = " ".join(f"K{number} 0.{number}" for number in range(MAX_SENTENCE_WORDS // 2))
    text = f"PTEN inhibits AKT1 in {table} cells. MEK1 phosphorylates ERK2."
    doc = nlp(make_doc(nlp, Document("d", text)))
    assert describe(doc) == ["MEK1 phosphorylates ERK2"]
    [long] = find_long_sentences(doc)
    assert long.text.startswith("PTEN")
    usual = nlp(make_doc(nlp, Document("d", text.replace(table, "these"))))
    assert describe(usual) == ["PTEN inhibits AKT1", "MEK1 phosphorylates ERK2"]
    assert not find_long_sentences(usual)
