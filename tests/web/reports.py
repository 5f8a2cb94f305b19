"""Reports for tests: statements in few words, some of them hostile, and the page read back as its script reads it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sigmine.assembly import assemble
from sigmine.model import Citation, Entity, Evidence, Reference, Site, Statement, Trigger
from sigmine.web.report_page import render_report
from store.builders import ALL, make_evidence
from web.pages import Element, read_page

EVIL = (
    "</script><script>window.ran = 1</script><!-- <img src=x onerror='window.ran = 1'> \"&amp;\u2028\u2029\\ {{ 7*7 }}"
)
"""What would run or break the page, were it taken for anything but text."""


def make_hostile() -> Evidence:
    """A statement whose every text is ``EVIL``: names, sentence, document, rule, cue, marker, reference."""
    sentence = f"{EVIL} activates {EVIL} at S12 \U0001d6fc."
    end = len(EVIL)
    evidence = make_evidence(
        sentence,
        "activates",
        Entity(EVIL, 0, end, "PROTEIN", EVIL, f"hgnc:{EVIL}"),
        Entity(EVIL, end + 11, 2 * end + 11, "CHEMICAL", EVIL),
        document=EVIL,
        references=(Reference(1, EVIL, f"10.1/{EVIL}", EVIL, EVIL, EVIL, (EVIL,), EVIL, 1999),),
    )
    mention = replace(
        evidence.mention,
        sites=(Site("S", 12, "S12", 2 * end + 15, 2 * end + 18),),
        trigger=Trigger("activates", end + 1, end + 10),
        rule=EVIL,
        cues=(EVIL,),
        citations=(replace(evidence.mention.citations[0], marker=EVIL),),
    )
    return replace(evidence, section="body", mention=mention)


def make_manifest(*documents: str, failures: tuple[str, ...] = ()) -> dict[str, Any]:
    """What ``manifest.json`` would say of a run over these documents."""
    rows = [
        {"document": name, "file": f"{name}.txt", "sha256": "ab" * 32, "run": "r1", "characters": 900,
         "sentences": 7, "words": 70, "entities": 5, "mentions": 2}
        for name in documents
    ]  # fmt: skip
    return {
        "run": "0123456789abcdef", "program": "sigmine", "version": "9.9.9", "python": "3.11", "schema": 1,
        "dependencies": {"spacy": "3.8"}, "sha256": {"code": "cd" * 32}, "options": {"ner": None, "entities": "both"},
        "counts": {"sentences": 7 * len(rows), "words": 70 * len(rows)}, "documents": rows,
        "failures": [{"document": name, "file": f"{name}.txt", "sha256": None, "reason": EVIL} for name in failures],
    }  # fmt: skip


def make_statements(*evidence: Evidence) -> tuple[Statement, ...]:
    return assemble(evidence or ALL)


def render(*evidence: Evidence, **options: Any) -> str:
    """The page of some evidence, of ``ALL`` if none is given."""
    return render_report(make_statements(*evidence), **options).decode()


def read_data(page: str) -> dict[str, Any]:
    """What the page's script reads."""
    (element,) = [one for one in read_page(page).find_all("script") if one.attributes.get("id") == "data"]
    data: dict[str, Any] = json.loads(element.text)
    return data


def find_section(page: str, name: str) -> Element:
    (section,) = [one for one in read_page(page).find_all("section") if one.attributes.get("id") == name]
    return section


def cite(evidence: Evidence, *references: Reference, marker: str = "[1]") -> Evidence:
    """The evidence with one citation."""
    return replace(evidence, mention=replace(evidence.mention, citations=(Citation(0, 1, marker, references),)))
