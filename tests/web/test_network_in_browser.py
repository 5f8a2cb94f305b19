"""What network.js promises to the pages that use it, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sigmine.web.layout import measure_box
from sigmine.web.pages import load_template
from web.browser import WIDE, Visit

pytestmark = pytest.mark.slow

NAMES = {"hgnc:391": "AKT1", "hgnc:12363": "TSC2", "hgnc:3942": "MTOR", "fplx:AKT": "AKT"}
EDGES = [
    ("one", "hgnc:391", "hgnc:12363", "phosphorylates", 0, {"site": "S939"}),
    ("two", "hgnc:391", "hgnc:12363", "inhibits", -1, {"hedged": 1, "evidence": 1}),
    ("three", "hgnc:12363", "hgnc:3942", "inhibits", -1, {"direct": False}),
    ("four", "hgnc:3942", "hgnc:3942", "phosphorylates", 0, {}),
    ("five", "fplx:AKT", "hgnc:3942", "activates", 1, {"evidence": 5, "belief": 0.93}),
]


def make_elements(*more: str) -> dict[str, Any]:
    """Nodes with places, and some more without, each a neighbour of TSC2."""
    places = {key: {"x": 160 * index, "y": 90 * (index % 2)} for index, key in enumerate(NAMES)}
    nodes: list[dict[str, Any]] = [
        {"data": {"id": key, "name": name, "type": "PROTEIN", "curie": key}, "position": places[key]}
        for key, name in NAMES.items()
    ]
    nodes += [{"data": {"id": name, "name": name, "type": "CHEMICAL"}} for name in more]
    edges = [*EDGES, *((f"to-{name}", name, "hgnc:12363", "binds", 0, {}) for name in more)]
    return {
        "nodes": nodes,
        "edges": [
            {"data": {"id": id_, "source": source, "target": target, "relation": relation, "sign": sign} | rest}
            for id_, source, target, relation, sign, rest in edges
        ],
    }


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Visit:
    page = f"""<!DOCTYPE html><meta charset="utf-8"><style>{load_template("network.css")}</style>
    <button>before</button><svg id="network"></svg><script>{load_template("network.js")}
    const heard = [];
    const options = {{}};
    for (const name of ["onSelectNode", "onSelectEdge", "onExpand"]) options[name] = (id) => heard.push([name, id]);
    const network = new SigmineNetwork(document.getElementById("network"), options);
    network.show({json.dumps(make_elements())});
    </script>"""
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    return Visit(browser, path, viewport=WIDE)


def ask(visit: Visit, code: str) -> Any:
    return visit.page.evaluate(code)


def find_classes(visit: Visit, name: str) -> set[str]:
    """The classes of the edge whose name for screen readers begins so."""
    return set(str(visit.page.locator(f".edge[aria-label^='{name}']").first.get_attribute("class")).split())


def test_places_given_are_kept_and_new_nodes_find_room(visit: Visit) -> None:
    before = ask(visit, "network.positions()")
    assert before["hgnc:12363"] == {"x": 160, "y": 90}
    elements = make_elements(*(f"drug {number}" for number in range(12)))
    for node in elements["nodes"][:4]:
        node["position"] = {"x": 7, "y": 7}  # as from another layout: what is shown already stays
    after = ask(visit, f"network.show({json.dumps(elements)}); network.positions()")
    assert {key: after[key] for key in before} == before
    names = {node["data"]["id"]: node["data"]["name"] for node in elements["nodes"]}
    for one in names:
        for other in names:
            apart = abs(after[one]["x"] - after[other]["x"]), abs(after[one]["y"] - after[other]["y"])
            wide = (measure_box(names[one])[0] + measure_box(names[other])[0]) / 2
            assert one >= other or apart[0] > 0.7 * wide or apart[1] > 26
    assert all(abs(after[f"drug {number}"]["x"] - 160) < 500 for number in range(12))
    again = ask(visit, f"network.show({json.dumps(make_elements())}); network.positions()")
    assert again == before
    visit.check_quiet()


def test_select_marks_and_does_not_call_back_but_the_reader_s_choice_does(visit: Visit) -> None:
    ask(visit, "network.select('hgnc:12363')")
    assert ask(visit, "heard") == []
    assert visit.count(".node.near") == 3
    assert visit.count(".edge.near") == 3
    visit.page.locator(".node", has_text="TSC2").click()
    assert ask(visit, "heard.splice(0)") == [["onSelectNode", "hgnc:12363"]]
    visit.page.locator(".node", has_text="MTOR").dblclick()
    assert ["onExpand", "hgnc:3942"] in ask(visit, "heard.splice(0)")
    visit.press("Escape")
    assert ask(visit, "heard.splice(0)") == [["onSelectNode", None], ["onSelectEdge", None]]
    visit.press("e")
    assert ask(visit, "heard.splice(0)") == [["onExpand", "hgnc:3942"]]
    ask(visit, "network.select('nothing')")
    assert visit.count(".selected") == 0
    visit.check_quiet()


def test_edges_say_what_they_are(visit: Visit) -> None:
    labels = {str(one.get_attribute("aria-label")) for one in visit.page.locator(".edge").all()}
    assert labels == {
        "AKT1 phosphorylates TSC2, at S939",
        "AKT1 inhibits TSC2, hedged, 1 sentence",
        "TSC2 inhibits MTOR, indirectly",
        "MTOR phosphorylates MTOR",
        "AKT activates MTOR, belief 0.93, 5 sentences",
    }
    assert {"negative", "hedged"} <= find_classes(visit, "AKT1 inhibits")
    assert {"negative", "indirect"} <= find_classes(visit, "TSC2 inhibits")
    assert "positive" in find_classes(visit, "AKT activates")
    ends = [str(one.get_attribute("marker-end")) for one in visit.page.locator(".edge .line").all()]
    assert [end.rstrip(")").split("-")[-1] for end in ends] == [
        "neutral", "negative", "negative", "neutral", "positive"
    ]  # fmt: skip


def test_search_finds_the_best_first_and_marks_it(visit: Visit) -> None:
    assert ask(visit, "network.search('akt')") == ["fplx:AKT", "hgnc:391"]
    assert visit.count(".node.found") == 2
    assert ask(visit, "network.search('HGNC:3942')") == ["hgnc:3942"]
    assert ask(visit, "network.search(' ')") == []
    assert visit.count(".found") == 0


def test_a_filter_hides_edges_and_nodes_without_any(visit: Visit) -> None:
    ask(visit, "network.filter((edge) => edge.sign < 0)")
    visit.expect_number(2, ".edge:not(.gone)")
    visit.expect_number(3, ".node:not(.gone)")
    assert "3 molecules, 2 relations" in str(visit.page.locator("#network").get_attribute("aria-label"))
    ask(visit, "network.filter(() => true)")
    visit.expect_number(4, ".node:not(.gone)")


def test_one_stop_of_the_tab_key_and_arrows_from_there(visit: Visit) -> None:
    visit.page.locator("button").focus()
    assert visit.press("Tab") == "TSC2, protein, 3 relations"
    assert visit.press("ArrowLeft") == "AKT1, protein, 2 relations"
    assert visit.press("ArrowRight") == "TSC2, protein, 3 relations"
    assert visit.press("n") == "AKT1 phosphorylates TSC2, at S939"
    assert visit.press("n") == "AKT1 inhibits TSC2, hedged, 1 sentence"
    assert visit.press("p", "p") == "TSC2 inhibits MTOR, indirectly"
    assert visit.press("ArrowRight") == "MTOR, protein, 3 relations"
    assert visit.count("#network [tabindex='0']") == 1
    visit.check_quiet()
