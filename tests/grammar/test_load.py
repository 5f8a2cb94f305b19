"""The loader finds every problem of every file, each with its line."""

from pathlib import Path

import pytest

from sigmine.errors import GrammarError
from sigmine.grammar import load_grammar

TYPES = """\
entity_types: [PROTEIN]
relations:
  pats: {predicate: "sigmine:pats", label: pats}
"""
PATHS = """\
classes: {subj: [nsubj], obj: [dobj]}
subjects: [subj]
climbs: []
"""
TEMPLATE = """\
template: verb
part: verb
variants:
  active:
    roles: {agent: [">subj"], theme: [">obj"]}
    example: "{agent} {verb:s} {theme}."
"""
RELATION = """\
relation: pats
roles: {agent: [PROTEIN], theme: [PROTEIN]}
triggers:
  - templates: [verb]
    words: [pat(t)]
examples:
  - {text: "A pats B.", expect: [{agent: A, theme: B}]}
  - {text: "A and B.", expect: []}
"""


def write_rules(folder: Path, **changes: str) -> Path:
    contents = {
        "types.yml": TYPES,
        "paths/p.yml": PATHS,
        "templates/verb.yml": TEMPLATE,
        "relations/pats.yml": RELATION,
    }
    contents.update({name.replace("__", "/") + ".yml": text for name, text in changes.items()})
    for name, text in contents.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder


def problems_of(folder: Path) -> tuple[str, ...]:
    with pytest.raises(GrammarError) as caught:
        load_grammar(folder)
    return caught.value.problems


def test_a_sound_folder_loads(tmp_path):
    grammar = load_grammar(write_rules(tmp_path))
    assert [rule.name for rule in grammar.rules] == ["pats/verb.active"]
    assert set(grammar.triggers) == {"pat", "pats", "patted", "patting"}


def test_the_hash_changes_with_a_rule(tmp_path):
    first = load_grammar(write_rules(tmp_path)).sha256
    second = load_grammar(write_rules(tmp_path, relations__pats=RELATION + "# a remark\n")).sha256
    assert first != second


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"relations__pats": RELATION.replace("[PROTEIN], theme", "[PROTEINN], theme")}, "did you mean 'PROTEIN'"),
        ({"relations__pats": RELATION.replace("[verb]", "[verv]")}, "relations/pats.yml:4.*did you mean 'verb'"),
        ({"relations__pats": RELATION.replace("relation: pats", "relation: pat")}, "relations/pats.yml:1.*'pats'"),
        ({"relations__pats": RELATION + "colour: red\n"}, "pats.yml:9: colour.*Allowed keys"),
        ({"relations__pats": RELATION.split('  - {text: "A and')[0]}, "counter-examples"),
        ({"relations__pats": RELATION.replace(", theme: [PROTEIN]}", "}")}, "needs the role 'theme'"),
        ({"relations__pats": RELATION.replace("roles:", "relation: pats\nroles:")}, "stands twice"),
        ({"relations__pats": "relation: [\n"}, r"relations/pats.yml:\d"),
        ({"templates__verb": TEMPLATE.replace(">obj", ">objj")}, r"templates/verb.yml:5.*did you mean 'obj'"),
        ({"templates__other": TEMPLATE}, "'verb' is already in templates/other.yml"),
        ({"stray": "a: 1\n"}, "stray.yml:1"),
        ({"types": TYPES.replace("label: pats", "label: pats, opposes: [bites]")}, "types.yml.*no relation 'bites'"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path, changes, message):
    import re

    found = problems_of(write_rules(tmp_path, **changes))
    assert any(re.search(message, problem) for problem in found), found


def test_all_problems_are_reported_at_once(tmp_path):
    found = problems_of(
        write_rules(tmp_path, relations__pats=RELATION.replace("[verb]", "[verv]"), templates__verb="template: verb\n")
    )
    assert len({problem.split(":")[0] for problem in found}) >= 1
    assert len(found) >= 2


def test_the_bundled_grammar_is_sound():
    grammar = load_grammar()
    assert {"phosphorylates", "activates", "inhibits"} <= {rule.relation for rule in grammar.rules}
    written = [name for name, kind in grammar.relations.items() if not kind.internal]
    with_examples = {case.relation for case in grammar.examples}
    assert {rule.relation for rule in grammar.rules} & set(written) <= with_examples


def test_every_bundled_cue_can_be_met():
    """Cues are met in lower case: one with a capital would never be."""
    for name, lists in load_grammar().cues.items():
        for kind, words in lists.items():
            assert [word for word in words if word != word.lower()] == [], f"{name}: {kind}"


def test_a_noun_that_is_looked_up_as_possessed_stands_in_no_list_behind_it():
    nouns = load_grammar().cues["nouns"]
    assert not nouns["possessed"] & (nouns["neutral"] | nouns["general"] | nouns["acting"])
