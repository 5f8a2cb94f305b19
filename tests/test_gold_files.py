"""The gold files and the documents that come with the project, read with the standard library alone."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

Row = dict[str, Any]

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
GOLD = ROOT / "gold"
GOLD_FILES = [path for path in sorted(GOLD.rglob("*.jsonl")) if "passes" not in path.parts]
CORE_RELATIONS = {"phosphorylates", "activates", "inhibits"}
MOLECULES = {"PROTEIN", "FAMILY", "COMPLEX", "CHEMICAL"}
SECTIONS = {"title", "abstract", "body", "legend", "table"}
HELD_OUT = {"hippo", "jak_stat", "tgfb"}
FLAGS = ("negated", "hedged", "direct", "core", "cross_sentence")


def read_manifest() -> Row:
    return tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))


def read_gold(path: Path) -> tuple[Row, list[Row]]:
    """The document's line and the statements."""
    first, *rest = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return first, rest


def read_text(file: str) -> str:
    return (CORPUS / file).read_bytes().decode("utf-8")


def ends_of(row: Row) -> list[Row]:
    return [row[role] for role in ("subject", "object") if row[role] is not None]


def spans_of(end: Row) -> list[tuple[int, int]]:
    return [(end["start"], end["end"]), *((start, stop) for start, stop in end.get("aliases", []))]


BUNDLED: list[Row] = read_manifest()["document"]
NAMES = [document["id"] for document in BUNDLED]


@pytest.fixture(params=GOLD_FILES, ids=[path.stem for path in GOLD_FILES])
def gold(request: pytest.FixtureRequest) -> tuple[Row, list[Row]]:
    """Every gold file in turn, with or without its text."""
    return read_gold(request.param)


@pytest.fixture(params=BUNDLED, ids=NAMES)
def bundled(request: pytest.FixtureRequest) -> tuple[str, list[Row]]:
    """Text and statements of every document that comes with the project."""
    return read_text(request.param["file"]), read_gold(ROOT / request.param["gold"])[1]


def test_every_text_of_the_corpus_is_in_the_manifest() -> None:
    assert {document["file"] for document in BUNDLED} == {path.name for path in CORPUS.glob("*.txt")}
    assert {document["gold"] for document in BUNDLED} == {
        path.relative_to(ROOT).as_posix() for path in (GOLD / "corpus").glob("*.jsonl")
    }


@pytest.mark.parametrize("document", BUNDLED, ids=NAMES)
def test_manifest_text_and_gold_agree(document: Row) -> None:
    content = (CORPUS / document["file"]).read_bytes()
    header, _ = read_gold(ROOT / document["gold"])
    assert hashlib.sha256(content).hexdigest() == document["sha256"] == header["sha256"]
    assert len(content.decode("utf-8").split()) == document["words"]
    assert (header["document"], header["file"], header["title"]) == (
        document["id"], document["file"], document["title"],
    )  # fmt: skip
    assert content.decode("utf-8").startswith(document["title"] + "\n")
    assert b"\r" not in content


@pytest.mark.parametrize("known", read_manifest()["known_text"], ids=lambda known: known["id"])
def test_known_texts_are_named_but_not_included(known: Row) -> None:
    header, _ = read_gold(ROOT / known["gold"])
    assert (header["document"], header["sha256"]) == (known["id"], known["sha256"])
    assert not list(CORPUS.rglob(header["file"]))


def test_the_split_keeps_whole_documents_apart() -> None:
    splits = {name: {row["split"] for row in read_gold(GOLD / "corpus" / f"{name}.jsonl")[1]} for name in NAMES}
    assert splits == {name: {"test" if name in HELD_OUT else "dev"} for name in NAMES}


def test_ids_are_unique_in_all_of_the_gold() -> None:
    ids = [row["id"] for path in GOLD_FILES for row in read_gold(path)[1]]
    assert len(ids) == len(set(ids))


def test_every_statement_is_well_formed(gold: tuple[Row, list[Row]]) -> None:
    header, rows = gold
    assert re.fullmatch(r"[0-9a-f]{64}", header["sha256"])
    assert rows
    for row in rows:
        assert row["section"] in SECTIONS, row["id"]
        assert all(isinstance(row[flag], bool) for flag in FLAGS), row["id"]
        assert all(re.fullmatch(r"[A-Z]\d*", site) for site in row["sites"]), row["id"]
        assert row["object"] is not None, row["id"]
        spans = [row["sentence"], *(span for end in ends_of(row) for span in spans_of(end))]
        assert all(0 <= start < stop for start, stop in spans), row["id"]
        molecules = all(end["type"] in MOLECULES for end in ends_of(row))
        core = row["relation"] in CORE_RELATIONS and molecules and not row["cross_sentence"]
        assert row["core"] is core, row["id"]


def test_one_name_has_one_identity(gold: tuple[Row, list[Row]]) -> None:
    identities: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for row in gold[1]:
        for end in ends_of(row):
            identities[end["name"]].add((end["type"], end["curie"]))
    assert {name: found for name, found in identities.items() if len(found) > 1} == {}


def test_one_mention_text_has_one_identity(bundled: tuple[str, list[Row]]) -> None:
    text, rows = bundled
    identities: dict[str, set[tuple[str, str, str | None]]] = defaultdict(set)
    for row in rows:
        for end in ends_of(row):
            for start, stop in spans_of(end):
                mention = " ".join(text[start:stop].split()).casefold()
                identities[mention].add((end["name"], end["type"], end["curie"]))
    assert {mention: found for mention, found in identities.items() if len(found) > 1} == {}


def test_offsets_are_whole_words_within_the_text(bundled: tuple[str, list[Row]]) -> None:
    text, rows = bundled
    for row in rows:
        for start, stop in [row["sentence"], *(span for end in ends_of(row) for span in spans_of(end))]:
            assert 0 <= start < stop <= len(text), row["id"]
            assert text[start:stop] == text[start:stop].strip(), row["id"]
            for border in (start, stop):
                around = text[max(0, border - 1) : border + 1]
                glued_citation = border == stop and around[1:].isdigit() and around[:1].isalpha()  # "receptor6"
                assert glued_citation or not (len(around) == 2 and around.isalnum()), (row["id"], text[start:stop])


def test_sentences_are_sentences_and_hold_their_ends(bundled: tuple[str, list[Row]]) -> None:
    text, rows = bundled
    for row in rows:
        first, last = row["sentence"]
        assert text[last - 1] == "." or row["section"] in ("title", "table"), row["id"]
        assert first == 0 or text[first - 1].isspace(), row["id"]
        inside = [first <= start and stop <= last for end in ends_of(row) for start, stop in spans_of(end)]
        assert all(inside) is not row["cross_sentence"], row["id"]


def test_no_statement_stands_twice(bundled: tuple[str, list[Row]]) -> None:
    keys = [
        (row["relation"], row["subject"] and row["subject"]["name"], row["object"]["name"], tuple(row["sentence"]))
        for row in bundled[1]
    ]
    assert len(keys) == len(set(keys))


def test_each_document_is_long_enough_and_has_every_core_relation(bundled: tuple[str, list[Row]]) -> None:
    _, rows = bundled
    assert len({tuple(row["sentence"]) for row in rows}) >= 20
    assert {row["relation"] for row in rows if row["core"]} == CORE_RELATIONS


def test_both_splits_have_the_kinds_of_text_that_reviews_are_made_of() -> None:
    rows = [row for name in NAMES for row in read_gold(GOLD / "corpus" / f"{name}.jsonl")[1]]
    sections = {split: {row["section"] for row in rows if row["split"] == split} for split in ("dev", "test")}
    assert sections["dev"] >= {"title", "abstract", "body", "legend", "table"}
    assert sections["test"] >= {"abstract", "body", "legend"}
    for is_hard in (
        lambda row: row["negated"],
        lambda row: row["hedged"],
        lambda row: not row["direct"],
        lambda row: row["cross_sentence"],
    ):
        assert {row["split"] for row in rows if is_hard(row)} == {"dev", "test"}


def test_the_passes_are_of_the_same_texts_as_the_gold() -> None:
    digests = {path.name: read_gold(path)[0]["sha256"] for path in GOLD_FILES}
    for annotator in ("A", "B", "C"):
        files = {path.name: read_gold(path)[0]["sha256"] for path in (GOLD / "passes" / annotator).glob("*.jsonl")}
        assert files == digests
