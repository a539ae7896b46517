"""The playground in a real browser."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from tests.clients.browsing import Visit, needs_browser, visiting

pytestmark = needs_browser

# The editors only render visible lines, so texts are read from their models.
READ = "n => globalThis.__MONACO?.editor.getModels().find(m => m.uri.path.endsWith(n))?.getValue() ?? ''"


@dataclass
class Playground:
    """A visit to the playground."""

    visit: Visit

    def open(self, **parameters: str) -> None:
        """Open it, optionally by a link with parameters, and wait until it is ready."""
        self.visit.page.goto(f"{self.visit.url}/graphql?{urlencode(parameters)}")
        self.visit.page.get_by_role("button", name="Execute query").wait_for()

    def read(self, name: str) -> str:
        """Return the text of one of the editors."""
        text: str = self.visit.page.evaluate(READ, name)
        return text

    def execute(self) -> Any:
        """Run the query and return the response."""
        self.visit.page.get_by_role("button", name="Execute query").click()
        self.visit.page.wait_for_function(f"() => ({READ})('response.json').trim() !== ''")
        response: dict[str, Any] = json.loads(self.read("response.json"))
        return response


@pytest.fixture
def playground(browser: Browser, server_url: str) -> Iterator[Playground]:
    """The playground of a new visitor."""
    with visiting(browser, server_url) as visit:
        yield Playground(visit)


def test_one_click_runs_the_welcome_query(playground: Playground, tmp_path: Path) -> None:
    playground.open()
    response = playground.execute()
    playground.visit.page.screenshot(path=tmp_path / "compared.png")

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
    assert playground.visit.errors() == []


def test_a_link_opens_its_query_and_variables(playground: Playground) -> None:
    query = "query Title($slug: String!) { occupation(by: {slug: $slug}) { title } }"
    playground.open(query=query, variables='{"slug":"media-producer"}')
    assert playground.read("operation.graphql") == query
    assert json.loads(playground.read("variables.json")) == {"slug": "media-producer"}
    assert playground.execute() == {"data": {"occupation": {"title": "Media Producer"}}}
    assert playground.visit.errors() == []


def test_the_documentation_describes_the_query_type(playground: Playground) -> None:
    playground.open()
    playground.visit.page.get_by_role("button", name="Show Documentation Explorer").click()
    explorer = playground.visit.page.get_by_role("region", name="Documentation Explorer")
    explorer.get_by_role("link", name="Query", exact=True).click()
    explorer.get_by_text(
        "Occupations of the US labor market, described and compared. Start with comparison or search."
    ).wait_for()
    assert playground.visit.errors() == []


def test_a_link_opens_the_documentation(playground: Playground) -> None:
    playground.open(explore="")
    explorer = playground.visit.page.get_by_role("region", name="Documentation Explorer")
    explorer.get_by_role("link", name="Query", exact=True).wait_for()
    assert playground.visit.errors() == []
