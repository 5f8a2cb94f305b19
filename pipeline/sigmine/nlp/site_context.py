"""What stands around a residue: whether it is modified, replaced, measured, or only looks like one.

All functions take the text as ``site_notation.make_plain`` leaves it and half-open offsets into it.
"""

from __future__ import annotations

import re

from sigmine.model import Site
from sigmine.nlp.site_notation import AMINO_ACIDS, CODE, HISTONE, MODIFICATIONS, NAME

_REACH = 150  # characters to each side; about a sentence

_MODIFICATION = {letter: re.compile(words) for letter, words in MODIFICATIONS.items()}
_LOOSE = re.compile(r"modif|\bkinase")
_PHOSPHO_NAME = re.compile(r"(?:\bp-?(?=[A-Z])|\b[Pp]hospho-)[\w-]+ ?\($")

_UNIT = re.compile(
    r"[ -]?(?:%|°|(?:[munpkµμ]?M|[munkµμ]?mol|[munkµμ]?g|k?Da|[munµμ]?[lL]|[nmcµμ]m|h|hrs?|hours?|mins?|minutes?|sec"
    r"|seconds?|days?|weeks?|months?|years?|fold|times|bp|kb|nt|Hz|units?)\b)"
)
_COUNTED = re.compile(
    r" (?:cells?|patients|mice|rats|animals|samples|tumou?rs|proteins?|genes?|kinases?|peptides?|different|other"
    r"|additional|further|more|distinct|novel|new|known)\b"
)
_COMPOUND = re.compile(r"(?:,[0-9]+)*-(?:\w*ase\b|(?:mono|di|tri|bis|tris|hydroxy|phosphate|sulfate)\w*)|['′]")
_REPLACED = re.compile(
    r"\)?(?:(?: ?-{0,2}[>→] ?|(?: (?:was |were )?(?:mutated|changed|converted))? to (?:an? )?)"
    rf"(?:{NAME}|{CODE}|[ACDEFGHIKLMNPQRSTVWY])(?![A-Za-z0-9-]|s? residue)"
    r"|-(?:Ala|Asp|Glu|Phe)(?![A-Za-z0-9-])"
    rf"|(?:/-?[0-9]+)+-?(?:{CODE}|[A-Z])(?![A-Za-z0-9]))"
)
_REPLACED_BY = re.compile(
    rf" (?:by|with|for) (?:an? )?(?:{NAME}|{CODE})s?(?![A-Za-z0-9/-]| \w*(?:kinase|phosphatase)| protein)"
)
_REPLACES = re.compile(r"substitut|replac|mutat|chang|conver|exchang", re.IGNORECASE)
_LINKAGE = re.compile(
    r"\)?[ -]*(?:linked|linkages?|branched|(?:p|poly-?)?ub\b|polyub|(?:(?:poly)?ubiquitin )?chains?)", re.IGNORECASE
)
_LINKAGE_OF = re.compile(r"\)?(?:[ -](?:poly-?)?ubiquit| of ubiquitin)", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:\b(?:fig(?:ure)?|table|movie|video|dataset|data|file|text|appendix|supp\w*|scheme|panel|lane|chromosome|exon"
    r"|strain|sephacryl|dextran|ribosomal protein|ribosomal|keratin|serotype|vitamin|stage|day|phase|grade)s?\.? ?\(?"
    r"|\brp)$",
    re.IGNORECASE,
)
_CELLS = re.compile(
    r"[ -](?:(?:and|or|,|/)? ?[A-Z][\w-]*,? (?:and |or )?){0,3}"
    r"(?:(?!(?:in|of|by|on|from|for|and|or|to|with|at|than|was|is)\b)[\w-]+ )?"
    r"(?:cells?|cell[ -]lines?|lymphoblast|fibroblast|hybridoma|RNA|polymerase|ligase|phage|fraction|buffer|medium"
    r"|antibod|mAb)"
)
MODIFIED = (
    r"(?:(?:auto|trans|de|un|non|hyper|hypo|mono|di|tri|poly|multi)-?)*"
    r"(?:phosphor?y?l?|methyl|acetyl|ubiquit|sumo|hydroxyl(?!ys)|\w*osyl|palmitoyl|nitr|sulf|o-glcnac|neddyl|citrullin"
    r"|deimin|modif|adp-ribosyl|acyl|isomeri)"
)
"""Pattern, for any case, of how words begin that say that something is modified."""

_MARKER_BEFORE = re.compile(
    rf"(?:\b(?:residues?|positions?|sites?|amino acids?|aa|at|on|both|targets?|namely|{MODIFIED}\w*)|{NAME}s?"
    rf"|\b{HISTONE}),?[ -]?\(?(?:the )?$",
    re.IGNORECASE,
)
_MARKER_OF = re.compile(rf"\b{MODIFIED}\w*ion of (?:the )?$", re.IGNORECASE)
_MARKER_AFTER = re.compile(
    rf"\)?[ -](?:residues?|sites?|(?:(?:is|was|are|were|be|becomes?|became) )?{MODIFIED}"
    rf"|(?:in|of|on) (?:the )?(?:histone|{HISTONE}\b))|me[1-3]?\b|ac\b|ub\b"
)


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch within reach, cut at paragraphs."""
    first, last = max(0, start - _REACH), end + _REACH
    first = max(first, text.rfind("\n\n", first, start) + 1)
    stop = text.find("\n\n", end, last)
    return first, last if stop < 0 else stop


def carries_modification(lower: str, start: int, end: int, residue: str) -> bool:
    """Whether a word for a modification that the residue can carry stands near."""
    pattern = _MODIFICATION.get(residue)
    return pattern is not None and pattern.search(lower, *_around(lower, start, end)) is not None


def speaks_of_kinases(lower: str, start: int, end: int) -> bool:
    """Whether a kinase or a modification of no named kind stands near: less than ``carries_modification``."""
    return _LOOSE.search(lower, *_around(lower, start, end)) is not None


def stands_by_own_name(lower: str, start: int, end: int, residue: str) -> bool:
    """Whether the name of the amino acid stands near: ``the third tyrosine (Y145)``."""
    first, last = _around(lower, start, end)
    return any(lower.find(name, first, last) >= 0 for name in AMINO_ACIDS[residue][1])


def follows_phospho_name(text: str, start: int) -> bool:
    """Whether it stands in brackets after a phosphorylated protein: ``pTSC1 (S487``."""
    return _PHOSPHO_NAME.search(text, max(0, start - 40), start) is not None


def is_counted(text: str, end: int) -> bool:
    """Whether the number that ends here says how many things there are: ``12 patients``."""
    return _COUNTED.match(text, end) is not None


def is_measured(text: str, end: int) -> bool:
    """Whether the number that ends here is a measure or part of another name: ``10 mM``, ``3-monooxygenase``."""
    return _UNIT.match(text, end) is not None or _COMPOUND.match(text, end) is not None


def is_replaced(text: str, start: int, end: int) -> bool:
    """Whether another residue takes its place: ``Ser241 to Ala``, ``serine 9 with alanine``, ``T37/46A``."""
    if _REPLACED.match(text, end):
        return True
    return bool(_REPLACED_BY.match(text, end) and _REPLACES.search(text, max(0, start - 60), start))


def is_linkage(text: str, site: Site) -> bool:
    """Whether it is the residue of ubiquitin through which a chain is built: ``K63-linked``, ``Lys48 of ubiquitin``."""
    if site.residue != "K":
        return False
    return bool(_LINKAGE.match(text, site.end) or (site.position in (48, 63) and _LINKAGE_OF.match(text, site.end)))


def is_labelled(text: str, start: int) -> bool:
    """Whether the word before makes it the number of a figure, a table, a ribosomal protein ..."""
    return _LABEL.search(text, max(0, start - 40), start) is not None


def names_cells(text: str, end: int) -> bool:
    """Whether the words after make it a cell line, a phage, a fraction: ``T24 cells``, ``K562 and U937 cells``."""
    return _CELLS.match(text, end) is not None


def has_marker(text: str, start: int, end: int) -> bool:
    """Whether the next word to either side says that a residue is meant: ``at``, ``residue``, ``phosphorylation``."""
    first = max(0, start - 40)
    return _MARKER_BEFORE.search(text, first, start) is not None or _MARKER_AFTER.match(text, end) is not None


def follows_modification(text: str, start: int) -> bool:
    """Whether it follows ``phosphorylation of``."""
    return _MARKER_OF.search(text, max(0, start - 40), start) is not None
