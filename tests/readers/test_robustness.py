"""Every reader of READERS, given noise and damaged samples: a ReadError or documents that hold together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readers.damage import ODD_BYTES, check, damaged, damaged_json, read
from sigmine.errors import ReadError
from sigmine.readers import READERS, ReadFailure, Source

DATA = Path(__file__).resolve().parents[1] / "data"
CORPUS = Path(__file__).resolve().parents[2] / "corpus"
SAMPLES = [
    (name, path.read_bytes())
    for name, reader in READERS.items()
    for suffix in reader.suffixes
    if name != "standoff"
    for path in sorted(DATA.glob(f"reader_sample*{suffix}"))
]
CASES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY_CASES = settings(CASES, max_examples=4000)


def read_twice(format_: str, data: bytes) -> None:
    source = Source("given", data=data)
    try:
        items = read(format_, source)
    except ReadError as error:
        check(ReadFailure.from_error("given", error))
        return
    assert items
    assert items == read(format_, source)
    size = len(data.decode("utf-8", "replace")) if format_ != "bioc" else None
    for item in items:
        check(item, size)


def read_pair(folder: Path, text: bytes, rows: bytes) -> None:
    (folder / "x.txt").write_bytes(text)
    (folder / "x.a1").write_bytes(rows)
    source = Source("x.a1", folder / "x.a1")
    try:
        items = read("standoff", source)
    except ReadError as error:
        check(ReadFailure.from_error("x.a1", error))
        return
    assert items == read("standoff", source)
    for item in items:
        check(item, len(text))


noise = st.binary(max_size=400) | st.lists(st.sampled_from(ODD_BYTES), max_size=30).map(b"".join)
samples = st.sampled_from(SAMPLES).flatmap(lambda pair: st.tuples(st.just(pair[0]), damaged(pair[1])))
bioc_values = damaged_json(json.loads((DATA / "reader_sample.json").read_bytes()))
row_values = damaged_json(
    {
        "id": "d",
        "text": "AKT inhibits FOXO1.\n\nPTEN opposes it.",
        "title": "AKT",
        "entities": [{"id": "T1", "type": "Protein", "start": 0, "end": 3, "curie": "hgnc:391"}],
        "sections": [{"kind": "body", "start": 0, "end": 19, "title": "x", "subject": "y"}],
    }
)
STANDOFF = [(DATA / f"reader_sample_pair{suffix}").read_bytes() for suffix in (".txt", ".a1")]
pairs = st.tuples(damaged(STANDOFF[0]) | st.just(STANDOFF[0]), damaged(STANDOFF[1]) | noise)


def dump(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize("format_", [name for name in READERS if name != "standoff"])
@CASES
@given(noise)
def test_noise(format_: str, data: bytes) -> None:
    read_twice(format_, data)


@CASES
@given(samples)
def test_damaged_samples(case: tuple[str, bytes]) -> None:
    read_twice(*case)


@CASES
@given(bioc_values.map(dump))
def test_bioc_with_odd_values(data: bytes) -> None:
    read_twice("bioc", data)


@CASES
@given(row_values.map(dump))
def test_json_lines_with_odd_values(data: bytes) -> None:
    read_twice("jsonl", data)


@CASES
@given(case=pairs)
def test_damaged_pairs(tmp_path_factory: pytest.TempPathFactory, case: tuple[bytes, bytes]) -> None:
    read_pair(tmp_path_factory.mktemp("pair"), *case)


@pytest.mark.slow
@pytest.mark.parametrize("case", sorted({*READERS, "bioc values", "row values"}))
def test_thousands_of_cases(tmp_path: Path, case: str) -> None:
    seeds = [data for name, data in SAMPLES if name == case]
    if case == "text":
        seeds += [path.read_bytes() for path in sorted(CORPUS.glob("*.txt"))]
    match case:
        case "bioc values":
            strategy = bioc_values.map(dump)
        case "row values":
            strategy = row_values.map(dump)
        case "standoff":
            strategy = pairs
        case _:
            strategy = st.sampled_from(seeds).flatmap(damaged) | noise
    format_ = {"bioc values": "bioc", "row values": "jsonl"}.get(case, case)

    @MANY_CASES
    @given(strategy)
    def read_many(data: bytes | tuple[bytes, bytes]) -> None:
        if isinstance(data, tuple):
            read_pair(tmp_path, *data)
        else:
            read_twice(format_, data)

    read_many()
