"""The report in a real browser: what runs, what is asked of the network, what people do with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sigmine.model import Document
from store.builders import ALL, make_evidence
from web.browser import NARROW, WIDE, Visit
from web.reports import EVIL, make_hostile, make_manifest, render

pytestmark = pytest.mark.slow

ROWS = "table.statements tr.row"
FIND_COLOURS = """() => [...document.querySelectorAll('p, td, th, a, h1, h2, small, mark, button')].map((one) => {
  let place = one, back = '';
  for (; place && !/^rgb\\(/.test(back); place = place.parentElement) back = getComputedStyle(place).backgroundColor;
  return [`${one.tagName} ${one.className}`, getComputedStyle(one).color, back];
})"""
FIND_NAMELESS = """() => [...document.querySelectorAll('button, input, select, a, [role=button], [role=application]')]
  .filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim() || one.labels?.length))
  .map((one) => one.outerHTML)"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    against = make_evidence("RHEB inhibits MTOR.", "inhibits", "RHEB", "MTOR", document="gamma", start=10)
    path = tmp_path_factory.mktemp("plain") / "report.html"
    path.write_text(render(*ALL, against, manifest=make_manifest("alpha", "beta", "gamma")), encoding="utf-8")
    return path


@pytest.mark.parametrize("options", [{"viewport": WIDE}, {"viewport": NARROW, "color_scheme": "dark"}])
def test_hostile_texts_run_nothing_and_fetch_nothing(browser: Any, tmp_path: Path, options: dict[str, Any]) -> None:
    path = tmp_path / "report.html"
    page = render(make_hostile(), *ALL, manifest=make_manifest(EVIL, failures=(EVIL,)), title=EVIL, selection=[EVIL])
    path.write_text(page, encoding="utf-8")
    visit = Visit(browser, path, **options)
    for toggle in visit.page.locator(".toggle").all():
        toggle.click()
    visit.page.locator(".node").first.dispatch_event("keydown", {"key": "Enter", "bubbles": True})
    visit.page.fill("#words", EVIL[:30])
    visit.expect_number(1, ROWS)
    assert visit.page.evaluate("window.ran") is None
    assert visit.page.locator("img").count() == 0
    assert visit.page.locator("h1").text_content() == EVIL
    assert EVIL in str(visit.page.locator("tr.row b").first.text_content())
    for address in visit.page.evaluate("[...document.links].map((one) => one.href)"):
        assert address.startswith(("file:", "https://pubmed.ncbi", "https://doi.org/10.", "https://bioregistry.io/"))
    visit.check_quiet()


def test_a_run_over_a_hostile_document_gives_a_quiet_page(browser: Any, tmp_path: Path) -> None:
    import fake_pipeline
    from sigmine.run import run

    text = f"{EVIL} AKT1 activates TSC2. {EVIL}\n\nReferences\n1. {EVIL}"
    run([Document(EVIL, text), Document("b", "AKT1 inhibits TSC2.")], tmp_path / "out", load=fake_pipeline.load)
    visit = Visit(browser, tmp_path / "out" / "report.html", viewport=WIDE)
    assert visit.count(ROWS) == 2
    assert visit.page.locator("#disputes > li").count() == 1
    visit.check_quiet()


def test_statements_are_searched_sorted_filtered_and_opened(browser: Any, plain: Path) -> None:
    visit = Visit(browser, plain, viewport=WIDE)
    page = visit.page
    everything = visit.count(ROWS)
    page.fill("#words", "brings about")
    visit.expect_number(1, ROWS)
    page.locator("tr.row").click()
    marks = {one.get_attribute("class"): one.text_content() for one in page.locator("tr.detail mark").all()}
    assert marks == {"subject trigger": "I", "subject": "nsulin", "object": "AKT"}
    page.locator("form.filter button[type=reset]").click()
    visit.expect_number(everything, ROWS)
    page.locator("thead button[data-sort=object]").click()
    names = [one.text_content() for one in page.locator("tr.row td[data-name=object]").all()]
    assert names == sorted(names, key=str.casefold)
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    page.select_option("#relation", label="phosphorylates")
    visit.expect_number(3, ROWS)
    assert page.locator("#count").text_content() == f"3 of {everything} statements."
    page.uncheck("#hedged")
    page.select_option("#document", "beta")
    visit.expect_number(2, ROWS)
    visit.check_quiet()


def test_links_lead_to_papers_and_identifiers(browser: Any, plain: Path) -> None:
    visit = Visit(browser, plain, viewport=WIDE)
    visit.page.fill("#words", "made-up title")
    visit.expect_number(1, ROWS)
    visit.page.locator("tr.row").click()
    links = visit.page.evaluate("[...document.querySelectorAll('tr.detail a')].map((one) => one.href)")
    assert links == [
        "https://bioregistry.io/hgnc:391",
        "https://bioregistry.io/hgnc:12363",
        "https://pubmed.ncbi.nlm.nih.gov/12345",
        "https://doi.org/10.1000/x%3C1%3Ey",
    ]
    visit.check_quiet()


def test_the_network_is_walked_by_keyboard(browser: Any, plain: Path) -> None:
    visit = Visit(browser, plain, viewport=WIDE)
    page = visit.page
    page.locator("form.filter button[type=reset]").focus()
    hub = visit.press("Tab")
    assert hub.endswith(" relations")
    first = visit.press("n")
    assert "belief" in first
    assert page.evaluate("document.querySelector('#panel').textContent").startswith("Nothing is selected.")
    visit.press("Enter")
    panel = str(page.locator("#panel").text_content())
    assert "rule inhibits/" in panel or "rule activates/" in panel
    assert page.locator(".edge.selected").count() == 1
    visit.press("ArrowLeft", "ArrowRight")
    assert page.evaluate("document.activeElement.classList.contains('node')")
    visit.press("Escape")
    assert page.locator(".selected").count() == 0
    before = page.evaluate("document.activeElement.getAttribute('transform')")
    visit.press("Shift+ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('transform')") != before
    assert page.locator("#drawing [tabindex='0']").count() == 1
    visit.check_quiet()


def test_a_molecule_is_chosen_and_dragged_by_mouse(browser: Any, plain: Path) -> None:
    visit = Visit(browser, plain, viewport=WIDE)
    page = visit.page
    node = page.locator(".node", has_text="MTOR").first
    node.scroll_into_view_if_needed()
    box = node.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x, y)
    assert page.locator("#panel h3").text_content() == "MTOR"
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30, steps=4)
    page.mouse.up()
    after = node.bounding_box()
    assert abs(after["x"] - box["x"] - 40) < 3
    assert page.locator("#panel h3").text_content() == "MTOR"  # to drag is not to choose
    page.select_option("#effect", "1")
    visit.expect_number(2, ".edge:not(.gone)")
    visit.check_quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_nothing_sticks_out_and_texts_have_contrast(
    browser: Any, plain: Path, size: dict[str, int], scheme: str
) -> None:
    visit = Visit(browser, plain, viewport=size, color_scheme=scheme)
    page = visit.page
    page.locator(".toggle").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    colours = page.evaluate(FIND_COLOURS)
    faint = {(name, text, back) for name, text, back in colours if compute_contrast(text, back) < 4.5}
    assert faint == set()
    visit.check_quiet()


def compute_contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it, of two colours as browsers give them."""

    def find_luminance(colour: str) -> float:
        parts = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((find_luminance(one), find_luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_control_has_a_name(browser: Any, plain: Path) -> None:
    visit = Visit(browser, plain, viewport=WIDE)
    nameless = visit.page.evaluate(FIND_NAMELESS)
    assert nameless == []


def test_without_scripts_the_page_says_what_is_missing(browser: Any, plain: Path) -> None:
    visit = Visit(browser, plain, viewport=WIDE, java_script_enabled=False)
    text = visit.page.locator("body").inner_text()
    assert "drawn by the page's own script" in text
    assert "documents" in text
    visit.check_quiet()
