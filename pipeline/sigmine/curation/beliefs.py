"""Beliefs that follow curators: what they judged is nearly certain, and their verdicts count for the rules.

Two things change, and nothing else. A reading that was judged is believed as the curator says (``ACCEPTED``,
``REJECTED``); what a correction says becomes a reading of its own. And each verdict is one more reading of its rule
that was right or wrong, added to the counts that come with sigmine (``sigmine.resources.belief_counts``), so that what
the same rule reads elsewhere, and what its kind reads, is believed more or less (``sigmine.assembly.reliability``). A
few verdicts move a rule that was seen often a little, and one that was never seen a lot, as they should.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sigmine.assembly.reliability import Reliability
from sigmine.curation.decision import Correction, Decision, decision_to_json
from sigmine.curation.gold import make_claim
from sigmine.curation.relocation import DecisionIndex
from sigmine.curation.sources import Source
from sigmine.curation.spans import find_document_span, find_words
from sigmine.errors import CurationError
from sigmine.evaluation.claim import End
from sigmine.evaluation.matching import END_TESTS, claims_agree
from sigmine.model.entity import Entity, Site
from sigmine.model.statement import ClaimType, Evidence, RelationMention
from sigmine.resources.belief_counts import BeliefCounts, RuleCount, load_belief_counts

ACCEPTED = 0.99
"""How likely a reading is right that a curator accepted: curators err too."""
REJECTED = 0.01

CUE = "curated:"
"""Begins the cue that a judged reading gets: ``curated:accepted``, ``curated:rejected``, ``curated:corrected``."""

CURATION = "curation"
"""The key of a manifest that says which decisions an output follows; of what was only read there is none."""


@dataclass(frozen=True, slots=True)
class Curated:
    """What ``apply_decisions`` returns.

    Attributes:
        evidence: all of it, in order, weighed anew; what a correction says comes after the reading that it corrects.
        applied: the decisions that fit a reading; ``not_found``: those on documents that are here, but whose reading is
            not (another version reads it no more).
        not_placed: corrections that could not be made a reading, because an end has no place in the sentence.
    """

    evidence: tuple[Evidence, ...]
    applied: tuple[Decision, ...]
    not_found: tuple[Decision, ...]
    not_placed: tuple[Decision, ...]


def is_right(decision: Decision) -> bool:
    """Whether the rule read it right: it was accepted, or corrected in sites, flags or identities only.

    This is how the bundled counts judge (level ``relaxed``).
    """
    if decision.verdict != "corrected":
        return decision.verdict == "accepted"
    if decision.reading is None or decision.correction is None:
        return False
    instead = make_claim(decision, decision.correction, id="", verdict="corrected")
    return claims_agree(decision.reading, instead, END_TESTS["relaxed"])


def add_counts(base: BeliefCounts, verdicts: Iterable[tuple[str, bool]]) -> BeliefCounts:
    """The counts with readings added: the name of a rule, and whether it was right."""
    found = Counter(verdicts)
    rules = dict(base.rules)
    for rule in {rule for rule, _ in found}:
        old = rules.get(rule, RuleCount(0, 0))
        rules[rule] = RuleCount(old.right + found[rule, True], old.wrong + found[rule, False])
    return replace(base, rules=rules)


def make_reliability(decisions: Iterable[Decision], *, base: BeliefCounts | None = None) -> Reliability:
    """The estimates that follow from the bundled counts (or ``base``) and the decisions."""
    verdicts = [(one.reading.rule, is_right(one)) for one in decisions if one.reading is not None]
    return Reliability(add_counts(base or load_belief_counts(), verdicts))


def apply_decisions(
    evidence: Iterable[Evidence],
    decisions: Sequence[Decision],
    *,
    sources: Mapping[str, Source] | None = None,
    base: BeliefCounts | None = None,
) -> Curated:
    """The evidence as curators have it, ready for ``sigmine.assembly.assemble``.

    A decision counts for the rule that reads it now. One whose document is here and whose reading is not counts for
    none, since that rule reads it no more; one on another document counts for the rule that read it.

    Args:
        evidence: all of an output, as it was read.
        sources: of its documents, so that decisions on another text of the same name do not count.
        base: the counts to add to; the bundled ones by default.
    """
    listed = tuple(evidence)
    index = DecisionIndex(decisions)
    shas = {name: source.sha256 for name, source in (sources or {}).items()}
    found = [index.find(one, shas.get(one.document, "")) for one in listed]
    here = {one.document for one in listed} | set(sources or {})
    verdicts = [
        (one.mention.rule, is_right(decision))
        for one, decision in zip(listed, found, strict=True)
        if decision is not None
    ]
    elsewhere = [one for one in decisions if one.document not in here and one.reading is not None]
    verdicts += [(one.reading.rule, is_right(one)) for one in elsewhere if one.reading is not None]
    reliability = Reliability(add_counts(base or load_belief_counts(), verdicts))
    result: list[Evidence] = []
    not_placed: dict[str, Decision] = {}
    corrected: set[str] = set()
    for one, decision in zip(listed, found, strict=True):
        result.append(_weigh(one, decision, reliability))
        if decision is None or decision.correction is None or decision.evidence in corrected:
            continue
        instead = _correct(one, decision.correction)
        if instead is None:
            not_placed[decision.evidence] = decision
        else:
            corrected.add(decision.evidence)
            result.append(instead)
    used = {one.evidence for one in found if one is not None}
    return Curated(
        evidence=tuple(result),
        applied=tuple(one for one in decisions if one.evidence in used),
        not_found=tuple(one for one in decisions if one.document in here and one.evidence not in used),
        not_placed=tuple(one for name, one in not_placed.items() if name not in corrected),
    )


def _weigh(evidence: Evidence, decision: Decision | None, reliability: Reliability) -> Evidence:
    mention = evidence.mention
    if decision is None:
        return _with(evidence, replace(mention, prior=round(reliability.estimate(mention), 4)))
    verdict = "accepted" if decision.verdict == "accepted" else "rejected"
    prior = ACCEPTED if verdict == "accepted" else REJECTED
    return _with(evidence, replace(mention, prior=prior, cues=(*mention.cues, CUE + verdict)))


def _with(evidence: Evidence, mention: RelationMention) -> Evidence:
    return replace(evidence, mention=mention)


def _correct(evidence: Evidence, correction: Correction) -> Evidence | None:
    """The reading that should have been; None where an end has no place in the sentence."""
    mention = evidence.mention
    subject = None if correction.subject is None else _make_entity(evidence, correction.subject)
    object_ = _make_entity(evidence, correction.object)
    if object_ is None or (subject is None and correction.subject is not None):
        return None
    known = {site.name: site for site in mention.sites}
    new = replace(
        mention,
        relation=correction.relation,
        subject=subject,
        object=object_,
        sites=tuple(known.get(name) or _make_site(evidence, name) for name in correction.sites),
        negated=correction.negated,
        claim=_choose_claim(mention, correction.hedged),
        direct=correction.direct,
        prior=ACCEPTED,
        cues=(*mention.cues, f"{CUE}corrected"),
    )
    if evidence.source is None:
        return replace(evidence, mention=new)
    ends = (correction.subject, correction.object)
    first, second = (end.spans[0] if end is not None and end.spans else None for end in ends)
    return replace(evidence, mention=new, source_subject=first, source_object=second)


def _choose_claim(mention: RelationMention, hedged: bool) -> ClaimType:
    if mention.hedged == hedged:
        return mention.claim
    return "hypothesised" if hedged else "asserted"


def _make_entity(evidence: Evidence, end: End) -> Entity | None:
    """An end with its words, as the sentence has them."""
    for entity in (evidence.mention.subject, evidence.mention.object):
        place = evidence.source_subject if entity is evidence.mention.subject else evidence.source_object
        own = None if entity is None else (place if evidence.source else (entity.start, entity.end))
        if entity is not None and own is not None and own in end.spans:
            return replace(entity, name=end.name, type=end.type, curie=end.curie, reason=None, alternatives=())
    span = find_document_span(evidence, *end.spans[0]) if end.spans else None
    if span is None:
        return None
    words = evidence.sentence[span[0] - evidence.start : span[1] - evidence.start]
    return Entity(words, *span, end.type, end.name, end.curie)


def _make_site(evidence: Evidence, name: str) -> Site:
    """A residue that the curator names, where the sentence has it; else in the trigger's place."""
    from sigmine.nlp.sites import find_sites

    position = int(name[1:]) if name[1:] else None
    start, trigger = evidence.start, evidence.mention.trigger
    written = [site for site in find_sites(evidence.sentence) if site.name == name]
    if written:
        return replace(written[0], start=written[0].start + start, end=written[0].end + start)
    span = find_words(evidence, name) if position else None  # "S939" alone may be much else, but not to a curator
    if span is not None:
        return Site(name[0], position, name, *span)
    return Site(name[0], position, trigger.text, trigger.start, trigger.end)


def describe_curation(decisions: Sequence[Decision]) -> dict[str, Any]:
    """The manifest's row: how many decisions, whose, and a hash of them."""
    rows = [json.dumps(decision_to_json(one), sort_keys=True) for one in decisions]
    return {
        "decisions": len(decisions),
        "curators": sorted({one.curator for one in decisions}),
        "sha256": hashlib.sha256("\n".join(rows).encode()).hexdigest(),
    }


def check_uncurated(out: Path, program: Mapping[str, Any]) -> None:
    """Refuses what follows decisions already: corrections would come in twice.

    Raises:
        CurationError: if the manifest's rows say so.
    """
    if CURATION in program:
        raise CurationError(
            f"{out} follows decisions already (`sigmine curate apply` wrote it). Give the folder of the run itself."
        )
