from __future__ import annotations

from importlib.resources import files

import yaml

from evaluation.builders import AKT, make_end, make_gold, make_predicted
from sigmine.evaluation.claim import MODIFICATIONS, RELATIONS, is_unordered


def test_the_relations_are_those_of_the_rules() -> None:
    relations = yaml.safe_load((files("sigmine.rules") / "types.yml").read_text(encoding="utf-8"))["relations"]
    written = {name: spec for name, spec in relations.items() if not spec.get("internal")}
    assert set(RELATIONS) == set(written)
    assert set(MODIFICATIONS) == {name for name, spec in written.items() if spec.get("residues")}
    optional = {name for name, spec in written.items() if spec.get("subject") == "optional"}
    assert optional == {*MODIFICATIONS, "translocates"}
    assert {name for name in RELATIONS if is_unordered(name)} == {
        n for n, spec in written.items() if spec.get("unordered")
    }


def test_core_needs_a_core_relation_molecules_and_one_sentence() -> None:
    process = make_end("autophagy", 20, type="PROCESS")
    assert make_predicted("phosphorylates", None, AKT).core
    assert make_gold("inhibits", AKT, AKT).core
    assert not make_gold("inhibits", AKT, AKT, cross_sentence=True).core
    assert not make_gold("inhibits", process, AKT).core
    assert not make_gold("inhibits", AKT, process).core
    assert not make_gold("binds", AKT, AKT).core
