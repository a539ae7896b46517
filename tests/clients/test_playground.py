"""The playground in a real browser that is allowed to reach this machine alone."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

from tests.clients.conftest import REPOSITORY

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PAGE = REPOSITORY / "web" / "dist" / "playground.html"

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: install chromium or google-chrome"),
    pytest.mark.skipif(not PAGE.exists(), reason="web/dist/playground.html is not there: make web builds it with npm"),
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

# The editors draw only the lines in sight, so texts are read from behind them.
READ = "n => globalThis.__MONACO?.editor.getModels().find(m => m.uri.path.endsWith(n))?.getValue() ?? ''"

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

    def open(self, **parameters: str) -> None:
        """Open the playground, perhaps by a link, and wait until it can be used."""
        self.page.goto(f"{self.url}/graphql?{urlencode(parameters)}")
        self.page.get_by_role("button", name="Execute query").wait_for()

    def read(self, name: str) -> str:
        """Return the text of one of the editors."""
        text: str = self.page.evaluate(READ, name)
        return text

    def execute(self) -> Any:
        """Run the query and return the response."""
        self.page.get_by_role("button", name="Execute query").click()
        self.page.wait_for_function(f"() => ({READ})('response.json').trim() !== ''")
        response: dict[str, Any] = json.loads(self.read("response.json"))
        return response

    def went_wrong(self) -> list[str]:
        """Return requests to other machines, errors, and violations of the content security policy."""
        return [*self.mishaps, *self.page.evaluate("globalThis.violations")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for this module only: while it lives, its event loop keeps others from running in this thread."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=MILLISECONDS)
        yield launched
        launched.close()


@pytest.fixture
def visit(browser: Browser, server_url: str) -> Iterator[Visit]:
    """A visitor who has never been here before."""
    with browser.new_context() as context:
        context.set_default_timeout(MILLISECONDS)
        context.add_init_script(RECORD_VIOLATIONS)
        page = context.new_page()
        visited = Visit(page, server_url)
        context.route("**/*", only_this_machine(visited.mishaps))
        page.on("console", lambda message: note(message, visited.mishaps))
        page.on("pageerror", lambda error: visited.mishaps.append(f"uncaught: {error}"))
        yield visited
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


def test_one_click_answers_the_comparison(visit: Visit, tmp_path: Path) -> None:
    visit.open()
    response = visit.execute()
    visit.page.screenshot(path=tmp_path / "compared.png")

    comparison = response["data"]["comparison"]
    summary = " ".join(comparison.pop("summary"))
    assert [figure for figure in ("$57,433", "$53,243", "$4,190") if figure not in summary] == []
    assert response == {
        "data": {
            "comparison": {
                "salary": {
                    "annualMean": {
                        "left": 57433,
                        "right": 53243,
                        "absolute": 4190,
                        "percent": 7.8696,
                        "higher": "LEFT",
                        "verdict": "NOT_TESTABLE",
                    },
                    "hourlyMean": {"absolute": 2.01},
                    "rangeOverlap": {"low": 41000, "high": 73000},
                },
                "demographics": {
                    "gender": {"dissimilarity": 3.0},
                    "race": {"dissimilarity": 4.15, "leftSum": 100.1, "rightSum": 100.0},
                    "age": {"absolute": -2},
                },
                "skills": {
                    "jaccard": 0.2,
                    "weightedJaccard": 0.1807,
                    "shared": [
                        {"skill": {"name": "Training Videos"}, "left": 9, "right": 12, "points": -3},
                        {"skill": {"name": "Video Production"}, "left": 6, "right": 11, "points": -5},
                    ],
                },
            }
        }
    }
    assert visit.went_wrong() == []


def test_a_link_opens_its_query_and_variables(visit: Visit) -> None:
    query = "query Title($slug: String!) { occupation(by: {slug: $slug}) { title } }"
    visit.open(query=query, variables='{"slug":"media-producer"}')
    assert visit.read("operation.graphql") == query
    assert json.loads(visit.read("variables.json")) == {"slug": "media-producer"}
    assert visit.execute() == {"data": {"occupation": {"title": "Media Producer"}}}
    assert visit.went_wrong() == []


def test_the_documentation_describes_the_query_type(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_role("button", name="Show Documentation Explorer").click()
    explorer = visit.page.get_by_role("region", name="Documentation Explorer")
    explorer.get_by_role("link", name="Query", exact=True).click()
    explorer.get_by_text("Occupations described and compared. Start with comparison, or with search.").wait_for()
    assert visit.went_wrong() == []
