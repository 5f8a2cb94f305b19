from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mention_reading import Marked, mark, read, shorten
from sigmine.model import MOLECULE_TYPES, Document, Entity, Section
from sigmine.nlp.mentions import MentionRecognizer

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AKT phosphorylates TSC2 at Ser939.", [("AKT", "FAMILY"), ("TSC2", "PROTEIN")]),
        ("Rapamycin blocks mTORC1.", [("Rapamycin", "CHEMICAL"), ("mTORC1", "COMPLEX")]),
        (
            "Everolimus (RAD001) and AZD8055 act.",
            [("Everolimus", "CHEMICAL"), ("RAD001", "CHEMICAL"), ("AZD8055", "CHEMICAL")],
        ),
        ("They tested PF-98765432 and GSK-4711815.", [("PF-98765432", "CHEMICAL"), ("GSK-4711815", "CHEMICAL")]),
        ("RiCTOR, eiF4eBP1 and Pi3K", [("RiCTOR", "PROTEIN"), ("eiF4eBP1", "PROTEIN"), ("Pi3K", "COMPLEX")]),
        ("The rapalogs differ from TORKinibs.", [("rapalogs", "CHEMICAL"), ("TORKinibs", "CHEMICAL")]),
        ("Insulin and growth factors signal.", [("Insulin", "PROTEIN"), ("growth factors", "FAMILY")]),
        ("Autophagy needs ULK1.", [("Autophagy", "PROCESS"), ("ULK1", "PROTEIN")]),
        ("It binds 4E-BP1.7", [("4E-BP1", "PROTEIN")]),
        ("mTOR's partner is RAPTOR", [("mTOR", "PROTEIN"), ("RAPTOR", "PROTEIN")]),
    ],
)
def test_names_of_the_lexicon(
    nlp: Language, recognizer: MentionRecognizer, text: str, expected: list[tuple[str, str]]
) -> None:
    assert read(nlp, recognizer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It was set to rest, and this type had no impact.",
        "Mutation of Ser473, T308, S2448 or tyrosine 705 did not matter.",
        "The kinase and its receptor are proteins.",
        "ATP-competitive inhibitors were given in phase II.",
        "CAT activity was read after 24 h.",
        "See Fig. 4 and Table 2.",
        "",
    ],
)
def test_no_molecule_is_seen_where_none_is_named(nlp: Language, recognizer: MentionRecognizer, text: str) -> None:
    assert [name for name, type_ in read(nlp, recognizer, text) if type_ in MOLECULE_TYPES] == []


@pytest.mark.parametrize(
    ("text", "ents", "expected"),
    [
        # The recogniser supports what the lexicon alone would not take.
        ("CAT was active.", [("CAT", "PROTEIN")], [("CAT", "PROTEIN")]),
        ("We measured S6 here and S6 there.", [("S6", "PROTEIN")], [("S6", "PROTEIN")] * 2),
        # Names that the lexicon lacks are the recogniser's.
        ("with Foobarin-3.", [("Foobarin-3", "PROTEIN")], [("Foobarin-3", "PROTEIN")]),
        # The lexicon settles the type.
        ("AKT and mTORC1", [("AKT", "PROTEIN"), ("mTORC1", "PROTEIN")], [("AKT", "FAMILY"), ("mTORC1", "COMPLEX")]),
        ("rapamycin", [("rapamycin", "PROTEIN")], [("rapamycin", "CHEMICAL")]),
        # Spans are cut to the name, or kept where the head belongs to it.
        ("the AKT protein", [("the AKT protein", "PROTEIN")], [("AKT", "FAMILY")]),
        ("S6 kinase", [("S6 kinase", "PROTEIN")], [("S6 kinase", "FAMILY")]),
        ("latent membrane protein", [("latent membrane protein", "PROTEIN")], [("latent membrane protein", "PROTEIN")]),
        ("“MEK” is", [("“MEK”", "PROTEIN")], [("MEK", "FAMILY")]),
        ("AKT (Ser473)", [("AKT (Ser473", "PROTEIN")], [("AKT", "FAMILY")]),
        ("mTORC1–RAPTOR", [("mTORC1–RAPTOR", "PROTEIN")], [("mTORC1", "COMPLEX"), ("RAPTOR", "PROTEIN")]),
        # What the recogniser takes wrongly for a name.
        ("Ser473 and T308", [("Ser473", "CHEMICAL"), ("T308", "PROTEIN")], []),
        ("serine residues", [("serine", "CHEMICAL")], []),
        ("protein kinases", [("protein kinases", "PROTEIN")], []),
        ("Why now?", [("Why", "PROTEIN")], []),
        ("P31749 in UniProt", [("P31749", "PROTEIN")], []),
        ("protein-derived amino acids", [("protein-derived amino acids", "PROTEIN")], [("amino acids", "CHEMICAL")]),
        # Longer wins.
        ("AKT-like foo kinase 7", [("AKT-like foo kinase 7", "PROTEIN")], [("AKT-like foo kinase 7", "PROTEIN")]),
    ],
)  # fmt: skip
def test_recogniser_and_lexicon_together(
    nlp: Language, recognizer: MentionRecognizer, text: str, ents: Marked, expected: list[tuple[str, str]]
) -> None:
    assert read(nlp, recognizer, text, ents) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The PI3K/AKT/mTOR pathway is active.", ["PI3K/AKT/mTOR pathway"]),
        ("mTOR signaling and insulin-signaling cascades", ["mTOR signaling", "insulin-signaling cascades"]),
        ("the Ras–MAPK and PI3K–AKT signaling pathways", ["Ras–MAPK", "PI3K–AKT signaling pathways"]),
    ],
)
def test_a_pathway_is_one_process(nlp: Language, recognizer: MentionRecognizer, text: str, expected: list[str]) -> None:
    assert read(nlp, recognizer, text) == [(name, "PROCESS") for name in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PI3K/AKT/mTOR inhibitors fail.", [("PI3K", "COMPLEX"), ("AKT", "FAMILY"), ("mTOR", "PROTEIN")]),
        ("AKT and mTOR signaling", [("AKT", "FAMILY"), ("mTOR signaling", "PROCESS")]),
        ("AKT signals to TSC2.", [("AKT", "FAMILY"), ("TSC2", "PROTEIN")]),
    ],
)
def test_what_is_no_pathway_stays_apart(
    nlp: Language, recognizer: MentionRecognizer, text: str, expected: list[tuple[str, str]]
) -> None:
    assert read(nlp, recognizer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "TSC1–TSC2 complex",
        "Ragulator–Rag complex",
        "rapamycin-FKBP12 complex",
        "TSC complex",
        "cyclin D1/CDK4 complexes",
    ],
)
def test_a_complex_is_one_mention(nlp: Language, recognizer: MentionRecognizer, text: str) -> None:
    assert read(nlp, recognizer, f"The {text} forms.") == [(text, "COMPLEX")]


@pytest.mark.parametrize(
    ("text", "texts", "names"),
    [
        ("mTORC1/2", ["mTORC1", "2"], ["mTORC1", "mTORC2"]),
        ("TSC1/2", ["TSC1", "2"], ["TSC1", "TSC2"]),
        ("CDK4/6", ["CDK4", "6"], ["CDK4", "CDK6"]),
        ("AKT1/2/3", ["AKT1/2/3"], ["AKT"]),
        ("caspase-3 and -9", ["caspase-3", "9"], ["caspase-3", "caspase-9"]),
        ("caspases-3 and -9", ["caspases-3", "9"], ["caspase-3", "caspase-9"]),
        ("SMAD2 and 3 are", ["SMAD2", "3"], ["SMAD2", "SMAD3"]),
        ("RagA/B", ["RagA", "B"], ["RagA", "RagB"]),
        ("ERK1/2 and MEK1/2", ["ERK1/2", "MEK1/2"], ["ERK1/2", "MEK1/2"]),
        ("AKT1 and 2 days later", ["AKT1"], ["AKT1"]),
        ("mTORC1 (Fig. 1/2)", ["mTORC1"], ["mTORC1"]),
        ("AKT1/77", ["AKT1"], ["AKT1"]),
    ],
)
def test_lists_that_spell_out_the_first_only(
    nlp: Language, recognizer: MentionRecognizer, text: str, texts: list[str], names: list[str]
) -> None:
    mentions = recognizer(nlp(text))._.mentions
    assert [mention.text for mention in mentions] == texts
    assert [mention.name for mention in mentions] == names


@pytest.mark.parametrize(
    ("text", "name", "modifiers"),
    [
        ("phospho-AKT rises", "AKT", ("phospho",)),
        ("p-AKT rises", "AKT", ("phospho",)),
        ("pAKT rises", "AKT", ("phospho",)),
        ("of phosphorylated AKT", "AKT", ("phospho",)),
        ("mutant BRAF", "BRAF", ("mutant",)),
        ("the active AKT", "AKT", ("active",)),
        ("an anti-AKT antibody", "AKT", ("antibody",)),
        ("TSC2-/- cells", "TSC2", ("knockout",)),
        ("TSC2(−/−) cells", "TSC2", ("knockout",)),
        ("PTEN knockout mice", "PTEN", ("knockout",)),
        ("PDK1 activated AKT", "AKT", ()),
        ("p53 rises", "p53", ()),
    ],
)
def test_states_stand_beside_the_span(
    nlp: Language, recognizer: MentionRecognizer, text: str, name: str, modifiers: tuple[str, ...]
) -> None:
    mention = next(m for m in recognizer(nlp(text))._.mentions if m.text == name)
    assert mention.modifiers == modifiers


def test_an_abbreviation_holds_for_the_document(nlp: Language, recognizer: MentionRecognizer) -> None:
    text = "The big odd protein of foo (BOPF) acts. BOPF binds AKT."
    mentions = recognizer(shorten(nlp(text), "big odd protein of foo", "BOPF"))._.mentions
    assert [(m.text, m.long_form, m.source) for m in mentions] == [
        ("big odd protein of foo", None, "abbreviation"),
        ("BOPF", "big odd protein of foo", "abbreviation"),
        ("BOPF", "big odd protein of foo", "abbreviation"),
        ("AKT", None, "lexicon"),
    ]


def test_an_abbreviation_of_no_entity_is_no_mention(nlp: Language, recognizer: MentionRecognizer) -> None:
    doc = mark(nlp("Their mean tumour escape time (MTET) fell. MTET matters."), [("MTET", "PROTEIN")])
    mentions = recognizer(shorten(doc, "mean tumour escape time", "MTET"))._.mentions
    assert "MTET" not in [m.text for m in mentions]


def test_an_abbreviation_of_a_protein_named_for_a_disease(nlp: Language, recognizer: MentionRecognizer) -> None:
    text = "We saw Rett syndrome protein (RTSP) there."
    mentions = recognizer(shorten(nlp(text), "Rett syndrome protein", "RTSP"))._.mentions
    assert [(m.text, m.type) for m in mentions] == [("Rett syndrome protein", "PROTEIN"), ("RTSP", "PROTEIN")]


def test_an_abbreviated_disease_can_be_the_molecule(nlp: Language, recognizer: MentionRecognizer) -> None:
    text = "Patients with tuberous sclerosis complex (TSC) vary; TSC patients know. AMPK acts by activation of TSC."
    mentions = recognizer(shorten(nlp(text), "tuberous sclerosis complex", "TSC"))._.mentions
    assert [m.type for m in mentions if m.text == "TSC"] == ["DISEASE", "DISEASE", "COMPLEX"]


def test_given_entities_go_first(nlp: Language) -> None:
    text = "Foo binds the AKT1 protein and mTOR."
    given = (Entity("AKT1 protein", 14, 26, "Gene_or_gene_product", "AKT1"), Entity("Foo", 0, 3, "Wonder", "Foo"))
    results = {}
    for choice in ("both", "given", "own"):
        doc = nlp(text)
        recognizer = MentionRecognizer(entities=choice, assume_protein=choice == "given")
        doc._.document = Document("d", text, mentions=given)
        results[choice] = [(m.text, m.type, m.source) for m in recognizer(doc)._.mentions]
    assert results["both"] == [
        ("Foo", "Wonder", "given"), ("AKT1 protein", "PROTEIN", "given"), ("mTOR", "PROTEIN", "lexicon"),
    ]  # fmt: skip
    assert results["given"] == [("Foo", "PROTEIN", "given"), ("AKT1 protein", "PROTEIN", "given")]
    assert results["own"] == [("AKT1", "PROTEIN", "lexicon"), ("mTOR", "PROTEIN", "lexicon")]


def test_given_entities_are_not_joined(nlp: Language) -> None:
    text = "PI3K/AKT pathway"
    doc = nlp(text)
    recognizer = MentionRecognizer(entities="given")
    doc._.document = Document(
        "d", text, mentions=(Entity("PI3K", 0, 4, "Protein", "PI3K"), Entity("AKT", 5, 8, "Protein", "AKT"))
    )
    assert [m.text for m in recognizer(doc)._.mentions] == ["PI3K", "AKT"]


def test_given_entities_behind_the_text_that_is_read_are_left_out(nlp: Language) -> None:
    recognizer = MentionRecognizer(entities="given")
    doc = nlp("AKT acts.")
    doc._.document = Document("d", "AKT acts. mTOR", mentions=(Entity("mTOR", 10, 14, "Protein", "mTOR"),))
    assert recognizer(doc)._.mentions == ()


def test_no_mention_crosses_a_section(nlp: Language, recognizer: MentionRecognizer) -> None:
    text = "TSC1-TSC2 complex"
    doc = nlp(text)
    doc._.document = Document("d", text, sections=(Section("heading", 0, 10), Section("body", 10, 17)))
    assert [m.text for m in recognizer(doc)._.mentions] == []


def test_spans_of_the_doc(nlp: Language, recognizer: MentionRecognizer) -> None:
    doc = recognizer(nlp("The PI3K/AKT pathway and pAKT."))
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("PI3K/AKT pathway", "PROCESS")]
    assert {span.text for span in doc.spans["mentions"]} == {"PI3K/AKT pathway", "PI3K", "AKT"}


def test_an_unknown_choice_is_refused() -> None:
    with pytest.raises(ValueError, match="both, given, own"):
        MentionRecognizer(entities="mine")


WORDS = st.lists(
    st.sampled_from(
        [
            "AKT",
            "pAKT",
            "mTORC1/2",
            "TSC1–TSC2",
            "complex",
            "pathway",
            "signaling",
            "the",
            "p-",
            "(",
            ")",
            ",",
            "and",
            "-9",
            "caspase-3",
            "Ser473",
            "rapamycin",
            "S6",
            "-/-",
            "in",
            "CAT",
            "2",
        ]
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(words=WORDS)
def test_mentions_are_sorted_disjoint_and_exact(nlp: Language, recognizer: MentionRecognizer, words: list[str]) -> None:
    doc = recognizer(nlp(" ".join(words)))
    mentions = doc._.mentions
    for mention in mentions:
        assert doc.text[mention.start : mention.end] == mention.text
        assert mention.text == mention.text.strip()
    assert all(left.end <= right.start for left, right in pairwise(mentions))


@pytest.mark.parametrize("name", ["zotatinib", "Adagrasib", "umirolimus"])
def test_a_drug_that_the_lexicon_lacks_is_told_by_its_stem(
    nlp: Language, recognizer: MentionRecognizer, name: str
) -> None:
    assert read(nlp, recognizer, f"{name} was given with food.") == [(name, "CHEMICAL")]
