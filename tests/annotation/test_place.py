from __future__ import annotations

from typing import Any

from annotation.builders import PDK1, SECOND, TEXT, make_text
from sigmine.annotation.place import FoundClaim, place_claims
from sigmine.evaluation.claim import End, Prediction

OTHER = "MTORC2 phosphorylates AKT1 at Ser473."
TEXTS = {"doc": make_text(TEXT), "other": make_text(OTHER, "other.txt")}
LINE = "AKT1 phosphorylates TSC2 at Ser939 and may inhibit the TSC complex."


def make_claim(subject: str | None = "AKT1", object: str = "TSC2", **more: Any) -> FoundClaim:
    values = {"id": "c", "relation": "phosphorylates", "sentence": LINE, **more}
    return FoundClaim(
        subject=End((), subject, "PROTEIN") if subject else None, object=End((), object, "PROTEIN"), **values
    )


def place_one(claim: FoundClaim, *documents: str) -> Prediction:
    placement = place_claims([claim], documents or ("doc",), TEXTS)
    assert (placement.lost, placement.unplaced) == (0, frozenset())
    (prediction,) = placement.predictions
    return prediction


def get_words(prediction: Prediction) -> tuple[str | None, str | None]:
    text = TEXTS[prediction.document].text
    subject, theme = (
        text[slice(*end.spans[0])] if end and end.spans else None for end in (prediction.subject, prediction.object)
    )
    return subject, theme


def test_a_claim_is_placed_by_the_words_of_its_sentence_and_names() -> None:
    prediction = place_one(make_claim(documents=("doc",)))
    assert (prediction.document, prediction.sentence) == ("doc", SECOND)
    assert prediction.subject is not None
    assert (prediction.subject.spans, prediction.object.spans) == (((37, 41),), ((57, 61),))


def test_all_that_is_known_of_it_is_kept() -> None:
    given: dict[str, Any] = {
        "sites": ("S939",),
        "negated": True,
        "hedged": True,
        "direct": False,
        "rule": "their rule",
        "belief": 0.5,
    }
    prediction = place_one(make_claim(**given))
    assert {name: getattr(prediction, name) for name in given} == given
    assert (prediction.relation, prediction.text) == ("phosphorylates", LINE)


def test_words_that_name_an_end_go_before_its_name() -> None:
    assert get_words(place_one(make_claim("RAC1", "TSC", words=("AKT1", "TSC complex")))) == ("AKT1", "TSC com-\nplex")
    assert get_words(place_one(make_claim("AKT1", "TSC2", words=("PKB", None)))) == ("AKT1", "TSC2")
    assert get_words(place_one(make_claim("RAC1", "TSC2"))) == (None, "TSC2")


def test_without_a_subject_the_words_are_the_objects() -> None:
    for words in ((None, "TSC2"), ("TSC2",), (None, "TSC2", None)):
        assert get_words(place_one(make_claim(None, "tuberin", words=words))) == (None, "TSC2")


def test_an_end_that_has_a_place_keeps_it() -> None:
    claim = FoundClaim(
        id="c", relation="binds", subject=End(((3, 5),), "AKT1", "PROTEIN"), object=End((), "TSC2", "PROTEIN"),
        sentence=LINE,
    )  # fmt: skip
    prediction = place_one(claim)
    assert prediction.subject is not None
    assert (prediction.subject.spans, prediction.object.spans) == (((3, 5),), ((57, 61),))


def test_the_first_text_that_holds_the_sentence_is_taken_where_the_document_is_not_known() -> None:
    claim = make_claim("MTORC2", "AKT1", sentence=OTHER, documents=("PMC1", "15718470"))
    assert place_one(claim, "doc", "other").document == "other"


def test_the_first_document_that_is_known_is_taken() -> None:
    claim = make_claim("MTORC2", "AKT1", sentence=OTHER, documents=("PMC1", "other", "doc"))
    prediction = place_one(claim, "doc", "other")
    assert (prediction.document, prediction.sentence) == ("other", (0, len(OTHER)))


def test_given_characters_need_no_sentence() -> None:
    claim = make_claim(sentence="", place=SECOND, documents=("doc",))
    assert place_one(claim, "doc", "other").sentence == SECOND
    assert place_one(make_claim(sentence="", place=SECOND)).sentence == SECOND
    placement = place_claims([claim], ["doc"], {})
    assert [one.sentence for one in placement.predictions] == [SECOND]
    assert placement.predictions[0].object.spans == ()


def test_characters_of_another_document_are_not_taken_for_this_one() -> None:
    assert place_claims([make_claim(sentence="", place=(0, 36), documents=("elsewhere",))], ["doc"], TEXTS).lost == 1


def test_a_claim_of_no_document_is_lost() -> None:
    unknown = make_claim(sentence="MYC drives growth.", documents=("PMC1",))
    nowhere = make_claim(sentence="MYC drives growth.")
    placement = place_claims([unknown, nowhere, make_claim()], ["doc", "other"], TEXTS)
    assert (len(placement.predictions), placement.lost) == (1, 2)


def test_a_claim_whose_sentence_is_not_found_counts_at_level_document_only() -> None:
    claims = [make_claim(sentence="MYC drives growth.", documents=("doc",)), make_claim(sentence=PDK1), make_claim()]
    placement = place_claims(claims, ["doc"], TEXTS)
    (unplaced,) = placement.unplaced
    assert placement.predictions[0].id == unplaced
    assert len(placement.select("document")) == 3
    assert [one.sentence for one in placement.select("strict")] == [(0, 36), SECOND]


def test_a_claim_without_any_place_is_of_the_only_document() -> None:
    placement = place_claims([make_claim(sentence="")], ["doc"], TEXTS)
    assert [(one.document, one.id in placement.unplaced) for one in placement.predictions] == [("doc", True)]


def test_ids_are_made_different() -> None:
    placement = place_claims([make_claim(), make_claim()], ["doc"], TEXTS)
    assert len({one.id for one in placement.predictions}) == 2
