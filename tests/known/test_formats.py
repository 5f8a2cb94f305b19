from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from known.builders import HEAD, make_signor
from known.test_causaltab import make_line
from known.test_indra_statements import PHOSPHORYLATION
from sigmine.errors import ReadError
from sigmine.known import load_claims, load_known
from sigmine.model.json import evidence_to_json, statement_to_json
from store.builders import ALL, HEDGED, PLAIN, make_statements

SIGNOR = f"{HEAD}\n{make_signor('AKT1', 'TSC2', 'down-regulates', 'phosphorylation', 'Ser939')}\n"
FILES = {
    "signor": SIGNOR,
    "causaltab": make_line(features_b="phosphorylated residue:939-939(Ser939)") + "\n",
    "indra": json.dumps([PHOSPHORYLATION], indent=1),
    "sif": "AKT1\tphosphorylates\tTSC2\n",
    "sigmine": json.dumps(statement_to_json(make_statements(PLAIN)[0])) + "\n",
}


@pytest.mark.parametrize("format", FILES)
@pytest.mark.parametrize("packed", [False, True])
def test_the_content_tells_the_format(format: str, packed: bool, tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + FILES[format].encode()
    (tmp_path / "file").write_bytes(gzip.compress(content) if packed else content)
    source = load_known(tmp_path / "file")
    assert (source.format, source.rows, source.malformed) == (format, 1, ())
    claim = source.claims[0]
    assert claim.subject is not None
    assert (claim.relation, claim.subject.curie, claim.object.curie) == ("phosphorylates", "hgnc:391", "hgnc:12363")


def test_a_format_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("AKT1\n\nAKT1 likes TSC2\n", encoding="utf-8")
    with pytest.raises(ReadError, match="--with-format"):
        load_known(tmp_path / "file")
    assert load_known(tmp_path / "file", "sif").rows == 1
    (tmp_path / "headless").write_text(make_signor("AKT1", "TSC2", "up-regulates") + "\tSIGNOR-9\n", encoding="utf-8")
    assert load_known(tmp_path / "headless").format == "signor"


@pytest.mark.parametrize("content", [b"", b"\n\n", b"<sbml/>", b"a plain text of some length", b"%PDF-1.7 x y"])
def test_what_is_none_of_them_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(ReadError, match="of no format that is read here"):
        load_known(tmp_path / "file")


def test_what_cannot_be_read_is_an_error_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "cut.gz").write_bytes(gzip.compress(SIGNOR.encode() * 50)[:-20])
    (tmp_path / "odd.json").write_text('{"some": 1}', encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for name, words in (
        ("none", "No such file"),
        ("cut.gz", "cannot be read"),
        ("odd.json", "array"),
        ("empty", "no "),
    ):
        with pytest.raises(ReadError, match=words) as caught:
            load_known(tmp_path / name)
        assert name in str(caught.value)


def test_the_sample_of_the_documentation_is_whole() -> None:
    source = load_known(Path(__file__).parents[1] / "data" / "known_signor.tsv")
    assert (source.rows, len(source.claims), source.malformed) == (9, 13, ())


def test_bytes_that_are_no_text_do_not_stop_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(SIGNOR.encode() + make_signor("caf\xe9", "TSC2", "up-regulates").encode("latin-1"))
    source = load_known(tmp_path / "file")
    assert (source.rows, source.unidentified) == (2, (("caf\ufffd", 1),))


def test_statements_and_mentions_of_one_output_are_the_same_claims(tmp_path: Path) -> None:
    statements, mentions = tmp_path / "statements.jsonl", tmp_path / "mentions.jsonl"
    statements.write_text("".join(json.dumps(statement_to_json(one)) + "\n" for one in make_statements()), "utf-8")
    mentions.write_text("".join(json.dumps(evidence_to_json(one, 0.8)) + "\n" for one in ALL), "utf-8")
    ours = load_claims(tmp_path)
    assert [claim.place for claim in ours] == list(range(1, len(ours) + 1))
    assert [claim.key for claim in load_claims(mentions)] == [claim.key for claim in ours]
    assert {claim.label for claim in ours if claim.denied} == {"not: RHEB inhibits MTOR"}
    assert not any(claim.hedged for claim in ours)  # a plain sentence stands beside the hedged one
    mentions.write_text(json.dumps(evidence_to_json(HEDGED, 0.8)), "utf-8")
    assert [claim.hedged for claim in load_claims(mentions)] == [True]
    (plain,) = (claim for claim in ours if claim.site == "S939")
    assert plain.publications == ("pubmed:12345", "doi:10.1000/x<1>y")
    assert (plain.words, plain.document) == ("In our hands AKT1 phosphorylates TSC2 at S939 [7].", "alpha")


def test_our_own_output_must_be_whole(tmp_path: Path) -> None:
    (tmp_path / "statements.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r"statements\.jsonl:1: neither a statement nor a mention"):
        load_claims(tmp_path)
    assert load_known(tmp_path, "sigmine").malformed[0].place == 1
