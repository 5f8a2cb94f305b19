from __future__ import annotations

import json
from pathlib import Path

import pytest

from samples import make_mention
from sigmine.errors import ReadError
from sigmine.evaluation import load_predictions
from sigmine.model import Document, Evidence
from sigmine.model.json import evidence_to_json

DOCUMENT = Document("doc", "AKT1 phosphorylates TSC2 at S939.")


def make_line(**more: object) -> str:
    mention = make_mention(DOCUMENT, "phosphorylates", "AKT1", "TSC2", sites=["S939"], hedged=True)
    evidence = Evidence("doc", "body", DOCUMENT.text, 0, len(DOCUMENT.text), mention, **more)  # type: ignore[arg-type]
    return json.dumps(evidence_to_json(evidence, 0.9)) + "\n"


def test_a_file_and_an_output_folder_read_alike(tmp_path: Path) -> None:
    (tmp_path / "mentions.jsonl").write_text(make_line() + "\n")
    (prediction,) = load_predictions(tmp_path)
    assert load_predictions(tmp_path / "mentions.jsonl") == (prediction,)
    assert prediction.document == "doc"
    assert prediction.subject is not None
    assert prediction.subject.spans == ((0, 4),)
    assert prediction.object.spans == ((20, 24),)
    assert prediction.object.curie == "hgnc:12363"
    assert prediction.sites == ("S939",)
    assert (prediction.sentence, prediction.hedged, prediction.negated) == ((0, 33), True, False)
    assert prediction.text == DOCUMENT.text


def test_positions_are_those_of_the_file_where_they_are_known(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(make_line(source=(100, 135), source_subject=(100, 105), source_object=None))
    (prediction,) = load_predictions(path)
    assert prediction.sentence == (100, 135)
    assert prediction.subject is not None
    assert prediction.subject.spans == ((100, 105),)
    assert prediction.object.spans == ()


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(make_line() + '{"relation": "binds"}\n')
    with pytest.raises(ReadError, match=r"x\.jsonl:2: not a line of 'sigmine extract'"):
        load_predictions(path)


def test_a_folder_without_mentions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"this folder has no mentions\.jsonl"):
        load_predictions(tmp_path)
    with pytest.raises(ReadError, match="cannot be read"):
        load_predictions(tmp_path / "absent.jsonl")
