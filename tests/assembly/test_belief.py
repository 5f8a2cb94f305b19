from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples import make_mention
from sigmine.assembly.belief import MAX_BELIEF, SYSTEMATIC_SHARE, compute_belief
from sigmine.assembly.evidence import make_evidence
from sigmine.model import Document, Evidence
from sigmine.model.statement import ClaimType


def observe(
    document: str = "a", *, at: int = 0, prior: float = 0.8, negated: bool = False, hedged: bool = False
) -> Evidence:
    text = Document(document, "x" * at + " AKT1 phosphorylates TSC2.")
    sentence = (at, len(text.text))
    mention = make_mention(
        text, "phosphorylates", "AKT1", "TSC2", sentence=sentence, prior=prior, negated=negated, hedged=hedged
    )
    return make_evidence(mention, text)


def test_one_sentence_is_believed_as_far_as_its_rule() -> None:
    assert compute_belief([observe(prior=0.7)]) == pytest.approx(0.7)


def test_two_sentences_leave_the_systematic_part_of_the_error() -> None:
    wrong = SYSTEMATIC_SHARE * 0.2 + (1 - SYSTEMATIC_SHARE) * 0.2 * 0.2
    assert compute_belief([observe("a"), observe("b")]) == pytest.approx(1 - wrong)


def test_many_sentences_by_a_poor_rule_never_make_it_sure() -> None:
    assert compute_belief(observe(str(i), prior=0.5) for i in range(50)) == pytest.approx(1 - SYSTEMATIC_SHARE / 2)


def test_a_long_sentence_that_two_documents_share_is_one_observation_a_short_cell_is_not() -> None:
    long = [replace(observe(name), sentence="AKT1 phosphorylates TSC2 " * 4) for name in ("a", "b")]
    assert compute_belief(long) == pytest.approx(0.8)
    assert compute_belief([replace(observe(name), sentence="AKT1") for name in ("a", "b")]) > 0.9


def test_what_is_asked_counts_less_than_what_is_supposed_and_that_less_than_what_is_said() -> None:
    order: tuple[ClaimType, ...] = ("open_question", "hypothesised", "asserted")
    plain = observe()
    beliefs = [compute_belief([replace(plain, mention=replace(plain.mention, claim=claim))]) for claim in order]
    assert beliefs == sorted(set(beliefs))


def test_two_rules_on_one_sentence_are_one_observation() -> None:
    assert compute_belief([observe(prior=0.6), observe(prior=0.8)]) == pytest.approx(0.8)


def test_a_hedge_and_a_denial_lower_it() -> None:
    plain = compute_belief([observe()])
    assert compute_belief([observe(hedged=True)]) < plain
    denied = compute_belief([observe("a"), observe("b", negated=True)])
    assert 0 < denied < plain
    assert denied < compute_belief([observe("a"), observe("b", negated=True, hedged=True)])


def test_a_statement_that_is_only_denied_is_not_believed() -> None:
    assert compute_belief([observe(negated=True)]) == 0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.booleans()), max_size=8))
def test_belief_stays_in_range_and_support_never_lowers_it(rows: list[tuple[float, bool, bool]]) -> None:
    evidence = [observe(str(i), prior=p, negated=n, hedged=h) for i, (p, n, h) in enumerate(rows)]
    belief = compute_belief(evidence)
    assert 0 <= belief <= MAX_BELIEF
    assert compute_belief([*evidence, observe("more")]) >= belief
