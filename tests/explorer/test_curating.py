"""Decisions from a page: kept at once, never over what somebody else decided meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from explorer.conftest import Open, Page
from sigmine.curation import open_curation
from sigmine.model import Statement


@pytest.fixture
def shown(page: Page, statements: tuple[Statement, ...]) -> dict[str, Any]:
    """A statement with two pieces of evidence, as the page has it."""
    detail: dict[str, Any] = page.ask("statement", id=next(one.id for one in statements if one.site == "S939"))
    return detail


def decide(shown: dict[str, Any], verdict: str, number: int = 0, **more: Any) -> dict[str, Any]:
    evidence = shown["pieces"][number]["id"]
    return {"statement": shown["id"], "evidence": evidence, "verdict": verdict, "seen": shown["revision"], **more}


CORRECTION = {
    "relation": "inhibits",
    "subject": "TSC2",
    "object": "AKT1",
    "sites": ["Ser473"],
    "negated": True,
    "hedged": False,
    "direct": True,
}


def test_a_decision_is_in_the_journal_when_it_is_answered(page: Page, shown: dict[str, Any], tmp_path: Path) -> None:
    answer = page.send("decide", decide(shown, "rejected", error="direction", comment="the reverse"))
    assert answer["decision"]["verdict"] == "rejected"
    assert answer["curation"]["counts"] == {"accepted": 0, "rejected": 1, "corrected": 0}
    [kept] = open_curation(tmp_path / "decisions", curator="somebody").decisions()
    assert (kept.error, kept.comment, kept.curator) == ("direction", "the reverse", "ada")
    assert kept.evidence == shown["pieces"][0]["id"]
    assert kept.statement == shown["id"]


def test_decisions_are_shown_after_a_restart(page: Page, shown: dict[str, Any], open_page: Open, place: Path) -> None:
    page.send("decide", decide(shown, "accepted"))
    again = open_page(place, curator="grace")
    detail = again.ask("statement", id=shown["id"])
    assert [(piece["decision"] or {}).get("curator") for piece in detail["pieces"]] == ["ada", None]
    rows = {row["id"]: row for row in again.ask("statements")["rows"]}
    assert rows[shown["id"]]["curated"] == {"accepted": 1}


def test_a_second_tab_is_told_what_the_first_decided(page: Page, shown: dict[str, Any], tmp_path: Path) -> None:
    page.send("decide", decide(shown, "accepted"))
    refused = page.send("decide", decide(shown, "rejected", error="no_relation"), status=409)
    assert refused["decision"]["verdict"] == "accepted"
    assert "meanwhile" in refused["error"]
    assert [one.verdict for one in open_curation(tmp_path / "decisions", curator="x").decisions()] == ["accepted"]
    shown["revision"] = refused["curation"]["revision"]
    assert page.send("decide", decide(shown, "rejected", error="no_relation"))["decision"]["verdict"] == "rejected"


def test_two_curators_do_not_overwrite_each_other(
    page: Page, shown: dict[str, Any], open_page: Open, place: Path
) -> None:
    other = open_page(place, curator="grace")
    other.send("decide", decide(shown, "corrected", correction=CORRECTION))
    refused = page.send("decide", decide(shown, "accepted"), status=409)
    assert refused["decision"]["curator"] == "grace"
    assert page.send("decide", decide(shown, "accepted", number=1))["decision"]["curator"] == "ada"
    assert "nothing to undo" in page.send("undo", {"evidence": shown["pieces"][0]["id"]}, status=400)["error"]


def test_a_request_that_comes_twice_is_one_decision(page: Page, shown: dict[str, Any]) -> None:
    first = page.send("decide", decide(shown, "accepted"))
    second = page.send("decide", decide(shown, "accepted"))
    assert first["curation"]["decided"] == second["curation"]["decided"] == 1


def test_undo_takes_back_the_last_or_the_one_that_is_named(page: Page, shown: dict[str, Any]) -> None:
    page.send("decide", decide(shown, "accepted"))
    page.send("decide", decide(shown, "accepted", number=1))
    named = page.send("undo", {"evidence": shown["pieces"][0]["id"]})
    assert named["decision"] is None
    assert named["undone"]["evidence"] == shown["pieces"][0]["id"]
    assert page.send("undo", {})["undone"]["evidence"] == shown["pieces"][1]["id"]
    assert "nothing to undo" in page.send("undo", {}, status=400)["error"]


def test_a_correction_keeps_the_places_and_identities_of_ends_that_were_read(
    page: Page, shown: dict[str, Any], tmp_path: Path
) -> None:
    page.send("decide", decide(shown, "corrected", error="direction", correction=CORRECTION))
    [kept] = open_curation(tmp_path / "decisions", curator="x").decisions()
    assert kept.correction is not None
    assert kept.correction.subject is not None
    assert (kept.correction.subject.name, kept.correction.subject.curie) == ("TSC2", "hgnc:12363")
    assert kept.correction.subject.spans == ((33, 37),)
    assert kept.correction.object.spans == ((13, 17),)
    assert kept.correction.sites == ("S473",)
    assert kept.correction.negated


def test_a_correction_may_name_another_molecule_or_words_of_the_sentence(
    page: Page, shown: dict[str, Any], tmp_path: Path
) -> None:
    page.send("decide", decide(shown, "corrected", correction={**CORRECTION, "subject": "rheb", "object": "hands"}))
    [kept] = open_curation(tmp_path / "decisions", curator="x").decisions()
    assert kept.correction is not None
    assert kept.correction.subject is not None
    assert (kept.correction.subject.curie, kept.correction.subject.spans) == ("hgnc:10011", ())
    assert (kept.correction.object.name, kept.correction.object.spans) == ("hands", ((7, 12),))
    assert kept.correction.object.curie is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"verdict": "maybe"}, "verdict"),
        ({"error": "nonsense", "verdict": "rejected"}, "error class"),
        ({"error": "direction"}, "accepted"),
        ({"seen": None}, "seen"),
        ({"seen": True}, "seen"),
        ({"seen": -1}, "seen"),
        ({"comment": "x" * 3_000}, "comment"),
        ({"comment": 7}, "comment"),
        ({"verdict": "corrected"}, "correction"),
        ({"verdict": "corrected", "correction": {**CORRECTION, "relation": "likes"}}, "relation"),
        ({"verdict": "corrected", "correction": {**CORRECTION, "object": ""}}, "object"),
        ({"verdict": "corrected", "correction": {**CORRECTION, "object": "nowhere"}}, "nowhere"),
        ({"verdict": "corrected", "correction": {**CORRECTION, "sites": ["everywhere"]}}, "residue"),
        ({"verdict": "corrected", "correction": {**CORRECTION, "sites": "S473"}}, "sites"),
        ({"verdict": "corrected", "correction": {**CORRECTION, "negated": "no"}}, "negated"),
    ],
)
def test_what_is_no_decision_is_refused_and_nothing_is_written(
    page: Page, shown: dict[str, Any], changes: dict[str, Any], words: str, tmp_path: Path
) -> None:
    assert words in page.send("decide", decide(shown, **{"verdict": "accepted", **changes}), status=400)["error"]
    assert not (tmp_path / "decisions").exists()


def test_evidence_that_is_not_there_is_refused(page: Page, shown: dict[str, Any]) -> None:
    assert page.send("decide", {**decide(shown, "accepted"), "evidence": "x"}, status=404)["error"]
    assert page.send("decide", {**decide(shown, "accepted"), "statement": "x"}, status=404)["error"]


def test_the_queue_leaves_out_what_is_decided(page: Page, shown: dict[str, Any]) -> None:
    before = page.ask("queue")["items"]
    assert {one["evidence"] for one in before} >= {piece["id"] for piece in shown["pieces"]}
    page.send("decide", decide(shown, "accepted"))
    after = page.ask("queue")
    assert len(after["items"]) == len(before) - 1
    assert after["curation"]["decided"] == 1


def test_a_damaged_journal_is_told_with_its_line(open_page: Open, page: Page, tmp_path: Path) -> None:
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "decisions.jsonl").write_text("no journal\n", encoding="utf-8")
    assert "decisions.jsonl:1" in page.ask("curation", status=400)["error"]
