"""The explorer in a real browser: what people do with it, and that nothing of a text is run and no other host asked."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import fake_pipeline
from sigmine.curation import open_curation
from sigmine.explorer import make_app
from sigmine.model import Entity
from sigmine.run import run
from sigmine.store import open_store
from store.builders import make_evidence, make_statements

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")]

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 400, "height": 800}
EVIL = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
CONTROLS = "button, input, select, textarea, a, summary, [role=button], [role=application]"
NAMELESS = f"""() => [...document.querySelectorAll('{CONTROLS}')]
  .filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim() || one.labels?.length || one.title))
  .map((one) => one.outerHTML)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


class Site:
    """An explorer that is served, and visits to it; each visit is quiet and asks nobody else."""

    def __init__(self, browser: Any, place: Path, decisions: Path) -> None:
        import uvicorn

        self.browser, self.decisions = browser, decisions
        self.app = make_app(place, curation_folder=decisions, curator="ada")
        self.server = uvicorn.Server(uvicorn.Config(self.app, port=0, log_level="error", ws="none"))
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        while not (self.server.started and self.server.servers):
            assert self.thread.is_alive()
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/"
        self.told: list[str] = []
        self.hosts: set[str] = set()

    def visit(self, query: str = "", *, context: Any = None, **options: Any) -> Any:
        context = context or self.browser.new_context(**{"viewport": WIDE, **options})
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("console", lambda message: self.told.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.on("dialog", lambda dialog: self.told.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.goto(self.address + query)
        sync_api.expect(page.locator("#tabs a").first).to_be_visible()
        return page

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


Serve = Callable[[Path], Site]


@pytest.fixture
def serve_place(browser: Any, tmp_path: Path) -> Iterator[Serve]:
    sites: list[Site] = []

    def serve_one(place: Path) -> Site:
        sites.append(Site(browser, place, tmp_path / "decisions"))
        return sites[-1]

    yield serve_one
    for site in sites:
        site.close()
        # A conflict (409) is an answer that the page shows; the browser lists it all the same.
        assert [line for line in site.told if "409 (Conflict)" not in line] == []
        assert site.hosts == {urlsplit(site.address).netloc}


@pytest.fixture
def site(serve_place: Serve, tmp_path: Path) -> Site:
    with open_store(tmp_path / "store") as store:
        store.write_statements(make_statements())
    return serve_place(tmp_path / "store")


def expect(locator: Any) -> Any:
    return sync_api.expect(locator, str(locator))


def open_row(page: Any, words: str) -> Any:
    """Opens the statement with these words; its evidence."""
    row = page.locator(".item", has_text=words).first
    row.locator(".row-button").click()
    expect(row.locator(".evidence").first).to_be_visible()
    return row.locator(".evidence")


def test_search_expand_and_the_way_back(site: Site) -> None:
    page = site.visit()
    page.locator("#search-box").fill("mtor")
    expect(page.locator("#suggestions .molecule")).to_have_count(1)
    page.locator("#suggestions .molecule").click()
    expect(page.locator(".network .node")).to_have_count(2)
    expect(page.locator(".item")).to_have_count(2)
    assert "focus=hgnc%3A3942" in page.url
    page.locator(".node", has_text="RHEB").dblclick()
    expect(page.locator(".network .node")).to_have_count(3)
    expect(page.locator(".chip")).to_have_count(2)
    page.go_back()
    expect(page.locator(".network .node")).to_have_count(2)
    address = page.url
    assert site.visit(urlsplit(address).query and f"?{urlsplit(address).query}").url == address


def test_places_stay_over_expanding_and_reloading(site: Site) -> None:
    page = site.visit("?focus=hgnc:3942")
    node = page.locator(".node", has_text="MTOR")
    expect(node).to_be_visible()
    node.focus()
    for _ in range(4):
        page.keyboard.press("Shift+ArrowRight")
    place = node.get_attribute("transform")
    page.reload()
    expect(page.locator(".node", has_text="MTOR")).to_have_attribute("transform", place)
    page.locator(".node", has_text="RHEB").dblclick()
    expect(page.locator(".network .node")).to_have_count(3)
    expect(page.locator(".node", has_text="MTOR")).to_have_attribute("transform", place)


def test_network_and_evidence_are_in_step(site: Site) -> None:
    page = site.visit("?focus=hgnc:12363")
    evidence = open_row(page, "S939")
    expect(evidence).to_have_count(2)
    expect(page.locator(".edge.selected .site")).to_have_text("S939")
    first = evidence.first
    expect(first.locator(".mark.subject")).to_contain_text("AKT1")
    expect(first.locator(".works a").first).to_have_attribute("href", "https://pubmed.ncbi.nlm.nih.gov/12345/")
    first.locator(".rule summary").click()
    expect(first.locator(".rule")).to_contain_text("relations/phosphorylates.yml")
    page.locator(".node", has_text="AKT1").click()
    expect(page.locator("#right-title")).to_contain_text("Statements of this molecule")


def test_filters_are_kept_in_the_address(site: Site) -> None:
    page = site.visit("?focus=hgnc:3942")
    expect(page.locator(".item")).to_have_count(2)
    page.get_by_label("denied", exact=True).uncheck()
    expect(page.locator(".item")).to_have_count(1)
    page.reload()
    expect(page.locator(".item")).to_have_count(1)
    expect(page.get_by_label("denied", exact=True)).not_to_be_checked()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".item")).to_have_count(2)


def test_decisions_by_keyboard_stay_over_a_reload(site: Site) -> None:
    page = site.visit("?focus=hgnc:3942")
    expect(page.locator(".row-button")).to_have_count(2)
    keys = page.keyboard
    keys.press("s")
    keys.press("Enter")
    expect(page.locator(".evidence")).to_have_count(1)
    keys.press("a")
    expect(page.locator(".verdict-line")).to_contain_text("Accepted by ada")
    keys.press("u")
    expect(page.locator(".verdict-line")).to_have_count(0)
    keys.press("r")
    keys.press("4")
    expect(page.locator(".verdict-line")).to_contain_text("Rejected (ends exchanged) by ada")
    keys.press("c")
    page.locator("select[name=relation]").select_option("inhibits")
    page.locator("input[name=comment]").fill("the other way")
    keys.press("Enter")
    expect(page.locator(".verdict-line")).to_contain_text("Corrected: RHEB inhibits MTOR by ada")
    page.reload()
    expect(page.locator(".verdict-line")).to_contain_text("the other way")
    [kept] = open_curation(site.decisions, curator="x").decisions()
    assert (kept.verdict, kept.comment) == ("corrected", "the other way")


def test_a_second_tab_does_not_overwrite_the_first(site: Site) -> None:
    first = site.visit("?focus=hgnc:3942")
    second = site.visit("?focus=hgnc:3942", context=first.context)
    for page in (first, second):
        open_row(page, "activates")
    first.get_by_role("button", name="Accept").click()
    expect(first.locator(".verdict-line")).to_contain_text("Accepted")
    second.get_by_role("button", name="Reject").click()
    second.locator(".reason").first.click()
    expect(second.locator(".conflict")).to_contain_text("ada decided meanwhile")
    expect(second.locator(".verdict-line")).to_contain_text("Accepted")
    assert [one.verdict for one in open_curation(site.decisions, curator="x").decisions()] == ["accepted"]


def test_the_queue_goes_on_to_the_next(site: Site) -> None:
    page = site.visit("?tab=queue")
    expect(page.locator(".evidence.asked")).to_have_count(1)
    first = page.url
    page.keyboard.press("a")
    expect(page.locator("#panel-queue li.accepted")).to_have_count(1)
    expect(page.locator(".progress")).to_contain_text("1 decision")
    expect(page.locator("#panel-queue li.current:not(.accepted)")).to_have_count(1)
    assert page.url != first
    page.reload()
    expect(page.locator(".evidence.asked")).to_have_count(1)
    expect(page.locator(".progress")).to_contain_text("1 accepted")


def test_what_is_seen_is_downloaded(site: Site, tmp_path: Path) -> None:
    page = site.visit("?focus=hgnc:3942")
    page.locator(".download summary").click()
    with page.expect_download() as waiting:
        page.locator(".download a", has_text="graphml").click()
    assert waiting.value.suggested_filename == "sigmine-MTOR.graphml"
    waiting.value.save_as(tmp_path / "x.graphml")
    text = (tmp_path / "x.graphml").read_text(encoding="utf-8")
    assert text.count("<edge ") == 2


def test_sparql_is_asked_and_updates_are_refused(site: Site, tmp_path: Path) -> None:
    page = site.visit("?tab=ask")
    page.get_by_label("Query").select_option("kinases-of")
    page.locator("#panel-ask input").fill("TSC2")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".result tbody tr")).to_have_count(1)
    with page.expect_download() as waiting:
        page.locator(".download-answer").first.click()
    waiting.value.save_as(tmp_path / "x.tsv")
    assert "AKT1" in (tmp_path / "x.tsv").read_text(encoding="utf-8")
    page.get_by_label("Query").select_option("")
    page.locator("textarea").fill("SELECT ?o { ?s rdf:object ?o } LIMIT 1")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".result th")).to_have_text("o")
    site.told.clear()
    page.locator("textarea").fill("DROP ALL")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".result .problem")).to_contain_text("refused")
    assert [line for line in site.told if "400 (Bad Request)" not in line] == []
    site.told.clear()


def test_markup_of_a_document_is_shown_as_text(serve_place: Serve, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(f"{EVIL} AKT1 phosphorylates TSC2 at S939.\n", encoding="utf-8")
    run([tmp_path / "note.txt"], tmp_path / "out", load=fake_pipeline.load)
    site = serve_place(tmp_path / "out")
    page = site.visit("?tab=document&doc=note")
    expect(page.locator(".text")).to_contain_text("<script>alert(2)</script>")
    expect(page.locator(".stated")).to_have_count(1)
    box = page.locator(".stated sup").bounding_box()
    page.mouse.click(box["x"] + 3, box["y"] + 3)
    expect(page.locator(".evidence .mark.site")).to_contain_text("S939")
    expect(page.locator(".stated.current")).to_have_count(1)
    assert page.locator(".text img, .text script").count() == 0


def test_markup_in_names_and_sentences_is_shown_as_text(site: Site) -> None:
    page = site.visit()
    row = page.locator(".item", has_text="<script>alert(1)</script>")
    expect(row).to_have_count(1)
    open_row(page, "<script>")
    expect(page.locator(".network .node", has_text="<script>").first).to_be_attached()
    page.locator("#search-box").fill("<script>")
    expect(page.locator("#suggestions .sentences")).to_contain_text("<script>")
    page.keyboard.press("Enter")
    assert page.locator("main script, #suggestions script").count() == 0


def test_everything_is_reached_by_keyboard(site: Site) -> None:
    page = site.visit()
    expect(page.locator(".row-button").first).to_be_visible()
    keys = page.keyboard
    keys.press("/")
    keys.type("rheb")
    expect(page.locator("#suggestions .molecule")).to_have_count(1)
    keys.press("Enter")
    expect(page.locator(".network .node")).to_have_count(3)
    name = "document.activeElement.getAttribute('aria-label')"
    page.wait_for_timeout(200)
    assert re.match(r"RHEB, protein, \d relations", page.evaluate(name))
    keys.press("n")
    assert "RHEB" in page.evaluate(name)
    keys.press("Enter")
    expect(page.locator(".item.is-open .evidence").first).to_be_visible()
    keys.press("?")
    expect(page.locator("dialog")).to_be_visible()
    keys.press("Escape")
    expect(page.locator("dialog")).not_to_be_visible()
    for number, panel in enumerate(("network", "document", "queue", "ask"), start=1):
        keys.press(str(number))
        expect(page.locator(f"#panel-{panel}")).to_be_visible()
        assert page.evaluate(NAMELESS) == []
    keys.press("2")
    keys.press("g")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.locator(".text .stated").first).to_be_visible()
    keys.press("g")
    keys.press("j")
    keys.press("Enter")
    expect(page.locator(".stated.current").first).to_be_visible()
    expect(page.locator(".item.is-open")).to_have_count(1)


def test_shortcuts_can_be_switched_off(site: Site) -> None:
    page = site.visit()
    page.keyboard.press("?")
    page.locator("dialog input[type=checkbox]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("4")
    page.wait_for_timeout(100)
    assert "tab=ask" not in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_page_has_one_column(site: Site, scheme: str) -> None:
    page = site.visit("?focus=hgnc:3942", viewport=NARROW, color_scheme=scheme)
    expect(page.locator(".network .node")).to_have_count(2)
    expect(page.locator("#right")).not_to_be_visible()
    page.get_by_role("link", name="Statements", exact=True).click()
    expect(page.locator("#left")).not_to_be_visible()
    open_row(page, "activates")
    for tab in ("Documents", "Curate", "Ask", "Network"):
        page.get_by_role("link", name=tab, exact=True).click()
        page.wait_for_timeout(150)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), tab


def test_a_longer_list_and_many_neighbours(serve_place: Serve, tmp_path: Path) -> None:
    many = [
        make_evidence(f"GENE{n} activates MTOR.", "activates", Entity(f"GENE{n}", 0, 6, "PROTEIN", f"GENE{n}"), "MTOR",
                      start=100 * n)
        for n in range(10, 90)
    ]  # fmt: skip
    with open_store(tmp_path / "store") as store:
        store.write_statements(make_statements(*many))
    page = serve_place(tmp_path / "store").visit("?focus=hgnc:3942")
    expect(page.locator("#panel-network .note")).to_contain_text("left out: 21 neighbours")
    expect(page.locator(".network .node")).to_have_count(60)
    page.keyboard.press("g")
    page.keyboard.press("Enter")
    expect(page.locator(".item")).to_have_count(50)
    page.locator(".more").click()
    expect(page.locator(".item")).to_have_count(80)


def test_a_server_that_is_gone_is_told(site: Site) -> None:
    page = site.visit()
    expect(page.locator(".row-button").first).to_be_visible()
    site.close()
    page.locator(".row-button").first.click()
    expect(page.locator("#alert")).to_contain_text("does not answer")
    site.told.clear()  # the browser's own list of requests that failed
