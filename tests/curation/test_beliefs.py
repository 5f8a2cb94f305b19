"""Beliefs that follow curators."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curation.builders import SOURCE, correct, decide_on, make_reading_of
from sigmine.assembly import assemble
from sigmine.assembly.reliability import Reliability, load_reliability
from sigmine.curation import apply_decisions, check_uncurated, describe_curation, is_right
from sigmine.curation.beliefs import ACCEPTED, REJECTED, add_counts
from sigmine.errors import CurationError
from sigmine.evaluation.claim import End
from sigmine.model import Evidence
from sigmine.resources.belief_counts import BeliefCounts, RuleCount
from store.builders import make_evidence

NOTHING = BeliefCounts({}, {})
RULE = make_reading_of(0).mention.rule


def priors(evidence: tuple[Evidence, ...]) -> list[float]:
    return [one.mention.prior for one in evidence]


def test_without_decisions_beliefs_are_those_of_a_run() -> None:
    evidence = (make_reading_of(0), make_reading_of(1, site="S9"))
    found = apply_decisions(evidence, [])
    reliability = load_reliability()
    assert priors(found.evidence) == [round(reliability.estimate(one.mention), 4) for one in evidence]
    assert [replace(one.mention, prior=0) for one in found.evidence] == [
        replace(one.mention, prior=0) for one in evidence
    ]


def test_what_was_judged_is_nearly_certain_and_says_so() -> None:
    one, other = make_reading_of(0), make_reading_of(1)
    found = apply_decisions([one, other], [decide_on(one), decide_on(other, "rejected")])
    assert priors(found.evidence) == [ACCEPTED, REJECTED]
    assert [item.mention.cues for item in found.evidence] == [("curated:accepted",), ("curated:rejected",)]
    assert len(found.applied) == 2


def test_verdicts_count_for_what_the_rule_reads_elsewhere() -> None:
    readings = [make_reading_of(number) for number in range(6)]

    def believe(verdict: str) -> float:
        decisions = [decide_on(one, verdict) for one in readings[:5]]  # type: ignore[arg-type]
        return apply_decisions(readings, decisions, base=NOTHING).evidence[-1].mention.prior

    assert believe("rejected") < apply_decisions(readings, [], base=NOTHING).evidence[-1].mention.prior == 0.5
    assert believe("accepted") > 0.5
    expected = Reliability(add_counts(NOTHING, [(RULE, True)] * 5)).find_precision(RULE)
    assert believe("accepted") == pytest.approx(expected, abs=1e-4)


def test_counts_are_added_to_those_there_are() -> None:
    base = BeliefCounts({"a/x.y": RuleCount(3, 1), "b/x.y": RuleCount(1, 0)}, {})
    found = add_counts(base, [("a/x.y", False), ("a/x.y", True), ("c/x.y", True)])
    assert found.rules == {"a/x.y": RuleCount(4, 2), "b/x.y": RuleCount(1, 0), "c/x.y": RuleCount(1, 0)}
    assert base.rules["a/x.y"] == RuleCount(3, 1)


def test_a_decision_whose_reading_is_gone_counts_for_no_rule_unless_it_is_of_another_document() -> None:
    here, gone = make_reading_of(0), make_reading_of(1)
    elsewhere = make_reading_of(1, document="beta")
    found = apply_decisions([here], [decide_on(gone, "rejected")], base=NOTHING)
    assert (priors(found.evidence), len(found.not_found)) == ([0.5], 1)
    found = apply_decisions([here], [decide_on(elsewhere, "rejected")], base=NOTHING)
    assert found.evidence[0].mention.prior < 0.5
    assert not found.not_found


def test_offsets_of_another_text_are_not_used() -> None:
    moved = replace(make_reading_of(0), mention=replace(make_reading_of(0).mention, rule="x/y.z"))
    sources = {"alpha": replace(SOURCE, sha256="b" * 64)}
    found = apply_decisions([moved], [decide_on(make_reading_of(0))], sources=sources)
    assert not found.applied


@pytest.mark.parametrize(
    ("changes", "right"),
    [
        ({"sites": ("S9",)}, True),
        ({"hedged": True, "negated": True}, True),
        ({"object": End(((20, 24),), "TSC1", "PROTEIN", "hgnc:12362")}, True),
        ({"relation": "inhibits"}, False),
        ({"object": End(((26, 31),), "TSC1", "PROTEIN", "hgnc:12362")}, False),
        ({"subject": None}, False),
    ],
)
def test_a_rule_is_right_where_relation_and_places_stay(changes: dict[str, object], right: bool) -> None:
    reading = make_reading_of(0)
    assert is_right(decide_on(reading, "corrected", correction=correct(reading, **changes))) is right


def test_a_correction_is_read_and_believed() -> None:
    evidence = make_evidence("It is said that AKT1 inhibits TSC2 at S939.", "phosphorylates", "AKT1", "TSC2", start=50)
    correction = correct(evidence, relation="inhibits_phosphorylation", sites=("S939",), negated=True, hedged=True)
    found = apply_decisions([evidence], [decide_on(evidence, "corrected", correction=correction)])
    read, instead = found.evidence
    assert (read.mention.prior, instead.mention.prior) == (REJECTED, ACCEPTED)
    mention = instead.mention
    assert (mention.relation, mention.negated, mention.claim) == ("inhibits_phosphorylation", True, "hypothesised")
    assert mention.cues == ("curated:corrected",)
    (site,) = mention.sites
    assert evidence.sentence[site.start - 50 : site.end - 50] == "S939"
    assert {one.relation: one.belief for one in assemble(found.evidence)}["phosphorylates"] < 0.02


def test_an_end_of_a_correction_has_its_words() -> None:
    evidence = make_evidence("AKT1 phosphorylates TSC2, not RHEB.", "phosphorylates", "AKT1", "RHEB", start=10)
    tsc2 = End(((30, 34),), "TSC2", "PROTEIN", "hgnc:12363")
    found = apply_decisions([evidence], [decide_on(evidence, "corrected", correction=correct(evidence, object=tsc2))])
    entity = found.evidence[1].mention.object
    assert (entity.text, entity.start, entity.end, entity.curie) == ("TSC2", 30, 34, "hgnc:12363")


def test_a_correction_without_a_place_only_rejects() -> None:
    evidence = make_reading_of(0)
    nowhere = correct(evidence, object=End((), "RHEB", "PROTEIN", None))
    found = apply_decisions([evidence], [decide_on(evidence, "corrected", correction=nowhere)])
    assert priors(found.evidence) == [REJECTED]
    assert len(found.not_placed) == 1


def test_two_rules_that_read_it_give_one_correction() -> None:
    evidence = make_reading_of(0)
    other = replace(evidence, mention=replace(evidence.mention, rule="x/y.z"))
    decision = decide_on(evidence, "corrected", correction=correct(evidence, relation="inhibits"))
    found = apply_decisions([evidence, other], [decision])
    assert [one.mention.relation for one in found.evidence] == ["phosphorylates", "inhibits", "phosphorylates"]


def test_an_output_that_follows_decisions_is_not_judged_again() -> None:
    from pathlib import Path

    row = describe_curation([replace(decide_on(make_reading_of(0)), curator="ada")])
    assert (row["decisions"], row["curators"]) == (1, ["ada"])
    check_uncurated(Path("out"), {"program": "sigmine"})
    with pytest.raises(CurationError, match="follows decisions already"):
        check_uncurated(Path("out"), {"curation": row})
