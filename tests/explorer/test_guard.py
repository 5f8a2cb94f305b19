"""Nobody but a page of the explorer itself is answered, and nothing that a text holds is run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explorer.conftest import ADDRESS, Open, Page
from sigmine.explorer.guard import MAX_BODY

STATIC = Path(__file__).parents[2] / "pipeline" / "sigmine" / "explorer" / "static"


@pytest.fixture
def page(read_page: Page) -> Page:
    """The tests share one, as nothing is decided."""
    return read_page


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.0.7:8765", ""])
def test_a_name_that_is_not_this_machine_s_is_refused(page: Page, host: str) -> None:
    for path in ("/", "/static/explorer.js", "/api/session"):
        answer = page.client.get(path, headers={"host": host})
        assert answer.status_code == 403
        assert "statements" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1", "[::1]:8765", "LOCALHOST:1"])
def test_every_name_of_this_machine_is_answered(page: Page, host: str) -> None:
    assert page.client.get("/api/session", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_other_sites_send_is_refused(page: Page, site: str) -> None:
    assert page.client.get("/api/session", headers={"sec-fetch-site": site}).status_code == 403
    assert page.client.get("/api/session", headers={"sec-fetch-site": "same-origin"}).status_code == 200


def test_a_change_needs_the_page_s_origin_and_token_and_is_json(page: Page) -> None:
    right = {"x-sigmine-token": page.token, "origin": ADDRESS, "content-type": "application/json"}
    body = b'{"view": ""}'
    assert page.client.post("/api/network", content=body, headers=right).status_code == 200
    for name, value, status in (
        ("origin", "http://evil.example", 403),
        ("origin", "null", 403),
        ("origin", "http://127.0.0.1:9999", 403),
        ("x-sigmine-token", "guessed", 403),
        ("x-sigmine-token", "", 403),
        ("content-type", "text/plain", 415),
        ("sec-fetch-site", "cross-site", 403),
    ):
        answer = page.client.post("/api/network", content=body, headers={**right, name: value})
        assert answer.status_code == status, (name, value)
        assert answer.json()["error"]


def test_the_token_is_another_at_each_start_and_stands_in_the_page(page: Page) -> None:
    assert len(page.token) >= 32
    assert f'content="{page.token}"' in page.client.get("/").text


def test_a_request_has_a_bounded_size(page: Page) -> None:
    headers = {"x-sigmine-token": page.token, "content-type": "application/json"}
    assert page.client.post("/api/network", content=b" " * (MAX_BODY + 1), headers=headers).status_code == 413

    def send_in_pieces():  # type: ignore[no-untyped-def]
        for _ in range(40):
            yield b" " * (MAX_BODY // 20)

    assert page.client.post("/api/network", content=send_in_pieces(), headers=headers).status_code == 413


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"text"', b"\xff", b"[" * 100_000])
def test_what_is_no_json_object_is_refused_in_words(page: Page, body: bytes) -> None:
    headers = {"x-sigmine-token": page.token, "content-type": "application/json"}
    answer = page.client.post("/api/decide", content=body, headers=headers)
    assert answer.status_code == 400
    assert "JSON" in answer.json()["error"]


@pytest.mark.parametrize(
    "path", ["/", "/static/explorer.js", "/static/nothing.js", "/api/session", "/api/nothing", "/api/statement?id=x"]
)
def test_every_answer_is_guarded(page: Page, path: str) -> None:
    headers = page.client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2fapp.py", "%2e%2e/app.py", "..%5capp.py", "/etc/passwd", "index.html", ".", "network.py"]
)
def test_no_file_but_ours_is_served(page: Page, name: str) -> None:
    answer = page.client.get(f"/static/{name}")
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_files_of_the_page_are_served_with_their_type(page: Page) -> None:
    assert page.client.get("/static/network.js").headers["content-type"].startswith("text/javascript")
    assert "class SigmineNetwork" in page.client.get("/static/network.js").text
    assert page.client.get("/static/explorer.css").headers["content-type"].startswith("text/css")


def test_the_page_holds_no_script_or_style_of_its_own_and_names_no_other_host(page: Page) -> None:
    text = page.client.get("/").text
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", text)
    for name in re.findall(r'(?:src|href)="([^"#?]+)"', text):
        assert page.client.get(f"/{name}").status_code == 200
        assert "://" not in name


def test_scripts_read_no_text_as_markup() -> None:
    for path in STATIC.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", text), path
        assert not re.search(r"(?:from|import) +\"(?!\./)", text), path


def test_a_failure_tells_no_insides(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    session = page.client.app.state.session  # type: ignore[attr-defined]

    def fail(*_: object) -> None:
        raise ZeroDivisionError("a secret of the program")

    monkeypatch.setattr(session, "list_documents", fail)
    answer = page.client.get("/api/documents")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_a_closed_store_is_told_in_words(open_page: Open, place: Path) -> None:
    page = open_page(place)
    page.client.app.state.session.store.close()  # type: ignore[attr-defined]
    assert "closed" in page.ask("documents", status=400)["error"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_other_methods_are_refused(page: Page, method: str) -> None:
    headers = {"x-sigmine-token": page.token, "content-type": "application/json"}
    assert page.client.request(method, "/api/session", headers=headers).status_code == 405
    assert page.client.get("/api/decide").status_code == 405
