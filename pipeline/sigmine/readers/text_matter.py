"""The parts of an article: headings with a fixed meaning, and what thanks, disclosures and title pages look like."""

from __future__ import annotations

import re

from sigmine.readers.text_shapes import heading_prefix

ABSTRACT, KEYWORDS, REFERENCES, BACK, BODY = "abstract", "keywords", "references", "back_matter", "body"

_HEADINGS: dict[str, str] = {
    ABSTRACT: "abstract; summary; synopsis",
    KEYWORDS: "keyword; key word; index term; keywords and phrase; mesh term",
    REFERENCES: "reference; references and note; references cited; reference list; bibliography; literature; "
    "literature cited; works cited; cited literature",
    BACK: "acknowledgement; acknowledgment; acknowledgements and funding; acknowledgments and funding; "
    "disclosure; author disclosure; financial disclosure; conflict of interest; conflicts of interest; "
    "potential conflict of interest; conflict of interest disclosure; competing interest; competing "
    "financial interest; conflicting interest; declaration; funding; funding information; funding source; "
    "source of funding; financial support; financial support and sponsorship; grant support; author "
    "contribution; author's contribution; authors' contribution; contributions; author information; "
    "author detail; authors' detail; authors' information; author note; author affiliation; affiliation; "
    "contributor information; about the author; supplementary material; supplementary data; supplementary "
    "information; supplemental material; supplemental data; supplemental information; supporting "
    "information; abbreviation; abbreviations used; list of abbreviation; non-standard abbreviation; "
    "publisher's note; footnote; endnote; data availability; availability of data and material; ethics; "
    "ethics approval; ethics approval and consent to participate; consent for publication; informed "
    "consent; institutional review board; open access; rights and permission; permission; copyright; "
    "license; licence; cite this article; how to cite; article information; article history; additional "
    "information; provenance and peer review; associated data; dedication; orcid; orcid id",
    BODY: "introduction; background; materials and method; method; result; results and discussion; discussion; "
    "conclusion; concluding remark; conclusions and perspective; conclusions and future perspective; "
    "conclusions and future direction; conclusions and outlook; conclusion and perspective; conclusion "
    "and future perspective; perspective; future perspective; future direction; outlook; overview; "
    "highlight; key point; objective; purpose; aim; finding; interpretation; significance; figure; "
    "figures and table; figure legend; figure caption; table; tables and figure; legend",
}
"""Titles, lower case, the last word in the singular, without a closing ``statement`` or opening ``declaration of``."""
_KNOWN = {title: part for part, titles in _HEADINGS.items() for title in titles.split("; ")}
_FIRST_WORDS = {word + end for title in _KNOWN for word in re.findall("^[a-z]+", title) for end in ("", "s")}
_FIRST_WORDS |= {"declaration", "declarations", "statement"}
_FIRST_WORD = re.compile(r"(?:(?:#{1,6}|[\dIVXA-H][\d.IVX]*)\s+)?[ :#*]*([A-Za-z]+)")
"""The first word behind what ``heading_prefix`` takes off: most lines begin with one that no known title has."""
_FRILLS = re.compile(r"^(?:declarations? of |statement of )|[ :]+(?:statement|section)$")
_LONGEST_HEADING = 80
_STRUCTURED = re.compile(
    r"background|objectives?|aims?|purpose|methods|results|findings|conclusions?|interpretation|significance",
    re.IGNORECASE,
)
_RUN_IN = re.compile(
    r"(?P<abstract>Abstract|ABSTRACT|Summary|SUMMARY)\s*(?:[:.—–|]|-\s)\s*(?=\S)|(?P<spaced>Abstract|ABSTRACT|"
    r"SUMMARY)\s+(?=[A-Z])|"
    r"(?P<keywords>Key ?words|KEY ?WORDS|Keywords and phrases|Index [Tt]erms)\s*(?:[:.—–|]|-\s|\s(?=[a-z]))\s*(?=\S)"
)
_BACK_RUN_IN = re.compile(
    r"[*†‡#\s]*(?:Acknowledge?ments?|Funding(?: [Ii]nformation)?|Conflicts? of [Ii]nterests?|"
    r"Competing [Ii]nterests?|Disclosures?|"
    r"Author [Cc]ontributions?|Abbreviations?(?: used)?|Correspond(?:ence|ing author)(?: to)?|"
    r"Address (?:for )?correspondence(?: to)?|"
    r"Reprint requests|E-?mail|Received|Accepted|Published(?: online)?|Citation|Cite (?:this article )?as|Copyright|©|"
    r"Academic [Ee]ditor|Edited by|Reviewed by|Handling [Ee]ditor|Supplementary (?:data|material|information)|"
    r"Data availability|"
    r"ORCID|DOI|PMID|PMCID|Licen[cs]e)\s*(?::|\d{1,2} |©|10\.)",
)
_DISCLOSURE = re.compile(
    r"\bno (?:other |potential |further )?(?:conflicts? of interest|competing (?:financial )?interests?|"
    r"disclosures?)\b|"
    r"\b(?:authors?|[A-Z]\.\s?(?:[A-Z]\.\s?)?[A-Z][\w’'-]+) (?:declares?|reports?|discloses?|has received|"
    r"acknowledges?|thanks?)\b"
    r"(?=.{0,80}\b(?:grants?|fees|interests?\b|research support|funding|honorari|stock|nothing to disclose|"
    r"for (?:critical|helpful)))|"
    r"\b(?:reports?|received?|declares?) (?:grants?|personal fees|(?:research |grant )?(?:funding|support) from|"
    r"honoraria|consult)|"
    r"^(?:We|The authors?) (?:thank|gratefully acknowledge|apologi[sz]e to|would like to thank|are grateful)\b|"
    r"^(?:This (?:work|study|research|review)|The (?:work|research) (?:in|of)).{0,80}\b(?:supported|funded|"
    r"financed) (?:in part )?by\b|"
    r"^(?:The )?costs of publication of this article|^This (?:is an )?open[- ]access article|"
    r"\bCreative Commons Attribution\b.{0,200}\blicen[cs]e\b|^Publisher['’]s note|"
    r"\bTo whom correspondence should be addressed\b",
    re.DOTALL,
)
_DISCLOSURE_WORDS = (
    "interest", "disclos", "declare", "report", "receive", "acknowledge", "thank", "apologi", "grateful", "supported",
    "funded", "financed", "costs of publication", "access article", "Creative Commons", "Publisher", "To whom",
)  # fmt: skip
"""One of these stands in all that ``_DISCLOSURE`` finds; it is slow, and most paragraphs have none."""
_ARTICLE_TYPE = re.compile(
    r"(?:open access|free|full|invited|original|research|mini-?|systematic|literature|brief|short)?\s*(?:(?:review|"
    r"research|original)(?: article| paper)?|article|commentary|perspective|opinion|editorial|communication|report|"
    r"open access)",
    re.IGNORECASE,
)
_OPENING = 250
"""How far into a paragraph its purpose shows; further in, the same words may be about anything."""
_AFFILIATION = re.compile(
    r"\b(?:Universit(?:y|ies|é|ät|à|at)|Institut[eo]?s?|Department|Dept\.?|Division of|Hospital|School of|"
    r"College of|Faculty of|"
    r"Cent(?:er|re) (?:for|of)|Laborator(?:y|ies) of|Medical (?:School|Center|Centre)|Academy of|Foundation)\b|"
    r"\S@\S+\.\w"
)
_NAME = re.compile(r"(?:[A-Z][\w’'.-]*\s){1,3}(?:(?:van|von|de|der|la|di)\s)*[A-ZÀ-Þ][\w’'-]+")
_REVIEWS = re.compile(
    r"\b(?:this (?:mini-?)?review|in this article|here,? we (?:review|discuss|summari[sz]e|highlight|describe|"
    r"provide|outline|focus|"
    r"present|examine|consider)|we (?:also )?(?:review|discuss|summari[sz]e|highlight) )",
    re.IGNORECASE,
)


def find_part(text: str) -> str | None:
    """The part that a heading opens (``abstract``, ``references``, ...), or None if it has no fixed meaning."""
    if len(text) > _LONGEST_HEADING:
        return None
    first = _FIRST_WORD.match(text)
    if first is None or first[1].lower() not in _FIRST_WORDS:
        return None
    title = text[heading_prefix(text) :].strip(" :#*").lower().replace("’", "'").replace("&", "and")
    title = _FRILLS.sub("", title)
    return _KNOWN.get(title) or _KNOWN.get(title.removesuffix("s"))


def is_structured_abstract_heading(text: str) -> bool:
    """Whether a heading may stand inside an abstract (``Methods``)."""
    return _STRUCTURED.fullmatch(text.strip(" :.#*")) is not None


def find_run_in(text: str) -> tuple[str, int] | None:
    """The part that a paragraph opens with (``Abstract: We ...``) and the length of the label, or None."""
    match = _RUN_IN.match(text)
    if match is None:
        return None
    return (KEYWORDS if match["keywords"] else ABSTRACT), match.end()


def is_article_type(text: str) -> bool:
    """Whether a line over the title says what kind of article it is (``Review``)."""
    return _ARTICLE_TYPE.fullmatch(text.strip(" :.|")) is not None


def is_back_matter(text: str) -> bool:
    """Whether a paragraph is thanks, a disclosure, an address or a licence."""
    if _BACK_RUN_IN.match(text):
        return True
    opening = text[:_OPENING]
    return any(word in opening for word in _DISCLOSURE_WORDS) and _DISCLOSURE.search(opening) is not None


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
