"""Visits to the pages in a real browser that can only reach this machine, with a record of errors."""

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

# The headless shell has the same engine without a browser's interface, and takes a quarter less CPU time.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)
PAGES = Path(__file__).parents[2] / "web" / "dist"

needs_browser = [
    pytest.mark.skipif(
        CHROMIUM is None, reason="Chromium is missing: install chromium-headless-shell, chromium or google-chrome"
    ),
    pytest.mark.skipif(
        not (PAGES / "playground.html").exists(), reason="web/dist is missing: make web builds the pages with npm"
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
    # A page stays in its process, which takes a third of a second to start, and none is started in advance.
    "--process-per-site",
    "--disable-site-isolation-trials",
    # A visited page is left before optimized code repays its compilation, which takes a fifth of the renderer's time.
    # With room for its objects, few are moved while it loads. The next page needs the same compiled scripts.
    "--js-flags=--no-maglev --no-opt --no-flush-bytecode --min-semi-space-size=32 --max-semi-space-size=64",
    # Other machines are unreachable. This is faster than to intercept each request.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
MILLISECONDS = 20_000

RECORD_VIOLATIONS = """
globalThis.violations = [];
document.addEventListener('securitypolicyviolation', (event) =>
  globalThis.violations.push(`${event.effectiveDirective} forbids ${event.blockedURI}`));
"""


@dataclass
class Visit:
    """A visitor's page and the errors behind it."""

    page: Page
    url: str
    requested: list[str] = field(default_factory=list[str])
    """The addresses of all requests."""
    _errors: list[str] = field(default_factory=list[str])

    def errors(self) -> list[str]:
        """Return requests to other machines, errors, and violations of the content security policy."""
        return [*self._errors, *self.page.evaluate("globalThis.violations")]

    def note_request(self, request: Request) -> None:
        """Record a request, and as an error if it is to another machine."""
        self.requested.append(request.url)
        if urlsplit(request.url).hostname != "127.0.0.1":
            self._errors.append(f"requested: {request.url}")

    def note_message(self, message: ConsoleMessage) -> None:
        """Record a message of the console that is an error."""
        if message.type == "error":
            self._errors.append(f"console: {message.text}")

    def note_error(self, error: Exception) -> None:
        """Record an uncaught error of the page."""
        self._errors.append(f"uncaught: {error}")


@contextmanager
def visiting(browser: Browser, url: str, **options: Any) -> Generator[Visit]:
    """Open an empty page in a browser that has not loaded anything yet, in a browser context with these options.

    This takes a second more than a page of the ``visit`` fixture, in a browser that has the scripts already.
    """
    with browser.new_context(**options) as context, visiting_in(_new_page(context), url) as visit:
        yield visit


def _new_page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_default_timeout(MILLISECONDS)
    page.add_init_script(RECORD_VIOLATIONS)
    return page


@contextmanager
def visiting_in(page: Page, url: str) -> Generator[Visit]:
    """Record errors of a page while this block runs."""
    visit = Visit(page, url)
    page.context.on("request", visit.note_request)
    page.on("console", visit.note_message)
    page.on("pageerror", visit.note_error)
    try:
        yield visit
    finally:
        # A pending request must not fail a test that has ended.
        page.context.unroute_all(behavior="ignoreErrors")
        page.unroute_all(behavior="ignoreErrors")
        page.context.remove_listener("request", visit.note_request)
        page.remove_listener("console", visit.note_message)
        page.remove_listener("pageerror", visit.note_error)


class Window:
    """A window of the browser with one page, in which each visit finds nothing that earlier visits have stored.

    The scripts of the pages stay in the browser's cache, and compiled, and no process is started: opening a page takes
    a fourth of the time.
    """

    def __init__(self, context: BrowserContext, url: str) -> None:
        self._url = url
        self._page = _new_page(context)
        self._size = self._page.viewport_size
        self._devtools: Any = context.new_cdp_session(self._page)
        self._is_visited = False
        self._forget()

    @contextmanager
    def visiting(self) -> Generator[Visit]:
        """Visit the site, and forget the visit afterwards."""
        assert not self._is_visited, "a window has one page: make another window for a visit at the same time"
        self._is_visited = True
        try:
            with visiting_in(self._page, self._url) as visit:
                yield visit
        finally:
            self._forget()
            self._is_visited = False

    @contextmanager
    def without_cache(self) -> Generator[None]:
        """Load everything from the server, as for a new visitor."""
        self._devtools.send("Network.enable")
        self._devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
        try:
            yield
        finally:
            self._devtools.send("Network.disable")

    def _forget(self) -> None:
        page, context = self._page, self._page.context
        for other in context.pages:
            if other is not page:
                other.close()
        # Only a page of the site can clear the storage of its window. This one is also laid out again in no time.
        page.goto(f"{self._url}/healthz")
        page.evaluate("sessionStorage.clear()")
        context.clear_cookies()
        context.clear_permissions()
        page.emulate_media(media="null", color_scheme="null")
        if self._size:
            page.set_viewport_size(self._size)
        page.mouse.move(0, 0)
        self._devtools.send("Storage.clearDataForOrigin", {"origin": self._url, "storageTypes": "all"})


def opened(visit: Visit, address: str) -> Page:
    """Open a page about occupations and wait until it shows all figures."""
    response = visit.page.goto(f"{visit.url}{address}")
    assert response is not None
    assert response.status == 200
    wait_for_figures(visit.page)
    return visit.page


def cited(section: Locator) -> list[str]:
    """Return the notes on sources that a section cites by number, in full."""
    notes = [section.page.locator(str(link.get_attribute("href"))) for link in section.locator(".citations a").all()]
    return [note.inner_text() for note in notes]


WHEN_COMPLETE = """milliseconds => new Promise((resolve, reject) => {
    const loading = () => [...document.querySelectorAll('section[aria-busy=true]')];
    const isComplete = () => document.querySelector('section') && loading().length === 0;
    const end = (settle, value) => { observer.disconnect(); clearTimeout(timer); settle(value); };
    const names = () => loading().map(section => section.id).join(', ') || 'the page';
    const fail = () => end(reject, new Error(`still loading: ${names()}`));
    // A section may begin to load in the next frame.
    const look = () => isComplete()
        && requestAnimationFrame(() => requestAnimationFrame(() => isComplete() && end(resolve)));
    const observer = new MutationObserver(look);
    const timer = setTimeout(fail, milliseconds);
    observer.observe(document, { subtree: true, childList: true, attributeFilter: ['aria-busy'] });
    look();
})"""


def wait_for_figures(page: Page) -> None:
    """Wait until no section is loading. The page itself notices it, a fifth of a second earlier than if asked."""
    page.evaluate(WHEN_COMPLETE, MILLISECONDS)
