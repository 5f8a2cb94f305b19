"""Residues in text: every usual notation is found with its offsets; what only looks like one is not."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from sigmine.nlp.site_notation import AMINO_ACIDS, complete_number, get_letter, make_lower, make_plain
from sigmine.nlp.sites import SiteFinder, find_sites


def find_names(text: str) -> str:
    return " ".join(site.name for site in find_sites(text))


@pytest.mark.parametrize(
    "notation",
    [
        "Ser473", "Ser-473", "Ser 473", "Ser(473)", "Ser(P)-473", "ser473", "SER473", "S473", "S(473)", "pS473",
        "p-S473", "pSer473", "phospho-Ser473", "phosphoSer473", "phospho-S473", "serine 473", "serine-473", "Serine473",
        "serine(473)", "serine residue 473", "serine at position 473", "serine residue at position 473",
        "residue Ser473", "the Ser473 residue", "residue S473", "Ser\u2011473", "Ser\u2013473",
        "Ser\u00a0473", "Ser\n473", "Ser⁴⁷³",
        "serine (Ser) 473", "Ser473-",
    ],
)  # fmt: skip
def test_every_notation_of_one_residue(notation: str) -> None:
    assert find_names(f"AKT1 is phosphorylated at {notation} by a kinase.") == "S473"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("4E-BP1 is phosphorylated at Thr37/46.", "T37 T46"),
        ("4E-BP1 is phosphorylated on Thr-37/46.", "T37 T46"),
        ("4E-BP1 is phosphorylated on T37/T46 and T37/46.", "T37 T46 T37 T46"),
        ("RPS6 is phosphorylated at Ser(235/236).", "S235 S236"),
        ("MET is phosphorylated at Tyr1234/5.", "Y1234 Y1235"),
        ("GSK3 is phosphorylated at Ser21/9.", "S21 S9"),
        ("The Ser636/Ser639 sites are phosphorylated.", "S636 S639"),
        ("GSK3 kinases are phosphorylated on serines 21 and 9.", "S21 S9"),
        ("Serine residues 21 and 9 are phosphorylated.", "S21 S9"),
        ("They are phosphorylated at Ser-32 and -36.", "S32 S36"),
        ("They are phosphorylated at serine 32 and 36.", "S32 S36"),
        ("Phosphorylation at Ser719, Ser721, and Ser722 was seen.", "S719 S721 S722"),
        ("H4 is acetylated at lysines 5, 8, 12 and 16.", "K5 K8 K12 K16"),
        ("H4 is acetylated at lysines 16, 12, 8 and 5.", "K16 K12 K8 K5"),
        ("Lysine residues at positions 9 and 14 are acetylated.", "K9 K14"),
        ("Acetylation starts at K16, followed by K12 and then K8 and/or K5.", "K16 K12 K8 K5"),
        ("p53 is acetylated at K382, K373 and 320.", "K382 K373 K320"),
        ("STAT1 (Y701 and S727) is phosphorylated.", "Y701 S727"),
        ("AKT is dephosphorylated at T308 but not S473.", "T308 S473"),
    ],
)
def test_lists_share_the_residue_of_the_first(text: str, names: str) -> None:
    assert find_names(text) == names


def test_later_sites_of_a_list_have_their_own_text_and_offsets() -> None:
    text = "GSK3 is phosphorylated on serines 21 and 9."
    first, second = find_sites(text)
    assert (first.text, first.start, first.end) == ("serines 21", 26, 36)
    assert (second.text, second.start, second.end) == ("9", 41, 42)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("p53 is ubiquitinated at Lys48 and lysine 63.", "K48 K63"),
        ("Methylation of H3K27 and loss of H3K4me3, H3K9me2/3 and H3-K9ac.", "K27 K4 K9 K9"),
        ("Histone H3 is methylated at lysine 9, and H4R3 by PRMT1.", "K9 R3"),
        ("H2BK120ub1 and H2AX S139 phosphorylation rose.", "K120 S139"),
        ("The methylated Arg-3 and arginine 3 of H4.", "R3 R3"),
        ("Citrullination of R26 and R2 was lost.", "R26 R2"),
        ("N-glycosylation at Asn-297 (asparagine 297) is needed.", "N297 N297"),
        ("Hydroxylation of Pro-564 and proline 402 by PHD2.", "P564 P402"),
        ("Palmitoylation of Cys3 and phosphorylation of His18.", "C3 H18"),
        ("O-GlcNAc modification of Ser-400.", "S400"),
        ("PINK1 phosphorylates Ser65 of ubiquitin.", "S65"),
        ("UBC9 sumoylates it at K37.", "K37"),
    ],
)
def test_other_modifications(text: str, names: str) -> None:
    assert find_names(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("STAT3 is phosphorylated on serine.", "S"),
        ("It is phosphorylated at tyrosine residues.", "Y"),
        ("Phosphorylation of serine/threonine residues.", "S T"),
        ("SRC increases the tyrosine phosphorylation of STAT3.", "Y"),
        ("The phosphotyrosine level fell; pTyr was low.", "Y Y"),
        ("Tyrosine-phosphorylated CBL binds CRKL.", "Y"),
        ("Phosphorylation on serine but not on tyrosine.", "S Y"),
        ("Prolyl hydroxylation marks HIF1A.", "P"),
        ("Ser/Thr phosphorylation by a Ser/Thr kinase.", "S T"),
        ("TIP60 acetylates a conserved lysine in ATM.", "K"),
        ("Ubiquitination of these lysines needs MDM2.", "K"),
        ("Asparagine-linked oligosaccharides of CD4.", "N"),
        ("It holds trimethyl-lysine and hydroxyproline.", "K P"),
    ],
)
def test_residue_without_a_number(text: str, names: str) -> None:
    sites = find_sites(text)
    assert " ".join(site.name for site in sites) == names
    assert all(site.position is None for site in sites)


@pytest.mark.parametrize(
    "text",
    [
        "A serine/threonine kinase phosphorylates TSC2.",
        "The receptor tyrosine kinase is phosphorylated.",
        "A tyrosine kinase inhibitor blocks phosphorylation of STAT3.",
        "A tyrosine phosphatase undoes phosphorylation.",
        "The lysine methyltransferase methylates p53; a lysine acetyltransferase and a lysine demethylase follow.",
        "Prolyl 4-hydroxylase and tyrosine 3-monooxygenase hydroxylate.",
        "Amino acids such as leucine raise phosphorylation of S6K1.",
        "The cysteine-rich domain is palmitoylated.",
        "The dual-specificity tyrosine-phosphorylation-regulated kinase 1A.",
        "The immunoreceptor tyrosine-based activation motif is phosphorylated.",
        "A phosphotyrosine-binding domain and an anti-phosphotyrosine antibody.",
        "Phosphorylation needs 10 mM serine, serine 10 mM or lysine 5 mg/ml.",
        "Phosphorylation on Ser/Thr-Pro motifs.",
        "N-acetylcysteine stops oxidation; the C-4 and C-6 hydroxyls of the sugar do not.",
        "Methylation of the asparagine receptor MCPB.",
    ],
)
def test_amino_acid_that_is_no_site(text: str) -> None:
    assert find_names(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Phosphorylation of ribosomal protein S6, of S6 and of pS6 by S6 kinase; S6K1 is active.",
        "T cells and B cells show phosphorylation.",
        "T24 cells, K562 cells and Y79 retinoblastoma cells show phosphorylation.",
        "Phosphorylation in K562 and U937 cells.",
        "Phosphorylation rose (Figure S1, Table S2, Fig. S13; Figs. S11 and S12).",
        "S phase phosphorylation in C57BL mice.",
        "T4, Y2H, S1P, E2F1 and S100 protein are phosphorylated.",
        "R118 raises phosphorylation of AMPK.",
        "Phosphorylation of P70.",
        "Y-27632 lowers phosphorylation in T-47D and A549 cells.",
        "S. cerevisiae lacks this phosphorylation.",
        "E18 embryos and P7 pups show hydroxylation.",
        "Plasmid pT2 and pH34 were made.",
        "Acetylated H3-H4 dimers.",
    ],
)
def test_names_that_look_like_sites(text: str) -> None:
    assert find_names(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "K-Ras G12V, BRAF V600E and p53 R175H are phosphorylated.",
        "The S473A and T308A mutants are not phosphorylated.",
        "The Ser473Ala mutant and the S235/236A mutant are not phosphorylated.",
        "Mutation of Ser473 to alanine, of Ser241→Ala and of Ser-32 and Ser-36 to Ala stops phosphorylation.",
        "Replacing Ser9 with alanine stops phosphorylation.",
    ],
)
def test_substitutions_are_not_sites(text: str) -> None:
    assert find_names(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "K48-linked and Lys63-linked polyubiquitin chains.",
        "K48- and K63-linked chains on RIPK1.",
        "K11/K48-branched ubiquitin chains.",
        "Chains joined through Lys48 of ubiquitin.",
    ],
)
def test_the_link_of_a_ubiquitin_chain_is_no_site_of_the_substrate(text: str) -> None:
    assert find_names(text) == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("BAD is phosphorylated at Ser136 and 14-3-3 binds it.", "S136"),
        ("It is phosphorylated at Ser473 and 4E-BP1 is not.", "S473"),
        ("AMPK phosphorylates it on Ser722 and Ser792, 7 and mTOR on Ser863.", "S722 S792 S863"),
        ("Phosphorylated at Ser473,12 it is active.", "S473"),
        ("Phosphorylated at Thr1462.20 Then it leaves.", "T1462"),
        ("Phosphorylation of Ser473 (12, 13) is early.", "S473"),
        ("Ser473 and 12 patients were seen.", "S473"),
    ],
)
def test_citations_counts_and_names_do_not_join_a_list(text: str, names: str) -> None:
    assert find_names(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("pAktSer473, AMPKThr172 and p70S6KThr389 were seen.", "S473 T172 T389"),
        ("Phospho-AktS473 was seen.", "S473"),
        ("AKT phosphorylates STAT3(S727) and AMPK(Thr172).", "S727 T172"),
        ("Levels of pTSC1 (S487) rose.", "S487"),
    ],
)
def test_sites_that_stand_against_a_name(text: str, names: str) -> None:
    assert find_names(text) == names


def test_a_code_known_from_elsewhere_needs_no_context() -> None:
    filler = "The next part is about other things, and it goes on for a good while. " * 4
    known = f"ZAP70 is phosphorylated at Y319. {filler}Loss of Y319 has no effect on growth."
    unknown = f"ZAP70 is phosphorylated. {filler}Loss of Y319 has no effect on growth."
    assert find_names(known) == "Y319 Y319"
    assert find_names(unknown) == ""


def test_component_sets_the_extension_and_can_be_made_twice() -> None:
    nlp = spacy.blank("en")
    SiteFinder()
    doc = SiteFinder()(nlp("mTORC2 phosphorylates AKT1 at Ser473."))
    assert [site.name for site in doc._.sites] == ["S473"]
    assert nlp("AKT1.")._.sites == ()


def test_notation_helpers() -> None:
    assert get_letter("Aspartic-acid") == get_letter("ASP") == "D"
    with pytest.raises(KeyError):
        get_letter("ornithine")
    assert [complete_number(1234, 5), complete_number(21, 9), complete_number(64, 65)] == [1235, 9, 65]


_PIECES = st.sampled_from(
    ["Ser", "S", "473", "serine", "s ", " and ", ", ", "/", "-", "(", ")", "p", "phosphorylation of ", " at ",
     "residues ",
     "K", "lysine", "H3", "me3", "9", "\n", "\n\n", "–", "⁴", "İ", "ß", "Thr", "Tyr", "to ", "Ala",
     "-linked", "Fig. ", "cells", ". "]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=30).map("".join)))
def test_offsets_order_and_no_error(text: str) -> None:
    end = 0
    for site in find_sites(text):
        assert text[site.start : site.end] == site.text
        assert end <= site.start < site.end <= len(text)
        assert site.residue in AMINO_ACIDS
        assert site.position is None or 1 <= site.position <= 9999
        end = site.end


@given(st.text())
def test_plain_and_lower_text_keep_their_length(text: str) -> None:
    assert len(make_plain(text)) == len(text) == len(make_lower(text))


_WRITERS = {
    "name": lambda code, name, number: f"{name} {number}",
    "name hyphen": lambda code, name, number: f"{name}-{number}",
    "code": lambda code, name, number: f"{code}{number}",
    "code hyphen": lambda code, name, number: f"{code}-{number}",
    "code space": lambda code, name, number: f"{code} {number}",
    "code brackets": lambda code, name, number: f"{code}({number})",
    "residue": lambda code, name, number: f"{name} residue {number}",
    "position": lambda code, name, number: f"{name} at position {number}",
}


@given(
    st.sampled_from(["S", "T", "Y"]),
    st.lists(st.integers(20, 1900), min_size=1, max_size=4, unique=True),
    st.sampled_from(sorted(_WRITERS)),
)
def test_round_trip_of_written_sites(residue: str, numbers: list[int], writer: str) -> None:
    code, names = AMINO_ACIDS[residue]
    written = [_WRITERS[writer](code, names[0], number) for number in numbers]
    text = f"It is phosphorylated at {', '.join(written[:-1])}{' and ' if written[1:] else ''}{written[-1]} by AKT1."
    sites = find_sites(text)
    assert [(site.residue, site.position) for site in sites] == [(residue, number) for number in numbers]
    assert [site.text for site in sites] == written


@given(st.sampled_from(["serine", "threonine", "tyrosine"]), st.lists(st.integers(10, 1900), min_size=2, max_size=6))
def test_round_trip_of_plural_lists(name: str, numbers: list[int]) -> None:
    text = f"It is phosphorylated at {name}s {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} by AKT1."
    assert [site.position for site in find_sites(text)] == numbers
