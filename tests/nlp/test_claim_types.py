"""How the author stands to what is said, in our own sentences; measured on more by ``measure_claims.py``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

from sigmine.model import Document
from sigmine.model.statement import CLAIM_TYPES
from sigmine.nlp.pipeline import load_pipeline, make_doc

DATA = Path(__file__).parents[1] / "data" / "claims"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def read(nlp: Language, text: str) -> dict[str, str]:
    """The type of each statement, by ``AKT activates ERK``; ``not`` where it is denied."""
    doc = nlp(make_doc(nlp, Document("d", text)))
    return {
        f"{one.subject.text if one.subject else '-'} {one.relation} {one.object.text}": one.claim
        + (" not" if one.negated else "")
        for one in doc._.relations
    }


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("AKT phosphorylates TSC2 [3].", ["asserted"]),
        ("It is well known that AKT phosphorylates TSC2.", ["asserted"]),
        ("How AKT activates mTORC1 is unclear.", ["asserted"]),
        ("Smith et al. showed that AKT phosphorylates TSC2.", ["attributed"]),
        ("AKT was found to activate mTORC1.", ["attributed"]),
        ("AKT phosphorylates TSC2, as shown by Lee and colleagues.", ["attributed"]),
        ("According to Smith and colleagues, PTEN inhibits AKT.", ["attributed"]),
        ("The reported inhibition of AKT by PTEN is strong.", ["attributed"]),
        ("There is good evidence that PTEN inhibits AKT.", ["attributed"]),
        ("That PTEN inhibits AKT was first noted in flies.", ["attributed"]),
        ("Smith et al. showed that AKT does not phosphorylate RAF1.", ["attributed not"]),
        ("Smith et al. proposed that AKT activates RAF1.", ["hypothesised"]),
        ("AKT may inhibit RAF1.", ["hypothesised"]),
        ("It cannot be excluded that AKT inhibits RAF1.", ["hypothesised"]),
        ("It remains to be shown whether AKT phosphorylates RAPTOR.", ["open_question"]),
        ("Does AKT phosphorylate RAPTOR?", ["open_question"]),
        ("We asked if AKT phosphorylates RAPTOR.", ["open_question"]),
        ("Contrary to earlier reports that AKT inhibits mTORC1, this was not seen in flies.", ["contradicted"]),
        ("AKT was once thought to inhibit MYC, but this has been refuted.", ["contradicted"]),
        ("AKT was once thought to inhibit MYC. This has since been refuted.", ["contradicted"]),
        ("The claim that PTEN inhibits ERK could not be reproduced.", ["contradicted"]),
        ("The idea that PTEN inhibits ERK is no longer tenable.", ["contradicted"]),
        ("AKT does not inhibit ERK.", ["asserted not"]),
        ("These results support the notion that AKT inhibits RAF1, but insulin does not.", ["hypothesised"]),
        ("AKT phosphorylates TSC2 in these cells but also in corrected cells.", ["asserted"]),
        ("No binding of RIN1 to ABL2 could be detected.", ["attributed not"]),
    ],
)
def test_the_words_around_a_statement_tell_its_type(nlp: Language, text: str, claims: list[str]) -> None:
    assert list(read(nlp, text).values()) == claims


def test_each_clause_has_its_own_type(nlp: Language) -> None:
    assert read(nlp, "AKT, which Lee et al. found to inhibit RAF1, phosphorylates TSC2.") == {
        "AKT inhibits RAF1": "attributed",
        "AKT phosphorylates TSC2": "asserted",
    }
    assert read(nlp, "Smith et al. showed that AKT activates ERK; PTEN inhibits AKT.") == {
        "AKT activates ERK": "attributed",
        "PTEN inhibits AKT": "asserted",
    }


def test_of_two_that_exclude_each_other_the_one_that_gives_way_is_contradicted(nlp: Language) -> None:
    assert read(
        nlp, "Earlier studies had suggested that DOK1 activates RAS, but we now find that DOK1 inhibits RAS."
    ) == {
        "DOK1 activates RAS": "contradicted",
        "DOK1 inhibits RAS": "attributed",
    }


def test_a_denial_about_another_molecule_contradicts_nothing(nlp: Language) -> None:
    found = read(nlp, "Although AKT was reported to activate ERK, AKT does not activate RAF1.")
    assert found == {"AKT activates ERK": "attributed", "AKT activates RAF1": "asserted not"}


def test_what_the_main_clause_reports_does_not_make_the_other_one_a_view(nlp: Language) -> None:
    found = read(nlp, "We found that IL10 inhibits STAT3 in macrophages, whereas in other cells IL10 activates STAT3.")
    assert "contradicted" not in found.values()


def test_what_a_molecule_is_called_is_not_what_was_shown_of_it(nlp: Language) -> None:
    assert read(nlp, "The mTOR inhibitor rapamycin has been shown to prolong life.") == {
        "rapamycin inhibits mTOR": "asserted"
    }


def test_hedged_is_what_is_left_open(nlp: Language) -> None:
    texts = [
        "AKT may inhibit RAF1.",
        "Does AKT inhibit RAF1?",
        "The claim that AKT inhibits RAF1 was refuted.",
        "AKT inhibits RAF1.",
    ]
    hedged = [nlp(make_doc(nlp, Document("d", text)))._.relations[0].hedged for text in texts]
    assert hedged == [True, True, True, False]


def test_the_annotated_texts_are_whole() -> None:
    counts = dict.fromkeys(CLAIM_TYPES, 0)
    for name in ("sentences", "paragraphs"):
        for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            assert row["split"] in ("dev", "test")
            for one in row["statements"]:
                assert one["object"] in row["text"]
                assert one["subject"] is None or one["subject"] in row["text"]
                counts[one["claim"]] += 1
    assert min(counts.values()) >= 50
