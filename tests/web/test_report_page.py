from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

import fake_pipeline
from sigmine.benchmark.statements import make_statements as make_many
from sigmine.draft import REPORT, remove_documents
from sigmine.model import Document
from sigmine.run import run
from sigmine.web.report_page import render_report
from store.builders import ACTIVE, ALL, DENIED, HEDGED, NO_SUBJECT, PLAIN, make_evidence
from web.pages import find_fetches, read_page
from web.reports import EVIL, find_section, make_hostile, make_manifest, make_statements, read_data, render

NOTE = Document("note", "AKT1 phosphorylates TSC2 at S939. MTOR activates RPS6KB1.")
MORE = Document("more", "MTOR activates RPS6KB1. TSC2 inhibits MTOR. β1 binds MTOR.")


def list_headline(page: str) -> dict[str, str]:
    rows = find_section(page, "summary").find_all("dl", "headline")[0].find_all("div")
    return {row.find_all("dt")[0].text: row.find_all("dd")[0].text for row in rows}


def list_bars(page: str) -> dict[str, dict[str, str]]:
    """By heading, the count of each name."""
    return {
        table.find_all("caption")[0].text.split(" ")[0]: {
            row.find_all("th")[0].text: row.find_all("td")[1].text for row in table.find_all("tr")
        }
        for table in find_section(page, "summary").find_all("table", "bars")
    }


def test_the_summary_counts_what_there_is() -> None:
    page = render(manifest=make_manifest("alpha", "beta", failures=("gamma",)))
    assert list_headline(page) == {
        "documents": "2", "sentences read": "14", "words": "140", "statements": "7", "molecules": "9",
        "contradictions": "0", "not read": "1",
    }  # fmt: skip
    bars = list_bars(page)
    assert bars["Relations"] == {
        "phosphorylates": "3", "activates": "2", "binds": "1", "inhibits": "1",
    }  # fmt: skip
    assert bars["How"] == {
        "asserted": "7", "attributed": "0", "hypothesised": "1", "open question": "0", "contradicted": "0",
        "denied": "1",
    }  # fmt: skip
    assert bars["Most"]["RHEB"] == "2"
    assert sum(int(count) for count in bars["Belief"].values()) == 7


def test_the_longest_bar_is_the_whole_width_and_others_in_proportion() -> None:
    (relations, *_) = find_section(render(), "summary").find_all("table", "bars")
    assert [one.attributes["width"] for one in relations.find_all("rect")] == ["100.0", "66.7", "33.3", "33.3"]


def test_without_a_manifest_the_evidence_tells_of_documents() -> None:
    page = render(PLAIN, HEDGED, ACTIVE)
    assert list_headline(page) == {"documents": "2", "statements": "2", "molecules": "4", "contradictions": "0"}
    rows = find_section(page, "documents").find_all("tbody")[0].find_all("tr")
    assert [[cell.text for cell in row.children] for row in rows] == [["alpha", "1"], ["beta", "2"]]
    assert "Provenance" not in read_page(page).text


def test_provenance_and_failures_are_told() -> None:
    page = render(manifest=make_manifest("alpha", failures=("gamma",)))
    rows = [[cell.text for cell in row.children] for row in find_section(page, "provenance").find_all("tr")]
    assert rows == [
        ["version", "9.9.9"], ["run", "0123456789abcdef"], ["Python", "3.11"], ["ner", "–"], ["entities", "both"],
        ["spacy", "3.8"], ["code", "cd" * 32],
    ]  # fmt: skip
    assert "ab" * 32 in find_section(page, "documents").text
    cells = [cell.text for cell in find_section(page, "failures").find_all("tr")[1].children]
    assert cells == ["gamma", "gamma.txt", EVIL]


def test_what_was_asked_for_is_said() -> None:
    page = render(PLAIN, selection=["--relation phosphorylates", f"--object {EVIL}"])
    assert f"Only part of the statements: --relation phosphorylates; --object {EVIL}." in read_page(page).text
    assert list_headline(page)["statements chosen"] == "1"
    empty = render_report([], selection=["--relation binds"]).decode()
    assert "No statement fits." in read_page(empty).text


def test_a_run_without_statements_is_a_page() -> None:
    page = render_report([], manifest=make_manifest()).decode()
    assert "No statement was found." in read_page(page).text
    assert "No documents" in read_page(page).find_all("h1")[0].text
    assert read_page(page).find_all("svg") == []
    assert read_data(page)["statements"] == []


@pytest.mark.parametrize(
    ("documents", "title"), [(("a",), "a"), (("a", "b", "c"), "a, b, c"), (tuple("abcd"), "4 documents")]
)
def test_the_heading_names_the_documents(documents: tuple[str, ...], title: str) -> None:
    page = render(manifest=make_manifest(*documents))
    assert read_page(page).find_all("h1")[0].text == title
    assert read_page(render(title="Mine")).find_all("h1")[0].text == "Mine"


def test_only_the_page_s_own_style_and_script_may_run() -> None:
    page = render(manifest=make_manifest("alpha"))
    root = read_page(page)
    (policy,) = [
        one.attributes["content"]
        for one in root.find_all("meta")
        if one.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert set(rules) == {"default-src", "style-src", "script-src", "base-uri", "form-action"}
    (script,) = [one for one in root.find_all("script") if "type" not in one.attributes]
    for element, rule in ((root.find_all("style")[0], "style-src"), (script, "script-src")):
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    # What the policy would block must not be there: it would be missing from the page's looks.
    assert not [one.tag for one in root.find_all() if "style" in one.attributes]
    assert not [one.tag for one in root.find_all() if any(name.startswith("on") for name in one.attributes)]


def test_nothing_is_fetched_and_links_lead_to_four_places() -> None:
    page = render(make_hostile(), *ALL)
    places = set(re.findall(r"https?://[\w.]+", read_page(page).find_all("script")[-1].text))
    assert places == {
        "https://pubmed.ncbi.nlm.nih.gov", "https://doi.org", "https://pmc.ncbi.nlm.nih.gov", "https://bioregistry.io",
        "http://www.w3.org",  # the name of SVG, which no browser fetches
    }  # fmt: skip
    assert find_fetches(re.sub(r"https?://[\w.]+", "", page)) == []


def test_hostile_texts_are_texts() -> None:
    page = render(make_hostile(), manifest=make_manifest(EVIL, failures=(EVIL,)), selection=[EVIL], title=EVIL)
    root = read_page(page)
    assert len(root.find_all("script")) == 2
    assert root.find_all("img") == []
    assert "<!--" not in page
    assert "\u2028" not in page.split('id="data">')[1].split("</script>")[0]
    data = read_data(page)
    assert data["documents"] == [EVIL]
    assert data["sentences"][0][4].startswith(EVIL)
    assert data["works"][0][1] == EVIL
    assert root.find_all("h1")[0].text == EVIL


def test_half_a_surrogate_pair_does_not_stop_a_run() -> None:
    broken = make_evidence("AKT1 activates \ud800X.", "activates", "AKT1", "X", document="\udfff")
    assert "AKT1 activates ?X." in render(broken, manifest=make_manifest("\udfff")) or "�" in render(broken)


def test_the_order_of_the_statements_does_not_matter() -> None:
    statements = make_statements()
    page = render_report(statements, manifest=make_manifest("alpha"))
    assert render_report(statements[::-1], manifest=make_manifest("alpha")) == page


def test_a_large_corpus_is_cut_to_the_best_and_the_page_says_so() -> None:
    statements = list(make_many(1500))
    page = render_report(statements, max_bytes=150_000).decode()
    data = read_data(page)
    shown = len(data["statements"])
    assert 100 < shown < 1500
    assert len(page.encode()) < 150_000 + 120_000
    beliefs = [row[5] for row in data["statements"]]
    assert beliefs == sorted(beliefs, reverse=True)
    left_out = sorted((round(one.belief, 3) for one in statements), reverse=True)[shown:]
    assert min(beliefs) >= max(left_out)
    text = " ".join(find_section(page, "statements").text.split())
    assert f"holds the {shown} best believed of 1,500 statements; {1500 - shown:,} are left out" in text
    assert "sigmine report OUT" in text
    assert "left out" not in find_section(render(), "statements").text


def test_contradictions_come_with_the_evidence_of_both_sides() -> None:
    other = make_evidence("RHEB inhibits MTOR.", "inhibits", "RHEB", "MTOR", document="gamma", start=10)
    data = read_data(render(ACTIVE, other, NO_SUBJECT))
    [[kind, scope, belief, first, second]] = data["contradictions"]
    assert (kind, scope) == ("opposed", "in different documents")
    assert belief == min(first[1], second[1])
    assert {first[0], second[0]} == {"RHEB activates MTOR", "RHEB inhibits MTOR"}
    texts = [data["sentences"][data["evidence"][side[4][0]][0]][4] for side in (first, second)]
    assert set(texts) == {"RHEB activates MTOR.", "RHEB inhibits MTOR."}


def test_a_denial_against_a_statement_says_so() -> None:
    stated = replace(DENIED, document="beta", mention=replace(DENIED.mention, negated=False))
    [[kind, _, _, first, second]] = read_data(render(DENIED, stated))["contradictions"]
    assert kind == "stated and denied"
    assert sorted([first[0], second[0]]) == ["RHEB inhibits MTOR", "denied: RHEB inhibits MTOR"]


def test_every_heading_is_one_step_below_the_one_before() -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", render(manifest=make_manifest("a", failures=("b",))))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_run_writes_the_same_report_twice(tmp_path: Path) -> None:
    for name in ("one", "two"):
        run([NOTE, MORE], tmp_path / name, load=fake_pipeline.load)
    page = (tmp_path / "one" / REPORT).read_bytes()
    assert page == (tmp_path / "two" / REPORT).read_bytes()
    assert len(read_data(page.decode())["statements"]) == 4


def test_the_report_follows_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([NOTE], out, load=fake_pipeline.load)
    run([MORE], out, add=True, load=fake_pipeline.load)
    run([NOTE, MORE], tmp_path / "at-once", load=fake_pipeline.load)
    assert (out / REPORT).read_bytes() == (tmp_path / "at-once" / REPORT).read_bytes()
    remove_documents(["more"], out)
    assert len(read_data((out / REPORT).read_text("utf-8"))["statements"]) == 2
