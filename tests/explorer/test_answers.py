from __future__ import annotations

from pathlib import Path

import pytest

from explorer.conftest import Open, Page
from sigmine.model import Reference, Statement
from sigmine.store import open_store
from store.builders import make_evidence, make_statements


@pytest.fixture
def page(read_page: Page) -> Page:
    """The tests share one, as nothing is decided."""
    return read_page


def find(statements: tuple[Statement, ...], relation: str, object: str) -> Statement:
    return next(one for one in statements if one.relation == relation and one.object.name == object)


def test_the_session_says_what_there_is(page: Page, statements: tuple[Statement, ...]) -> None:
    session = page.ask("session")
    assert session["statements"] == len(statements)
    assert session["documents"] == len({item.document for one in statements for item in one.evidence})
    assert {"name": "activates", "label": "activates", "statements": 2} in session["relations"]
    assert "graphml" in {one["name"] for one in session["formats"]}
    assert "kinases-of" in {one["name"] for one in session["queries"]}
    assert session["curation"]["curator"] == "ada"


def test_molecules_are_found_by_their_names_as_one_types(page: Page) -> None:
    assert [one["name"] for one in page.ask("search", q="ak")["molecules"]] == ["AKT", "AKT1"]
    assert page.ask("search", q="hgnc:391")["molecules"][0]["name"] == "AKT1"
    assert page.ask("search", q="TSC2")["molecules"][0]["statements"] == 2
    assert page.ask("search", q="zzz") == {"molecules": [], "statements": []}
    assert page.ask("search", q="  ") == {"molecules": [], "statements": []}


def test_statements_are_found_by_their_ends_relation_and_id(page: Page, statements: tuple[Statement, ...]) -> None:
    wanted = find(statements, "inhibits", "MTOR")
    assert [one["id"] for one in page.ask("search", q="rheb inhib mtor")["statements"]] == [wanted.id]
    assert [one["id"] for one in page.ask("search", q=wanted.id)["statements"]] == [wanted.id]
    both = [one["relation"] for one in page.ask("search", q="mtor rheb")["statements"]]
    assert sorted(both) == ["activates", "inhibits"]


def test_a_neighbourhood_is_drawn_with_places(page: Page) -> None:
    drawn = page.send("network", {"view": "focus=hgnc:3942"})
    nodes = {one["data"]["id"]: one for one in drawn["elements"]["nodes"]}
    assert set(nodes) == {"hgnc:3942", "hgnc:10011"}
    assert {one["data"]["relation"] for one in drawn["elements"]["edges"]} == {"activates", "inhibits"}
    assert nodes["hgnc:3942"]["position"] != nodes["hgnc:10011"]["position"]
    assert drawn["note"] == ""


def test_places_that_are_known_are_kept(page: Page) -> None:
    body = {"view": "focus=hgnc:3942&focus=hgnc:10011", "positions": {"hgnc:3942": [500, -20.5]}}
    nodes = page.send("network", body)["elements"]["nodes"]
    places = {one["data"]["id"]: one["position"] for one in nodes}
    assert places["hgnc:3942"] == {"x": 500, "y": -20.5}
    assert "chemical:=hyperlink(1)" in places, "the second molecule is expanded too"


@pytest.mark.parametrize("positions", [[], {"a": 1}, {"a": [1]}, {"a": ["1", "2"]}, {"a": [1, True]}, {"a": [1, 1e9]}])
def test_places_that_are_none_are_refused(page: Page, positions: object) -> None:
    assert "positions" in page.send("network", {"view": "", "positions": positions}, status=400)["error"]


def test_without_a_molecule_the_best_supported_is_drawn(page: Page, statements: tuple[Statement, ...]) -> None:
    drawn = page.send("network", {"view": ""})
    assert drawn["statements"] == len(statements)


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ("relation=activates", {"activates"}),
        ("denied=no", {"activates"}),
        ("belief=0.3", {"activates"}),
        ("section=abstract", set()),
        ("document=beta", {"activates"}),
        ("relation=activates&relation=inhibits&section=body&hedged=no&direct=yes", {"activates", "inhibits"}),
    ],
)
def test_filters_hold_in_the_network_and_the_list(page: Page, filters: str, kept: set[str]) -> None:
    edges = page.send("network", {"view": f"focus=hgnc:3942&{filters}"})["elements"]["edges"]
    assert {one["data"]["relation"] for one in edges} == kept
    listed = page.client.get(f"/api/statements?focus=hgnc:3942&drawn=yes&{filters}").json()
    assert {one["relation"] for one in listed["rows"]} == kept
    assert listed["total"] == len(kept)


def test_what_is_only_hedged_is_left_out_on_demand(open_page: Open, tmp_path: Path) -> None:
    doubtful = make_evidence("AKT1 may activate MTOR.", "activates", "AKT1", "MTOR", hedged=True)
    plain = make_evidence("RHEB activates MTOR.", "activates", "RHEB", "MTOR", start=50)
    with open_store(tmp_path / "s") as store:
        store.write_statements(make_statements(doubtful, plain))
    page = open_page(tmp_path / "s")
    for view in ("", "focus=hgnc:3942&"):
        assert page.client.get(f"/api/statements?{view}hedged=no").json()["total"] == 1
        assert page.client.get(f"/api/statements?{view}").json()["total"] == 2


@pytest.mark.parametrize(
    ("query", "words"),
    [("belief=2", "0 to 1"), ("belief=x", "number"), ("hedged=maybe", "yes or no"), ("offset=-1", "offset")],
)
def test_a_view_that_is_none_is_refused(page: Page, query: str, words: str) -> None:
    answer = page.client.get(f"/api/statements?{query}")
    assert answer.status_code == 400
    assert words in answer.json()["error"]


def test_a_molecule_that_is_not_there_is_named(page: Page) -> None:
    assert "hgnc:99999999" in page.send("network", {"view": "focus=hgnc:99999999"})["note"]
    assert page.ask("statements", focus="<> . } DELETE { ?s ?p ?o")["total"] == 0


def test_sentences_are_searched(page: Page) -> None:
    found = page.ask("statements", text="in our HANDS")
    assert [one["object"]["name"] for one in found["rows"]] == ["TSC2"]
    assert page.ask("statements", text="<script>")["total"] == 1
    assert page.ask("statements", text='" ) } ; #')["total"] == 0


def test_a_statement_comes_with_all_its_evidence(page: Page, statements: tuple[Statement, ...]) -> None:
    wanted = find(statements, "phosphorylates", "TSC2")
    detail = page.ask("statement", id=next(one.id for one in statements if one.site == "S939"))
    assert detail["label"] == "AKT1 phosphorylates TSC2 at S939"
    assert [piece["side"] for piece in detail["pieces"]] == ["stated", "hedged"]
    first = detail["pieces"][0]
    marked = {kind: piece["text"] for piece in first["sentence"] for kind in piece.get("kinds", ())}
    assert (marked["subject"], marked["object"]) == ("AKT1", "TSC2")
    assert "".join(piece["text"] for piece in first["sentence"]) == "In our hands AKT1 phosphorylates TSC2 at S939 [7]."
    assert first["rule"]["template"].startswith("templates/")
    assert first["rule"]["words"].startswith("relations/phosphorylates.yml:")
    links = [link["address"] for work in first["citations"][0]["works"] for link in work["links"]]
    assert links == ["https://pubmed.ncbi.nlm.nih.gov/12345/", "https://doi.org/10.1000/x%3C1%3Ey"]
    assert detail["object"]["link"].startswith("https://www.genenames.org/")
    assert wanted.id


def test_a_work_leads_to_no_address_that_a_text_chose(open_page: Open, tmp_path: Path) -> None:
    work = Reference(1, pmid="1/../../evil", doi="javascript:alert(1)", pmcid="PMC1?x")
    evidence = make_evidence("AKT1 activates MTOR.", "activates", "AKT1", "MTOR", references=(work,))
    with open_store(tmp_path / "s") as store:
        store.write_statements(make_statements(evidence))
    page = open_page(tmp_path / "s")
    detail = page.ask("statement", id=make_statements(evidence)[0].id)
    links = detail["pieces"][0]["citations"][0]["works"][0]["links"]
    assert [link["address"] for link in links] == ["https://doi.org/javascript%3Aalert%281%29"]


def test_an_end_in_another_sentence_is_told_beside_it(open_page: Open, tmp_path: Path) -> None:
    from dataclasses import replace

    whole = make_evidence("AKT1 is a kinase. It activates MTOR.", "activates", "AKT1", "MTOR")
    evidence = replace(whole, sentence=whole.sentence[18:], start=18)
    with open_store(tmp_path / "s") as store:
        store.write_statements(make_statements(evidence))
    piece = open_page(tmp_path / "s").ask("statement", id=make_statements(evidence)[0].id)["pieces"][0]
    assert [(one["kind"], one["text"]) for one in piece["elsewhere"] if one["kind"] == "subject"] == [
        ("subject", "AKT1")
    ]
    assert not any("subject" in one.get("kinds", ()) for one in piece["sentence"])


def test_what_is_not_there_is_said(page: Page) -> None:
    assert "no statement" in page.ask("statement", id="0" * 16, status=404)["error"]
    assert page.ask("statement", status=404)["error"]
    assert "no document" in page.ask("document", id="nothing", status=404)["error"]


def test_a_long_list_comes_in_pages(open_page: Open, tmp_path: Path) -> None:
    from sigmine.benchmark.statements import make_statements as make_many

    with open_store(tmp_path / "s") as store:
        store.write_statements(make_many(130))
    page = open_page(tmp_path / "s")
    pages = [page.ask("statements", offset=offset) for offset in (0, 50, 100)]
    ids = [row["id"] for one in pages for row in one["rows"]]
    assert [len(one["rows"]) for one in pages] == [50, 50, 30]
    assert len(set(ids)) == 130


def test_of_many_neighbours_the_best_supported_are_drawn_and_the_rest_is_counted(
    open_page: Open, tmp_path: Path
) -> None:
    from sigmine.model import Entity

    many = [
        make_evidence(f"GENE{n} activates MTOR.", "activates", Entity(f"GENE{n}", 0, 5, "PROTEIN", f"GENE{n}"), "MTOR",
                      start=100 * n)
        for n in range(10, 90)
    ]  # fmt: skip
    best = [
        make_evidence("RHEB activates MTOR.", "activates", "RHEB", "MTOR", start=start) for start in (9000, 9100, 9200)
    ]
    with open_store(tmp_path / "s") as store:
        store.write_statements(make_statements(*many, *best))
    drawn = open_page(tmp_path / "s").send("network", {"view": "focus=hgnc:3942"})
    names = {one["data"]["name"] for one in drawn["elements"]["nodes"]}
    assert {"MTOR", "RHEB"} <= names
    assert len(names) == 60
    assert "left out: 22 neighbours and 22 statements" in drawn["note"]
