"""The examples and counter-examples of the rule files, through the whole pipeline."""

import pytest

from sigmine.grammar import get_grammar
from sigmine.nlp.examples import run_examples
from sigmine.nlp.pipeline import load_pipeline

CASES = get_grammar().examples


@pytest.fixture(scope="module")
def results():
    return {result.case.place: result for result in run_examples(load_pipeline(), CASES)}


@pytest.mark.parametrize("place", [case.place for case in CASES])
def test_example(results, place):
    result = results[place]
    assert not result.problem, f"{result.case.example.text!r}: {result.problem}"
