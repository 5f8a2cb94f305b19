from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from sigmine.errors import ResourceError
from sigmine.model import ENTITY_TYPES
from sigmine.resources import lexicon as module
from sigmine.resources.lexicon import Lexicon, LexiconMatch, Protein, load_lexicon
from sigmine.resources.lexicon_grounder import STATUSES
from sigmine.resources.lexicon_keys import make_key
from sigmine.resources.lexicon_tables import Membership

ROWS = [
    ("AKT", "fplx:AKT", "AKT", "FAMILY", "curated", "famplex", "case"),
    ("AKT", "hgnc:391", "AKT1", "PROTEIN", "synonym", "hgnc", "exact"),
    ("AKT1", "hgnc:391", "AKT1", "PROTEIN", "symbol", "hgnc", "yes"),
    ("4E-BP1", "hgnc:3288", "EIF4EBP1", "PROTEIN", "curated", "famplex", "yes"),
    ("TSC1", "hgnc:12362", "TSC1", "PROTEIN", "symbol", "hgnc", "yes"),
    ("TSC1-TSC2 complex", "fplx:TSC", "TSC", "COMPLEX", "curated", "sigmine", "yes"),
    ("SET", "hgnc:10760", "SET", "PROTEIN", "symbol", "hgnc", "weak"),
    ("serine", "chebi:17822", "serine", "CHEMICAL", "name", "chebi", "no"),
    ("rapalog", ":rapalog", "rapalog", "CHEMICAL", "curated", "sigmine", "yes"),
    ("p70(S6K)-alpha", "hgnc:10436", "RPS6KB1", "PROTEIN", "synonym", "hgnc", "yes"),
]


@pytest.fixture(scope="module")
def small() -> Lexicon:
    lines = sorted("\t".join([make_key(row[0]), *row]).encode() for row in ROWS)
    proteins = [Protein("hgnc:391", "AKT1", "P31749", ("kinase",))]
    return Lexicon(lines, proteins, [Membership("hgnc:391", "isa", "fplx:AKT")])


def find(lexicon: Lexicon, words: str) -> list[tuple[str, str, str]]:
    """Spans in words that are separated by spaces, ``_`` joining what stands without a space."""
    tokens, spaces = [], []
    for group in words.split(" "):
        parts = group.split("_")
        tokens += parts
        spaces += [False] * (len(parts) - 1) + [True]
    return [
        ("".join(tokens[first:last]), match.name, match.recognise)
        for first, last, match in lexicon.find_spans(tokens, spaces)
    ]


def test_lookup_puts_the_curated_family_before_its_member(small: Lexicon) -> None:
    matches = small.lookup("Akt")
    assert [match.curie for match in matches] == ["fplx:AKT", "hgnc:391"]
    assert matches[0].score > matches[1].score


def test_lookup_keeps_only_the_types_asked_for(small: Lexicon) -> None:
    assert [match.name for match in small.lookup("AKT", types={"PROTEIN"})] == ["AKT1"]
    assert small.lookup("AKT", types={"CHEMICAL"}) == ()


@pytest.mark.parametrize("text", ["", "   ", "-", "no such name"])
def test_lookup_of_nothing_is_empty(small: Lexicon, text: str) -> None:
    assert small.lookup(text) == ()


def test_a_class_without_identifier_has_no_curie(small: Lexicon) -> None:
    (match,) = small.lookup("rapalogs")
    assert (match.name, match.curie) == ("rapalog", None)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("4E_-_BP1 binds", [("4E-BP1", "EIF4EBP1", "yes")]),
        ("4EBP1", [("4EBP1", "EIF4EBP1", "yes")]),
        ("the TSC1_–_TSC2 complex acts", [("TSC1–TSC2complex", "TSC", "yes")]),
        ("TSC1 and AKT", [("TSC1", "TSC1", "yes"), ("AKT", "AKT", "case")]),
        ("several rapalogs", [("rapalogs", "rapalog", "yes")]),
        ("p70_(_S6K_)_-_alpha", [("p70(S6K)-alpha", "RPS6KB1", "yes")]),
        ("SET", [("SET", "SET", "weak")]),
        ("AKT_'s role", [("AKT", "AKT", "case")]),
    ],
)
def test_find_spans(small: Lexicon, words: str, found: list[tuple[str, str, str]]) -> None:
    assert find(small, words) == found


@pytest.mark.parametrize("words", ["serine", "set to rest", "akt", "TSC1_/_TSC2 complexity and more", "was", ""])
def test_find_spans_does_not_take(small: Lexicon, words: str) -> None:
    assert [name for _, name, _ in find(small, words) if name != "TSC1"] == []


def test_find_spans_stops_at_a_blank_line(small: Lexicon) -> None:
    assert small.find_spans(["TSC1", "-", "\n\n", "TSC2", "complex"], [False, False, False, True, False])[0][:2] == (
        0,
        1,
    )


def test_find_name_takes_the_whole_text_or_nothing(small: Lexicon) -> None:
    found = small.find_name("AKT1")
    assert isinstance(found, LexiconMatch)
    assert found.curie == "hgnc:391"
    assert small.find_name("AKT1 and more") is None


def test_relations_between_entities(small: Lexicon) -> None:
    assert [m.child for m in small.find_children("fplx:AKT")] == ["hgnc:391"]
    assert [m.parent for m in small.find_parents("hgnc:391")] == ["fplx:AKT"]
    assert small.find_children("fplx:NONE") == ()
    assert small.find_entity("fplx:AKT") == ("AKT", "FAMILY")
    assert small.find_entity("hgnc:391") == ("AKT1", "PROTEIN")
    assert small.find_entity("fplx:NONE") is None


@pytest.mark.parametrize(
    ("text", "curie", "type_"),
    [
        ("AKT", "fplx:AKT", "FAMILY"),
        ("AKT1", "hgnc:391", "PROTEIN"),
        ("mTOR", "hgnc:3942", "PROTEIN"),
        ("mTORC1", "fplx:mTORC1", "COMPLEX"),
        ("TSC complex", "fplx:TSC", "COMPLEX"),
        ("rapamycin", "chebi:9168", "CHEMICAL"),
        ("sirolimus", "chebi:9168", "CHEMICAL"),
        ("NVP-BEZ235", "chebi:71952", "CHEMICAL"),
        ("RiCTOR", "hgnc:28611", "PROTEIN"),
        ("eiF4eBP1", "hgnc:3288", "PROTEIN"),
        ("elF4E", "hgnc:3287", "PROTEIN"),
        ("Pi3K", "fplx:PI3K", "COMPLEX"),
        ("ERK1/2", "fplx:ERK", "FAMILY"),
        ("GSK3β", "hgnc:4617", "PROTEIN"),
        ("PKCζ", "hgnc:9412", "PROTEIN"),
        ("Ragulator", "go:0071986", "COMPLEX"),
        ("autophagy", "go:0006914", "PROCESS"),
        ("lysosome", "go:0005764", "LOCATION"),
        ("insulin", "hgnc:6081", "PROTEIN"),
    ],
)
def test_the_bundled_lexicon_knows(text: str, curie: str, type_: str) -> None:
    best = load_lexicon().lookup(text)[0]
    assert (best.curie, best.type) == (curie, type_)


@pytest.mark.parametrize(
    "text",
    [
        "was",
        "set",
        "rest",
        "type",
        "impact",
        "cell",
        "cells",
        "an",
        "all",
        "the",
        "can",
        "for",
        "protein",
        "kinase",
        "receptor",
        "inhibitors",
        "serine",
        "Ser473",
        "T308",
        "S2448",
        "phosphorylation",
        "activation",
        "binding",
        "expression",
        "12",
        "A",
    ],
)
def test_the_bundled_lexicon_recognises_no_ordinary_word(text: str) -> None:
    match = load_lexicon().find_name(text)
    assert match is None or match.recognise == "weak"


@pytest.mark.parametrize("text", ["CAT", "SET", "BAD", "NO"])
def test_the_bundled_lexicon_wants_support_for(text: str) -> None:
    match = load_lexicon().find_name(text)
    assert match is not None
    assert match.recognise == "weak"


def test_bundled_tables() -> None:
    lexicon = load_lexicon()
    akt = lexicon.find_protein("hgnc:391")
    assert akt == Protein("hgnc:391", "AKT1", "P31749", ("kinase",))
    assert {"hgnc:12362", "hgnc:12363"} == {m.child for m in lexicon.find_children("fplx:TSC")}
    assert "AZD" in lexicon.code_prefixes


def test_bundled_names_are_well_formed() -> None:
    data = (files("sigmine.resources") / "data" / "lexicon" / "names.tsv.gz").read_bytes()
    header, *lines = gzip.decompress(data).split(b"\n")[:-1]
    assert header.startswith(b"#key\tname\tcurie")
    assert lines == sorted(lines)
    rows = [line.decode().split("\t") for line in lines]
    assert {len(row) for row in rows} == {8}
    assert {row[4] for row in rows} <= set(ENTITY_TYPES)
    assert {row[5] for row in rows} == set(STATUSES)
    assert {row[7] for row in rows} == {"yes", "case", "exact", "weak", "no"}
    assert all(row[0] == make_key(row[1]) for row in rows[::997])
    assert len(data) < 6_000_000


def test_the_manifest_fits_the_names() -> None:
    folder = files("sigmine.resources") / "data" / "lexicon"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["names"] == len(load_lexicon())
    assert all(
        len(file["sha256"]) == len(hashlib.sha256().hexdigest()) and file["licence"] for file in manifest["tables"]
    )


def test_loading_touches_nothing_outside(tmp_path: Path) -> None:
    code = (
        "import logging, socket, sys\n"
        "def refuse(*args, **kwargs): raise AssertionError('network')\n"
        "socket.socket.connect = refuse\n"
        "from sigmine.resources.lexicon import load_lexicon\n"
        "assert not {'gilda', 'spacy'} & set(sys.modules)\n"
        "assert load_lexicon().lookup('Akt')[0].curie == 'fplx:AKT'\n"
        "assert not logging.getLogger().handlers\n"
    )
    env = {**os.environ, "HOME": str(tmp_path), "PYSTOW_HOME": str(tmp_path / "pystow")}
    subprocess.run([sys.executable, "-c", code], check=True, env=env, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_table_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake: Callable[[str], Path] = lambda package: tmp_path  # noqa: E731
    monkeypatch.setattr(module, "files", fake)
    with pytest.raises(ResourceError, match=r"names\.tsv\.gz.*install sigmine again"):
        load_lexicon.__wrapped__()


@pytest.mark.bench
def test_speed() -> None:
    start = time.perf_counter()
    lexicon = load_lexicon.__wrapped__()
    assert time.perf_counter() - start < 1.5
    words = [
        "In",
        "these",
        "cells",
        "AKT",
        "phosphorylates",
        "TSC2",
        "and",
        "mTORC1",
        "is",
        "active",
        "when",
        "growth",
        "factors",
        "are",
        "there",
        ".",
    ] * 500
    spaces = [True] * len(words)
    lexicon.find_spans(words, spaces)
    start = time.perf_counter()
    lexicon.find_spans(words, spaces)
    assert len(words) / (time.perf_counter() - start) > 100_000
