from __future__ import annotations

import io
from collections.abc import Mapping

import pytest

from sigmine.annotation.place import FoundClaim
from sigmine.annotation.triples_table import parse_triples
from sigmine.errors import ReadError
from sigmine.exports.tsv import write_tsv
from store.builders import DENIED, HEDGED, INDIRECT, NO_SUBJECT, PLAIN, UNGROUNDED, make_statements

PTEN = {"subject": "PTEN", "relation": "dephosphorylates", "object": "PIP3"}


def read(*rows: Mapping[str, str]) -> list[FoundClaim]:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    content = "\n".join("\t".join(line) for line in lines)
    return list(parse_triples(content, "their.tsv", find_type))


def find_type(curie: str, name: str) -> str | None:
    return {("fplx:PIK3", "PTEN"): "FAMILY", ("chebi:16618", "PIP3"): "CHEMICAL"}.get((curie, name))


def test_three_columns_are_enough() -> None:
    (claim,) = read(PTEN)
    assert claim.subject is not None
    assert (claim.subject.name, claim.relation, claim.object.name) == ("PTEN", "dephosphorylates", "PIP3")
    assert (claim.subject.type, claim.subject.curie, claim.documents, claim.belief) == ("PROTEIN", None, (), 1.0)
    assert (claim.negated, claim.hedged, claim.direct) == (False, False, True)
    (bare,) = read({"relation": "translocates", "object": "FOXO1"})
    assert bare.subject is None


def test_all_columns_are_read_and_others_left_alone() -> None:
    (claim,) = read(
        PTEN
        | {
            "Subject_Curie": "fplx:PIK3", "object_id": "chebi:16618", "sites": "S380, T382;T383", "documents": "a",
            "sentence": "PTEN is busy.", "start": "7", "end": "20", "negated": "2", "hedged": "no", "direct": "no",
            "belief": "0.25", "colour": "blue",
        }
    )  # fmt: skip
    assert claim.subject is not None
    assert (claim.subject.type, claim.subject.curie) == ("FAMILY", "fplx:PIK3")
    assert (claim.object.type, claim.object.curie) == ("CHEMICAL", "chebi:16618")
    assert (claim.sites, claim.documents, claim.place) == (("S380", "T382", "T383"), ("a",), (7, 20))
    assert (claim.negated, claim.hedged, claim.direct, claim.belief) == (True, False, False, 0.25)
    assert claim.sentence == "PTEN is busy."


def test_a_given_type_goes_before_that_of_the_identifier() -> None:
    (claim,) = read(PTEN | {"object_id": "chebi:16618", "object_type": "PROCESS"})
    assert claim.object.type == "PROCESS"


def test_a_line_of_several_documents_is_a_claim_of_each() -> None:
    claims = read(PTEN | {"document": "alpha; beta;"}, PTEN | {"document": ""})
    assert [claim.documents for claim in claims] == [("alpha",), ("beta",), ()]
    assert len({claim.id for claim in claims}) == 3


def test_the_table_that_sigmine_writes_is_read() -> None:
    file = io.BytesIO()
    statements = make_statements(PLAIN, HEDGED, DENIED, NO_SUBJECT, INDIRECT, UNGROUNDED)
    write_tsv(statements, file)
    claims = {claim.sentence: claim for claim in parse_triples(file.getvalue().decode(), "out.tsv")}
    plain = claims["In our hands AKT1 phosphorylates TSC2 at S939 [7]."]
    assert plain.subject is not None
    assert (plain.subject.name, plain.subject.curie, plain.sites) == ("AKT1", "hgnc:391", ("S939",))
    assert (plain.hedged, plain.negated, plain.direct, plain.documents) == (True, False, True, ("beta",))
    (belief,) = (one.belief for one in statements if one.site == "S939")
    assert plain.belief == pytest.approx(belief, abs=1e-4)
    denied = claims["RHEB never inhibits MTOR."]
    assert (denied.relation, denied.negated) == ("inhibits", True)
    bare = claims["TSC2 is phosphorylated at T1462."]
    assert (bare.subject, bare.sites) == (None, ("T1462",))
    assert not claims["Insulin brings about AKT phosphorylation."].direct
    quoted = claims['PKCβ "tightly" binds <script>alert(1)</script> & IκBα.']
    assert quoted.documents == ('γ-notes "1"',)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"subject": "PTEN", "object": "PIP3"}, "their.tsv:1: no column 'relation'. Columns: subject, relation, "),
        ({"subject": "PTEN"}, "their.tsv:1: no column 'relation' and 'object'."),
        (PTEN | {"relation": "acts on"}, "their.tsv:2: unknown relation 'acts on'. Allowed: phosphorylates, "),
        (PTEN | {"relation": "inhibit"}, "their.tsv:2: unknown relation 'inhibit'; nearest: 'inhibits'"),
        (PTEN | {"object": ""}, "their.tsv:2: object is empty; only the subject may be."),
        (PTEN | {"belief": "high"}, "their.tsv:2: belief, start and end must be numbers (could not convert"),
        (PTEN | {"start": "a", "end": "9"}, "their.tsv:2: belief, start and end must be numbers (invalid literal"),
        (PTEN | {"object_type": "lipid"}, "their.tsv:2: unknown type 'lipid' of object"),
        (PTEN | {"sentence": '"PTEN is busy.'}, "their.tsv:2: not a row of a table"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(row: dict[str, str], problem: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(row)
    assert str(caught.value).startswith(problem)


def test_an_empty_file_names_the_columns() -> None:
    with pytest.raises(ReadError, match=r"no column 'relation' and 'object'\. Columns: subject, relation"):
        list(parse_triples("", "their.tsv"))


def test_blank_lines_are_left_out_and_counted() -> None:
    assert len(read(PTEN, {}, PTEN)) == 2
    with pytest.raises(ReadError, match=r"their\.tsv:4: unknown relation"):
        read(PTEN, {}, PTEN | {"relation": "eats"})
