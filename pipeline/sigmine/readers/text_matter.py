"""The parts of an article: headings with a fixed meaning, and what thanks, disclosures and title pages look like."""

from __future__ import annotations

import re

from sigmine.readers.text_shapes import heading_prefix

ABSTRACT, KEYWORDS, REFERENCES, BACK, BODY = "abstract", "keywords", "references", "back_matter", "body"

_HEADINGS: dict[str, str] = {
    ABSTRACT: r"abstract|summary|synopsis",
    KEYWORDS: r"key ?words|index terms|keywords and phrases|mesh terms",
    REFERENCES: r"references(?: and notes| cited)?|bibliography|literature(?: cited)?|works cited|cited literature|reference list",
    BACK: r"acknowledge?ments?|acknowledge?ments? and funding|disclosures?|disclosure statement|(?:potential )?conflicts? of interests?"
    r"(?: statement| disclosure)?|(?:declaration of )?(?:competing|conflicting) (?:financial )?interests?(?: statement)?|"
    r"declaration of interests?|declarations|funding(?: (?:information|sources?|statement))?|financial (?:support|disclosures?)|"
    r"(?:financial support and )?sponsorship|grant support|author(?:s['’]?|['’]s)? (?:contributions?|disclosures|information|details|notes)|"
    r"authors? affiliations?|affiliations?|contributor information|about the authors?|supplement(?:ary|al) (?:materials?|data|information)|"
    r"supporting information|abbreviations?(?: used)?|list of abbreviations|non-standard abbreviations|publisher['’]s note|"
    r"footnotes?|endnotes|data availability(?: statement)?|availability of data and materials?|ethics (?:statement|approval)|"
    r"ethics approval and consent to participate|consent for publication|informed consent(?: statement)?|"
    r"institutional review board statement|open access|rights and permissions|permissions|copyright|license|licence|"
    r"cite this article|how to cite|article information|article history|additional information|provenance and peer review|"
    r"associated data|dedication|orcid(?: ids?)?",
    BODY: r"introduction|background|materials and methods|methods|results|results and discussion|discussion|conclusions?|"
    r"concluding remarks|conclusions? and (?:future )?(?:perspectives|directions|outlook)|perspectives?|future (?:directions|"
    r"perspectives)|figures?(?: and tables?| legends?| captions?)?|tables?(?: and figures?)?|legends|outlook|overview|highlights|key points|objectives?|purpose|aims?|findings|interpretation|significance",
}
_KNOWN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _HEADINGS.items()), re.IGNORECASE)
_LONGEST_HEADING = 80
_STRUCTURED = re.compile(
    r"background|objectives?|aims?|purpose|methods|results|findings|conclusions?|interpretation|significance",
    re.IGNORECASE,
)
_RUN_IN = re.compile(
    r"(?P<abstract>Abstract|ABSTRACT|Summary|SUMMARY)\s*(?:[:.—–|]|-\s)\s*(?=\S)|(?P<spaced>Abstract|ABSTRACT|SUMMARY)\s+(?=[A-Z])|"
    r"(?P<keywords>Key ?words|KEY ?WORDS|Keywords and phrases|Index [Tt]erms)\s*(?:[:.—–|]|-\s|\s(?=[a-z]))\s*(?=\S)"
)
_BACK_RUN_IN = re.compile(
    r"(?:Acknowledge?ments?|Funding(?: [Ii]nformation)?|Conflicts? of [Ii]nterests?|Competing [Ii]nterests?|Disclosures?|"
    r"Author [Cc]ontributions?|Abbreviations?(?: used)?|Correspond(?:ence|ing author)(?: to)?|Address (?:for )?correspondence(?: to)?|"
    r"Reprint requests|E-?mail|Received|Accepted|Published(?: online)?|Citation|Cite (?:this article )?as|Copyright|©|"
    r"Academic [Ee]ditor|Edited by|Reviewed by|Handling [Ee]ditor|Supplementary (?:data|material|information)|Data availability|"
    r"ORCID|DOI|PMID|PMCID|Licen[cs]e)\s*(?::|\d{1,2} |©|10\.)",
)
_DISCLOSURE = re.compile(
    r"\bno (?:other |potential |further )?(?:conflicts? of interest|competing (?:financial )?interests?|disclosures?)\b|"
    r"\b(?:authors?|[A-Z]\.\s?(?:[A-Z]\.\s?)?[A-Z][\w’'-]+) (?:declares?|reports?|discloses?|has received|acknowledges?|thanks?)\b"
    r"(?=.{0,80}\b(?:grants?|fees|interests?\b|research support|funding|honorari|stock|nothing to disclose|for (?:critical|helpful)))|"
    r"\b(?:reports?|received?|declares?) (?:grants?|personal fees|(?:research |grant )?(?:funding|support) from|honoraria|consult)|"
    r"^(?:We|The authors?) (?:thank|gratefully acknowledge|apologi[sz]e to|would like to thank|are grateful)\b|"
    r"^(?:This (?:work|study|research|review)|The (?:work|research) (?:in|of)).{0,80}\b(?:supported|funded|financed) (?:in part )?by\b|"
    r"^(?:The )?costs of publication of this article|^This (?:is an )?open[- ]access article|"
    r"\bCreative Commons Attribution\b.{0,200}\blicen[cs]e\b|^Publisher['’]s note|\bTo whom correspondence should be addressed\b",
    re.DOTALL,
)
_OPENING = 250
"""How far into a paragraph its purpose shows; further in, the same words may be about anything."""
_AFFILIATION = re.compile(
    r"\b(?:Universit(?:y|ies|é|ät|à|at)|Institut[eo]?s?|Department|Dept\.?|Division of|Hospital|School of|College of|Faculty of|"
    r"Cent(?:er|re) (?:for|of)|Laborator(?:y|ies) of|Medical (?:School|Center|Centre)|Academy of|Foundation)\b|\S@\S+\.\w"
)
_NAME = re.compile(r"(?:[A-Z][\w’'.-]*\s){1,3}(?:(?:van|von|de|der|la|di)\s)*[A-ZÀ-Þ][\w’'-]+")
_REVIEWS = re.compile(
    r"\b(?:this (?:mini-?)?review|in this article|here,? we (?:review|discuss|summari[sz]e|highlight|describe|provide|outline|focus|"
    r"present|examine|consider)|we (?:also )?(?:review|discuss|summari[sz]e|highlight) )",
    re.IGNORECASE,
)


def find_part(text: str) -> str | None:
    """The part that a heading opens (``abstract``, ``references``, ...), or None if it has no fixed meaning."""
    if len(text) > _LONGEST_HEADING:
        return None
    match = _KNOWN.fullmatch(text[heading_prefix(text) :].strip(" :.#*"))
    return match.lastgroup if match else None


def is_structured_abstract_heading(text: str) -> bool:
    """Whether a heading may stand inside an abstract (``Methods``)."""
    return _STRUCTURED.fullmatch(text.strip(" :.#*")) is not None


def find_run_in(text: str) -> tuple[str, int] | None:
    """The part that a paragraph opens with (``Abstract: We ...``) and the length of the label, or None."""
    match = _RUN_IN.match(text)
    if match is None:
        return None
    return (KEYWORDS if match["keywords"] else ABSTRACT), match.end()


def is_back_matter(text: str) -> bool:
    """Whether a paragraph is thanks, a disclosure, an address or a licence."""
    return _BACK_RUN_IN.match(text) is not None or _DISCLOSURE.search(text[:_OPENING]) is not None


def is_title_page(text: str) -> bool:
    """Whether a paragraph before the text proper lists authors or addresses."""
    if len(text) > 1500:
        return False
    if _AFFILIATION.search(text):
        return True
    names = sum(match.end() - match.start() for match in _NAME.finditer(text))
    return names > 0.6 * len(text) and ("," in text or " and " in text or "\u2022" in text)


def announces_review(text: str) -> bool:
    """Whether a paragraph speaks of the article as a whole, as an abstract without a heading does."""
    return _REVIEWS.search(text) is not None
