from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples import make_mention
from sigmine.assembly.belief import MAX_BELIEF, compute_belief
from sigmine.assembly.evidence import make_evidence
from sigmine.model import Document, Evidence


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


def test_two_documents_add_up_as_noisy_or() -> None:
    assert compute_belief([observe("a"), observe("b")]) == pytest.approx(0.96)


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
