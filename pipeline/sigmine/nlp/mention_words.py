"""The words that decide where a name begins and ends, and what a group of names is."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GENES: frozenset[str] = frozenset({"PROTEIN", "FAMILY", "COMPLEX"})
JOINTS: frozenset[str] = frozenset("-‐‑‒–—−/")
"""What ties words to one another where no space stands between."""

LAYOUT: frozenset[str] = _words(
    """fig figure figs figures table tables ref refs suppl supplementary phase m2 novartis pfizer merck
    astrazeneca glaxosmithkline wyeth roche bayer celgene exelixis intellikine semafore ariad osi sanofi genentech"""
)
"""Words of the layout, units and companies that are taken for names."""

LEADING: frozenset[str] = _words(
    """a an the this that these those its their his her our both each every all any some several other another certain
    such same one two three novel new human humans murine mouse mice rat rats bovine yeast mammalian endogenous
    exogenous recombinant purified native wild-type wildtype wt full-length truncated mutant mutated active
    activated inactive inactivated constitutively phosphorylated unphosphorylated nonphosphorylated ubiquitinated
    total cellular intracellular nuclear cytoplasmic cytosolic membrane-bound soluble basal overexpressed ectopic
    dominant negative dominant-negative oncogenic selective specific dual potent small-molecule of by with and or in
    class direct upstream downstream"""
)
TRAILING: frozenset[str] = _words(
    """protein proteins gene genes mrna mrnas cdna cdnas transcript transcripts polypeptide polypeptides isoform
    isoforms family families member members homolog homologs homologue homologues ortholog orthologs allele alleles
    locus promoter promoters enzyme enzymes kinase kinases phosphatase phosphatases gtpase gtpases molecule molecules
    pathway pathways signaling signalling cascade cascades axis network activity activities activation inactivation
    inhibition phosphorylation dephosphorylation expression level levels inhibitor inhibitors antagonist antagonists
    agonist agonists activator activators antibody antibodies substrate substrates function functions tyrosine
    resistance sensitivity overexpression amplification treatment response mutant mutants mutation mutations knockout
    knockdown cell cells deficiency deletion sirna sirnas shrna shrnas and or of in by the complex complexes"""
)
ARTICLES: frozenset[str] = _words("a an the this that these those its their both each all any some such")
RECEIVERS: frozenset[str] = frozenset({"receptor", "receptors", "transporter", "transporters", "channel", "channels"})
"""Heads that name another molecule than the word before them does."""

DRUG_HEADS: frozenset[str] = frozenset(
    f"{head}{s}"
    for head in ("inhibitor", "antagonist", "agonist", "activator", "blocker", "degrader")
    for s in ("", "s")
)
COMPLEX_HEADS: frozenset[str] = frozenset({"complex", "complexes"})
PATHWAY_HEADS: frozenset[str] = _words(
    "pathway pathways signaling signalling cascade cascades axis axes network networks"
)
PATHWAY_LINKS: frozenset[str] = frozenset({"signal", "transduction", "signaling", "signalling", "survival", "kinase"})
PLURAL_HEADS: frozenset[str] = frozenset({"pathways", "cascades", "axes", "networks"})
MOLECULE_HEADS: frozenset[str] = _words(
    """protein proteins kinase kinases phosphatase phosphatases factor factors receptor receptors ligase ligases enzyme
    synthase transferase gtpase protease peptidase subunit homolog homologue substrate partner companion inhibitor
    interleukin cytokine hormone growth-factor binding-protein enhancer promoter adaptor adapter cyclin domain
    polymerase reductase oxidase dehydrogenase caspase rapamycin mtor"""
)
GENERIC: frozenset[str] = _words(
    """protein proteins peptide peptides polypeptide kinase kinases phosphatase phosphatases enzyme enzymes receptor
    receptors ligand ligands factor factors transcription growth cytokine cytokines chemokine chemokines hormone
    hormones complex complexes subunit subunits domain domains family families member members isoform isoforms
    inhibitor inhibitors activator activators agonist agonists antagonist antagonists effector effectors substrate
    substrates mediator mediators regulator regulators target targets molecule molecules gene genes adaptor adapter
    adaptors adapters scaffold scaffolding ligase ligases e3 tyrosine serine threonine signaling signalling signal
    membrane transmembrane nuclear cytoplasmic small heterodimer heterodimers homodimer dimer dimers antibody
    antibodies oncogene oncogenes oncoprotein suppressor tumor tumour drug drugs compound compounds agent agents
    chemotherapeutic chemotherapeutics phosphoprotein phosphoproteins acid acids protease proteases gtpase gtpases
    second messenger messengers dna rna mrna sirna cell cells upstream downstream catalytic regulatory accessory
    binding like related associated activated dependent specific lipid lipids ion ions residue residues site sites
    atp-competitive competitive nutrient-sensing derivatives derivative analog analogs analogue analogues of and or
    activating exchange guanine nucleotide the a g ras-like monoclonal polyclonal major main key common stress
    effector novel metastatic steroid pipeline"""
)
KEPT_GENERIC: frozenset[str] = frozenset(
    {"lipid", "lipids", "amino acid", "amino acids", "growth factor", "growth factors"}
)

SITE = re.compile(
    r"^(?:p(?:hospho)?-?)?(?:"
    r"(?:ser|thr|tyr|lys|arg|his|cys|pro|asp|glu|ala|asn|gln|serine|threonine|tyrosine|lysine|arginine|histidine)s?"
    r"(?:[ -]*\(?[-\d/, ]*\)?)?|[STYKRHCDE]-?\d{2,4}(?:[A-Z])?|[STY]\d{3,4})$",
    re.IGNORECASE,
)
"""Residues with or without a number; one digit alone (``S6``) is left to the lexicon."""

ROMAN = re.compile(r"^[IVX]+$")
NO_NAME = re.compile(
    r"^(?:[IVX]+|[OPQ]\d[A-Z0-9]{3}\d|[A-NR-Z]\d(?:[A-Z][A-Z0-9]{2}\d){1,2}|[A-Za-z0-9]+_(?:HUMAN|MOUSE|RAT|YEAST))$"
)
"""Roman numbers, and accessions and entry names of UniProt."""
NUMBER = re.compile(r"^\d{1,4}$")
LETTER = re.compile(r"^(?:[α-ω]\d?|[A-H])$")
NUCLEOTIDES: frozenset[str] = frozenset({"ATP", "ADP", "AMP", "GTP", "GDP"})
STATE_WORDS: frozenset[str] = _words("competitive binding bound loaded dependent independent depleted hydrolysis")
"""What makes a nucleotide before it part of an adjective ("ATP-competitive", "GTP-bound")."""


def is_site(text: str) -> bool:
    """Whether the text is a residue; one-letter residues only in capitals, so that ``c10`` is none."""
    return bool(SITE.match(text)) and not re.match(r"^[a-z]\d", text)


AFTER_NUMBER: frozenset[str] = _words(
    """. , ; : ) ] and or is are was were has have can may in by at on of to for with as which that both but
    phosphorylation activation inhibition expression kinases proteins genes complexes"""
)
"""What may follow the bare number that ends a list ("ERK1 and 2 are")."""

OPENERS: frozenset[str] = _words(
    "a an the of by with and or to in from for between both its their this that , ; ( : as"
)
"""What stands before an adjective rather than before a verb."""

LINK_WORDS: frozenset[str] = _words("into to from as on for at of by with and or in the a an named called termed by")
"""What an abbreviation's long form never begins with."""

STATE_NOUNS: frozenset[str] = _words(
    """survival rate rates time dose response trial trials death damage arrest stress resistance deficiency activity
    binding expression level levels index scale score therapy treatment administration atlas study"""
)
"""Heads of long forms that name no entity."""

ACTED_ON: frozenset[str] = _words(
    """activation inactivation activity inhibition phosphorylation dephosphorylation formation assembly degradation
    expression overexpression complex heterodimer subunits mutants levels regulators regulator loss"""
)
"""Nouns beside which an abbreviation means a molecule rather than a disease."""

ACTING_ON: frozenset[str] = _words(
    """inhibit inhibits inhibited inhibiting activate activates activated activating phosphorylate phosphorylates
    phosphorylated phosphorylating block blocks blocked blocking suppress suppresses regulate regulates bind binds"""
)
"""Verbs whose object is a molecule rather than a disease."""
