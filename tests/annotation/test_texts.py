from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from annotation.builders import make_document, make_text
from sigmine.annotation.texts import find_text, load_texts
from sigmine.errors import ReadError

CONTENT = "\n  RHEB and MTOR  \r\nRHEB activates mTORC1 — directly.\n".encode()


def write(path: Path, content: bytes = CONTENT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_text_keeps_its_line_ends_and_the_hash_of_its_bytes(tmp_path: Path) -> None:
    texts = load_texts([write(tmp_path / "sub" / "rheb.v2.txt")])
    text = texts["rheb.v2"]
    assert (text.file, text.text, text.title) == ("rheb.v2.txt", CONTENT.decode(), "RHEB and MTOR")
    assert text.sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_of_a_folder_every_text_file_is_taken(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", "a/d.ann", "e.jsonl"):
        write(tmp_path / name)
    assert list(load_texts([tmp_path])) == ["c", "b"]


def test_a_blank_text_has_no_title(tmp_path: Path) -> None:
    assert load_texts([write(tmp_path / "a.txt", b" \n")])["a"].title == ""


def test_two_texts_of_one_id_are_refused(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a" / "x.txt"), write(tmp_path / "b" / "x.txt")
    with pytest.raises(ReadError) as caught:
        load_texts([tmp_path])
    assert str(caught.value) == f"{second}: the id 'x' is taken by {first}. Rename one of them."


def test_what_is_absent_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"no such file or folder\. Give the text files"):
        load_texts([tmp_path / "none.txt"])
    with pytest.raises(ReadError, match="cannot be read as UTF-8 text"):
        load_texts([write(tmp_path / "latin.txt", "β-catenin".encode("utf-16"))])


def test_without_paths_the_places_are_searched_for_the_very_bytes(tmp_path: Path) -> None:
    text = make_text(CONTENT.decode())
    write(tmp_path / "one" / "doc.txt", b"another version")
    right = write(tmp_path / "two" / "doc.txt")
    places = [tmp_path / "one", tmp_path / "two"]
    assert find_text(make_document(text), [], places) == right
    assert find_text(make_document(text), [], places[:1]) is None


def test_a_named_text_is_found_whatever_its_bytes_so_that_they_can_be_told(tmp_path: Path) -> None:
    document = make_document(make_text(CONTENT.decode()))
    other = write(tmp_path / "deep" / "er" / "doc.txt", b"another version")
    right = write(tmp_path / "doc.txt")
    assert find_text(document, [other], [tmp_path]) == other
    assert find_text(document, [tmp_path / "deep", right], []) == other
    assert find_text(document, [tmp_path / "none", right], []) == right


def test_a_file_of_another_name_is_not_the_text(tmp_path: Path) -> None:
    document = make_document(make_text(CONTENT.decode()))
    assert find_text(document, [write(tmp_path / "copy.txt")], [tmp_path]) is None
