"""Gold and predictions for properties: few names, few places, so that much of it collides."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from evaluation.builders import make_end, make_gold, predict_exactly
from sigmine.evaluation.claim import GoldStatement, Prediction

NAMES = ("AKT1", "TSC2", "MTOR", "autophagy")
RELATIONS = ("phosphorylates", "activates", "inhibits", "binds", "increases_amount")
ends = st.builds(
    lambda name, start: make_end(name, start, type="PROCESS" if name == "autophagy" else "PROTEIN"),
    st.sampled_from(NAMES),
    st.integers(0, 55),
)


@st.composite
def golds(draw: st.DrawFn) -> list[GoldStatement]:
    """Statements of one document, in three sentences; ends of 4 characters, which may overlap."""
    statements = []
    for number in range(draw(st.integers(1, 8))):
        offset = 60 * draw(st.integers(0, 2))
        subject, theme = draw(ends), draw(ends)
        statements.append(
            make_gold(
                draw(st.sampled_from(RELATIONS)),
                replace(subject, spans=((subject.spans[0][0] + offset, subject.spans[0][1] + offset),)),
                replace(theme, spans=((theme.spans[0][0] + offset, theme.spans[0][1] + offset),)),
                id=f"s{number}",
                sentence=(offset, offset + 60),
                sites=draw(st.sampled_from(((), ("S939",), ("S939", "T")))),
                negated=draw(st.booleans()),
                hedged=draw(st.booleans()),
                section=draw(st.sampled_from(("body", "table", "legend"))),
                cross_sentence=draw(st.booleans()),
                split=draw(st.sampled_from(("dev", "test"))),
            )
        )
    return statements


@st.composite
def changed(draw: st.DrawFn, gold: list[GoldStatement]) -> list[Prediction]:
    """Predictions of some of the gold, in any order, some with another relation, object or flag."""
    predictions = []
    for number, statement in enumerate(draw(st.lists(st.sampled_from(gold), max_size=8))):
        changes: dict[str, object] = {"id": f"p{number}", "belief": draw(st.sampled_from((0.25, 0.5, 0.75, 1.0)))}
        if draw(st.booleans()):
            changes["relation"] = draw(st.sampled_from(RELATIONS))
        if draw(st.booleans()):
            changes["object"] = replace(statement.object, name=draw(st.sampled_from(NAMES)), type="PROTEIN")
        if draw(st.booleans()):
            changes["negated"] = draw(st.booleans())
        predictions.append(predict_exactly(statement, **changes))
    return predictions
