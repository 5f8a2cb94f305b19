from __future__ import annotations

from sigmine.evaluation.claim import RELATIONS
from sigmine.known.vocabulary import find_type, load_families, load_vocabulary, normalize_word, translate
from sigmine.model import ENTITY_TYPES
from sigmine.resources.lexicon import load_lexicon


def test_every_relation_of_the_tables_is_one_of_the_contract() -> None:
    words = load_vocabulary()
    meanings = [*words.effects.values(), *words.mechanisms.values()]
    named = (
        {one.relation for one in meanings} | {one.amount for one in words.effects.values()} | set(words.sif.values())
    )
    assert named - {None} <= set(RELATIONS)
    assert set(words.types.values()) <= set(ENTITY_TYPES)


def test_families_are_those_of_the_lexicon() -> None:
    families = load_families()
    assert len(families) > 100
    assert not [curie for curie in families.values() if load_lexicon().find_entity(curie) is None]


def test_words_are_known_in_any_writing_and_by_their_term() -> None:
    assert normalize_word("Down-Regulates  activity") == normalize_word("down_regulates activity")
    assert load_vocabulary().sif["1"] != load_vocabulary().sif[normalize_word(" -1")]
    assert translate("MI:2236", ("MI:0217",)).relations == ("phosphorylates", "activates")
    assert find_type("Protein Family") == find_type("proteinfamily") == "FAMILY"
    assert find_type("something new") == "PROTEIN"
