"""Traces of rules, on sentences whose parse is written by hand: what they say must be what the matcher does."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from parses import ACTIVE, make_text
from sigmine.grammar.compile import Role, TriggerSense
from sigmine.grammar.load import load_grammar
from sigmine.grammar.match import find_senses, match_rule, walk
from sigmine.grammar.match_trace import RuleTrace, find_trails, format_path, trace_rule
from sigmine.grammar.parsed_text import ParsedText, ParsedWord
from sigmine.grammar.paths import parse_path

GRAMMAR = load_grammar()
NAMES = {"RSK", "RAPTOR", "mTORC1", "PDK1"}
PASSIVE = make_text(
    """
    RAPTOR NN nsubjpass 2
    is VBZ auxpass 2
    phosphorylated VBN ROOT 2
    by IN agent 2
    cells NNS pobj 3
    """
)


def resolve(word: ParsedWord, role: Role, single: bool) -> Sequence[str]:
    return [word.text] if word.text in NAMES else []


def trace_all(doc: ParsedText, i: int) -> list[tuple[TriggerSense, RuleTrace[str]]]:
    return [
        (sense, trace_rule(doc[i], sense, rule, GRAMMAR, resolve))
        for sense in find_senses(doc, i, GRAMMAR)
        for rule in sense.rules
    ]


@pytest.mark.parametrize(("doc", "i"), [(ACTIVE, 1), (ACTIVE, 5), (PASSIVE, 2)])
def test_nothing_is_missing_exactly_where_the_rule_matches(doc: ParsedText, i: int) -> None:
    traces = trace_all(doc, i)
    assert traces
    for sense, trace in traces:
        match = match_rule(doc[i], sense, trace.rule, GRAMMAR, resolve)
        assert (match is not None) == (not trace.missing), trace.rule.name
        if match is not None:
            filled = {role.role.name: tuple(f for f, _ in role.fillers) for role in trace.roles if role.fillers}
            assert filled == match.fillers


def test_a_fired_rule_names_its_paths_and_the_words_on_them() -> None:
    [trace] = [t for _, t in trace_all(ACTIVE, 5) if t.rule.name == "activates/transitive_verb.active"]
    agent = next(role for role in trace.roles if role.role.name == "agent")
    assert agent.path is not None
    assert format_path(agent.path, GRAMMAR.paths) == "^ >subj"
    assert agent.fillers == (("RSK", (5, 1, 0)),)


def test_a_role_that_found_no_name_says_which_words_were_reached() -> None:
    [trace] = [t for _, t in trace_all(PASSIVE, 2) if t.rule.name == "phosphorylates/transitive_verb.passive"]
    [missing] = trace.missing
    assert (missing.kind, missing.name) == ("role", "agent")
    assert [PASSIVE[i].text for i in missing.reached] == ["cells"]


def test_all_that_is_missing_is_told_not_the_first_alone() -> None:
    [trace] = [t for _, t in trace_all(PASSIVE, 2) if t.rule.name == "phosphorylates/transitive_verb.active"]
    missing = [(one.kind, one.name, one.found) for one in trace.missing]
    assert missing == [("without", "auxpass", "is"), ("role", "theme", "")]


@pytest.mark.parametrize(
    "text", ["^ >subj", ">obj? >subj", ">prep(by|to) >pobj", "<pcomp <prep(from) >obj", ", ", "+(by) +"]
)
@pytest.mark.parametrize(("doc", "i"), [(ACTIVE, 1), (ACTIVE, 5), (PASSIVE, 2)])
def test_trails_end_where_the_walk_ends(text: str, doc: ParsedText, i: int) -> None:
    path = parse_path(text, GRAMMAR.paths.classes)
    trails = list(find_trails(doc[i], path, GRAMMAR.paths))
    assert [trail[-1] for trail in trails] == [word.i for word in walk(doc[i], path, GRAMMAR.paths)]
    assert all(trail[0] == i for trail in trails)


def test_every_path_of_the_bundled_rules_is_written_as_it_is_read() -> None:
    for rule in GRAMMAR.rules:
        for role in rule.roles:
            for path in role.paths:
                assert parse_path(format_path(path, GRAMMAR.paths), GRAMMAR.paths.classes) == path


def test_every_rule_knows_its_example_and_its_places() -> None:
    for rule in GRAMMAR.rules:
        assert rule.example
        assert rule.template_place.startswith("templates/")
        assert rule.words_place.startswith("relations/")
