from __future__ import annotations

from collections.abc import Sequence

import pytest
import spacy
from spacy.language import Language
from spacy.training import Example

from evaluation.builders import make_end, make_gold
from samples import make_mention
from sigmine.evaluation.claim import End, GoldStatement
from sigmine.evaluation.spacy_scorer import make_relation_scorer, make_relations, score_relations
from sigmine.grammar import get_grammar
from sigmine.model import Document, RelationMention
from sigmine.nlp.factories import register_extensions
from sigmine.nlp.pipeline import load_pipeline
from sigmine.nlp.relations import RelationReader

TEXT = "AKT1 phosphorylates TSC2 at S939. TSC2 inhibits MTOR."
DOCUMENT = Document("doc", TEXT)
FIRST, SECOND = (0, 33), (34, 53)
PHOSPHORYLATES = make_mention(DOCUMENT, "phosphorylates", "AKT1", "TSC2", sites=["S939"], sentence=FIRST)
INHIBITS = make_mention(DOCUMENT, "inhibits", "TSC2", "MTOR", sentence=SECOND)
ACTIVATES = make_mention(DOCUMENT, "activates", "TSC2", "MTOR", sentence=SECOND)


@pytest.fixture(scope="module")
def nlp() -> Language:
    register_extensions()
    return spacy.blank("en")


def make_example(nlp: Language, gold: Sequence[RelationMention], ours: Sequence[RelationMention]) -> Example:
    predicted, reference = nlp.make_doc(TEXT), nlp.make_doc(TEXT)
    predicted._.relations, reference._.relations = tuple(ours), tuple(gold)
    return Example(predicted, reference)


def test_precision_recall_and_f_by_hand(nlp: Language) -> None:
    examples = [
        make_example(nlp, [PHOSPHORYLATES, INHIBITS], [PHOSPHORYLATES, ACTIVATES]),
        make_example(nlp, [INHIBITS], [INHIBITS]),
        make_example(nlp, [INHIBITS], []),
    ]
    scores = score_relations(examples)  # right: 2; wrong: activates; missed: inhibits, twice
    assert (scores["relations_p"], scores["relations_r"]) == (2 / 3, 2 / 4)
    assert scores["relations_f"] == 2 * 2 / (2 * 2 + 1 + 2)
    assert scores["relations_per_type"] == {
        "activates": {"p": 0.0, "r": 0.0, "f": 0.0},
        "inhibits": {"p": 1.0, "r": 1 / 3, "f": 2 / 4},
        "phosphorylates": {"p": 1.0, "r": 1.0, "f": 1.0},
    }


def test_examples_are_documents_of_their_own(nlp: Language) -> None:
    examples = [make_example(nlp, [INHIBITS], []), make_example(nlp, [], [INHIBITS])]
    scores = score_relations(examples)
    assert (scores["relations_p"], scores["relations_r"], scores["relations_f"]) == (0.0, 0.0, 0.0)


def test_references_without_relations_give_none(nlp: Language) -> None:
    for ours in ([], [INHIBITS]):
        scores = score_relations([make_example(nlp, [], ours)])
        assert set(scores) == {"relations_p", "relations_r", "relations_f", "relations_per_type"}
        assert set(scores.values()) == {None}


@pytest.mark.parametrize(("level", "expected"), [("strict", 0.0), ("relaxed", 1.0), ("identity", 1.0)])
def test_the_level_decides(nlp: Language, level: str, expected: float) -> None:
    """The gold's TSC2 reaches up to MTOR, ours does not."""
    wide = make_relations([make_gold("inhibits", make_end("TSC2", 34, length=13), make_end("MTOR", 48))], TEXT)
    assert make_relation_scorer(level)([make_example(nlp, wide, [INHIBITS])])["relations_f"] == expected


def make_statement(**more: object) -> GoldStatement:
    ends = (make_end("AKT1", 0, curie="hgnc:391"), make_end("TSC2", 20, curie="hgnc:12363"))
    return make_gold("phosphorylates", *ends, **{"sentence": FIRST, "sites": ("S939", "T"), **more})


def test_gold_becomes_relations() -> None:
    (mention,) = make_relations([make_statement(negated=True, hedged=True, direct=False)], TEXT)
    assert mention.subject is not None
    ends = [(end.text, end.start, end.end, end.name, end.type, end.curie) for end in (mention.subject, mention.object)]
    assert ends == [("AKT1", 0, 4, "AKT1", "PROTEIN", "hgnc:391"), ("TSC2", 20, 24, "TSC2", "PROTEIN", "hgnc:12363")]
    assert [(site.residue, site.position, site.name) for site in mention.sites] == [
        ("S", 939, "S939"),
        ("T", None, "T"),
    ]
    assert (mention.relation, mention.sentence) == ("phosphorylates", FIRST)
    assert (mention.negated, mention.hedged, mention.direct) == (True, True, False)


def test_gold_of_which_an_end_has_no_place_is_left_out() -> None:
    nowhere = End((), "AKT1", "PROTEIN")
    there = make_end("TSC2", 20)
    statements = [
        make_gold("phosphorylates", nowhere, there),
        make_gold("phosphorylates", there, nowhere),
        make_gold("phosphorylates", None, there),
    ]
    assert [(one.subject, one.object.name) for one in make_relations(statements, TEXT)] == [(None, "TSC2")]


def test_the_pipeline_scores_itself() -> None:
    nlp = load_pipeline()
    reference = nlp.make_doc(TEXT)
    gold = [make_statement(), make_gold("activates", make_end("TSC2", 34), make_end("MTOR", 48), sentence=SECOND)]
    reference._.relations = make_relations(gold, TEXT)
    scores = nlp.evaluate([Example(nlp.make_doc(TEXT), reference)])
    # "inhibits", which it reads, is not what this gold says
    assert (scores["relations_p"], scores["relations_r"], scores["relations_f"]) == (0.5, 0.5, 0.5)
    assert scores["relations_per_type"]["phosphorylates"] == {"p": 1.0, "r": 1.0, "f": 1.0}


def test_a_component_may_do_without_a_scorer(nlp: Language) -> None:
    examples = [make_example(nlp, [INHIBITS], [INHIBITS])]
    assert RelationReader(get_grammar()).score(examples) == {}
    assert RelationReader(get_grammar(), scorer=make_relation_scorer()).score(examples)["relations_f"] == 1.0


def test_spacy_finds_the_scorer_by_its_name(nlp: Language) -> None:
    scorer = spacy.registry.scorers.get("sigmine.relation_scorer.v1")()
    assert scorer([make_example(nlp, [INHIBITS], [INHIBITS])], examples_are="scored")["relations_f"] == 1.0
