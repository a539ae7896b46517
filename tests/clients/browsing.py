"""A real browser that is allowed to reach this machine alone, and all that goes wrong behind a visitor's page."""

import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PAGES = Path(__file__).parents[2] / "web" / "dist"

in_a_browser = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: install chromium or google-chrome"),
    pytest.mark.skipif(
        not (PAGES / "playground.html").exists(), reason="web/dist is not there: make web builds the pages with npm"
    ),
]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MILLISECONDS = 20_000

RECORD_VIOLATIONS = """
globalThis.violations = [];
document.addEventListener('securitypolicyviolation', (event) =>
  globalThis.violations.push(`${event.effectiveDirective} forbids ${event.blockedURI}`));
"""


@dataclass
class Visit:
    """A visitor's page, and all that went wrong behind it."""

    page: Page
    url: str
    mishaps: list[str] = field(default_factory=list[str])

    def went_wrong(self) -> list[str]:
        """Return requests to other machines, errors, and violations of the content security policy."""
        return [*self.mishaps, *self.page.evaluate("globalThis.violations")]


@contextmanager
def visiting(browser: Browser, url: str, **options: Any) -> Generator[Visit]:
    """Let somebody visit who has never been here before, with a browser of these options."""
    with browser.new_context(**options) as context:
        context.set_default_timeout(MILLISECONDS)
        context.add_init_script(RECORD_VIOLATIONS)
        page = context.new_page()
        visit = Visit(page, url)
        context.route("**/*", only_this_machine(visit.mishaps))
        page.on("console", lambda message: note(message, visit.mishaps))
        page.on("pageerror", lambda error: visit.mishaps.append(f"uncaught: {error}"))
        yield visit
        # A request that is still under way must not fail the test that no longer waits for it.
        context.unroute_all(behavior="ignoreErrors")


def only_this_machine(mishaps: list[str]) -> Callable[[Route], None]:
    def handle(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            mishaps.append(f"requested: {route.request.url}")
            route.abort()

    return handle


def note(message: ConsoleMessage, mishaps: list[str]) -> None:
    if message.type == "error":
        mishaps.append(f"console: {message.text}")


def opened(visit: Visit, address: str) -> Page:
    """Open one of the pages about occupations, and wait until all of its figures are there."""
    response = visit.page.goto(f"{visit.url}{address}")
    assert response is not None
    assert response.status == 200
    filled(visit.page)
    return visit.page


def filled(page: Page) -> None:
    """Wait until no section waits for its figures."""
    page.locator("section").first.wait_for()
    expect(page.locator("section[aria-busy=true]")).to_have_count(0)
