from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmine.errors import GroundingError
from sigmine.grounding import ground_mentions
from sigmine.model import Entity
from sigmine.resources.lexicon import get_lexicon, load_lexicon
from sigmine.resources.lexicon_keys import make_key
from sigmine.resources.own_names import OwnName, OwnNames, parse_own_names

TABLE = """name\tcurie\tstandard name\ttype
# ours
zorbin receptor alpha chain\tHGNC:391

ERK\thgnc:6871
blafin\t\tblafin\tchemical\texact
TSC2\t-
CAT\t-hgnc:1516
"""


def test_a_table_is_read() -> None:
    own = parse_own_names(TABLE)
    assert own.names == (
        OwnName("zorbin receptor alpha chain", "hgnc:391", "", "", "yes", 3),
        OwnName("ERK", "hgnc:6871", "", "", "exact", 5),
        OwnName("blafin", "", "blafin", "CHEMICAL", "exact", 6),
    )
    assert own.never == {("tsc2", ""), ("cat", "hgnc:1516")}


def test_all_problems_are_told_with_their_lines() -> None:
    bad = "A1\tfoo:1\nB\n-\thgnc:1\nC1\thgnc:391\tx\tWORD\nD1\t\nE1\thgnc:391\t\t\tmaybe\ngood\thgnc:391\n"
    with pytest.raises(GroundingError) as caught:
        parse_own_names(bad, "mine.tsv")
    lines = [problem.split(": ")[0] for problem in caught.value.problems]
    assert lines == [f"mine.tsv:{number}" for number in range(1, 7)]
    message = str(caught.value)
    assert message.startswith("6 problems in mine.tsv:\n")
    for allowed in ("hgnc", "PROTEIN, FAMILY", "yes, case, exact", "the last three optional", "'-' means"):
        assert allowed in message


def test_own_names_win(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(TABLE, encoding="utf-8")
    lexicon = get_lexicon(str(path))
    assert [(one.curie, one.name, one.source) for one in lexicon.lookup("Erk")] == [("hgnc:6871", "MAPK1", "own")]
    assert lexicon.lookup("TSC2") == ()
    assert "hgnc:1516" not in [one.curie for one in lexicon.lookup("CAT")]
    assert lexicon.not_names == {"tsc2"}
    assert load_lexicon().lookup("ERK")[0].curie == "fplx:ERK"
    words = ["The", "zorbin", "receptor", "alpha", "chain", "binds"]
    ((first, last, match),) = lexicon.find_spans(words, [True] * len(words))
    assert (first, last, match.curie) == (1, 5, "hgnc:391")
    assert lexicon.find_protein("hgnc:391") == load_lexicon().find_protein("hgnc:391")


def test_own_names_go_before_what_the_document_spells_out(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("ERK\thgnc:6871\n", encoding="utf-8")
    mention = Entity("ERK", 0, 3, "PROTEIN", "ERK", long_form="estrogen receptor alpha")
    assert ground_mentions([mention], lexicon=get_lexicon(str(path)))[0].curie == "hgnc:6871"


def test_an_identifier_that_nobody_knows_needs_name_and_type() -> None:
    own = parse_own_names("MyKin-7\tuniprot:Q00000\n")
    with pytest.raises(GroundingError, match=r"mine\.tsv:1: uniprot:Q00000 is not in the lexicon; give"):
        load_lexicon().add_names(own, "mine.tsv")
    whole = parse_own_names("MyKin-7\tuniprot:Q00000\tmykin 7\tPROTEIN\n")
    assert load_lexicon().add_names(whole).find_entity("uniprot:Q00000") == ("mykin 7", "PROTEIN")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(GroundingError, match=r"mine\.tsv: cannot be read as UTF-8"):
        get_lexicon(str(path))


@given(st.text())
def test_any_text_is_a_table_or_an_error(text: str) -> None:
    own = OwnNames()
    with contextlib.suppress(GroundingError):
        own = parse_own_names(text)
    assert all(make_key(row.name) for row in own.names)
