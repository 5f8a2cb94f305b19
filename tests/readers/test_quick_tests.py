"""The quick tests that stand before slow patterns let everything pass that the patterns know."""

from __future__ import annotations

import pytest

from sigmine.readers.text_furniture import _JUNK, _is_junk
from sigmine.readers.text_matter import _DISCLOSURE, _KNOWN, find_part, is_back_matter

DISCLOSURES = (
    "There is no conflict of interest.", "The work has no other disclosures.", "A. Writer declares a grant.",
    "The author reports personal fees.", "B. Reader has received honoraria.", "The authors acknowledge the funding.",
    "C. Writer thanks two readers for helpful remarks.", "She received funding from nobody.", "D. Lee reports grants.",
    "We thank our readers.", "The authors gratefully acknowledge it.", "We apologise to those who are not cited.",
    "The authors are grateful to all.", "This work was supported by nobody.", "The research in it is funded by us.",
    "This study was financed in part by the house.", "The costs of publication of this article were paid.",
    "This is an open access article.", "Printed under the Creative Commons Attribution 4.0 licence.",
    "Publisher’s note", "To whom correspondence should be addressed.", "E. Writer discloses research support.",
)  # fmt: skip
JUNK = (
    "Close modal", "View large image", "Download slide", "Open in new tab", "view this table", "Expand figure",
    "Full size image", "Enlarge", "Search ads", "Google Scholar", "Crossref", "PubMed Central", "Web of Science",
    "Scopus", "MEDLINE", "CAS", "Submit your manuscript here", "Dovepress", "Downloaded from x", "Author manuscript",
    "NIH-PA author manuscript", "Available in PMC 2010", "Page 2 of 9", "https://example.org/x", "www.example.org",
    "doi: 10.5555/1", "Powered by x", "Share this article", "© 2020 x", "Copyright © 2020", "All rights reserved.",
    "|||", "= = =", "~~~~", "***", "_ _ _", "+++", ":::", "---",
)  # fmt: skip


@pytest.mark.parametrize("text", DISCLOSURES)
def test_disclosures(text: str) -> None:
    assert _DISCLOSURE.search(text)
    assert is_back_matter(text)


@pytest.mark.parametrize("text", JUNK)
def test_junk(text: str) -> None:
    assert _JUNK.fullmatch(text)
    assert _is_junk(text)


@pytest.mark.parametrize("frame", ["{}", "{}s", "## {}", "2.1 {}:", "IV. {}", "A. {}", "12. ** {} **", "* {}"])
def test_every_known_heading_is_found(frame: str) -> None:
    known = {title: part for title, part in _KNOWN.items() if len(frame.format(title)) <= 80}
    for write in (str.lower, str.upper, str.capitalize):
        assert {title: find_part(frame.format(write(title))) for title in known} == known


@pytest.mark.parametrize(
    "text", ["Declarations of interest", "Declaration of competing interests", "Funding statement"]
)
def test_headings_with_frills(text: str) -> None:
    assert find_part(text) == ("back_matter" if text != "Declarations of interest" else None)
