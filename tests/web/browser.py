"""Pages in a real browser, driven by Playwright."""

from __future__ import annotations

from pathlib import Path
from typing import Any

NARROW, WIDE = {"width": 400, "height": 800}, {"width": 1280, "height": 900}


class Visit:
    """A page that is open, with what it asked for and complained of."""

    def __init__(self, browser: Any, path: Path, **options: Any) -> None:
        self.told: list[str] = []
        self.asked: list[str] = []
        self.page = browser.new_context(**options).new_page()
        self.page.on("console", lambda message: self.told.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.told.append(str(error)))
        self.page.on("dialog", lambda dialog: self.told.append(f"dialog: {dialog.message}"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())
        self.path = path

    def check_quiet(self) -> None:
        assert self.told == []
        assert self.asked == [self.path.as_uri()]

    def press(self, *keys: str) -> str:
        """The name of what has the focus afterwards."""
        for key in keys:
            self.page.keyboard.press(key)
        return str(self.page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''"))

    def count(self, selector: str) -> int:
        return int(self.page.locator(selector).count())

    def expect_number(self, number: int, selector: str) -> None:
        """Waits until there are so many; not with wait_for_function, which evaluates text, as a policy forbids."""
        from playwright.sync_api import expect

        expect(self.page.locator(selector)).to_have_count(number)
