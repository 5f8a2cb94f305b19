"""Lists of English words that the readers of plain text go by."""

from __future__ import annotations


def make_words(text: str) -> frozenset[str]:
    """The words of a text, parted by white space."""
    return frozenset(text.split())


FUNCTION_WORDS = make_words(
    """
    a an and are as at between both but by for from in including into is its of on or such than that the their
    these this through to versus via was were when where whereas which while with within
    """
)
"""What neither a sentence nor a heading ends with."""

SECOND_PARTS = make_words(
    """
    acting activated adjacent amplified anchored and arrested associated at attached autonomous based bearing
    binding bound box catalysed catalyzed cell cells chain coated coding coil competent competitive complex
    conditioned conjugated containing controlled coupled cycle damaged defective deficient density dependent
    depleted derived digested dimensional directed domain driven early encoded encoding enriched evoked exposed
    expressed expressing facing fat finger fold fork free function fused gated grade guided helix high
    immunoreactive inactivated independent induced inducible inducing infected inhibited inhibitory initiated
    injected insensitive interacting kinase knockdown knockout labeled labelled lacking length level like
    limited linked linking lived loaded localized long loop low lowering made mediated modified modulated mutant
    naive negative null of old only oriented phosphorylated poor positive presenting primed producing promoting
    protein proximal reactive receptor regulated related relevant repressed resistant responsive restricted rich
    scale secreting selective sensitive shaped signaling signalling site specific stained starved state
    stimulated stimulating strand stranded supplemented tagged tailed targeted targeting term terminal terminus
    throughput time to tolerant transfected transformed treated triggered tumor type wide
    """
)
"""What stands after a hyphen in compounds; a word divided for the line rarely leaves one of these."""

KEEPING_PREFIXES = make_words(
    """
    all cell cross dose double full half high ill large life long low non one self short single small three time
    two well wild
    """
)
"""First parts that keep their hyphen before any word."""

SOLID_PREFIXES = make_words(
    """
    ab ac ad af an anti as at auto bio centro chemo co col com con cor counter cyto de di dis dys ec ef em en
    endo epi ex extra fibro fore geno gluco glyco hemo hetero homo hydro hyper hypo il im immuno in inter intra
    ir iso kary leuko lipo lympho macro mega meta micro mid mis mono morpho multi myo nano neo neuro nucleo ob
    oc of onco op osteo out over oxy para patho per peri phospho photo physio pluri poly post pre pro proto
    pseudo psycho re retro se semi sub suf sup super supra sur syn tele thermo trans tri ultra un under uni up
    vaso
    """
)
"""What a word may begin with and be divided after; not words of their own in these texts."""

COMMON_WORDS = make_words(
    """
    again brain certain chain contain decrease disease domain explain increase kinase main maintain medicine
    obtain origin phase protein purchase release remain serine skin strain therein threonine tyrosine within
    """
)
"""Words that end like the name of a protein and are none."""
