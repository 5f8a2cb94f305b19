"""Which names may be recognised in a text where nothing else points to a name: the column ``recognise``.

``yes``: in any case. ``case``: as written or capitalised. ``exact``: as written. ``weak``: as written, and only with
support (the entity recogniser saw something there, or the document defines it). ``no``: only to look up a mention
that was recognised by other means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sigmine.resources.lexicon_keys import fold


def _words(text: str) -> set[str]:
    return set(text.split())


GENES = {"PROTEIN", "FAMILY", "COMPLEX"}

RESIDUES = _words(
    """alanine arginine asparagine aspartate aspartic glutamate glutamic cysteine glutamine glycine histidine isoleucine
    lysine phenylalanine proline serine threonine tyrosine valine ala arg asn asp cys gln glu gly his ile leu lys met
    phe pro ser thr trp tyr val phosphoserine phosphothreonine phosphotyrosine"""
)
"""Leucine, methionine and tryptophan are left to be nutrients."""

GENERIC = _words(
    """protein proteins polypeptide polypeptides peptide peptides gene genes enzyme enzymes kinase kinases phosphatase
    phosphatases protease proteases receptor receptors ligand ligands factor factors complex complexes subunit subunits
    gtpase gtpases gef gefs gap gaps e3ligase e3ubiquitinligase e3ublig channel channels inhibitor inhibitors activator
    activators agonist agonists antagonist antagonists drug drugs agent agents compound compounds metabolite metabolites
    antibody antibodies hormone hormones cytokine cytokines substrate substrates product products molecule molecules
    dna rna mrna cdna sirna shrna mirna nucleicacid nucleotide nucleotides water ion ions atom group groups acid acids
    base bases salt salts lipid lipids sugar sugars buffer solvent probe label marker role food poison toxin toxins
    chemical chemicals chemicalentity element elements mixture polymer fiber fibers cell
    cells tissue tissues organ organism
    disease diseases syndrome syndromes disorder disorders infection infections pain death wound wounds injury injuries
    membrane membranes organelle organelles vesicle vesicles part parts site sites body bodies matrix
    biologicalprocess process processes binding localization transport secretion transcription translation expression
    phosphorylation dephosphorylation ubiquitination acetylation methylation signaling signalling signaltransduction
    metabolism biosynthesis degradation growth development behavior behaviour response stress division metabolicprocess
    transferase transferases hydrolase hydrolases ligase ligases methyltransferase methyltransferases deubiquitinase
    adaptorprotein transcriptionfactor transcriptionfactors growth reproduction locomotion
    pharmaceutical pharmaceuticals ester esters lead leads biomarker biomarkers
    adult embryo male female control test case cases line lines plasma blood serum"""
)
NO_CODES = _words("ACT AR AT CS DA DN ED EP ER ES ET FIG GM HR INS IR KO LI NA NE NO OF ON OR ORF PGE SUN SYN TB VA")
"""Words and units that happen to stand before a number, and cell lines."""
_GENERIC_HEAD = re.compile(
    r"\b(inhibitors?|antagonists?|agonists?|blockers?|modulators?|activators?|antibod(y|ies)|agents?|drugs?|role"
    r"|metabolites?|residues?|group|compounds?|entity|cells? lines?|sites?|pathways?)$",
    re.IGNORECASE,
)
_PROTEIN_WORD = re.compile(
    r"growth factor|interleukin|receptor|protein|kinase|antibod|globulin|\w+ase$|interferon|antigen|cytokine"
)
_PROCESS_HEAD = re.compile(
    r"\b(process|activity|transport|localization|localisation|import|export|secretion|binding|phosphorylation"
    r"|methylation|acetylation|ubiquitination|sumoylation|glycosylation|hydroxylation|modification|activation"
    r"|transcription|translation|expression|degradation|production|formation|breakdown|anabolism|catabolism|uptake"
    r"|release|assembly|disassembly|processing|maturation|stimulus|response|pathway|cascade|signaling|signalling"
    r"|commitment|specification|determination|selection|targeting|oligomerization|dimerization|localization|cleavage)$"
)
_PROCESS_WORD = re.compile(
    r"(autophagy|mitophagy|apoptosis|necrosis|ptosis|lysis|genesis|poiesis|taxis|cytosis|mitosis|meiosis|genesis)$"
)
_SITE = re.compile(r"^((?i:ser|thr|tyr|lys|arg|his|cys|pro|asp|glu)|[STYKRHCPDE](?=-?\d\d))-?\d+$")


def choose_flag(name: str, type_: str, status: str, source: str, common: set[str]) -> str:
    """The flag that a name gets before it is measured.

    Args:
        common: words (lower case) that stand in small letters in ordinary text and name no molecule there.
    """
    plain = fold(name)
    key = plain.lower()
    if len(plain) < 2 or (plain.isdigit() and status != "curated") or key in GENERIC or key in RESIDUES or "," in name:
        return "no"
    if _SITE.match(name) or _GENERIC_HEAD.search(name):
        return "no"
    if type_ in GENES:
        return _flag_gene(name, plain, status, common)
    if type_ == "CHEMICAL":
        return _flag_chemical(name, plain, status, source, common)
    if type_ == "PROCESS":
        return _flag_process(name)
    if type_ == "CELL" and source == "cellosaurus":
        fit = len(plain) >= 4 and re.search("[A-Za-z]{2}", plain) and re.search(r"\d|^[A-Z][a-z]*[A-Z]", plain)
        return "exact" if fit else "no"
    if len(plain) < 5:
        return "weak" if len(plain) > 2 and type_ == "DISEASE" else "no"
    return "yes"


def _flag_gene(name: str, plain: str, status: str, common: set[str]) -> str:
    length, digits = len(plain), any(map(str.isdigit, plain))
    sure = status in ("curated", "symbol")
    if " " not in name and plain.lower() in common:
        return "weak" if length <= 4 or plain.islower() else "exact"
    if " " in name and all(word.lower() in common for word in re.findall("[A-Za-z]+", name)):
        return "yes" if length >= 12 and status in ("curated", "name") else "weak"
    if length <= 2 or re.fullmatch(r"[A-Z]\d+", plain):
        return "weak"
    if length == 3:
        good = status == "curated" or (digits and sure) or re.fullmatch(r"p\d\d|CD\d", plain)
        return ("case" if status == "curated" else "exact") if good else "weak"
    if length == 4:
        return "yes" if sure and digits else "case" if sure else "exact" if digits and status != "previous" else "weak"
    if status == "previous" and not digits and length == 5:
        return "weak"
    return "yes"


def _flag_chemical(name: str, plain: str, status: str, source: str, common: set[str]) -> str:
    length, digits = len(plain), any(map(str.isdigit, plain))
    if _PROTEIN_WORD.search(name):
        return "no"  # peptides and proteins that a table of chemicals holds
    if status == "curated":
        return "yes" if length >= 5 else "exact" if length >= 3 else "weak"
    if plain.lower() in common and length < 5:
        return "no"
    if length <= 3:
        return "exact" if source == "chebi" and plain.isupper() and status == "name" else "no"
    if source == "mesh" and not digits and length < 6:
        return "no"
    if length == 4:
        return "exact" if source in ("chebi", "hms") else "weak"
    return "yes"


def _flag_process(name: str) -> str:
    if _PROCESS_HEAD.search(name):
        return "no"
    if " " not in name:
        return "yes" if _PROCESS_WORD.search(name) else "no"
    return "yes"


def find_common_words(texts: Iterable[str]) -> set[str]:
    """Words that stand at least twice in small letters in the texts."""
    counts: dict[str, int] = {}
    for text in texts:
        for word in re.findall(r"(?<![\w-])[a-z]{2,}(?![\w-])", text):
            counts[word] = counts.get(word, 0) + 1
    return {word for word, count in counts.items() if count >= 2}
