from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import etree

from exports.exchange_samples import make_every_relation, say
from interop import run_with
from sigmine.assembly import assemble
from sigmine.exports.sbgn import write_sbgn
from sigmine.model import Statement
from store.builders import DENIED, HEDGED, INDIRECT, NO_SUBJECT, PLAIN, UNGROUNDED, make_statements

SBGN = {"s": "http://sbgn.org/libsbgn/0.3", "x": "http://www.w3.org/1999/xhtml"}


def draw(*statements: Statement) -> etree._Element:
    file = io.BytesIO()
    write_sbgn(statements, file)
    return etree.fromstring(file.getvalue())


def find_texts(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=SBGN)
    assert isinstance(found, list)
    return [str(one) for one in found]


@pytest.mark.parametrize(
    ("subject", "relation", "object", "influence"),
    [
        ("AKT1", "activates", "TSC2", "positive influence"),
        ("AKT1", "inhibits", "TSC2", "negative influence"),
        ("AKT1", "increases_amount", "TSC2", "positive influence"),
        ("AKT1", "decreases_amount", "TSC2", "negative influence"),
        ("AKT1", "phosphorylates", "TSC2", "unknown influence"),
        ("AKT1", "inhibits_phosphorylation", "TSC2", "unknown influence"),
    ],
)
def test_influences(subject: str, relation: str, object: str, influence: str) -> None:
    root = draw(*assemble([say(subject, relation, object)]))
    names = dict(
        zip(find_texts(root, "//s:map/s:glyph/@id"), find_texts(root, "//s:map/s:glyph/s:label/@text"), strict=True)
    )
    assert find_texts(root, "//s:arc/@class") == [influence]
    ends = find_texts(root, "//s:arc/@source") + find_texts(root, "//s:arc/@target")
    assert [names[end] for end in ends] == [subject, object]


def test_glyphs_say_what_an_end_is() -> None:
    root = draw(*assemble([say("rapamycin", "inhibits", "mTORC1"), say("mTORC1", "inhibits", "apoptosis")]))
    assert sorted(find_texts(root, "//s:entity/@name")) == ["complex", "simple chemical"]
    assert find_texts(root, "//s:glyph[@class='phenotype']/s:label/@text") == ["apoptotic process"]


def test_a_process_that_acts_is_an_activity() -> None:
    root = draw(*assemble([say("apoptosis", "activates", "AKT1")]))
    assert find_texts(root, "//s:glyph[s:label/@text='apoptotic process']/@class") == ["biological activity"]


def test_only_what_is_said_is_drawn() -> None:
    assert find_texts(draw(*make_statements(DENIED, HEDGED)), "//s:glyph/@id") == []
    alone = draw(*make_statements(NO_SUBJECT, UNGROUNDED))
    assert find_texts(alone, "//s:arc/@id") == []
    assert find_texts(alone, "//s:map/s:glyph/s:label/@text") == ["<script>alert(1)</script>", "TSC2", "PKCβ"]


def test_notes_hold_the_residue_the_sentence_and_its_sources() -> None:
    notes = find_texts(draw(*make_statements(PLAIN)), "//s:arc/s:notes/x:p/text()")
    assert notes[0] == "AKT1 phosphorylates TSC2 at S939"
    assert notes[2:] == [PLAIN.sentence, "pubmed:12345; doi:10.1000/x<1>y"]
    assert "insulin phosphorylates AKT (indirectly)" in find_texts(draw(*make_statements(INDIRECT)), "//x:p/text()")


def test_nodes_do_not_cover_each_other_and_arcs_end_at_their_borders() -> None:
    root = draw(*make_every_relation())
    boxes = [
        tuple(float(box.get(name) or "") for name in "xywh")
        for box in root.findall("s:map/s:glyph/s:bbox", namespaces=SBGN)
    ]
    for index, (x, y, w, h) in enumerate(boxes):
        for left, top, *_ in boxes[index + 1 :]:
            assert abs(left - x) >= w or abs(top - y) >= h
    for end in root.findall("s:map/s:arc/s:end", namespaces=SBGN):
        x, y = float(end.get("x") or ""), float(end.get("y") or "")
        assert any(left - 0.1 <= x <= left + w + 0.1 and top - 0.1 <= y <= top + h + 0.1 for left, top, w, h in boxes)


CHECK = """
import json, sys
from pathlib import Path

from libsbgnpy import read_sbgn_from_file, validate
from libsbgnpy.schematron import validate_schematron
from libsbgnpy.validator import validate_xsd

path = Path(sys.argv[1])
(map_,) = read_sbgn_from_file(path).map
print(json.dumps({
    "schema": validate_xsd(path), "specification": [str(one) for one in validate(path)],
    "rules": [str(one) for one in validate_schematron(path)],
    "glyphs": len(map_.glyph), "arcs": len(map_.arc),
}))
"""


@pytest.mark.slow
def test_libsbgn_finds_no_fault(tmp_path: Path) -> None:
    with (tmp_path / "all.sbgn").open("wb") as file:
        write_sbgn(make_every_relation(), file)
    found = run_with(CHECK, tmp_path / "all.sbgn", needs=("libsbgnpy",))
    assert (found["schema"], found["specification"], found["rules"]) == ([], [], [])
    assert found["glyphs"] > 8
    assert found["arcs"] > 35
