"""Lists, families, names that need support, and readings that lose against others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mention_reading import mark, read, shorten

if TYPE_CHECKING:
    from spacy.language import Language

    from sigmine.nlp.mentions import MentionRecognizer


def test_numbers_that_name_a_whole_family_make_one_mention(nlp: Language, recognizer: MentionRecognizer) -> None:
    assert read(nlp, recognizer, "LATS1/2 bind MST1/2.") == [("LATS", "FAMILY"), ("STK3_4", "FAMILY")]
    # As the recogniser may see it.
    assert read(nlp, recognizer, "LATS1/2 act.", [("LATS1/2", "PROTEIN")]) == [("LATS", "FAMILY")]
    # Not all members, and no family.
    assert read(nlp, recognizer, "AKT1/2 act.") == [("AKT1", "PROTEIN"), ("AKT2", "PROTEIN")]
    assert read(nlp, recognizer, "TSC1/2 act.") == [("TSC1", "PROTEIN"), ("TSC2", "PROTEIN")]
    assert read(nlp, recognizer, "mTORC1/2 act.", [("mTORC1/2", "COMPLEX")]) == [
        ("mTORC1", "COMPLEX"),
        ("mTORC2", "COMPLEX"),
    ]
    # Two words are two names.
    assert [name for name, _ in read(nlp, recognizer, "LATS1 and LATS2 act.")] == ["LATS1", "LATS2"]


def test_a_range_names_its_last_member(nlp: Language, recognizer: MentionRecognizer) -> None:
    assert [name for name, _ in read(nlp, recognizer, "TEAD1–4 act.")] == ["TEAD1", "TEAD4"]
    # As the recogniser may see it; a dash before a number is part of other names.
    assert [name for name, _ in read(nlp, recognizer, "TEAD1–4 act.", [("TEAD1–4", "PROTEIN")])] == ["TEAD1", "TEAD4"]
    assert [name for name, _ in read(nlp, recognizer, "YAP-7 acts.", [("YAP-7", "PROTEIN")])] == ["YAP-7"]


def test_a_symbol_joined_with_a_name_is_one(nlp: Language, recognizer: MentionRecognizer) -> None:
    assert [name for name, _ in read(nlp, recognizer, "YAP and TAZ act. Later TAZ leaves.")] == ["YAP", "TAZ", "TAZ"]
    assert [name for name, _ in read(nlp, recognizer, "YAP/TAZ act.")] == ["YAP", "TAZ"]
    assert read(nlp, recognizer, "TAZ was measured.") == []
    # An ordinary word is none, joined or not.
    assert [name for name, _ in read(nlp, recognizer, "YAP and impact")] == ["YAP"]


def test_the_recogniser_outvotes_a_cell_line_of_the_same_name(nlp: Language, recognizer: MentionRecognizer) -> None:
    assert read(nlp, recognizer, "Set2 acts.") == [("Set2", "CELL")]
    assert read(nlp, recognizer, "Set2 acts.", [("Set2", "PROTEIN")]) == [("Set2", "PROTEIN")]


def test_a_place_is_none_that_holds_a_molecule(nlp: Language, recognizer: MentionRecognizer) -> None:
    assert [type_ for _, type_ in read(nlp, recognizer, "AKT1 acts.", [("AKT1", "LOCATION")])] == ["PROTEIN"]


def test_a_name_around_its_abbreviation_stays_whole(nlp: Language, recognizer: MentionRecognizer) -> None:
    text = "interleukin (IL)-1 acts."
    doc = shorten(mark(nlp(text), [("interleukin (IL)-1", "PROTEIN")]), "interleukin", "IL")
    assert [mention.text for mention in recognizer(doc)._.mentions] == ["interleukin (IL)-1"]


def test_a_head_stays_on_a_name_of_several_words(nlp: Language, recognizer: MentionRecognizer) -> None:
    assert read(nlp, recognizer, "Xyz12 MAP kinase", [("Xyz12 MAP kinase", "PROTEIN")])[0][0] == "Xyz12 MAP kinase"
    assert read(nlp, recognizer, "Xyz12 kinase", [("Xyz12 kinase", "PROTEIN")])[0][0] == "Xyz12"


def test_a_phosphorylated_symbol_is_a_protein(nlp: Language, recognizer: MentionRecognizer) -> None:
    assert read(nlp, recognizer, "S6 was measured.") == []
    mention = recognizer(nlp("Less phospho-S6 was seen."))._.mentions[0]
    assert (mention.text, mention.type, mention.modifiers) == ("S6", "PROTEIN", ("phospho",))


def test_a_class_of_drugs_is_a_reading_beside_the_mention(nlp: Language, recognizer: MentionRecognizer) -> None:
    doc = recognizer(nlp("The mTOR inhibitors and an EGFR antagonist act on mTOR."))
    assert [mention.name for mention in doc._.mentions] == ["mTOR", "EGFR", "mTOR"]
    readings = {(span.text, span.label_) for span in doc.spans["mentions"]}
    assert {("mTOR inhibitors", "CHEMICAL"), ("EGFR antagonist", "CHEMICAL")} <= readings
    assert len(doc.ents) == 3


def test_a_chemical_supports_no_symbol_of_a_protein(nlp: Language, recognizer: MentionRecognizer) -> None:
    assert read(nlp, recognizer, "GPI acts.") == []
    assert read(nlp, recognizer, "GPI acts.", [("GPI", "PROTEIN")]) == [("GPI", "PROTEIN")]
    assert read(nlp, recognizer, "GPI acts.", [("GPI", "CHEMICAL")]) == [("GPI", "CHEMICAL")]
    # A name that is sure in the lexicon is what it is there.
    assert read(nlp, recognizer, "MAPK14 acts.", [("MAPK14", "CHEMICAL")]) == [("MAPK14", "PROTEIN")]
