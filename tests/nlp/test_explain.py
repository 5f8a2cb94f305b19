"""Why a sentence gave what it gave, on our own sentences with the bundled model."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sigmine.grammar import get_grammar
from sigmine.model import Document, Entity
from sigmine.nlp.explain import SentenceExplainer
from sigmine.nlp.pipeline import load_pipeline, make_doc
from sigmine.nlp.relations import RelationReader
from sigmine.nlp.trace import SentenceTrace, StatementTrace

Explain = Callable[..., list[SentenceTrace]]


@pytest.fixture(scope="module")
def explain() -> Explain:
    nlp = load_pipeline()
    reader = RelationReader(get_grammar(), keep_all=True)

    def explain_text(text: str, **given: str) -> list[SentenceTrace]:
        mentions = tuple(
            Entity(name, text.index(name), text.index(name) + len(name), kind, name) for name, kind in given.items()
        )
        doc = nlp(make_doc(nlp, Document("d", text, mentions=mentions)))
        claims = reader.read(doc, doc._.mentions, doc._.sites)
        explainer = SentenceExplainer(doc, get_grammar(), doc._.relations, claims, "d")
        return list(explainer.find_sentences(lambda low, high: True))

    return explain_text


def find(sentence: SentenceTrace, relation: str) -> StatementTrace:
    return next(one for one in sentence.statements if one.relation == relation)


def show(words: object) -> str:
    return " ".join(f"{word.way}{word.label} {word.text}".strip() for word in words)  # type: ignore[attr-defined]


def test_a_statement_names_rule_example_places_and_the_way_to_each_end(explain: Explain) -> None:
    [sentence] = explain("TSC2 is phosphorylated by AKT at Ser939.")
    statement = find(sentence, "phosphorylates")
    assert statement.rule == "phosphorylates/transitive_verb.passive"
    assert statement.example == "{theme} is {verb:ed} by {agent}."
    assert statement.template_place.startswith("templates/transitive_verb.yml:")
    assert statement.words_place.startswith("relations/phosphorylates.yml:")
    agent, theme = statement.ends
    assert (agent.role, agent.name, show(agent.words)) == ("agent", "AKT", "phosphorylated >agent by >pobj AKT")
    assert (theme.role, show(theme.words)) == ("theme", "phosphorylated >nsubjpass TSC2")
    assert [(site.name, site.bound.startswith("the rule's path")) for site in statement.sites] == [("S939", True)]
    assert (statement.negated, statement.hedged, statement.indirect) == (None, None, None)


def test_flags_come_with_their_words(explain: Explain) -> None:
    [sentence] = explain("RHEB does not activate mTORC1, but AKT may phosphorylate TSC2.")
    assert find(sentence, "activates").negated == "not"
    assert find(sentence, "phosphorylates").hedged == "may"
    [sentence] = explain("EGF-induced phosphorylation of ERK2 was seen early.")
    assert find(sentence, "phosphorylates").indirect == "the rule reads indirect effects"


def test_a_pronoun_is_shown_where_it_stands(explain: Explain) -> None:
    [sentence] = explain("AKT phosphorylates TSC2 and thereby inhibits it.")
    theme = find(sentence, "inhibits").ends[1]
    assert (theme.name, theme.reached, theme.cues) == ("TSC2", "it", ("coref:sentence",))
    assert show(theme.words).endswith(" it")


def test_an_event_between_trigger_and_end_is_on_the_way(explain: Explain) -> None:
    [sentence] = explain("RHEB leads to the activation of mTORC1.")
    statement = find(sentence, "activates")
    assert "activation" in [word.text for word in statement.ends[1].words]
    [inner] = [one for one in sentence.silent if one.trigger == "activation"]
    assert any('fired as a step of "leads"' in reason for reason in inner.reasons)


def test_a_trigger_that_gave_nothing_says_what_its_rules_miss(explain: Explain) -> None:
    [sentence] = explain("STAT3 activates the cells.")
    assert not sentence.statements
    [trigger] = [one for one in sentence.silent if one.trigger == "activates"]
    assert trigger.reasons == ("no rule fired",)
    [active] = [note for note in trigger.near if note.rule == "activates/transitive_verb.active"]
    assert active.roles == ("agent",)
    assert len(active.missing) == 1
    assert active.missing[0].startswith("no theme: ")
    assert "cells" in active.missing[0]


def test_rules_that_miss_least_come_first(explain: Explain) -> None:
    for text in ("TSC2 is phosphorylated by AKT at Ser939.", "STAT3 activates the cells."):
        for sentence in explain(text):
            for one in (*sentence.statements, *sentence.silent):
                counts = [len(note.missing) for note in one.near]
                assert counts == sorted(counts)
                assert all(counts)
                assert len({note.rule for note in one.near}) == len(one.near)


def test_a_rule_that_fired_is_not_among_those_that_nearly_did(explain: Explain) -> None:
    [sentence] = explain("AKT phosphorylates TSC2.")
    statement = find(sentence, "phosphorylates")
    assert statement.rule not in [note.rule for note in statement.near]


def test_no_subject_is_a_reason(explain: Explain) -> None:
    [sentence] = explain("The inhibition of mTORC1 was seen early.")
    assert not sentence.statements
    [trigger] = [one for one in sentence.silent if one.trigger == "inhibition"]
    assert "inhibits/event_noun.of fired, but no subject is named, and inhibits needs one" in trigger.reasons


def test_a_part_of_a_name_is_no_trigger(explain: Explain) -> None:
    name = "growth factor-activated kinase 2"
    [sentence] = explain(f"TSC2 binds {name}.", **{name: "PROTEIN"})
    reasons = [reason for one in sentence.silent if one.trigger == "activated" for reason in one.reasons]
    assert reasons == [f'part of the name "{name}"']


def test_a_sentence_without_triggers_has_nothing(explain: Explain) -> None:
    [sentence] = explain("AKT and TSC2 are proteins.")
    assert (sentence.statements, sentence.silent) == ((), ())


def test_keep_all_gives_at_least_what_is_kept_and_each_rule_by_name() -> None:
    nlp = load_pipeline()
    text = "AKT-mediated phosphorylation of TSC2 by AKT was seen. Phosphorylation of TSC2 by AKT is fast."
    doc = nlp(text)
    claims = RelationReader(get_grammar(), keep_all=True).read(doc, doc._.mentions, doc._.sites)

    def key(mention: object) -> tuple[object, ...]:
        return tuple(getattr(mention, name) for name in ("relation", "subject", "object", "trigger", "rule"))

    assert {key(one) for one in doc._.relations} <= {key(one) for one in claims}
    assert len({key(one) for one in claims}) == len(claims)
    assert len(claims) > len(doc._.relations)
