from __future__ import annotations

from pathlib import Path

from sigmine.benchmark.abstracts import WORDS, make_abstract, write_abstracts
from sigmine.model import Document
from sigmine.readers import read_documents


def test_an_abstract_is_the_same_each_time_and_unlike_the_others() -> None:
    assert make_abstract(7) == make_abstract(7)
    assert len({make_abstract(number)[1] for number in range(200)}) == 200


def test_they_are_as_long_as_abstracts_are() -> None:
    for number in range(50):
        assert WORDS <= len(make_abstract(number)[1].split()) < 2 * WORDS


def test_the_vocabulary_goes_on_growing() -> None:
    def count(numbers: range) -> int:
        return len({word for number in numbers for word in make_abstract(number)[1].split()})

    first, both = count(range(100)), count(range(200))
    assert both > first + 200


def test_they_speak_of_molecules_that_the_bundled_texts_name() -> None:
    text = " ".join(make_abstract(number)[1] for number in range(20))
    assert "phosphorylates" in text
    assert "AMPK" in text


def test_they_are_written_one_a_line_and_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "abstracts.jsonl"
    write_abstracts(path, range(3, 6))
    documents = list(read_documents(path))
    assert [document.id for document in documents if isinstance(document, Document)] == [
        "bench-3",
        "bench-4",
        "bench-5",
    ]
    assert isinstance(documents[0], Document)
    assert documents[0].text == make_abstract(3)[1]
